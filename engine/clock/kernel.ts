/**
 * The kernel: one clock folded over the facts of one subject, given as integers. Nothing is allocated for an event.
 *
 * At one instant the order is fixed: stop, cancel, reset, pause, resume, hand-over act on the open cycle; then a start
 * is tried. So a stop and a start at one instant close one cycle and open the next. With nothing open the start comes
 * first: a start and a stop are a point of no length, a start and a hand-over begin with the heir. An edge stop acts at
 * its instant only; a level stop keeps a start from beginning anything as long as it holds.
 */
import { CANCEL, HAND_OVER, PAUSE, RESET, RUN_WHILE, START, STOP } from './clock.ts';
import { NOBODY } from './columns.ts';
import type { Fold } from './fold.ts';
import { heirNow, startOrEnd } from './opening.ts';
import { isPausedNow, pauseAtOpening, pauseOrResume } from './pausing.ts';
import { clauseOf, eventOf, forget, restart } from './running.ts';
import { follow, hear, senseLevels } from './sense.ts';
import { close, confirm, drop, leaveOpen, mute, open, turn, unmute } from './writing.ts';

// Bits of `run.acts`, made here: what is imported is read from memory at every use, and these are used at every event.
const STOPS = 1 << STOP;
const CANCELS = 1 << CANCEL;
const RESETS = 1 << RESET;
const PAUSES = 1 << PAUSE;
const HANDS_OVER = 1 << HAND_OVER;
const STARTS = 1 << START;
const NONE = -1;

const handOver = (fold: Fold): void => {
  const { run } = fold;
  const event = eventOf(run, HAND_OVER);
  const clause = clauseOf(run, HAND_OVER);
  const actor = heirNow(fold);
  if (actor !== NOBODY && actor !== run.actor) turn(fold, run.paused, actor, clause, event);
  else if (!run.paused) confirm(run, clause, event);
};

/** The late start of a record that is open since its anchor. */
const ripen = (fold: Fold, by: number, event: number): void => {
  const { clock, run } = fold;
  run.tentative = false;
  confirm(run, by, event);
  // Whoever paused it before did not pause this record; a level that still holds does.
  if (clock.retro?.applyPauses !== true) run.latched = clock.resumes && run.pause !== NONE;
  if (isPausedNow(fold) && !run.paused) pauseAtOpening(fold);
};

/** Whether the open cycle went on. */
const goOn = (fold: Fold): void => {
  const { run, clock } = fold;
  pauseOrResume(fold);
  if ((run.acts & HANDS_OVER) !== 0) handOver(fold);
  if (run.tentative) {
    if ((run.acts & STARTS) !== 0) ripen(fold, clauseOf(run, START), eventOf(run, START));
    else if (clock.startsOnLevel && run.ready) ripen(fold, RUN_WHILE, run.levelAt);
  } else if ((run.acts & STARTS) !== 0 && run.from !== run.now && !run.paused)
    confirm(run, clauseOf(run, START), eventOf(run, START));
};

const resetCycle = (fold: Fold): void => {
  const { run, clock } = fold;
  const event = eventOf(run, RESET);
  const clause = clauseOf(run, RESET);
  const heir = heirNow(fold);
  const { actor } = run;
  if (clock.resetCancels) drop(fold);
  else close(fold, clause, event, RESET);
  if (!run.runs && clock.whenFalse !== 'keep' && clock.whenFalse !== 'pause') return;
  open(fold, heir === NOBODY ? actor : heir, clause, event);
  run.latched = (run.acts & PAUSES) !== 0 || (clock.resumes && run.pause !== NONE);
  if (isPausedNow(fold)) pauseAtOpening(fold);
};

/** What has begun at its anchor and may never count. */
const actOnTentative = (fold: Fold): void => {
  const { run } = fold;
  const ends =
    (run.acts & STOPS) !== 0 || run.stop !== NONE || (run.acts & CANCELS) !== 0 || run.cancel !== NONE;
  if (ends) drop(fold);
  else goOn(fold);
};

const actOnOpen = (fold: Fold): void => {
  const { run, clock } = fold;
  if (run.tentative) actOnTentative(fold);
  else if ((run.acts & STOPS) !== 0) close(fold, clauseOf(run, STOP), eventOf(run, STOP), STOP);
  else if (run.stop !== NONE) close(fold, run.stop, run.levelAt, STOP);
  else if ((run.acts & CANCELS) !== 0 || run.cancel !== NONE) drop(fold);
  else if (!run.runs && clock.whenFalse === 'stop') close(fold, RUN_WHILE, run.levelAt, STOP);
  else if (!run.runs && clock.whenFalse === 'cancel') drop(fold);
  else if ((run.acts & RESETS) !== 0) resetCycle(fold);
  else goOn(fold);
};

const step = (fold: Fold): void => {
  const { run, clock } = fold;
  if (clock.holds !== undefined && run.holds === run.muted) {
    if (run.holds) unmute(fold);
    else mute(fold);
  }
  const wasOpen = run.open && !run.tentative;
  if (run.open) actOnOpen(fold);
  if (!run.open) startOrEnd(fold, wasOpen);
};

/** Most events do nothing to most clocks, and an instant is most often one event. */
const walk = (fold: Fold, from: number, to: number): void => {
  const { clock, columns, run, dictionary, only } = fold;
  const { at, type } = columns;
  const { edges } = clock;
  const hearsAll = clock.asksHistory || only !== NOBODY;
  const follows = clock.watches.length > 0;
  // Levels may hold before anything is told: then the first instant shows it.
  let isFirst = follows;
  let moved = false;
  for (let event = from; event < to; event += 1) {
    if (follows && follow(clock, columns, run, event, dictionary)) moved = true;
    if (hearsAll || edges[type[event] ?? 0]?.length !== 0) hear(clock, columns, run, event, only, dictionary);
    if (!moved && run.acts === 0 && !isFirst) continue;
    if (event + 1 < to && at[event + 1] === at[event]) continue;
    run.now = event;
    if (follows) senseLevels(clock, run, dictionary, isFirst, moved);
    step(fold);
    forget(run);
    isFirst = moved = false;
  }
};

/** Runs the clock over the facts `[from, to)` of one subject and appends what it measures to the lines. */
export const runClock = (fold: Fold, from: number, to: number): void => {
  const { clock, run } = fold;
  restart(run, clock, from, fold.only);
  walk(fold, from, to);
  if (!run.open) return;
  if (run.tentative) drop(fold);
  else leaveOpen(fold);
};
