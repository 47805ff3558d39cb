/** Instants as people of a zone read them. */
import { dateOfDay, zoneOf } from '../../engine/index.ts';
import { type InstantMs, instantMs } from '../../schemas/brand.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** `+01:00` */
export const offsetText = (offsetMs: number): string => {
  const minutes = Math.floor(Math.abs(offsetMs) / MINUTE_MS);
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/**
 * `2026-11-09 08:31:04`, with milliseconds where there are any. In the hour that the clocks show twice the offset says
 * which of the two it is: `2026-10-25 02:30:00+02:00`.
 */
export const localTime =
  (zoneName: string) =>
  (at: InstantMs): string => {
    const zone = zoneOf(zoneName);
    const offsetMs = zone.offsetAt(at);
    const readingMs = at + offsetMs;
    const day = Math.floor(readingMs / DAY_MS);
    const ms = readingMs - day * DAY_MS;
    const clock = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
    const fraction = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`;
    const offset = zone.toInstants(readingMs).length > 1 ? offsetText(offsetMs) : '';
    return `${dateOfDay(day)} ${clock.map(two).join(':')}${fraction}${offset}`;
  };

export const instantOfNow = (): InstantMs => instantMs(Date.now());
