/** The clock on the server's wall: a naive reading as an instant, or the sentence that says why it is none. */
import type { Resolved, Zones } from '../reading/local-zone.ts';
import { localZone } from '../reading/local-zone.ts';

export type Clock = (localMs: number) => number | string;

const WHY: Readonly<Record<Extract<Resolved, string>, string>> = {
  'nonexistent-local-time': 'never was: the clocks went forward',
  'ambiguous-local-time': 'was twice: the clocks went back',
};

/** Throws RangeError for an unknown zone. */
export const clockIn = (zones: Zones, zone: string): Clock => {
  zones.toInstants(zone, 0);
  const toInstant = localZone(zones, zone, 'reject');
  return (localMs) => {
    const resolved = toInstant(localMs);
    return typeof resolved === 'string' ? WHY[resolved] : resolved;
  };
};
