/** Moods: what holds of a clock's levels at once. There are few, so each is made once and decisions are kept by them. */
import type { Clock, Level } from './clock.ts';
import type { Dictionary } from './dictionary.ts';

const NONE = -1;

export interface Mood {
  /** Its place among those of its clock. */
  readonly id: number;
  /** The clause of the level that holds, or NONE. */
  readonly stop: number;
  readonly cancel: number;
  readonly pause: number;
  readonly resume: number;
  readonly runs: boolean;
  readonly holds: boolean;
  /** Nothing keeps a start from beginning something. */
  readonly ready: boolean;
}

/** Before anything is told. */
export const UNTOUCHED: Mood = {
  id: 0,
  stop: NONE,
  cancel: NONE,
  pause: NONE,
  resume: NONE,
  runs: true,
  holds: true,
  ready: false,
};

const holding = (levels: readonly Level[], values: Int32Array, dictionary: Dictionary): number => {
  for (let place = 0; place < levels.length; place += 1) {
    const level = levels[place];
    if (level?.test(values, dictionary) === true) return level.clause;
  }
  return NONE;
};

/** The mood in which these values put the clock; `known`: those that it has been in. */
export const moodOf = (clock: Clock, known: Mood[], values: Int32Array, dictionary: Dictionary): Mood => {
  const { levels, runWhile } = clock;
  const stop = holding(levels.stop, values, dictionary);
  const cancel = holding(levels.cancel, values, dictionary);
  const pause = holding(levels.pause, values, dictionary);
  const resume = holding(levels.resume, values, dictionary);
  const runs = runWhile === undefined || runWhile.test(values, dictionary);
  const holds = clock.holds === undefined || clock.holds(values, dictionary);
  for (let id = 1; id < known.length; id += 1) {
    const one = known[id];
    if (one === undefined || one.stop !== stop || one.cancel !== cancel || one.pause !== pause) continue;
    if (one.resume === resume && one.runs === runs && one.holds === holds) return one;
  }
  const ready = runs && stop === NONE && cancel === NONE;
  const made: Mood = { id: known.length, stop, cancel, pause, resume, runs, holds, ready };
  known.push(made);
  return made;
};
