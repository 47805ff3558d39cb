/** An event as a row of log.db: columns for what is asked for or repeats, JSON for the rest. */
import type { SQLOutputValue } from 'node:sqlite';
import { EVENT_TYPES, type StoredEvent, type TickmarkEvent } from '../../../schemas/event.ts';
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

export const idOfCell = (cell: SQLOutputValue | undefined): string => {
  if (!(cell instanceof Uint8Array)) return textOfColumn(textCell(cell));
  const hex = Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** The subject is the stream's name; it is written only where it is not. */
export const bodyCell = (stream: string, event: TickmarkEvent): string =>
  JSON.stringify({
    subject: event.subject === stream ? undefined : event.subject,
    data: event.data,
    sequence: event.sequence,
    correlation: event.correlation,
    causation: event.causation,
    dialect: event.dialect,
    signalHash: event.signalHash,
  });

const body = jsonOf('data', 'dialect', 'signalHash');
const eventOf = jsonOf<TickmarkEvent>('id', 'type', 'subject', 'data');

/** The columns that `storedEvent` reads, in its order. */
export const EVENT_COLUMNS =
  'e.position, e.version, s.name, e.id, e.type, e.source, e.occurred_ms, e.recorded_ms, e.body';

export type EventRow = Record<number, SQLOutputValue>;

export const storedEvent = (row: EventRow): StoredEvent => {
  const type = textCell(row[4]);
  if (!Object.hasOwn(EVENT_TYPES, type))
    throw new Error(`the log holds an event of the unknown type ${type}`);
  const parsed: unknown = JSON.parse(textCell(row[8]));
  const event = {
    id: idOfCell(row[3]),
    source: textOfColumn(textCell(row[5])),
    subject: textOfColumn(textCell(row[2])),
    type,
    occurredAt: integerCell(row[6]),
    recordedAt: integerCell(row[7]),
    ...body(parsed),
  };
  return { position: integerCell(row[0]), version: integerCell(row[1]), event: eventOf(event) };
};
