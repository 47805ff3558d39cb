/** The time that lies in both of two lists of intervals. */
import { earlier, later } from '../../schemas/brand.ts';
import type { Interval } from './interval.ts';

/**
 *     |=======|   |=====|
 *         |=========|
 *     ->
 *         |===|   |=|
 *
 * Both lists ordered and disjoint, and so is the answer. A point of `a` inside an interval of `b` stays a point.
 */
export const intersect = (a: readonly Interval[], b: readonly Interval[]): readonly Interval[] => {
  const both: Interval[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left && right; left = a[i], right = b[j]) {
    const fromMs = later(left.fromMs, right.fromMs);
    const toMs = earlier(left.toMs, right.toMs);
    if (fromMs < toMs || (left.fromMs === left.toMs && fromMs === toMs && toMs < right.toMs))
      both.push({ fromMs, toMs });
    if (left.toMs <= right.toMs) i += 1;
    else j += 1;
  }
  return both;
};
