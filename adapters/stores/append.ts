/** What appending means: expectations, duplicates and conflicts, told once for every event log. */
import { isDeepStrictEqual } from 'node:util';
import type { AppendResult, ExpectedVersion, StreamAppend } from '../../projections/ports.ts';
import { assertNever, type EventId } from '../../schemas/brand.ts';
import { type TickmarkEvent, isTimedByReceipt } from '../../schemas/event.ts';

/** The few things that a store must be able to do within one transaction. */
export interface LogWriter {
  /** The version of the stream's last event, those of this transaction included; -1 when there is none. */
  versionOf(stream: string): number;
  /** Writes at the next position; writes nothing and says false when the log holds the event's id already. */
  insert(stream: string, version: number, event: TickmarkEvent): boolean;
  /** Takes back what this transaction inserted last: so many events, all of this stream. */
  takeBack(stream: string, count: number): void;
  /** The event that the log holds under this id. */
  held(id: EventId): TickmarkEvent;
}

const meets = (expected: ExpectedVersion, version: number): boolean => {
  switch (expected.at) {
    case 'any':
      return true;
    case 'none':
      return version === -1;
    case 'exists':
      return version !== -1;
    case 'version':
      return version === expected.version;
    default:
      return assertNever(expected);
  }
};

/** The order of keys is no content; the fast path is the usual redelivery, written by the same dialect. */
const sameData = (a: TickmarkEvent['data'], b: TickmarkEvent['data']): boolean =>
  JSON.stringify(a) === JSON.stringify(b) || isDeepStrictEqual(a, b);

/** A second delivery has another receipt: where that alone tells the time, the first stays. */
const sameTime = (a: TickmarkEvent, b: TickmarkEvent): boolean =>
  a.occurredAt === b.occurredAt || (isTimedByReceipt(a) && isTimedByReceipt(b));

const sameContent = (a: TickmarkEvent, b: TickmarkEvent): boolean =>
  a.subject === b.subject && a.type === b.type && sameTime(a, b) && sameData(a.data, b.data);

const appendOne = (writer: LogWriter, { stream, expected, events }: StreamAppend): AppendResult => {
  const before = writer.versionOf(stream);
  if (!meets(expected, before)) return { status: 'wrong-expected-version', version: before };
  let version = before;
  let duplicates = 0;
  for (const event of events) {
    if (writer.insert(stream, version + 1, event)) version += 1;
    else if (sameContent(writer.held(event.id), event)) duplicates += 1;
    else {
      if (version > before) writer.takeBack(stream, version - before);
      return { status: 'conflicting', id: event.id, version: before };
    }
  }
  return { status: 'appended', appended: version - before, duplicates, version };
};

/** Later appends see the earlier ones, also to the same stream. The expectation counts even where all are duplicates. */
export const appendAll = (writer: LogWriter, appends: readonly StreamAppend[]): readonly AppendResult[] =>
  appends.map((append) => appendOne(writer, append));
