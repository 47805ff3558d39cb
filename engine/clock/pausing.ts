/** Pausing: whether an open clock runs or rests, and what turned it. */
import { PAUSE, RESUME, RESUMED, RUN_WHILE, START } from './clock.ts';
import type { Fold } from './fold.ts';
import { clauseOf, eventOf } from './running.ts';
import { turn } from './writing.ts';

// Bits of `run.acts`, made here: what is imported is read from memory at every use, and these are used at every event.
const PAUSES = 1 << PAUSE;
const RESUMES = 1 << RESUME;
const STARTS = 1 << START;
const NONE = -1;

export const isPausedNow = ({ clock, run }: Fold): boolean =>
  !(run.tentative && clock.retro?.applyPauses !== true) &&
  (run.latched ||
    (!clock.resumes && run.pause !== NONE) ||
    (!run.runs && clock.whenFalse === 'pause' && !run.tentative));

/** Edges pause until something resumes; so does a level, where the rule says what resumes. */
const latch = ({ clock, run }: Fold, wasPaused: boolean): void => {
  if ((run.acts & PAUSES) !== 0) run.latched = true;
  if (clock.resumes && run.pause !== NONE && run.pauseBefore === NONE) run.latched = true;
  if (!run.latched) return;
  const stays = clock.resumes && run.pause !== NONE;
  if (((run.acts & RESUMES) !== 0 || run.resume !== NONE) && !stays) run.latched = false;
  else if (!clock.resumes && wasPaused && (run.acts & STARTS) !== 0) run.latched = false;
};

export const pauseOrResume = (fold: Fold): void => {
  const { run } = fold;
  const wasPaused = run.paused;
  latch(fold, wasPaused);
  const paused = isPausedNow(fold);
  const otherReason = paused && !run.latched && run.pause !== run.pauseBefore && run.pause !== NONE;
  if (paused === wasPaused && !otherReason) {
    // Paused and resumed in one instant: it ran on, and this proves it.
    if (!paused && (run.acts & PAUSES) !== 0 && (run.acts & RESUMES) !== 0)
      turn(fold, false, run.actor, clauseOf(run, RESUME), eventOf(run, RESUME));
    return;
  }
  const role = paused ? PAUSE : (run.acts & RESUMES) !== 0 ? RESUME : START;
  if ((run.acts & (1 << role)) !== 0) turn(fold, paused, run.actor, clauseOf(run, role), eventOf(run, role));
  else {
    const level = paused ? run.pause : run.resume !== NONE ? run.resume : RESUMED;
    turn(fold, paused, run.actor, level === NONE ? RUN_WHILE : level, run.levelAt);
  }
};

export const pauseAtOpening = (fold: Fold): void => {
  const { run } = fold;
  if (run.latched && (run.acts & PAUSES) !== 0)
    turn(fold, true, run.actor, clauseOf(run, PAUSE), eventOf(run, PAUSE));
  else turn(fold, true, run.actor, run.pause === NONE ? RUN_WHILE : run.pause, run.levelAt);
};
