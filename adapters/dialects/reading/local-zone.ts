/** The zone of a mapping's naive stamps: local reading -> instant, with what happens when the clocks change. */
import { type InstantMs, instantMs } from '../../../schemas/brand.ts';
import type { Mapping } from '../../../schemas/mapping.ts';

/** What a dialect needs of a calendar; handed in, because zones live in the engine. */
export interface Zones {
  /**
   * `localMs`: what the wall clock shows, as if it were UTC. Answers every instant that shows it: none (the clocks
   * jumped over it), one, or two, ascending (they went back). Throws RangeError for an unknown zone.
   */
  toInstants(zone: string, localMs: number): readonly InstantMs[];
}

/** The second and third forms name the rejection. */
export type Resolved = InstantMs | 'nonexistent-local-time' | 'ambiguous-local-time';

const HOUR_MS = 3_600_000;
/** About 23 years of hours; then the memory starts anew, so that a file of wild dates cannot fill it. */
const MOST_HOURS = 200_000;

/**
 * Within one local hour whose first and last millisecond have one instant each and the same offset, that offset holds.
 * (Two changes that cancel each other within an hour are unknown to the tz database.)
 */
const offsetOfHour = (zones: Zones, zone: string, hour: number): number | undefined => {
  const first = zones.toInstants(zone, hour * HOUR_MS);
  const last = zones.toInstants(zone, hour * HOUR_MS + HOUR_MS - 1);
  const [from, to] = [first[0], last[0]];
  if (first.length !== 1 || last.length !== 1 || from === undefined || to === undefined) return undefined;
  return to - from === HOUR_MS - 1 ? hour * HOUR_MS - from : undefined;
};

/** Remembers the offset of local hours: asking a calendar for every cell of a file is what makes imports slow. */
export const localZone = (
  zones: Zones,
  zone: string,
  ambiguous: Mapping['ambiguous'],
): ((localMs: number) => Resolved) => {
  const hours = new Map<number, number | undefined>();

  const ask = (localMs: number): Resolved => {
    const [first, second] = zones.toInstants(zone, localMs);
    if (first === undefined) return 'nonexistent-local-time';
    if (second === undefined) return first;
    if (ambiguous === 'reject') return 'ambiguous-local-time';
    return ambiguous === 'earlier' ? first : second;
  };

  return (localMs) => {
    const hour = Math.floor(localMs / HOUR_MS);
    let offset = hours.get(hour);
    if (offset === undefined && !hours.has(hour)) {
      if (hours.size >= MOST_HOURS) hours.clear();
      offset = offsetOfHour(zones, zone, hour);
      hours.set(hour, offset);
    }
    return offset === undefined ? ask(localMs) : instantMs(localMs - offset);
  };
};
