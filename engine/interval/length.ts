/** How long intervals are, each counted in full. */
import { type DurationMs, elapsed, total } from '../../schemas/brand.ts';
import type { Interval } from './interval.ts';

export const lengthOf = (intervals: readonly Interval[]): DurationMs =>
  total(intervals.map(({ fromMs, toMs }) => elapsed(fromMs, toMs)));
