/**
 * Deciding: the moves of a clock at an instant, by its state, the roles that act and the levels that hold.
 *
 * The order is fixed: stop, cancel, reset, pause, resume, hand-over act on the open cycle; then a start is tried. So a
 * stop and a start at one instant close one cycle and open the next. With nothing open the start comes first: a start
 * and a stop are a point of no length, a start and a hand-over begin with the heir. An edge stop acts at its instant
 * only; a level stop keeps a start from beginning anything as long as it holds.
 *
 * What is decided here may hang on nothing else (not on who is named, nor on when): it is decided once, see
 * `reflexes.ts`. What hangs on more is for the move itself to find out.
 */
import { CANCEL, HAND_OVER, PAUSE, RESET, RUN_LEVEL, START, STOP, STOP_LEVEL } from './clock.ts';
import type { Fold } from './fold.ts';
import { BEGIN_AGAIN, CLOSE, CONFIRM, DROP, HAND_ON, MUTE, RIPEN, SPLIT, UNMUTE, move } from './moves.ts';
import { startOrEnd } from './opening.ts';
import { isPausedNow, pauseAtOpening, pauseOrResume } from './pausing.ts';
import { LATCHED, MUTED, OPEN, PAUSED, TENTATIVE, acts, is, put } from './running.ts';

const NONE = -1;

/** The late start of a record that is open since its anchor. */
const ripen = (fold: Fold, proof: number): void => {
  const { clock, run } = fold;
  move(fold, RIPEN, proof);
  // Whoever paused it before did not pause this record; a level that still holds does.
  if (clock.retro?.applyPauses !== true) put(run, LATCHED, clock.resumes && run.mood.pause !== NONE);
  if (isPausedNow(fold) && !is(run, PAUSED)) pauseAtOpening(fold);
};

/** The open cycle went on. */
const goOn = (fold: Fold): void => {
  const { run, clock } = fold;
  pauseOrResume(fold);
  if (acts(run, HAND_OVER)) move(fold, HAND_ON, HAND_OVER);
  if (is(run, TENTATIVE)) {
    if (acts(run, START)) ripen(fold, START);
    else if (clock.startsOnLevel && run.mood.ready) ripen(fold, RUN_LEVEL);
  } else if (acts(run, START) && !is(run, PAUSED)) move(fold, CONFIRM, START);
};

const resetCycle = (fold: Fold): void => {
  const { run, clock } = fold;
  move(fold, clock.resetCancels ? DROP : SPLIT, RESET);
  if (!run.mood.runs && clock.whenFalse !== 'keep' && clock.whenFalse !== 'pause') return;
  move(fold, BEGIN_AGAIN, RESET);
  put(run, LATCHED, acts(run, PAUSE) || (clock.resumes && run.mood.pause !== NONE));
  if (isPausedNow(fold)) pauseAtOpening(fold);
};

/** What has begun at its anchor and may never count. */
const actOnTentative = (fold: Fold): void => {
  const { run } = fold;
  const ends = acts(run, STOP) || run.mood.stop !== NONE || acts(run, CANCEL) || run.mood.cancel !== NONE;
  if (ends) move(fold, DROP);
  else goOn(fold);
};

const actOnOpen = (fold: Fold): void => {
  const { run, clock } = fold;
  if (is(run, TENTATIVE)) actOnTentative(fold);
  else if (acts(run, STOP)) move(fold, CLOSE, STOP);
  else if (run.mood.stop !== NONE) move(fold, CLOSE, STOP_LEVEL);
  else if (acts(run, CANCEL) || run.mood.cancel !== NONE) move(fold, DROP);
  else if (!run.mood.runs && clock.whenFalse === 'stop') move(fold, CLOSE, RUN_LEVEL);
  else if (!run.mood.runs && clock.whenFalse === 'cancel') move(fold, DROP);
  else if (acts(run, RESET)) resetCycle(fold);
  else goOn(fold);
};

export const decide = (fold: Fold): void => {
  const { run, clock } = fold;
  if (clock.holds !== undefined && run.mood.holds === is(run, MUTED))
    move(fold, run.mood.holds ? UNMUTE : MUTE);
  const wasOpen = is(run, OPEN) && !is(run, TENTATIVE);
  if (is(run, OPEN)) actOnOpen(fold);
  if (!is(run, OPEN)) startOrEnd(fold, wasOpen);
};
