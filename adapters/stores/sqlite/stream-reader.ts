/** The log in SQLite, stream by stream. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { StreamReader } from '../../../projections/rebuild-ports.ts';
import { type SubjectId, eventId, instantMs, subjectId } from '../../../schemas/brand.ts';
import { EVENT_TYPES, type TickmarkEvent, isEventType, isTimed } from '../../../schemas/event.ts';
import { integerCell, textCell } from '../cells.ts';
import { textOfColumn } from '../order.ts';
import { type EventRow, STREAM_COLUMNS, eventOfStream, idOfCell } from './event-row.ts';

/** Streams are numbered in the order of their first events: neighbours lie together. */
const PAGE_STREAMS = 250;

const UNTIMED = Object.keys(EVENT_TYPES)
  .filter((type) => isEventType(type) && !isTimed({ type }))
  .map((type) => `'${type}'`)
  .join(', ');

const statementsOf = (database: DatabaseSync) => {
  const rows = (sql: string) => database.prepare(sql, { returnArrays: true });
  return {
    last: rows('SELECT position, id FROM event ORDER BY position DESC LIMIT 1'),
    // One walk through the log: no other part of a rebuild is done by one thread while the others wait.
    whole: rows(`
      SELECT max(occurred_ms) FILTER (WHERE type NOT IN (${UNTIMED})),
        json_group_array(DISTINCT stream) FILTER (WHERE type = 'SubjectMerged')
      FROM event`),
    named: rows('SELECT name FROM stream WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key'),
    // The second range: names that the column holds as JSON.
    people: rows(`
      SELECT name FROM stream
      WHERE (name >= 'person-' AND name < 'person.') OR (name >= '"person-' AND name < '"person.')`),
    streams: rows('SELECT coalesce(max(key), 0) FROM stream'),
    names: rows('SELECT key, name FROM stream WHERE key > ? AND key <= ?'),
  };
};

/** The streams of a page, by their numbers: behind the first, up to the second. */
const boundsOf = (page: number): readonly [number, number] => [
  page * PAGE_STREAMS,
  (page + 1) * PAGE_STREAMS,
];

/** The events of a page of streams before a position, as rows. */
export const pageRows = (
  database: DatabaseSync,
): ((page: number, position: number) => readonly EventRow[]) => {
  const rows = database.prepare(
    `SELECT ${STREAM_COLUMNS} FROM event e
    WHERE e.stream > ? AND e.stream <= ? AND e.position < ? ORDER BY e.stream, e.version`,
    { returnArrays: true },
  );
  return (page, position) => rows.all(...boundsOf(page), position);
};

/** Rows of one stream follow one another. */
const byStream = (
  rows: readonly EventRow[],
  names: ReadonlyMap<SQLOutputValue | undefined, string>,
): readonly (readonly TickmarkEvent[])[] => {
  const streams: TickmarkEvent[][] = [];
  let stream: TickmarkEvent[] = [];
  let [key, name]: [SQLOutputValue | undefined, string] = [undefined, ''];
  for (const row of rows) {
    if (row[0] !== key) {
      [key, name] = [row[0], names.get(row[0]) ?? ''];
      streams.push((stream = []));
    }
    stream.push(eventOfStream(name, row));
  }
  return streams;
};

const namesOf = (rows: readonly EventRow[]): readonly SubjectId[] =>
  rows.map((row) => subjectId(textOfColumn(textCell(row[0]))));

export const streamReader = (database: DatabaseSync): StreamReader => {
  const sql = statementsOf(database);
  const rowsOf = pageRows(database);
  return {
    survey: async () => {
      const last = sql.last.get();
      const [horizonMs, merged] = sql.whole.all().map((row) => [row[0], row[1]] as const)[0] ?? [null, '[]'];
      return {
        position: last ? integerCell(last[0]) + 1 : 0,
        lastId: last ? eventId(idOfCell(last[1])) : null,
        horizonMs: horizonMs === null ? null : instantMs(integerCell(horizonMs)),
        teams: namesOf(sql.people.all()),
        merged: namesOf(sql.named.all(textCell(merged))),
        pages: Math.ceil(integerCell(sql.streams.get()?.[0]) / PAGE_STREAMS),
      };
    },
    streamsOf: async (page, { position }) => {
      const names = sql.names
        .all(...boundsOf(page))
        .map((row) => [row[0], textOfColumn(textCell(row[1]))] as const);
      return byStream(rowsOf(page, position), new Map(names));
    },
  };
};
