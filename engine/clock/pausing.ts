/** Pausing: whether an open clock is to run or to rest, and what turns it. */
import { NO_LEVEL, PAUSE, PAUSE_LEVEL, RESUME, RESUME_LEVEL, RUN_LEVEL, START } from './clock.ts';
import type { Fold } from './fold.ts';
import { GO_ON, REST, move } from './moves.ts';
import { LATCHED, PAUSED, TENTATIVE, acts, is, put } from './running.ts';

const NONE = -1;

export const isPausedNow = ({ clock, run }: Fold): boolean =>
  !(is(run, TENTATIVE) && clock.retro?.applyPauses !== true) &&
  (is(run, LATCHED) ||
    (!clock.resumes && run.mood.pause !== NONE) ||
    (!run.mood.runs && clock.whenFalse === 'pause' && !is(run, TENTATIVE)));

/** Edges pause until something resumes; so does a level, where the rule says what resumes. */
const latch = ({ clock, run }: Fold, wasPaused: boolean): void => {
  if (acts(run, PAUSE)) put(run, LATCHED, true);
  if (clock.resumes && run.mood.pause !== NONE && run.before.pause === NONE) put(run, LATCHED, true);
  if (!is(run, LATCHED)) return;
  const stays = clock.resumes && run.mood.pause !== NONE;
  if ((acts(run, RESUME) || run.mood.resume !== NONE) && !stays) put(run, LATCHED, false);
  else if (!clock.resumes && wasPaused && acts(run, START)) put(run, LATCHED, false);
};

const restProof = ({ run }: Fold): number => (run.mood.pause === NONE ? RUN_LEVEL : PAUSE_LEVEL);

const rest = (fold: Fold): void => move(fold, REST, acts(fold.run, PAUSE) ? PAUSE : restProof(fold));

const goOn = (fold: Fold): void => {
  const { run } = fold;
  const role = acts(run, RESUME) ? RESUME : START;
  move(fold, GO_ON, acts(run, role) ? role : run.mood.resume === NONE ? NO_LEVEL : RESUME_LEVEL);
};

export const pauseOrResume = (fold: Fold): void => {
  const { run } = fold;
  const wasPaused = is(run, PAUSED);
  latch(fold, wasPaused);
  const paused = isPausedNow(fold);
  const otherReason =
    paused && !is(run, LATCHED) && run.mood.pause !== run.before.pause && run.mood.pause !== NONE;
  if (paused === wasPaused && !otherReason) {
    // Paused and resumed in one instant: it ran on, and this proves it.
    if (!paused && acts(run, PAUSE) && acts(run, RESUME)) move(fold, GO_ON, RESUME);
  } else if (paused) rest(fold);
  else goOn(fold);
};

export const pauseAtOpening = (fold: Fold): void => {
  const { run } = fold;
  move(fold, REST, is(run, LATCHED) && acts(run, PAUSE) ? PAUSE : restProof(fold));
};
