/** Instants as people of a zone read them. */
import { dateOfDay, zoneOf } from '../../engine/index.ts';
import { type InstantMs, instantMs } from '../../schemas/brand.ts';

const DAY_MS = 86_400_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-09 08:31:04`, with milliseconds where there are any. */
export const localTime =
  (zoneName: string) =>
  (at: InstantMs): string => {
    const zone = zoneOf(zoneName);
    const readingMs = at + zone.offsetAt(at);
    const day = Math.floor(readingMs / DAY_MS);
    const ms = readingMs - day * DAY_MS;
    const clock = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
    const fraction = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`;
    return `${dateOfDay(day)} ${clock.map(two).join(':')}${fraction}`;
  };

export const instantOfNow = (): InstantMs => instantMs(Date.now());
