/** The demo's week: 2026-W46 in Berlin, which is one hour ahead of UTC on all of its days. */
import { type InstantMs, instantMs, isoWeek } from '../../schemas/brand.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = HOUR_MS;

export const DEMO_WEEK = isoWeek('2026-W46');
export const DEMO_ZONE = 'Europe/Berlin';

/** Monday 9 November 2026, 00:00 in Berlin. */
export const WEEK_FROM_MS = instantMs(Date.UTC(2026, 10, 9) - OFFSET_MS);
/** Monday 16 November 2026, 00:00 in Berlin: the first instant after the week. */
export const WEEK_TO_MS = instantMs(WEEK_FROM_MS + 7 * DAY_MS);

export const MONDAY = 0;
export const TUESDAY = 1;
export const WEDNESDAY = 2;
export const THURSDAY = 3;
export const FRIDAY = 4;
export const SATURDAY = 5;

/** The instant of a local clock time; day 0 is Monday, and hours beyond 24 lie on the next day. */
export const clock = (day: number, hour: number, minute = 0): InstantMs =>
  instantMs(WEEK_FROM_MS + day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS);

/** RFC 3339 with Berlin's winter offset, whole seconds. Good only for instants of this November. */
export const timestamp = (atMs: number): string =>
  `${new Date(atMs + OFFSET_MS).toISOString().slice(0, 19)}+01:00`;
