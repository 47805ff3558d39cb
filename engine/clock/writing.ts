/** Writing: how a clock turns what it goes through into rows. Every step is taken now, in the instant of the run. */
import { REASSIGN, REPORTED } from './clock.ts';
import type { Fold } from './fold.ts';
import { CLOSED, type Lines, PAUSED, RUNNING, TAIL_PAUSED, TAIL_RUNNING, append } from './lines.ts';
import {
  COMPLETED,
  EVER_OPENED,
  LATCHED,
  MUTED,
  OPEN,
  PAUSED as RESTS,
  type Running,
  TENTATIVE,
  is,
  put,
} from './running.ts';

const NONE = -1;
// Copies of bits of `run.state`: what is imported is read from memory at every use, and these are used at every event.
const IS_MUTED = MUTED;
const IS_RESTING = RESTS;
const IS_COMPLETED = COMPLETED;
/** What is of the open cycle, and over with it. */
const CYCLE = OPEN | TENTATIVE | RESTS | LATCHED;
/** What stays when a cycle opens, and what comes. */
const STAYS = MUTED | COMPLETED;
const OPENS = OPEN | EVER_OPENED;
const AS_RUNNING = RUNNING;
const AS_PAUSED = PAUSED;

/** Ends the stretch that is open, if it has any length. A line of nothing but a stop keeps its point. */
export const cut = (fold: Fold, isStop: boolean, by: number, event: number): void => {
  const { run, lines } = fold;
  if ((run.state & IS_MUTED) !== 0) return;
  const isPoint = isStop && lines.length === run.firstRow;
  const state = (run.state & IS_RESTING) === 0 ? AS_RUNNING : AS_PAUSED;
  if (run.now > run.from || isPoint) append(lines, run, state, run.now, by, event);
};

const endLine = (lines: Lines, run: Running): void => {
  if (lines.length === run.firstRow) return;
  lines.count += 1;
  run.completed += 1;
  run.state |= IS_COMPLETED;
};

export const confirm = (run: Running, by: number, event: number): void => {
  run.sign = run.now;
  run.signBy = by;
  run.signAt = event;
};

/** From here on a stretch is open: another state, another person, or only another proof. */
export const begin = (run: Running, actor: number, by: number, event: number): void => {
  run.actor = actor;
  run.from = run.now;
  run.openedBy = by;
  run.openedAt = event;
};

/** What a start needed before it is used up: the same hang-up told twice begins nothing twice. */
const consume = ({ clock, run }: Fold): void => {
  for (const type of clock.consumes) run.seen[type] = 0;
};

export const enter = (fold: Fold): void => {
  const { lines, run, clock } = fold;
  if (clock.consumes.length > 0) consume(fold);
  run.state = (run.state & STAYS) | OPENS;
  run.firstRow = lines.length;
};

export const open = (fold: Fold, actor: number, by: number, event: number): void => {
  enter(fold);
  begin(fold.run, actor, by, event);
};

/** The open record disappears. */
export const drop = ({ lines, run }: Fold): void => {
  lines.length = run.firstRow;
  run.state &= ~CYCLE;
};

/** What a start that goes on with the line will need. */
const stop = (run: Running, by: number, event: number): void => {
  run.stopped = run.now;
  run.stoppedBy = by;
  run.stoppedAt = event;
  run.stoppedRow = run.firstRow;
};

/** The line is at an end, after its last cut. */
export const end = (lines: Lines, run: Running, by: number, event: number): void => {
  stop(run, by, event);
  endLine(lines, run);
  run.state &= ~CYCLE;
};

/** `isStop`: or a reset, which leaves no point. */
export const close = (fold: Fold, isStop: boolean, by: number, event: number): void => {
  cut(fold, isStop, by, event);
  end(fold.lines, fold.run, by, event);
};

/** The clock is no longer this rule's, or is again: what has run until here is a line of its own. */
export const mute = (fold: Fold): void => {
  const { run } = fold;
  // What has only begun tentatively has measured nothing yet.
  if (is(run, OPEN) && is(run, TENTATIVE)) fold.lines.length = run.firstRow;
  else if (is(run, OPEN)) {
    cut(fold, false, REASSIGN, run.levelAt);
    stop(run, REASSIGN, run.levelAt);
    endLine(fold.lines, run);
    run.firstRow = fold.lines.length;
  }
  run.state |= MUTED;
};

export const unmute = ({ lines, run }: Fold): void => {
  run.state &= ~MUTED;
  if (!is(run, OPEN)) return;
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
  put(run, COMPLETED, run.completed > 0);
  if (run.now === run.stopped) return;
  run.from = run.stopped;
  run.openedBy = run.stoppedBy;
  run.openedAt = run.stoppedAt;
  append(lines, run, CLOSED, run.now, by, event);
  begin(run, actor, by, event);
};

/** A line that is known by its end and by the length that the end reports. */
export const report = (fold: Fold, actor: number, by: number, event: number): void => {
  open(fold, actor, REPORTED, event);
  close(fold, true, by, event);
};

/** The facts are at an end and the clock is not: known up to its last sign, open from there. */
export const leaveOpen = (fold: Fold): void => {
  const { run, lines, clock, columns } = fold;
  const { at } = columns;
  if (is(run, MUTED)) return;
  const isBare = !is(run, RESTS) && run.sign <= run.from && lines.length === run.firstRow;
  const sinceOrphanMs = run.orphan === NONE ? Infinity : (at[run.from] ?? 0) - (at[run.orphan] ?? 0);
  if (isBare && sinceOrphanMs <= clock.skewMs) {
    append(lines, run, RUNNING, run.from, run.orphanBy, run.orphan);
    // It has found its start.
    lines.orphans.splice(lines.orphans.lastIndexOf(run.orphan), 1);
    endLine(lines, run);
    return;
  }
  const { openedAt } = run;
  if (run.sign > run.from) {
    append(lines, run, is(run, RESTS) ? PAUSED : RUNNING, run.sign, run.signBy, run.signAt);
    begin(run, run.actor, run.signBy, run.signAt);
    run.from = run.sign;
  }
  // An open end is closed by nothing; the beginning of its stretch is needed to say how it is known.
  append(lines, run, is(run, RESTS) ? TAIL_PAUSED : TAIL_RUNNING, run.from, NONE, openedAt);
  endLine(lines, run);
};
