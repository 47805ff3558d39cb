/** The time of one interval that lies in none of a list. */
import { later } from '../../schemas/brand.ts';
import type { Interval } from './interval.ts';

/**
 *     |=================|
 *        |==|    |===|
 *     ->
 *     |==|  |====|   |==|
 *
 * `holes` ordered and disjoint.
 */
export const subtract = (whole: Interval, holes: readonly Interval[]): readonly Interval[] => {
  const rest: Interval[] = [];
  let cursor = whole.fromMs;
  for (const hole of holes) {
    if (hole.fromMs >= whole.toMs) break;
    if (hole.fromMs > cursor) rest.push({ fromMs: cursor, toMs: hole.fromMs });
    cursor = later(cursor, hole.toMs);
  }
  if (cursor < whole.toMs) rest.push({ fromMs: cursor, toMs: whole.toMs });
  return rest;
};
