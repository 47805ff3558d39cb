/** An event as a row of log.db: columns for what is asked for or repeats, JSON for the rest. */
import type { SQLOutputValue } from 'node:sqlite';
import {
  EVENT_TYPES,
  type EventType,
  type StoredEvent,
  type TickmarkEvent,
  isEventType,
} from '../../../schemas/event.ts';
import { columnText, textOfColumn } from '../order.ts';
import { integerCell, jsonOf, textCell } from '../cells.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** One-to-one: an id that is written in another way (capitals, no UUID) stays text. */
export const idCell = (id: string): Buffer | string =>
  UUID.test(id)
    ? Buffer.from(
        id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24),
        'hex',
      )
    : columnText(id);

const dashed = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

export const idOfCell = (cell: SQLOutputValue | undefined): string => {
  if (!(cell instanceof Uint8Array)) return textOfColumn(textCell(cell));
  const hex = Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('hex');
  return dashed(hex);
};

/** The subject is the stream's name; it is written only where it is not. */
export const bodyCell = (stream: string, event: TickmarkEvent): string =>
  JSON.stringify({
    subject: event.subject === stream ? undefined : event.subject,
    data: event.data,
    sequence: event.sequence,
    fact: event.fact,
    revision: event.revision,
    correlation: event.correlation,
    causation: event.causation,
    dialect: event.dialect,
    signalHash: event.signalHash,
  });

export type EventRow = Record<number, SQLOutputValue>;

type Body = Pick<
  TickmarkEvent,
  'data' | 'dialect' | 'signalHash' | 'sequence' | 'fact' | 'revision' | 'correlation' | 'causation'
> & { readonly subject?: string };
const bodyOf = jsonOf<Body>('data', 'dialect', 'signalHash');
const eventOf = jsonOf<TickmarkEvent>('data');

/**
 * Each type as the program itself writes it. What comes out of a database is another string for every event, and
 * whoever looks such a one up afterwards must read it letter by letter each time.
 */
const TYPES: ReadonlyMap<string, EventType> = new Map(
  Object.keys(EVENT_TYPES)
    .filter(isEventType)
    .map((type) => [type, type]),
);

const typeOfCell = (cell: SQLOutputValue | undefined): EventType => {
  const type = TYPES.get(textCell(cell));
  if (type === undefined) throw new Error(`the log holds an event of the unknown type ${textCell(cell)}`);
  return type;
};

/**
 * An event of `stream`. Written field by field, and what is seldom there afterwards: for a million events, spreading
 * the body takes longer than parsing it.
 */
const eventIn = (stream: string, id: string, type: string, row: EventRow, at: number): TickmarkEvent => {
  const body = bodyOf(JSON.parse(textCell(row[at + 3])));
  const { data, dialect, signalHash, sequence, fact, revision, correlation, causation } = body;
  const event = {
    id,
    source: textOfColumn(textCell(row[at])),
    subject: body.subject ?? stream,
    type,
    occurredAt: integerCell(row[at + 1]),
    recordedAt: integerCell(row[at + 2]),
    data,
    dialect,
    signalHash,
  };
  if (sequence !== undefined) Object.assign(event, { sequence });
  if (fact !== undefined) Object.assign(event, { fact, revision });
  if (correlation !== undefined) Object.assign(event, { correlation });
  if (causation !== undefined) Object.assign(event, { causation });
  return eventOf(event);
};

/** The columns that `storedEvent` reads, in its order. */
export const EVENT_COLUMNS =
  'e.position, e.version, s.name, e.id, e.type, e.source, e.occurred_ms, e.recorded_ms, e.body';

export const storedEvent = (row: EventRow): StoredEvent => ({
  position: integerCell(row[0]),
  version: integerCell(row[1]),
  event: eventIn(textOfColumn(textCell(row[2])), idOfCell(row[3]), typeOfCell(row[4]), row, 5),
});

/** Its bytes in hex; behind `=` where it is kept as text. A text is quicker to take from SQLite than a buffer. */
const HEX_ID = `CASE typeof(e.id) WHEN 'blob' THEN hex(e.id) ELSE '=' || e.id END`;

const idOfHex = (cell: string): string =>
  cell.startsWith('=') ? textOfColumn(cell.slice(1)) : dashed(cell.toLowerCase());

/** The columns that `eventOfStream` reads, in its order. */
export const STREAM_COLUMNS = `e.stream, ${HEX_ID}, e.type, e.source, e.occurred_ms, e.recorded_ms, e.body`;

/** The name is given: it is the same for every event of a stream, and reading it each time takes longer. */
export const eventOfStream = (name: string, row: EventRow): TickmarkEvent =>
  eventIn(name, idOfHex(textCell(row[1])), typeOfCell(row[2]), row, 3);
