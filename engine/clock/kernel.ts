/**
 * The kernel: one clock folded over the facts of one subject, given as integers. Nothing is allocated for an event.
 *
 *     facts ---> instant ---> roles that act, mood ---> moves ---> rows
 *              instant.ts     sense.ts, mood.ts       moves.ts   lines.ts
 *
 * Which moves an instant asks for is decided in `deciding.ts`; what was decided once is a reflex (`reflexes.ts`). Most
 * facts do nothing to most clocks, and most instants are one fact: these are dealt with here, by one look at a table.
 * All else goes through `instant.ts`, by the same decisions.
 */
import { NOBODY } from './columns.ts';
import { UNTOLD } from './dictionary.ts';
import type { Fold } from './fold.ts';
import { isShared, pass, passAll } from './instant.ts';
import {
  IDLE,
  type Reflexes,
  TYPE_BITS,
  UNKNOWN,
  pageBetween,
  pageOf,
  reflexesOf,
  repeatAlone,
  startWith,
} from './reflexes.ts';
import { OPEN, TENTATIVE, is, restart, restartAll } from './running.ts';
import { drop, leaveOpen } from './writing.ts';

// Copies of what is exported elsewhere: what is imported is read from memory at every use.
const BITS_OF_TYPE = TYPE_BITS;
const IS_UNKNOWN = UNKNOWN;
const IS_IDLE = IDLE;
const NOT_TOLD = UNTOLD;
const IS_OPEN = OPEN;

/** A fact that is not alone in its instant, or whose reflex is not known; answers the last fact that is dealt with. */
const passOrRepeat = (
  fold: Fold,
  reflexes: Reflexes,
  told: Int32Array | undefined,
  reflex: number,
  event: number,
): number => {
  if (isShared(fold, reflexes, told, event)) return passAll(fold, reflexes, event);
  if (reflex === IS_UNKNOWN) pass(fold, reflexes, event, event + 1);
  else repeatAlone(fold, reflex, event);
  return event;
};

/** For a clock that has only edges. */
const walkEdges = (fold: Fold, reflexes: Reflexes, alone: Int32Array): void => {
  const { columns, run } = fold;
  const { at, type } = columns;
  const { since, until } = run;
  for (let event = since; event < until; event += 1) {
    const reflex = alone[(run.state << BITS_OF_TYPE) | (type[event] ?? 0)] ?? IS_UNKNOWN;
    if (reflex === IS_IDLE) continue;
    const isTied =
      (event + 1 < until && at[event + 1] === at[event]) || (event > since && at[event - 1] === at[event]);
    if (isTied || reflex === IS_UNKNOWN) event = passOrRepeat(fold, reflexes, undefined, reflex, event);
    else repeatAlone(fold, reflex, event);
  }
};

/** Another value of the one field is told, or it is the first instant, which shows the levels. */
const changeMood = (
  fold: Fold,
  reflexes: Reflexes,
  told: Int32Array,
  field: number,
  event: number,
): number => {
  const { columns, run } = fold;
  const value = told[event] ?? NOT_TOLD;
  const mood = reflexes.byValue[value + 1];
  if (mood === undefined || isShared(fold, reflexes, told, event)) return passAll(fold, reflexes, event);
  const { alone } = pageBetween(reflexes, run.before, mood);
  const reflex = alone[(run.state << BITS_OF_TYPE) | (columns.type[event] ?? 0)] ?? IS_UNKNOWN;
  if (reflex === IS_UNKNOWN) {
    pass(fold, reflexes, event, event + 1);
    return event;
  }
  run.values[field] = value;
  run.levelAt = event;
  run.mood = mood;
  if (reflex !== IS_IDLE) repeatAlone(fold, reflex, event);
  run.before = mood;
  return event;
};

/** For a clock whose levels look at one field. */
const walkLevels = (fold: Fold, reflexes: Reflexes, told: Int32Array, field: number): void => {
  const { columns, run } = fold;
  const { type } = columns;
  const { since, until, values } = run;
  let { mood } = run;
  let { alone } = pageOf(reflexes, run);
  for (let event = since; event < until; event += 1) {
    const value = told[event] ?? NOT_TOLD;
    if ((value !== NOT_TOLD && value !== values[field]) || event === since)
      event = changeMood(fold, reflexes, told, field, event);
    else {
      const reflex = alone[(run.state << BITS_OF_TYPE) | (type[event] ?? 0)] ?? IS_UNKNOWN;
      if (reflex === IS_IDLE) continue;
      event = passOrRepeat(fold, reflexes, told, reflex, event);
    }
    if (run.mood === mood) continue;
    ({ mood } = run);
    ({ alone } = pageOf(reflexes, run));
  }
};

/** For any clock. */
const walk = (fold: Fold, reflexes: Reflexes): void => {
  const { since, until } = fold.run;
  for (let event = since; event < until; event += 1) event = passAll(fold, reflexes, event);
};

/** The field that the levels look at, told fact by fact; `undefined` where they look at more, or it is not that easy. */
const toldOf = ({ clock, columns, only }: Fold, { remembers }: Reflexes): Int32Array | undefined => {
  const { watches, changes, asksHistory } = clock;
  const isPlain = remembers && only === NOBODY && !asksHistory && changes.length === 0;
  return isPlain && watches.length === 1 ? columns.fields[watches[0] ?? 0] : undefined;
};

/** What a clock that has only edges, and is everybody's, does in an instant of one event. */
const edgesOf = (fold: Fold, reflexes: Reflexes): Int32Array | undefined => {
  const { clock, only, run } = fold;
  if (!reflexes.remembers || only !== NOBODY || clock.asksHistory || clock.watches.length > 0)
    return undefined;
  restartAll(run, clock, 0, 0, only);
  return pageOf(reflexes, run).alone;
};

const runAny = (fold: Fold, reflexes: Reflexes, from: number, to: number): void => {
  const { clock, run, only, dictionary } = fold;
  restartAll(run, clock, from, to, only);
  startWith(reflexes, dictionary);
  const told = toldOf(fold, reflexes);
  if (told === undefined) walk(fold, reflexes);
  else walkLevels(fold, reflexes, told, clock.watches[0] ?? 0);
};

/** What is still open when the facts are at an end. */
const leave = (fold: Fold): void => {
  if (is(fold.run, TENTATIVE)) drop(fold);
  else leaveOpen(fold);
};

const runOver = (
  fold: Fold,
  reflexes: Reflexes,
  edges: Int32Array | undefined,
  from: number,
  to: number,
): void => {
  const { run } = fold;
  if (edges === undefined) runAny(fold, reflexes, from, to);
  else {
    restart(run, from, to);
    walkEdges(fold, reflexes, edges);
  }
  if ((run.state & IS_OPEN) !== 0) leave(fold);
};

/**
 * Runs the clock over the facts `[from, to)` of one subject and appends what it measures to the lines. With reflexes of
 * one's own it is seen that they make no difference.
 */
export const runClock = (
  fold: Fold,
  from: number,
  to: number,
  reflexes: Reflexes = reflexesOf(fold.clock),
): void => {
  runOver(fold, reflexes, edgesOf(fold, reflexes), from, to);
};

/** The same for many subjects; one has the facts `[first[subject], first[subject + 1])`. */
export const runSubjects = (fold: Fold, subjects: Int32Array, first: Int32Array): void => {
  const reflexes = reflexesOf(fold.clock);
  const edges = edgesOf(fold, reflexes);
  for (let place = 0; place < subjects.length; place += 1) {
    const subject = subjects[place] ?? 0;
    runOver(fold, reflexes, edges, first[subject] ?? 0, first[subject + 1] ?? 0);
  }
};
