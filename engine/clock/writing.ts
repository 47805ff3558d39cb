/** Writing: how a clock turns what it goes through into rows. Every step is taken now, in the instant of the run. */
import { REASSIGN, type RESET, STOP } from './clock.ts';
import type { Fold } from './fold.ts';
import { CLOSED, type Lines, PAUSED, RUNNING, TAIL_PAUSED, TAIL_RUNNING, grow } from './lines.ts';
import type { Running } from './running.ts';

const NONE = -1;

const write = (
  { lines, run, columns: { at } }: Fold,
  state: number,
  to: number,
  closedBy: number,
  closedAt: number,
): void => {
  const row = lines.length;
  if (row === lines.state.length) grow(lines);
  lines.line[row] = lines.count;
  lines.state[row] = state;
  lines.actor[row] = run.actor;
  lines.fromMs[row] = at[run.from] ?? 0;
  lines.toMs[row] = at[to] ?? 0;
  lines.openedBy[row] = run.openedBy;
  lines.openedAt[row] = run.openedAt;
  lines.closedBy[row] = closedBy;
  lines.closedAt[row] = closedAt;
  lines.length = row + 1;
};

/** Ends the stretch that is open, if it has any length. A line of nothing but a stop keeps its point. */
const cut = (fold: Fold, by: number, event: number, role: number): void => {
  const { run, lines } = fold;
  if (run.muted) return;
  const isPoint = role === STOP && lines.length === run.firstRow;
  if (run.now > run.from || isPoint) write(fold, run.paused ? PAUSED : RUNNING, run.now, by, event);
};

const endLine = (lines: Lines, run: Running): void => {
  if (lines.length === run.firstRow) return;
  lines.count += 1;
  run.completed += 1;
};

export const confirm = (run: Running, by: number, event: number): void => {
  run.sign = run.now;
  run.signBy = by;
  run.signAt = event;
};

/** From here on a stretch is open; what it is proved by is a sign, too. */
const begin = (run: Running, actor: number, by: number, event: number): void => {
  run.actor = actor;
  run.from = run.now;
  run.openedBy = by;
  run.openedAt = event;
  confirm(run, by, event);
};

/** From here on: another state, another person, or only another proof. */
export const turn = (fold: Fold, paused: boolean, actor: number, by: number, event: number): void => {
  cut(fold, by, event, NONE);
  fold.run.paused = paused;
  begin(fold.run, actor, by, event);
};

/** What a start needed before it is used up: the same hang-up told twice begins nothing twice. */
const consume = ({ clock, run }: Fold): void => {
  for (const type of clock.consumes) run.seen[type] = 0;
};

export const open = (fold: Fold, actor: number, by: number, event: number): void => {
  const { lines, run } = fold;
  consume(fold);
  run.open = true;
  run.tentative = false;
  run.everOpened = true;
  run.paused = false;
  run.latched = false;
  run.firstRow = lines.length;
  begin(run, actor, by, event);
};

/** The open record disappears. */
export const drop = ({ lines, run }: Fold): void => {
  lines.length = run.firstRow;
  run.open = false;
  run.tentative = false;
};

/** What a start that goes on with the line will need. */
const stop = (run: Running, by: number, event: number): void => {
  run.stopped = run.now;
  run.stoppedBy = by;
  run.stoppedAt = event;
  run.stoppedRow = run.firstRow;
};

/** `role`: STOP or RESET; of these only a stop leaves a point. */
export const close = (fold: Fold, by: number, event: number, role: typeof STOP | typeof RESET): void => {
  const { run } = fold;
  cut(fold, by, event, role);
  stop(run, by, event);
  endLine(fold.lines, run);
  run.open = false;
};

/** The clock is no longer this rule's, or is again: what has run until here is a line of its own. */
export const mute = (fold: Fold): void => {
  const { run } = fold;
  // What has only begun tentatively has measured nothing yet.
  if (run.open && run.tentative) fold.lines.length = run.firstRow;
  else if (run.open) {
    cut(fold, REASSIGN, run.levelAt, NONE);
    stop(run, REASSIGN, run.levelAt);
    endLine(fold.lines, run);
    run.firstRow = fold.lines.length;
  }
  run.muted = true;
};

export const unmute = ({ lines, run }: Fold): void => {
  run.muted = false;
  if (!run.open) return;
  run.firstRow = lines.length;
  begin(run, run.actor, REASSIGN, run.levelAt);
};

/** Goes on with the line that was stopped; the time between is neither run nor paused. */
export const reopen = (fold: Fold, actor: number, by: number, event: number): void => {
  const { run, lines } = fold;
  open(fold, actor, by, event);
  run.firstRow = run.stoppedRow;
  lines.count -= 1;
  run.completed -= 1;
  if (run.now === run.stopped) return;
  run.from = run.stopped;
  run.openedBy = run.stoppedBy;
  run.openedAt = run.stoppedAt;
  write(fold, CLOSED, run.now, by, event);
  begin(run, actor, by, event);
};

/** A line that is known by its end and its length. */
export const report = (
  fold: Fold,
  actor: number,
  lengthMs: number,
  openedBy: number,
  closedBy: number,
  event: number,
): void => {
  const { lines } = fold;
  const row = lines.length;
  open(fold, actor, openedBy, event);
  close(fold, closedBy, event, STOP);
  lines.fromMs[row] = (lines.toMs[row] ?? 0) - lengthMs;
};

/** The facts are at an end and the clock is not: known up to its last sign, open from there. */
export const leaveOpen = (fold: Fold): void => {
  const { run, lines, clock, columns } = fold;
  const { at } = columns;
  if (run.muted) return;
  const isBare = !run.paused && run.sign === run.from && lines.length === run.firstRow;
  const sinceOrphanMs = run.orphan === NONE ? Infinity : (at[run.from] ?? 0) - (at[run.orphan] ?? 0);
  if (isBare && sinceOrphanMs <= clock.skewMs) {
    write(fold, RUNNING, run.from, run.orphanBy, run.orphan);
    // It has found its start.
    lines.orphans.splice(lines.orphans.lastIndexOf(run.orphan), 1);
    endLine(lines, run);
    return;
  }
  const { openedAt } = run;
  if (run.sign > run.from) write(fold, run.paused ? PAUSED : RUNNING, run.sign, run.signBy, run.signAt);
  run.from = run.sign;
  run.openedBy = run.signBy;
  run.openedAt = run.signAt;
  // An open end is closed by nothing; the beginning of its stretch is needed to say how it is known.
  write(fold, run.paused ? TAIL_PAUSED : TAIL_RUNNING, run.sign, NONE, openedAt);
  endLine(lines, run);
};
