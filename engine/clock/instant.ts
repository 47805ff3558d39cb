/** An instant: what its facts together tell a clock, and what it does then. Any clock, any instant. */
import { NOBODY } from './columns.ts';
import { UNTOLD } from './dictionary.ts';
import type { Fold } from './fold.ts';
import { type Mood, moodOf } from './mood.ts';
import { ASKS, NOTHING, type Reflexes, clauseAt, learn, pageOf, react, roleOf } from './reflexes.ts';
import { fire, follow, hear } from './sense.ts';

/** Takes in all that the facts `[first, end)` of one instant tell; whether a field has taken another value. */
const senseAll = (fold: Fold, { hears }: Reflexes, first: number, end: number): boolean => {
  const { clock, columns, run, dictionary, only } = fold;
  let moved = false;
  for (let event = first; event < end; event += 1) {
    if (clock.watches.length > 0 && follow(clock, columns, run, event, dictionary)) moved = true;
    const edge = hears[columns.type[event] ?? 0] ?? NOTHING;
    if (edge === ASKS || only !== NOBODY) hear(clock, columns, run, event, only, dictionary);
    else if (edge !== NOTHING) fire(run, roleOf(edge), clauseAt(edge), event);
  }
  return moved;
};

/** The mood that the values which are known now bring. Of one field alone each value is remembered with its mood. */
const moodNow = ({ clock, run, dictionary }: Fold, { moods, byValue }: Reflexes): Mood => {
  const mood = moodOf(clock, moods, run.values, dictionary);
  const { watches } = clock;
  if (watches.length === 1) byValue[(run.values[watches[0] ?? 0] ?? UNTOLD) + 1] = mood;
  return mood;
};

/** `[first, end)`: all facts of an instant that are heard. */
export const pass = (fold: Fold, reflexes: Reflexes, first: number, end: number): void => {
  const { clock, columns, run, only } = fold;
  const moved = senseAll(fold, reflexes, first, end);
  run.now = end - 1;
  // Levels may hold before anything is told: then the first instant shows it.
  const isFirst = first === run.since && clock.watches.length > 0;
  if (moved || isFirst) run.mood = moodNow(fold, reflexes);
  const page = pageOf(reflexes, run);
  if (end - first > 1 || only !== NOBODY || clock.changes.length > 0) react(fold, page);
  else learn(fold, page, reflexes, columns.type[first] ?? 0);
  run.acts = 0;
  run.before = run.mood;
};

/** All of the instant that a fact is of; answers its last fact. */
export const passAll = (fold: Fold, reflexes: Reflexes, event: number): number => {
  const { columns, run } = fold;
  const { at } = columns;
  let first = event;
  while (first > run.since && at[first - 1] === at[event]) first -= 1;
  let end = event + 1;
  while (end < run.until && at[end] === at[event]) end += 1;
  pass(fold, reflexes, first, end);
  return end - 1;
};

/** Whether any other fact of the instant may do something to the clock. `told`: of the field that it follows. */
export const isShared = (
  { columns, run }: Fold,
  { ears }: Reflexes,
  told: Int32Array | undefined,
  event: number,
): boolean => {
  const { at, type } = columns;
  for (let other = event + 1; other < run.until && at[other] === at[event]; other += 1)
    if (ears[type[other] ?? 0] !== 0 || (told !== undefined && told[other] !== UNTOLD)) return true;
  for (let other = event - 1; other >= run.since && at[other] === at[event]; other -= 1)
    if (ears[type[other] ?? 0] !== 0 || (told !== undefined && told[other] !== UNTOLD)) return true;
  return false;
};
