/**
 * Time zones: the only place that knows them.
 *
 * Luxon answers "what offset holds at this instant" and nothing else. Everything local is found by searching
 * instants in the table of offsets, because a library's answer to "which instant is this local time" guesses
 * where the clocks change (moment/luxon#1665).
 */
import { type InstantMs, instantMs } from '../../schemas/brand.ts';
import { type OffsetSegment, offsetTable } from './offsets.ts';

const DAY_MS = 86_400_000;
/** No zone is further from UTC than 26 h (15 h 13 min is the widest in the tz database). */
const WIDEST_OFFSET_MS = 26 * 3_600_000;

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

type SegmentAt = (atMs: number) => OffsetSegment;

/** The segments in which a local reading can lie, in order. */
function* segmentsAround(localMs: number, segmentAt: SegmentAt): Iterable<OffsetSegment> {
  for (let atMs = localMs - WIDEST_OFFSET_MS; atMs < localMs + WIDEST_OFFSET_MS;) {
    const segment = segmentAt(atMs);
    yield segment;
    atMs = segment.toMs;
  }
}

const firstInstant = (localMs: number, segmentAt: SegmentAt): InstantMs => {
  for (const { fromMs, toMs, offsetMs } of segmentsAround(localMs, segmentAt)) {
    const candidate = Math.max(fromMs, localMs - offsetMs);
    if (candidate < toMs) return instantMs(candidate);
  }
  throw new Error(`no instant for local ${localMs}`);
};

const everyInstant = (localMs: number, segmentAt: SegmentAt): readonly InstantMs[] => {
  const found: InstantMs[] = [];
  for (const { fromMs, toMs, offsetMs } of segmentsAround(localMs, segmentAt)) {
    const candidate = localMs - offsetMs;
    if (candidate >= fromMs && candidate < toMs) found.push(instantMs(candidate));
  }
  return found;
};

const openZone = (name: string): Zone => {
  const segmentAt = offsetTable(name);
  const dayStarts = new Map<number, InstantMs>();

  const startOfDay = (dayNumber: number): InstantMs => {
    const known = dayStarts.get(dayNumber);
    if (known !== undefined) return known;
    const found = firstInstant(dayNumber * DAY_MS, segmentAt);
    dayStarts.set(dayNumber, found);
    return found;
  };

  return {
    name,
    offsetAt: (at) => segmentAt(at).offsetMs,
    firstInstantAt: (localMs) => firstInstant(localMs, segmentAt),
    startOfDay,
    dayOf: (at) => {
      // Clocks that go back over midnight show yesterday again for a while; that while belongs to today.
      let day = Math.floor((at + segmentAt(at).offsetMs) / DAY_MS);
      while (startOfDay(day + 1) <= at) day += 1;
      while (startOfDay(day) > at) day -= 1;
      return day;
    },
    toInstants: (localMs) => everyInstant(localMs, segmentAt),
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
