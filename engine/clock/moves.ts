/**
 * Moves: all that a clock can do, one after the other, in an instant. A move is a number: what is done, and what proves
 * it. Deciding which moves an instant asks for is one thing (`deciding.ts`), doing them another: what has been decided
 * once is only done the next time (`reflexes.ts`).
 */
import { NO_LEVEL, PAUSE_LEVEL, RESUMED, RESUME_LEVEL, RETRO, RUN_WHILE, STOP_LEVEL } from './clock.ts';
import { NOBODY } from './columns.ts';
import { heirNow, starter } from './crediting.ts';
import type { Fold } from './fold.ts';
import { EVER_OPENED, PAUSED, type Running, TENTATIVE, clauseOf, eventOf, is, put } from './running.ts';
import {
  begin,
  close,
  confirm,
  cut,
  drop,
  end,
  enter,
  mute,
  open,
  reopen,
  report,
  unmute,
} from './writing.ts';

const NONE = -1;
export const FIRST_LEVEL = STOP_LEVEL;

// What the frequent moves are made of. Not exported: what is, is read from memory at every use.
const CUTS = 1;
const ENDS = 2;
const RESTS = 4;
const HANDS = 8;
const BEGINS = 16;
const RARE = 32;
const IS_PAUSED = PAUSED;
const NO_HEIR = NOBODY;

/** A stop. */
export const CLOSE = CUTS | ENDS;
export const REST = CUTS | RESTS;
export const GO_ON = CUTS;
export const HAND_ON = CUTS | HANDS;
/** A start where nothing was open when the instant began: with the heir, if there is one. */
export const BEGIN = BEGINS;
export const CONFIRM = RARE;
/** A start behind a stop of the same instant. */
export const BEGIN_NEXT = RARE + 1;
/** What goes on behind a reset. */
export const BEGIN_AGAIN = RARE + 2;
/** A reset that closes. */
export const SPLIT = RARE + 3;
export const DROP = RARE + 4;
/** An end with nothing open. */
export const END_NOTHING = RARE + 5;
/** The late start of a record that is open since its anchor. */
export const RIPEN = RARE + 6;
/** Begins at the anchor what may never count. */
export const AWAIT = RARE + 7;
export const MUTE = RARE + 8;
export const UNMUTE = RARE + 9;
/** A start that goes on with the line, like BEGIN and BEGIN_NEXT. */
export const REOPEN = RARE + 10;
export const REOPEN_NEXT = RARE + 11;

/** A move as a number: what is done, over what proves it, which is a role or a level (`clock.ts`). */
export const MOVE_BITS = 10;
export const PROOF_BITS = 4;
export const PROOF_MASK = (1 << PROOF_BITS) - 1;

const startAgain = (fold: Fold, by: number, event: number): void => {
  const heir = heirNow(fold);
  open(fold, heir === NOBODY ? fold.run.actor : heir, by, event);
};

const ripen = (run: Running, by: number, event: number): void => {
  put(run, TENTATIVE, false);
  confirm(run, by, event);
};

const awaitStart = (fold: Fold, event: number): void => {
  open(fold, starter(fold, event, false), RETRO, event);
  put(fold.run, TENTATIVE, true);
};

/** An end with nothing open: of a length that the event reports, or an orphan. */
const endNothing = (fold: Fold, by: number, event: number): void => {
  const { run, lines, clock, columns } = fold;
  const lengthMs = clock.takesDuration ? (columns.durationMs[event] ?? NONE) : NONE;
  const everOpened = is(run, EVER_OPENED);
  if (lengthMs >= 0 && (!everOpened || clock.startsNever))
    report(fold, starter(fold, event, true), by, event);
  else if (!everOpened) {
    run.orphan = event;
    run.orphanBy = by;
    lines.orphans.push(event);
    // The end of a call is no second end for somebody who had left it.
  } else if (!clock.takesDuration && fold.only === NOBODY) lines.orphans.push(event);
};

/** Apart from the frequent ones, so that those stay short. */
const performRare = (fold: Fold, what: number, by: number, event: number): void => {
  const { run } = fold;
  switch (what) {
    case CONFIRM:
      // What turned in this instant has a fresher proof.
      if (run.from !== run.now) confirm(run, by, event);
      return;
    case BEGIN_NEXT:
      return open(fold, starter(fold, event, true), by, event);
    case REOPEN:
      return reopen(fold, starter(fold, event, false), by, event);
    case REOPEN_NEXT:
      return reopen(fold, starter(fold, event, true), by, event);
    case BEGIN_AGAIN:
      return startAgain(fold, by, event);
    case SPLIT:
      return close(fold, false, by, event);
    case DROP:
      return drop(fold);
    case END_NOTHING:
      return endNothing(fold, by, event);
    case RIPEN:
      return ripen(run, by, event);
    case AWAIT:
      return awaitStart(fold, event);
    case MUTE:
      return mute(fold);
    case UNMUTE:
      return unmute(fold);
  }
};

/** `by` and `event`: the clause and the fact that prove it. */
export const perform = (fold: Fold, what: number, by: number, event: number): void => {
  const { run, columns } = fold;
  if (what >= RARE) return performRare(fold, what, by, event);
  let { actor } = run;
  if ((what & HANDS) !== 0) {
    // A hand-over to nobody, or to the one who has it already, only proves that it goes on.
    const heir = columns.actor[event] ?? NO_HEIR;
    if (heir === NO_HEIR || heir === actor)
      return (run.state & IS_PAUSED) === 0 ? confirm(run, by, event) : undefined;
    actor = heir;
  }
  if ((what & CUTS) !== 0) cut(fold, (what & ENDS) !== 0, by, event);
  if ((what & ENDS) !== 0) return end(fold.lines, run, by, event);
  if ((what & BEGINS) !== 0) {
    actor = starter(fold, event, false);
    enter(fold);
  } else if ((what & HANDS) === 0)
    run.state = (what & RESTS) === 0 ? run.state & ~IS_PAUSED : run.state | IS_PAUSED;
  begin(run, actor, by, event);
};

export const clauseOfLevel = (run: Running, proof: number): number => {
  if (proof === STOP_LEVEL) return run.mood.stop;
  if (proof === PAUSE_LEVEL) return run.mood.pause;
  if (proof === RESUME_LEVEL) return run.mood.resume;
  return proof === NO_LEVEL ? RESUMED : RUN_WHILE;
};

/** With the proof that its own number names. */
export const performProved = (fold: Fold, move: number): void => {
  const { run } = fold;
  const proof = move & PROOF_MASK;
  const isLevel = proof >= FIRST_LEVEL;
  const by = isLevel ? clauseOfLevel(run, proof) : clauseOf(run, proof);
  perform(fold, move >> PROOF_BITS, by, isLevel ? run.levelAt : eventOf(run, proof));
};

/** Performs a move that has just been decided, and notes it. */
export const move = (fold: Fold, what: number, proof = 0): void => {
  const { run } = fold;
  const decided = (what << PROOF_BITS) | proof;
  run.moves |= decided << (run.moveCount * MOVE_BITS);
  run.moveCount += 1;
  performProved(fold, decided);
};
