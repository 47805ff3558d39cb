/** The time in which at least one of the intervals runs. */
import { later } from '../../schemas/brand.ts';
import type { Interval } from './interval.ts';

/**
 *     |=====|     |==|
 *        |=====|     |==|
 *     ->
 *     |========|  |=====|
 *
 * Takes intervals in order of start; gives disjoint ones that do not touch. Points vanish.
 */
export const union = (ordered: Iterable<Interval>): readonly Interval[] => {
  const merged: Interval[] = [];
  for (const { fromMs, toMs } of ordered) {
    if (fromMs === toMs) continue;
    const last = merged.at(-1);
    if (last && fromMs <= last.toMs)
      merged[merged.length - 1] = { fromMs: last.fromMs, toMs: later(last.toMs, toMs) };
    else merged.push({ fromMs, toMs });
  }
  return merged;
};
