/** The log in SQLite, stream by stream. */
import type { DatabaseSync } from 'node:sqlite';
import type { StreamReader } from '../../../projections/rebuild-ports.ts';
import { type SubjectId, eventId, instantMs, subjectId } from '../../../schemas/brand.ts';
import {
  EVENT_TYPES,
  type EventType,
  type TickmarkEvent,
  isEventType,
  isTimed,
} from '../../../schemas/event.ts';
import { integerCell, textCell } from '../cells.ts';
import { textOfColumn } from '../order.ts';
import { EVENT_COLUMNS, idOfCell, storedEvent } from './event-row.ts';

/** Streams are numbered in the order of their first events: neighbours lie together. */
const PAGE_STREAMS = 1_000;

const UNTIMED = Object.keys(EVENT_TYPES)
  .filter((type) => isEventType(type) && !isTimed({ type }))
  .map((type) => `'${type}'`)
  .join(', ');

const statementsOf = (database: DatabaseSync) => {
  const rows = (sql: string) => database.prepare(sql, { returnArrays: true });
  return {
    last: rows('SELECT position, id FROM event ORDER BY position DESC LIMIT 1'),
    horizon: rows(`SELECT max(occurred_ms) FROM event WHERE type NOT IN (${UNTIMED})`),
    streams: rows('SELECT coalesce(max(key), 0) FROM stream'),
    telling: rows(
      'SELECT name FROM stream WHERE key IN (SELECT stream FROM event WHERE type = ?) ORDER BY key',
    ),
    page: rows(`
      SELECT ${EVENT_COLUMNS} FROM event e JOIN stream s ON s.key = e.stream
      WHERE e.stream > ? AND e.stream <= ? AND e.position < ? ORDER BY e.stream, e.version`),
  };
};

export const streamReader = (database: DatabaseSync): StreamReader => {
  const sql = statementsOf(database);
  const telling = (type: EventType): readonly SubjectId[] =>
    sql.telling.all(type).map((row) => subjectId(textOfColumn(textCell(row[0]))));
  return {
    survey: async () => {
      const last = sql.last.get();
      const horizonMs = sql.horizon.get()?.[0];
      return {
        position: last ? integerCell(last[0]) + 1 : 0,
        lastId: last ? eventId(idOfCell(last[1])) : null,
        horizonMs: typeof horizonMs === 'number' ? instantMs(horizonMs) : null,
        teams: telling('PersonJoinedTeam'),
        merged: telling('SubjectMerged'),
        pages: Math.ceil(integerCell(sql.streams.get()?.[0]) / PAGE_STREAMS),
      };
    },
    streamsOf: async (page, { position }) => {
      const events = sql.page.all(page * PAGE_STREAMS, (page + 1) * PAGE_STREAMS, position).map(storedEvent);
      return [...Map.groupBy(events, ({ event }) => event.subject).values()].map((stored) =>
        stored.map(({ event }): TickmarkEvent => event),
      );
    },
  };
};
