/** Dated days: the days that a calendar names one by one, and when anybody knew of them. */
import { localDate } from '../../schemas/brand.ts';
import type { DatedDay } from '../../schemas/calendar.ts';
import { dayOfDate } from './date.ts';

/**
 * What became known of a day only after it: `asCorrected` takes it as if it had always been known, `asWas` leaves
 * things as they stood on the day.
 */
export type Reference = 'asCorrected' | 'asWas';

/** The numbers of the days that have their effect. */
export const daysInEffect = (days: readonly DatedDay[], reference: Reference): ReadonlySet<number> =>
  new Set(
    days
      .map((day) => (typeof day === 'string' ? { date: day, knownFrom: day } : day))
      .filter(({ date, knownFrom }) => reference === 'asCorrected' || knownFrom <= date)
      .map(({ date }) => dayOfDate(localDate(date))),
  );
