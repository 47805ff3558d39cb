/** Durations as people read them. Only `hoursMinutes` rounds, and only for display. */
import type { DurationMs } from '../../../schemas/brand.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What a table shows for no time at all. Something that rounds to nothing is `0:00`. */
export const NOTHING = '·';

const two = (value: number): string => String(value).padStart(2, '0');
const sign = (ms: number): string => (ms < 0 ? '-' : '');

/** `7:42`: hours and minutes, to the nearest minute, a half away from zero. Hours do not wrap: `141:05`. */
export const hoursMinutes = (ms: DurationMs): string => {
  const minutes = Math.floor((Math.abs(ms) + MINUTE_MS / 2) / MINUTE_MS);
  return `${minutes === 0 ? '' : sign(ms)}${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
};

/** `7:42:05`, exact; a part of a second follows as `7:42:05.250`. */
export const hoursMinutesSeconds = (ms: DurationMs): string => {
  const size = Math.abs(ms);
  const minutes = Math.floor((size % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((size % MINUTE_MS) / SECOND_MS);
  const rest = size % SECOND_MS;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`;
  return `${sign(ms)}${Math.floor(size / HOUR_MS)}:${two(minutes)}:${two(seconds)}${fraction}`;
};

/** Seconds, exact, for programs: `27725` or `0.25`. */
export const exactSeconds = (ms: DurationMs): string => {
  const size = Math.abs(ms);
  const rest = size % SECOND_MS;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`;
  return `${sign(ms)}${Math.floor(size / SECOND_MS)}${fraction}`;
};

/** `7:42`, and a middle dot for no time at all. */
export const inTable = (ms: DurationMs): string => (ms === 0 ? NOTHING : hoursMinutes(ms));
