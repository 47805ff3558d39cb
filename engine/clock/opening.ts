/** Opening: what happens at an instant to a clock that is not open, or no longer. */
import { ANCHOR, CANCEL, HAND_OVER, PAUSE, REPORTED, RETRO, RUN_WHILE, START, STOP } from './clock.ts';
import { NOBODY } from './columns.ts';
import type { Fold } from './fold.ts';
import { isPausedNow, pauseAtOpening } from './pausing.ts';
import { clauseOf, eventOf } from './running.ts';
import { close, drop, open, reopen, report } from './writing.ts';

// Bits of `run.acts`, made here: what is imported is read from memory at every use, and these are used at every event.
const STOPS = 1 << STOP;
const CANCELS = 1 << CANCEL;
const PAUSES = 1 << PAUSE;
const HANDS_OVER = 1 << HAND_OVER;
const STARTS = 1 << START;
const ANCHORS = 1 << ANCHOR;
const NONE = -1;

/** Whom the subject's facts have named last, this instant's included. Asked rarely, so it is looked up. */
const namedLast = ({ run, columns: { actor } }: Fold): number => {
  for (; run.namedUntil <= run.now; run.namedUntil += 1) {
    const who = actor[run.namedUntil] ?? NOBODY;
    if (who !== NOBODY) run.named = who;
  }
  return run.named;
};

/** Whom the hand-over of this instant names, or NOBODY. */
export const heirNow = ({ run, columns: { actor } }: Fold): number =>
  (run.acts & HANDS_OVER) !== 0 ? (actor[eventOf(run, HAND_OVER)] ?? NOBODY) : NOBODY;

const starter = (fold: Fold, event: number, wasOpen: boolean): number => {
  if (fold.only !== NOBODY) return fold.only;
  // A ticket that is opened by one and given to another in the same second is the other's from the start.
  const heir = wasOpen ? NOBODY : heirNow(fold);
  if (heir !== NOBODY) return heir;
  const own = fold.columns.actor[event] ?? NOBODY;
  return own === NOBODY ? namedLast(fold) : own;
};

/** An end with nothing open: of a length that the event reports, or an orphan. */
const endWithoutStart = (fold: Fold): void => {
  const { run, lines, clock, columns } = fold;
  const event = eventOf(run, STOP);
  const lengthMs = clock.takesDuration ? (columns.durationMs[event] ?? NONE) : NONE;
  if (lengthMs >= 0 && (!run.everOpened || clock.startsNever))
    report(fold, starter(fold, event, true), lengthMs, REPORTED, clauseOf(run, STOP), event);
  else if (!run.everOpened) {
    run.orphan = event;
    run.orphanBy = clauseOf(run, STOP);
    lines.orphans.push(event);
    // The end of a call is no second end for somebody who had left it.
  } else if (!clock.takesDuration && fold.only === NOBODY) lines.orphans.push(event);
};

const anchor = (fold: Fold): void => {
  const { run } = fold;
  const event = eventOf(run, ANCHOR);
  open(fold, starter(fold, event, false), RETRO, event);
  run.tentative = true;
  run.latched = (run.acts & PAUSES) !== 0;
  if (isPausedNow(fold)) pauseAtOpening(fold);
};

/** What else happens in the instant in which a cycle opens. */
const settleOpening = (fold: Fold, wasOpen: boolean): void => {
  const { run } = fold;
  if (!wasOpen && (run.acts & STOPS) !== 0) close(fold, clauseOf(run, STOP), eventOf(run, STOP), STOP);
  else if (run.stop !== NONE) close(fold, run.stop, run.levelAt, STOP);
  else if (!wasOpen && (run.acts & CANCELS) !== 0) drop(fold);
  else {
    run.latched = (!wasOpen && (run.acts & PAUSES) !== 0) || (fold.clock.resumes && run.pause !== NONE);
    if (isPausedNow(fold)) pauseAtOpening(fold);
  }
};

const mayStart = ({ run, clock }: Fold, wasOpen: boolean): boolean => {
  if (run.cancel !== NONE || (run.stop !== NONE && (wasOpen || run.stopBefore !== NONE))) return false;
  if (!run.runs && (clock.whenFalse === 'stop' || clock.whenFalse === 'cancel')) return false;
  return run.completed === 0 || clock.reopen !== 'ignore';
};

const start = (fold: Fold, event: number, clause: number, wasOpen: boolean): void => {
  if (!mayStart(fold, wasOpen)) return;
  const { run, clock } = fold;
  const actor = starter(fold, event, wasOpen);
  if (run.completed > 0 && clock.reopen === 'continue') reopen(fold, actor, clause, event);
  else open(fold, actor, clause, event);
  settleOpening(fold, wasOpen);
};

/** With nothing open. `wasOpen`: a cycle was when the instant began. */
export const startOrEnd = (fold: Fold, wasOpen: boolean): void => {
  const { run, clock } = fold;
  if ((run.acts & STARTS) !== 0) return start(fold, eventOf(run, START), clauseOf(run, START), wasOpen);
  if (clock.startsOnLevel && run.ready && !run.readyBefore)
    return start(fold, run.levelAt, RUN_WHILE, wasOpen);
  if (!wasOpen && (run.acts & STOPS) !== 0) endWithoutStart(fold);
  if (!run.open && clock.retro !== undefined && (run.acts & ANCHORS) !== 0) anchor(fold);
};
