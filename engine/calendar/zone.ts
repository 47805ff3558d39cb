/**
 * Time zones: the only place that knows them.
 *
 * Luxon answers "what offset holds at this instant" and nothing else. Everything local is found by searching
 * instants in the table of offsets, because a library's answer to "which instant is this local time" guesses
 * where the clocks change (moment/luxon#1665).
 */
import { type Zone as LuxonZone, Info } from 'luxon';
import { type InstantMs, instantMs } from '../../schemas/brand.ts';

const DAY_MS = 86_400_000;
/** Offsets are looked up in stretches of about 398 days; a power of two keeps the index exact. */
const CHUNK_MS = 2 ** 35;
/** No zone is further from UTC than 26 h (15 h 13 min is the widest in the tz database). */
const WIDEST_OFFSET_MS = 26 * 3_600_000;

/** `[fromMs, toMs)` in which local time = UTC + offsetMs. */
interface OffsetSegment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

export interface Zone {
  readonly name: string;
  /** Local time minus UTC at this instant. */
  offsetAt(at: InstantMs): number;
  /** The first instant at which local clocks show `localMs` (a reading, as if it were UTC) or later. */
  firstInstantAt(localMs: number): InstantMs;
  /** The first instant of a local day; where midnight does not exist, the instant the clocks jump to. */
  startOfDay(dayNumber: number): InstantMs;
  /** The local day of an instant: the last one that has begun. */
  dayOf(at: InstantMs): number;
  /** Every instant at which local clocks show `localMs`: none, one, or two, ascending. */
  toInstants(localMs: number): readonly InstantMs[];
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

const luxonZone = (name: string): LuxonZone => {
  const zone = Info.normalizeZone(name);
  if (!zone.isValid || name.trim() === '' || name === 'local' || name === 'system')
    throw new RangeError(
      `unknown time zone "${name}": write an IANA name such as Europe/Berlin, UTC or UTC+10`,
    );
  return zone;
};

const openZone = (name: string): Zone => {
  const zone = luxonZone(name);
  const chunks = new Map<number, readonly OffsetSegment[]>();
  const dayStarts = new Map<number, InstantMs>();
  let recent: OffsetSegment = { fromMs: 1, toMs: 0, offsetMs: 0 };

  const chunkAt = (atMs: number): readonly OffsetSegment[] => {
    const index = Math.floor(atMs / CHUNK_MS);
    const known = chunks.get(index);
    if (known) return known;
    const read = readChunk(zone, index);
    chunks.set(index, read);
    return read;
  };

  const segmentAt = (atMs: number): OffsetSegment => {
    if (atMs >= recent.fromMs && atMs < recent.toMs) return recent;
    const found = chunkAt(atMs).find((segment) => atMs < segment.toMs);
    if (!found) throw new Error(`no offset for ${atMs} in ${name}`);
    recent = found;
    return found;
  };

  /** The segments in which a local reading can lie, in order. */
  function* segmentsAround(localMs: number): Iterable<OffsetSegment> {
    for (let atMs = localMs - WIDEST_OFFSET_MS; atMs < localMs + WIDEST_OFFSET_MS;) {
      const segment = segmentAt(atMs);
      yield segment;
      atMs = segment.toMs;
    }
  }

  const firstInstantAt = (localMs: number): InstantMs => {
    for (const { fromMs, toMs, offsetMs } of segmentsAround(localMs)) {
      const candidate = Math.max(fromMs, localMs - offsetMs);
      if (candidate < toMs) return instantMs(candidate);
    }
    throw new Error(`no instant for local ${localMs} in ${name}`);
  };

  const startOfDay = (dayNumber: number): InstantMs => {
    const known = dayStarts.get(dayNumber);
    if (known !== undefined) return known;
    const found = firstInstantAt(dayNumber * DAY_MS);
    dayStarts.set(dayNumber, found);
    return found;
  };

  const offsetAt = (at: InstantMs): number => segmentAt(at).offsetMs;

  return {
    name,
    offsetAt,
    firstInstantAt,
    startOfDay,
    dayOf: (at) => {
      // Clocks that go back over midnight show yesterday again for a while; that while belongs to today.
      let day = Math.floor((at + offsetAt(at)) / DAY_MS);
      while (startOfDay(day + 1) <= at) day += 1;
      while (startOfDay(day) > at) day -= 1;
      return day;
    },
    toInstants: (localMs) => {
      const found: InstantMs[] = [];
      for (const { fromMs, toMs, offsetMs } of segmentsAround(localMs)) {
        const candidate = localMs - offsetMs;
        if (candidate >= fromMs && candidate < toMs) found.push(instantMs(candidate));
      }
      return found;
    },
  };
};

const zones = new Map<string, Zone>();

/** The zone of this name. Throws RangeError when there is none. */
export const zoneOf = (name: string): Zone => {
  const known = zones.get(name);
  if (known) return known;
  const opened = openZone(name);
  zones.set(name, opened);
  return opened;
};

/** Every instant at which clocks in the zone show `localMs`: none (skipped), one, or two (repeated). */
export const localToInstants = (zone: string, localMs: number): readonly InstantMs[] =>
  zoneOf(zone).toInstants(localMs);
