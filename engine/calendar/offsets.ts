/** The offsets of a zone: local time minus UTC, for every instant. Read from luxon once and kept as a table. */
import { type Zone as LuxonZone, Info } from 'luxon';

const DAY_MS = 86_400_000;
/** The table is read in stretches of about 398 days; a power of two keeps the index exact. */
const CHUNK_MS = 2 ** 35;

/** `[fromMs, toMs)` in which local time = UTC + offsetMs. */
export interface OffsetSegment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

const offsetOf = (zone: LuxonZone, atMs: number): number => Math.round(zone.offset(atMs) * 60_000);

/** The first millisecond in `(lowMs, highMs]` at which the offset is no longer `before`. */
const findChange = (zone: LuxonZone, lowMs: number, highMs: number, before: number): number => {
  let low = lowMs;
  let high = highMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetOf(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
};

const readChunk = (zone: LuxonZone, chunk: number): readonly OffsetSegment[] => {
  const endMs = (chunk + 1) * CHUNK_MS;
  const segments: OffsetSegment[] = [];
  let fromMs = chunk * CHUNK_MS;
  let offsetMs = offsetOf(zone, fromMs);
  // A day is shorter than the time between any two transitions of one zone.
  for (let probeMs = fromMs; probeMs < endMs;) {
    const nextMs = Math.min(probeMs + DAY_MS, endMs - 1);
    const nextOffsetMs = offsetOf(zone, nextMs);
    if (nextOffsetMs !== offsetMs) {
      const changeMs = findChange(zone, probeMs, nextMs, offsetMs);
      segments.push({ fromMs, toMs: changeMs, offsetMs });
      fromMs = changeMs;
      offsetMs = nextOffsetMs;
    }
    probeMs = nextMs === endMs - 1 ? endMs : nextMs;
  }
  segments.push({ fromMs, toMs: endMs, offsetMs });
  return segments;
};

/** Luxon takes these for the zone of the machine, which must never decide what a figure is. */
const MACHINE = /^\s*(default|local|system)?\s*$/i;

/** No zone has ever been further from UTC than 15 h 13 min. */
const WIDEST_OFFSET_MINUTES = 18 * 60;

const luxonZone = (name: string): LuxonZone => {
  const zone = Info.normalizeZone(name);
  if (!zone.isValid || MACHINE.test(name) || Math.abs(zone.offset(0)) > WIDEST_OFFSET_MINUTES)
    throw new RangeError(
      `unknown time zone "${name}": write an IANA name such as Europe/Berlin, UTC or UTC+10`,
    );
  return zone;
};

/** Finds the segment of an instant. Throws RangeError for an unknown zone. */
export const offsetTable = (name: string): ((atMs: number) => OffsetSegment) => {
  const zone = luxonZone(name);
  const chunks = new Map<number, readonly OffsetSegment[]>();
  let recent: OffsetSegment = { fromMs: 1, toMs: 0, offsetMs: 0 };

  const chunkAt = (atMs: number): readonly OffsetSegment[] => {
    const index = Math.floor(atMs / CHUNK_MS);
    const known = chunks.get(index);
    if (known) return known;
    const read = readChunk(zone, index);
    chunks.set(index, read);
    return read;
  };

  return (atMs) => {
    if (atMs >= recent.fromMs && atMs < recent.toMs) return recent;
    const found = chunkAt(atMs).find((segment) => atMs < segment.toMs);
    if (!found) throw new Error(`no offset for ${atMs} in ${name}`);
    recent = found;
    return found;
  };
};
