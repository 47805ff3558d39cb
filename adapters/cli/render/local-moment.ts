/** A local time taken apart into its day and its clock, so that a day is said once and not on every line. */
import type { InstantMs } from '../../../schemas/brand.ts';

/** Writes an instant as `2026-11-12 23:56:04`, with whatever the zone needs behind it. */
export type LocalTime = (at: InstantMs) => string;

const DATE_COLUMNS = 10;
const DAY_MS = 86_400_000;

export const dayOf = (local: string): string => local.slice(0, DATE_COLUMNS);
export const clockOf = (local: string): string => local.slice(DATE_COLUMNS + 1);
/** To the minute, with the offset where there is one. */
export const minuteOf = (local: string): string => local.replace(/(:\d\d):\d\d(?:\.\d+)?/, '$1');

/** The clock of `to`; `+1d` behind it when it lies on the next calendar day. */
export const clockAfter = (from: string, to: string): string => {
  const days = Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / DAY_MS);
  return days === 0 ? clockOf(to) : `${clockOf(to)} +${days}d`;
};
