/** The named times of a mapping: from the cells of a row to an instant. */
import { type InstantMs, instantMs } from '../../../schemas/brand.ts';
import { durationOf } from '../../../schemas/duration.ts';
import { type Mapping, RECEIPT, type TimeSource } from '../../../schemas/mapping.ts';
import type { Rejection } from '../../../schemas/signal.ts';
import { isEpochFormat, readEpoch } from '../reading/epoch.ts';
import { readIso } from '../reading/iso.ts';
import type { Resolved } from '../reading/local-zone.ts';
import { quote } from '../reading/quote.ts';
import { readRfc2822 } from '../reading/rfc2822.ts';
import { listed } from './listed.ts';
import { type IsNothing, type Row, cell } from './row.ts';
import { compilePattern } from './time-pattern.ts';

const DAY_MS = 86_400_000;

/** What a time source says in one row. `local`: the zone has yet to be applied. */
type Reading =
  | { readonly kind: 'absent'; readonly text: string }
  | { readonly kind: 'local'; readonly text: string; readonly localMs: number }
  | { readonly kind: 'instant'; readonly text: string; readonly at: InstantMs }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export type RowTime =
  | { readonly kind: 'absent'; readonly text: string }
  | {
      readonly kind: 'at';
      readonly text: string;
      readonly at: InstantMs;
      readonly timedBy?: 'receipt';
    }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

type Parse = (text: string) => Reading;
/** The instant of the time `name` in one row. */
export type TimeOf = (name: string) => RowTime;

const bad = (name: string, text: string, fault: string): Reading => ({
  kind: 'rejected',
  rejection: { code: 'bad-time', message: `${name}: ${quote(text)} ${fault}` },
});

/** Formats that name their offset: `read` gives milliseconds, or the sentence that says what is wrong. */
const instantParser =
  (name: string, read: (text: string) => number | string): Parse =>
  (text) => {
    const at = read(text);
    return typeof at === 'string' ? bad(name, text, at) : { kind: 'instant', text, at: instantMs(at) };
  };

const parserOf = (name: string, format: string): Parse => {
  if (isEpochFormat(format)) return instantParser(name, (text) => readEpoch(text, format));
  if (format === 'rfc2822') return instantParser(name, readRfc2822);
  if (format === 'iso')
    return (text) => {
      const iso = readIso(text);
      if (typeof iso === 'string') return bad(name, text, iso);
      const { localMs, offsetMs } = iso;
      if (offsetMs === undefined) return { kind: 'local', text, localMs };
      return { kind: 'instant', text, at: instantMs(localMs - offsetMs) };
    };
  const pattern = compilePattern(format);
  if (!pattern.ok) throw new Error(pattern.message);
  return (text) => {
    const localMs = pattern.read(text);
    return typeof localMs === 'string' ? bad(name, text, localMs) : { kind: 'local', text, localMs };
  };
};

type ReadCells = (row: Row) => Reading;

/** `isNothing`: the mapping says that such a cell holds nothing, whatever it is used for. */
const sourceReader = (name: string, source: TimeSource, isNothing: IsNothing): ReadCells => {
  const columns = listed(source.column);
  const none = new Set(listed(source.none));
  const parse = parserOf(name, source.format);
  return (row) => {
    let joined = '';
    let isAbsent = false;
    for (const column of columns) {
      const value = cell(row, column);
      if (value === '' || none.has(value) || isNothing(column, value)) isAbsent = true;
      joined = joined === '' ? value : `${joined} ${value}`;
    }
    return isAbsent || none.has(joined) ? { kind: 'absent', text: joined } : parse(joined);
  };
};

const nextDay = (reading: Reading): Reading =>
  reading.kind === 'local' ? { ...reading, localMs: reading.localMs + DAY_MS } : reading;

/** A clock that passed midnight while its date column did not. Readings that name their offset need no such help. */
const acrossMidnight = (own: Reading, other: Reading, byMoreThanMs: number): Reading => {
  if (other.kind === 'rejected') return other;
  const isNextDay =
    own.kind === 'local' && other.kind === 'local' && other.localMs - own.localMs > byMoreThanMs;
  return isNextDay ? nextDay(own) : own;
};

const UNRESOLVED = {
  'nonexistent-local-time': 'never happened in',
  'ambiguous-local-time': 'happened twice in',
} as const;

const settle = (
  name: string,
  reading: Reading,
  zone: string,
  resolve: (localMs: number) => Resolved,
): RowTime => {
  if (reading.kind === 'instant') return { kind: 'at', text: reading.text, at: reading.at };
  if (reading.kind !== 'local') return reading;
  const at = resolve(reading.localMs);
  if (typeof at === 'number') return { kind: 'at', text: reading.text, at };
  const advice = at === 'ambiguous-local-time' ? ' (the mapping can say ambiguous: earlier or later)' : '';
  const message = `${name}: ${quote(reading.text)} ${UNRESOLVED[at]} ${zone}: the clocks were changed${advice}`;
  return { kind: 'rejected', rejection: { code: at, message } };
};

interface CompiledTime {
  readonly read: ReadCells;
  readonly next?: { readonly earlierThan: string; readonly byMoreThanMs: number };
}

const compileTime = (name: string, source: TimeSource, isNothing: IsNothing): CompiledTime => {
  const read = sourceReader(name, source, isNothing);
  const { nextDayIf } = source;
  if (!nextDayIf) return { read };
  return {
    read,
    next: { earlierThan: nextDayIf.earlierThan, byMoreThanMs: durationOf(nextDayIf.byMoreThan) },
  };
};

/** Compiles the times of a mapping that has passed its checks (names exist, no time waits for itself). */
export const compileTimes = (
  mapping: Mapping,
  isNothing: IsNothing,
  resolve: (localMs: number) => Resolved,
): ((row: Row, receivedAt: InstantMs) => TimeOf) => {
  const times = new Map(
    Object.entries(mapping.times).map(([name, source]) => [name, compileTime(name, source, isNothing)]),
  );
  return (row, receivedAt) => {
    // Read once a row, however many events and other times ask.
    const readings = new Map<string, Reading>();
    const readingOf = (name: string): Reading => {
      const known = readings.get(name);
      if (known) return known;
      const time = times.get(name);
      if (!time) throw new Error(`the mapping has no time "${name}"`);
      const own = time.read(row);
      const { next } = time;
      const found =
        next && own.kind === 'local'
          ? acrossMidnight(own, readingOf(next.earlierThan), next.byMoreThanMs)
          : own;
      readings.set(name, found);
      return found;
    };
    return (name) =>
      name === RECEIPT && !times.has(name)
        ? { kind: 'at', text: 'the moment of receipt', at: receivedAt, timedBy: RECEIPT }
        : settle(name, readingOf(name), mapping.zone, resolve);
  };
};
