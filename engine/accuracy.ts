/** Accuracy: how near the recorded time comes to the true one, in two definitions that measure different things. */
import { type DurationMs, durationMs, minus } from '../schemas/brand.ts';
import { intersect } from './interval/intersect.ts';
import { type Interval, byStart } from './interval/interval.ts';
import { lengthOf } from './interval/length.ts';
import { union } from './interval/union.ts';

/** Intervals by subject, or by person: recorded time is right only under the key under which it is true. */
export type KeyedIntervals = ReadonlyMap<string, readonly Interval[]>;

/** A fraction, unrounded: whoever compares two of them, or one with a limit, does so before it is shown. */
export interface Accuracy {
  readonly numeratorMs: DurationMs;
  /** 0 where there was nothing to record: then there is no accuracy, neither good nor bad. */
  readonly denominatorMs: DurationMs;
}

export interface DurationAccuracy extends Accuracy {
  /** Recorded too little, added up over the keys; the numerator is the truth without it and without `overMs`. */
  readonly missedMs: DurationMs;
  /** Recorded too much. It does not make up for what was missed under another key. */
  readonly overMs: DurationMs;
}

const keysOf = (truth: KeyedIntervals, recorded: KeyedIntervals): ReadonlySet<string> =>
  new Set([...truth.keys(), ...recorded.keys()]);

/**
 * 1 - (missed + over) / truth, where a key's interval counts as often as it is given: what was recorded twice is
 * over. The numerator is negative when more is wrong than is true.
 *
 * It is blind to when: a record of the right length at the wrong time is 100 %.
 */
export const durationAccuracy = (truth: KeyedIntervals, recorded: KeyedIntervals): DurationAccuracy => {
  let [truthMs, missedMs, overMs] = [0, 0, 0];
  for (const key of keysOf(truth, recorded)) {
    const trueMs = lengthOf(truth.get(key) ?? []);
    const tooMuchMs = minus(lengthOf(recorded.get(key) ?? []), trueMs);
    truthMs += trueMs;
    if (tooMuchMs > 0) overMs += tooMuchMs;
    else missedMs -= tooMuchMs;
  }
  return {
    numeratorMs: durationMs(truthMs - missedMs - overMs),
    denominatorMs: durationMs(truthMs),
    missedMs: durationMs(missedMs),
    overMs: durationMs(overMs),
  };
};

const merged = (intervals: readonly Interval[] = []): readonly Interval[] =>
  union([...intervals].sort(byStart));

/**
 * What both cover, of what either covers:
 *
 *     truth         |==========|
 *     recorded         |==========|
 *     numerator        |=======|
 *     denominator   |=============|
 *
 * A key's intervals are taken together, so what was recorded twice counts once; duration accuracy finds it.
 */
export const overlapAccuracy = (truth: KeyedIntervals, recorded: KeyedIntervals): Accuracy => {
  let [bothMs, eitherMs] = [0, 0];
  for (const key of keysOf(truth, recorded)) {
    const [trueTime, recordedTime] = [merged(truth.get(key)), merged(recorded.get(key))];
    bothMs += lengthOf(intersect(trueTime, recordedTime));
    eitherMs += lengthOf(merged([...trueTime, ...recordedTime]));
  }
  return { numeratorMs: durationMs(bothMs), denominatorMs: durationMs(eitherMs) };
};
