/** What the emulator keeps: one log of records, the streams in it, and the server's rules for appending. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export interface Kept extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** In bytes of the log, as on a real server: it ascends and has gaps. */
  readonly position: number;
}

export type Expected = 'any' | 'none' | 'exists' | number;

export type Outcome =
  | { readonly status: 'written'; readonly last: Kept }
  | { readonly status: 'wrong-expected-version'; readonly revision: number }
  | { readonly status: 'too-large' };

export interface Database {
  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome;
  /** The records in the order of the log. */
  readonly log: readonly Kept[];
  /** The records of a stream in the order of their revisions. */
  stream(name: string): readonly Kept[];
  /** The index of the record that begins at the position; undefined when none does. */
  indexOf(position: number): number | undefined;
  /** Calls once, when the log has grown. Answers how to take it back. */
  onGrowth(listener: () => void): () => void;
}

/** What a record takes beside its contents. */
const RECORD_BYTES = 96;
/** The server writes about itself, in between. */
const STATISTICS_EVERY = 7;

const systemEvent = (type: string, count: number): Proposed => ({
  id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
  type,
  contentType: 'application/json',
  data: Buffer.from('{"emulator":true}'),
  metadata: Buffer.alloc(0),
});

const line = ({ stream, id, type, contentType, data, metadata }: Kept): string =>
  `${JSON.stringify([stream, id, type, contentType, data.toString('base64'), metadata.toString('base64')])}\n`;

const fromLine = (text: string): readonly [string, Proposed] => {
  const [stream = '', id = '', type = '', contentType = '', data = '', metadata = ''] = JSON.parse(
    text,
  ) as string[];
  const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
  return [stream, { id, type, contentType, data: bytes(data), metadata: bytes(metadata) }];
};

/** Whether the stream holds these very events from there on: then they were written before, and that is success. */
const alreadyThere = (records: readonly Kept[], from: number, events: readonly Proposed[]): boolean =>
  events.length > 0 && events.every(({ id }, at) => records[from + at]?.id === id);

const meets = (expected: Expected, last: number): boolean => {
  if (expected === 'any') return true;
  if (expected === 'none') return last === -1;
  return expected === 'exists' ? last >= 0 : last === expected;
};

/** Where the events would stand if they had been written before. */
const formerPlace = (expected: Expected, records: readonly Kept[], events: readonly Proposed[]): number => {
  if (expected === 'none') return 0;
  if (typeof expected === 'number') return expected + 1;
  return records.findIndex(({ id }) => id === events[0]?.id);
};

export interface DatabaseOptions {
  /** Kept in this file too, and read from it at the start. */
  readonly file?: string | undefined;
  readonly maxAppendBytes: number;
}

export const openDatabase = ({ file, maxAppendBytes }: DatabaseOptions): Database => {
  const log: Kept[] = [];
  const streams = new Map<string, Kept[]>();
  const indexes = new Map<number, number>();
  const listeners = new Set<() => void>();
  let end = 0;
  let appends = 0;
  const keep = (stream: string, event: Proposed): Kept => {
    const records = streams.get(stream) ?? [];
    streams.set(stream, records);
    const kept = { ...event, stream, revision: records.length, position: end };
    end += RECORD_BYTES + stream.length + event.data.length + event.metadata.length;
    indexes.set(kept.position, log.length);
    records.push(kept);
    log.push(kept);
    return kept;
  };
  const keepAll = (stream: string, events: readonly Proposed[]): Kept | undefined => {
    const kept = events.map((event) => keep(stream, event));
    if (file !== undefined) appendFileSync(file, kept.map(line).join(''));
    return kept.at(-1);
  };
  if (file !== undefined && existsSync(file))
    for (const text of readFileSync(file, 'utf8').split('\n').filter(Boolean)) keep(...fromLine(text));
  else keepAll('$emulator', [systemEvent('$started', 0)]);
  return {
    log,
    stream: (name) => streams.get(name) ?? [],
    indexOf: (position) => indexes.get(position),
    onGrowth: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    append: (stream, expected, events) => {
      const records = streams.get(stream) ?? [];
      const place = formerPlace(expected, records, events);
      if (place < records.length && alreadyThere(records, place, events))
        return { status: 'written', last: records[place + events.length - 1] as Kept };
      if (!meets(expected, records.length - 1))
        return { status: 'wrong-expected-version', revision: records.length - 1 };
      const bytes = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
      if (bytes > maxAppendBytes) return { status: 'too-large' };
      const last = keepAll(stream, events);
      appends += 1;
      if (appends % STATISTICS_EVERY === 0)
        keepAll('$stats-emulator', [systemEvent('$statsCollected', appends)]);
      for (const listener of [...listeners]) {
        listeners.delete(listener);
        listener();
      }
      return last ? { status: 'written', last } : { status: 'wrong-expected-version', revision: -1 };
    },
  };
};
