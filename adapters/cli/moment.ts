/** Moments as people type them: an ISO time with its offset, or a time of the clocks in the rule set's zone. */
import { dateOfDay, dayOfDate, localToInstants, zoneOf } from '../../engine/index.ts';
import { type DurationMs, type InstantMs, instantMs, localDate, shift } from '../../schemas/brand.ts';
import { parseDuration } from '../../schemas/duration.ts';
import { InputError } from '../input-error.ts';
import { offsetText } from './local-time.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** `2026-11-09T10:03`, `2026-11-09 10:03:30.5+01:00`, and `10:03` for today. */
const SHAPE =
  /^(?:(?<date>\d{4}-\d\d-\d\d)[T ])?(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<part>\d{1,3}))?)?(?<offset>Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/i;

interface Reading {
  /** The day number, absent for today. */
  readonly day: number | undefined;
  readonly clockMs: number;
  /** Local minus UTC; absent where the text names none. */
  readonly offsetMs: number | undefined;
}

const offsetOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (text.toUpperCase() === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return (text.startsWith('-') ? -minutes : minutes) * MINUTE_MS;
};

/** Undefined also for what is no day or hour: 30 February, 25:00. */
const readingOf = (text: string): Reading | undefined => {
  const parts = SHAPE.exec(text.trim())?.groups;
  if (!parts) return undefined;
  const [hour, minute, second] = [parts['hour'], parts['minute'], parts['second'] ?? '0'].map(Number);
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = parts['date'] === undefined ? undefined : localDate(parts['date']);
  const day = date === undefined ? undefined : dayOfDate(date);
  if (day !== undefined && dateOfDay(day) !== date) return undefined;
  const offsetMs = offsetOf(parts['offset']);
  if (day === undefined && offsetMs !== undefined) return undefined;
  const clockMs = ((hour * 60 + minute) * 60 + second) * 1000 + Number((parts['part'] ?? '').padEnd(3, '0'));
  return { day, clockMs, offsetMs };
};

/** Local clocks show a reading twice when they go back, and never when they go forward: both need the offset. */
const instantOf = (flag: string, text: string, localMs: number, zoneName: string): InstantMs => {
  const [first, second] = localToInstants(zoneName, localMs);
  const zone = zoneOf(zoneName);
  if (first === undefined) {
    const before = offsetText(zone.offsetAt(shift(zone.firstInstantAt(localMs), -1)));
    throw new InputError(
      `${flag} ${text} never was in ${zoneName}, where the clocks went forward over it: write it with its offset, for instance ${text}${before}`,
    );
  }
  if (second === undefined) return first;
  const [before, after] = [first, second].map((at) => offsetText(zone.offsetAt(at)));
  throw new InputError(
    `${flag} ${text} was twice in ${zoneName}: write it with its offset, ${text}${before} for the first or ${text}${after} for the second`,
  );
};

/** Reads the moments of one command line; `10:03` is today's, as the zone has it. */
export const momentReader =
  (zoneName: string, now: InstantMs) =>
  (flag: string, text: string): InstantMs => {
    const reading = readingOf(text);
    if (!reading)
      throw new InputError(
        `${flag} takes a time such as 2026-11-09T10:03 (in ${zoneName}), 2026-11-09T10:03+01:00, or 10:03 for today, not "${text}"`,
      );
    const { day = zoneOf(zoneName).dayOf(now), clockMs, offsetMs } = reading;
    const localMs = day * DAY_MS + clockMs;
    if (offsetMs !== undefined) return instantMs(localMs - offsetMs);
    // Today's date has to be seen where the hour alone is not enough.
    const whole =
      reading.day === undefined ? `${dateOfDay(day)}T${text.trim().padStart(5, '0')}` : text.trim();
    return instantOf(flag, whole, localMs, zoneName);
  };

export const readLength = (flag: string, text: string): DurationMs => {
  const length = parseDuration(text);
  if (length !== undefined && length > 0) return length;
  throw new InputError(`${flag} takes a length such as 90s, 30m or 1h30m, not "${text}"`);
};
