/** An interval cut at the midnights of a zone. */
import { earlier } from '../../schemas/brand.ts';
import type { Zone } from '../calendar/zone.ts';
import type { Interval } from './interval.ts';

export interface DayInterval extends Interval {
  readonly dayNumber: number;
}

/**
 *          midnight   midnight
 *     |========|==========|==|
 *
 * The parts add up to the whole. A point stays one point, on the day it lies in.
 */
export const splitByDay = (whole: Interval, zone: Zone): readonly DayInterval[] => {
  const parts: DayInterval[] = [];
  let dayNumber = zone.dayOf(whole.fromMs);
  let fromMs = whole.fromMs;
  do {
    const endMs = zone.startOfDay(dayNumber + 1);
    const toMs = earlier(whole.toMs, endMs);
    // A day that the zone skipped (Samoa, 2011-12-30) has no length and gets no part.
    if (toMs > fromMs || whole.fromMs === whole.toMs) parts.push({ fromMs, toMs, dayNumber });
    fromMs = toMs;
    dayNumber += 1;
  } while (fromMs < whole.toMs);
  return parts;
};
