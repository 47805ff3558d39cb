/**
 * Open hours: a calendar as sorted instants with prefix sums.
 *
 *                 s0   e0 s1      e1  s2   e2
 *                 |====|  |========|  |====|
 *     openBefore  0       5           14       19
 *
 * How long it is open before an instant is one look-up and one sum; the length of any interval is the difference
 * of two of them.
 */
import {
  type DurationMs,
  type InstantMs,
  NO_TIME,
  durationMs,
  earlier,
  instantMs,
  later,
  plus,
  shift,
} from '../../schemas/brand.ts';
import type { Interval } from '../interval/interval.ts';
import { union } from '../interval/union.ts';

/** A calendar is endless; it is read in stretches of about 398 days, which lie the same for whoever asks. */
const STRETCH_MS = 2 ** 35;
/** About 18.6 h, in which a calendar opens once or twice: the search for an interval begins at its slot. */
const SLOT_MS = 2 ** 26;
/** Nobody looks further than this beyond what was asked about for the end of an interval. */
const REACH_MS = STRETCH_MS;
/** About 279 years. A table that would become wider begins anew, so that one wild date cannot fill the memory. */
const WIDEST_MS = 256 * STRETCH_MS;

/** The open time within `[fromMs, toMs)`, which has a length: cut at both, ordered, disjoint, what touches is one. */
export type OpenSource = (fromMs: InstantMs, toMs: InstantMs) => readonly Interval[];

export interface OpenHours {
  /**
   * The open intervals that touch `[fromMs, toMs]`, ordered and disjoint. They are whole, but for those that go
   * on for more than 398 days beyond what was asked about: they are cut there.
   */
  within(fromMs: InstantMs, toMs: InstantMs): readonly Interval[];
  /** How much of `[fromMs, toMs)` is open; nothing of an interval that ends before it starts. */
  openMs(fromMs: InstantMs, toMs: InstantMs): DurationMs;
  /**
   * The end of the open interval that holds the instant: the end of the shift. undefined where it is closed, and
   * where it does not close for 398 days.
   */
  openUntil(at: InstantMs): InstantMs | undefined;
}

interface Table {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Open milliseconds between `fromMs` and each start. */
  readonly openBefore: Float64Array;
  /** For every slot since `fromMs`, the last interval that has started when the slot begins; -1: none. */
  readonly startedBySlot: Int32Array;
}

const startedBySlotOf = (fromMs: InstantMs, toMs: InstantMs, starts: Float64Array): Int32Array => {
  let started = -1;
  return new Int32Array((toMs - fromMs) / SLOT_MS + 1).map((_, slot) => {
    while ((starts[started + 1] ?? Infinity) <= fromMs + slot * SLOT_MS) started += 1;
    return started;
  });
};

const tableOf = (fromMs: InstantMs, toMs: InstantMs, open: readonly Interval[]): Table => {
  const starts = Float64Array.from(open, (hours) => hours.fromMs);
  const ends = Float64Array.from(open, (hours) => hours.toMs);
  let sumMs = 0;
  const openBefore = Float64Array.from(open, (hours) => {
    const beforeMs = sumMs;
    sumMs += hours.toMs - hours.fromMs;
    return beforeMs;
  });
  return { fromMs, toMs, starts, ends, openBefore, startedBySlot: startedBySlotOf(fromMs, toMs, starts) };
};

function* intervalsOf({ starts, ends }: Table): Iterable<Interval> {
  for (const [index, fromMs] of starts.entries())
    yield { fromMs: instantMs(fromMs), toMs: instantMs(ends[index] ?? fromMs) };
}

/** The last interval that has started by then; -1 before the first. */
const lastStarted = ({ fromMs, starts, startedBySlot }: Table, atMs: number): number => {
  let index = startedBySlot[Math.floor((atMs - fromMs) / SLOT_MS)] ?? -1;
  while ((starts[index + 1] ?? Infinity) <= atMs) index += 1;
  return index;
};

/** Open milliseconds between the table's beginning and the instant. */
const openBy = (table: Table, atMs: number): number => {
  const index = lastStarted(table, atMs);
  if (index < 0) return 0;
  const endMs = table.ends[index] ?? 0;
  return (table.openBefore[index] ?? 0) + (atMs < endMs ? atMs : endMs) - (table.starts[index] ?? 0);
};

/**
 *     asked             |---------|
 *     held     |-------------|
 *     grown    |--------------------------|
 *
 * Both ends at the edges of stretches; a table that would be too wide forgets what it held.
 */
const grown = (held: Table, askedFromMs: number, askedToMs: number, source: OpenSource): Table => {
  const fromMs = instantMs(Math.floor(askedFromMs / STRETCH_MS) * STRETCH_MS);
  const toMs = instantMs(Math.ceil(askedToMs / STRETCH_MS) * STRETCH_MS);
  const firstMs = earlier(fromMs, held.fromMs);
  const lastMs = later(toMs, held.toMs);
  if (held.fromMs === held.toMs || lastMs - firstMs > WIDEST_MS)
    return tableOf(fromMs, toMs, source(fromMs, toMs));
  const before = firstMs < held.fromMs ? source(firstMs, held.fromMs) : [];
  const after = held.toMs < lastMs ? source(held.toMs, lastMs) : [];
  return tableOf(firstMs, lastMs, union([...before, ...intervalsOf(held), ...after]));
};

const NOTHING: Table = tableOf(instantMs(0), instantMs(0), []);

export const openHoursOf = (source: OpenSource): OpenHours => {
  let table = NOTHING;

  const tableFor = (fromMs: number, toMs: number): Table => {
    if (fromMs < table.fromMs || toMs > table.toMs) table = grown(table, fromMs, toMs, source);
    return table;
  };

  const within = (fromMs: InstantMs, toMs: InstantMs): readonly Interval[] => {
    if (toMs - fromMs > WIDEST_MS) {
      const middleMs = instantMs(Math.floor((fromMs + toMs) / 2));
      return union([...within(fromMs, middleMs), ...within(middleMs, toMs)]);
    }
    const firstMs = shift(fromMs, -REACH_MS);
    const lastMs = shift(toMs, REACH_MS);
    const held = tableFor(firstMs, lastMs);
    const touching: Interval[] = [];
    const stop = lastStarted(held, toMs);
    for (let index = Math.max(0, lastStarted(held, fromMs)); index <= stop; index += 1) {
      const startMs = instantMs(held.starts[index] ?? firstMs);
      const endMs = instantMs(held.ends[index] ?? firstMs);
      if (endMs > fromMs) touching.push({ fromMs: later(startMs, firstMs), toMs: earlier(endMs, lastMs) });
    }
    return touching;
  };

  const openMs = (fromMs: InstantMs, toMs: InstantMs): DurationMs => {
    if (toMs <= fromMs) return NO_TIME;
    if (toMs - fromMs > WIDEST_MS) {
      const middleMs = instantMs(Math.floor((fromMs + toMs) / 2));
      return plus(openMs(fromMs, middleMs), openMs(middleMs, toMs));
    }
    const held = tableFor(fromMs, toMs);
    return durationMs(openBy(held, toMs) - openBy(held, fromMs));
  };

  return {
    within,
    openMs,
    openUntil: (at) => {
      const held = tableFor(at, at + REACH_MS);
      const endMs = held.ends[lastStarted(held, at)];
      return endMs !== undefined && endMs > at && endMs - at < REACH_MS ? instantMs(endMs) : undefined;
    },
  };
};
