/** Opening: what is decided at an instant for a clock that is not open, or no longer. */
import { ANCHOR, CANCEL, PAUSE, RUN_LEVEL, START, STOP, STOP_LEVEL } from './clock.ts';
import type { Fold } from './fold.ts';
import { AWAIT, BEGIN, BEGIN_NEXT, CLOSE, DROP, END_NOTHING, REOPEN, REOPEN_NEXT, move } from './moves.ts';
import { isPausedNow, pauseAtOpening } from './pausing.ts';
import { COMPLETED, LATCHED, acts, is, put } from './running.ts';

const NONE = -1;

const anchor = (fold: Fold): void => {
  const { run } = fold;
  move(fold, AWAIT, ANCHOR);
  put(run, LATCHED, acts(run, PAUSE));
  if (isPausedNow(fold)) pauseAtOpening(fold);
};

/** What else happens in the instant in which a cycle opens. */
const settleOpening = (fold: Fold, wasOpen: boolean): void => {
  const { run, clock } = fold;
  if (!wasOpen && acts(run, STOP)) move(fold, CLOSE, STOP);
  else if (run.mood.stop !== NONE) move(fold, CLOSE, STOP_LEVEL);
  else if (!wasOpen && acts(run, CANCEL)) move(fold, DROP);
  else {
    put(run, LATCHED, (!wasOpen && acts(run, PAUSE)) || (clock.resumes && run.mood.pause !== NONE));
    if (isPausedNow(fold)) pauseAtOpening(fold);
  }
};

const mayStart = ({ run, clock }: Fold, wasOpen: boolean): boolean => {
  if (run.mood.cancel !== NONE || (run.mood.stop !== NONE && (wasOpen || run.before.stop !== NONE)))
    return false;
  if (!run.mood.runs && (clock.whenFalse === 'stop' || clock.whenFalse === 'cancel')) return false;
  return !is(run, COMPLETED) || clock.reopen !== 'ignore';
};

const start = (fold: Fold, proof: number, wasOpen: boolean): void => {
  if (!mayStart(fold, wasOpen)) return;
  const reopens = is(fold.run, COMPLETED) && fold.clock.reopen === 'continue';
  if (reopens) move(fold, wasOpen ? REOPEN_NEXT : REOPEN, proof);
  else move(fold, wasOpen ? BEGIN_NEXT : BEGIN, proof);
  settleOpening(fold, wasOpen);
};

/** With nothing open. `wasOpen`: a cycle was when the instant began. */
export const startOrEnd = (fold: Fold, wasOpen: boolean): void => {
  const { run, clock } = fold;
  if (acts(run, START)) return start(fold, START, wasOpen);
  if (clock.startsOnLevel && run.mood.ready && !run.before.ready) return start(fold, RUN_LEVEL, wasOpen);
  if (!wasOpen && acts(run, STOP)) move(fold, END_NOTHING, STOP);
  if (clock.retro !== undefined && acts(run, ANCHOR)) anchor(fold);
};
