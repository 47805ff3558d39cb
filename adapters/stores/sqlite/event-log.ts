/** The event log in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { EventLog } from '../../../projections/ports.ts';
import type { StreamReader } from '../../../projections/rebuild-ports.ts';
import { appendAll, type LogWriter } from '../append.ts';
import { columnText } from '../order.ts';
import { notices, PAGE_SIZE, pagesAsTheyCome, pagesUntil, type ReadPage } from '../pages.ts';
import { integerCell, textCell } from '../cells.ts';
import { atomically, openDatabase } from './database.ts';
import { bodyCell, EVENT_COLUMNS, idCell, storedEvent } from './event-row.ts';
import { prepareLogTables } from './log-schema.ts';
import { streamReader } from './stream-reader.ts';

export interface CheckedEventLog extends EventLog, StreamReader {
  /** What is wrong with the file, in sentences; empty when it is sound, without gaps and in order. */
  integrityCheck(): Promise<readonly string[]>;
  /** How many events it holds. */
  size(): Promise<number>;
  /** Somebody else has appended, through a connection of their own: whoever follows looks again. */
  wake(): void;
}

/** The random ids make the index of ids the slowest part of appending, unless it stays in memory. */
const CACHE_MB = 64;

const statementsOf = (database: DatabaseSync) => {
  const rows = (sql: string) => database.prepare(sql, { returnArrays: true });
  const events = `SELECT ${EVENT_COLUMNS} FROM event e JOIN stream s ON s.key = e.stream`;
  return {
    head: rows('SELECT coalesce(max(position), -1) FROM event'),
    stream: rows(
      'SELECT key, coalesce((SELECT max(version) FROM event WHERE stream = key), -1) FROM stream WHERE name = ?',
    ),
    newStream: database.prepare('INSERT INTO stream (name) VALUES (?)'),
    insert: database.prepare(
      'INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    ),
    takeBack: database.prepare('DELETE FROM event WHERE position >= ?'),
    held: rows(`${events} WHERE e.id = ?`),
    ofStream: rows(`${events} WHERE s.name = ? ORDER BY e.version`),
    page: rows(`${events} WHERE e.position >= ? AND e.position < ? ORDER BY e.position LIMIT ?`),
  };
};
type Statements = ReturnType<typeof statementsOf>;

/** Where a stream stands within the transaction; without a key it has no row yet. */
interface Place {
  key: number | undefined;
  version: number;
}

/** For one transaction: each stream is looked up once. */
const writerOf = (sql: Statements): LogWriter => {
  const places = new Map<string, Place>();
  let position = integerCell(sql.head.get()?.[0]) + 1;
  const placeOf = (stream: string): Place => {
    const known = places.get(stream);
    if (known) return known;
    const row = sql.stream.get(columnText(stream));
    const place = row
      ? { key: integerCell(row[0]), version: integerCell(row[1]) }
      : { key: undefined, version: -1 };
    places.set(stream, place);
    return place;
  };
  return {
    versionOf: (stream) => placeOf(stream).version,
    insert: (stream, version, event) => {
      const place = placeOf(stream);
      place.key ??= Number(sql.newStream.run(columnText(stream)).lastInsertRowid);
      const { changes } = sql.insert.run(
        position,
        place.key,
        version,
        idCell(event.id),
        event.type,
        columnText(event.source),
        event.occurredAt,
        event.recordedAt,
        bodyCell(stream, event),
      );
      if (changes === 0) return false;
      position += 1;
      place.version = version;
      return true;
    },
    takeBack: (stream, count) => {
      position -= count;
      sql.takeBack.run(position);
      placeOf(stream).version -= count;
    },
    held: (id) => {
      const row = sql.held.get(idCell(id));
      if (!row) throw new Error(`the log does not hold ${id}`);
      return storedEvent(row).event;
    },
  };
};

/** What is wrong with a log, in sentences. */
export const faultsOf = (database: DatabaseSync): readonly string[] => {
  const texts = (sql: string) =>
    database
      .prepare(sql, { returnArrays: true })
      .all()
      .map((row) => textCell(row[0]));
  const gaps = texts(`
    SELECT 'positions have gaps: ' || count(*) || ' events up to position ' || max(position)
    FROM event HAVING count(*) <> max(position) + 1 OR min(position) <> 0`);
  const streams = texts(`
    SELECT 'versions have gaps: ' || name FROM event JOIN stream ON key = stream
    GROUP BY stream HAVING count(*) <> max(version) + 1 OR min(version) <> 0`);
  const pages = texts('PRAGMA integrity_check').filter((line) => line !== 'ok');
  const references = database.prepare('PRAGMA foreign_key_check').all();
  return [...pages, ...gaps, ...streams, ...references.map(() => 'an event has no stream')];
};

/** `file` may be `:memory:`. A single connection, and one append at a time: within one process and one data folder. */
export const sqliteEventLog = async (
  file: string,
  { cacheMb = CACHE_MB }: { readonly cacheMb?: number } = {},
): Promise<CheckedEventLog> => {
  const database = openDatabase(file, {
    synchronous: 'FULL',
    cacheMb,
    prepareTables: prepareLogTables,
  });
  const sql = statementsOf(database);
  const news = notices();
  const page: ReadPage = (from, until, limit) =>
    sql.page.all(from, Math.min(until, Number.MAX_SAFE_INTEGER), limit).map(storedEvent);
  return {
    append: async (appends) => {
      const results = atomically(database, () => appendAll(writerOf(sql), appends));
      news.announce();
      return results;
    },
    readStream: async (stream) => sql.ofStream.all(columnText(stream)).map(storedEvent),
    readAll: (from, pageSize = PAGE_SIZE) =>
      pagesUntil(page, from, integerCell(sql.head.get()?.[0]) + 1, pageSize),
    subscribe: (from, signal, pageSize = PAGE_SIZE) => pagesAsTheyCome(page, news, from, signal, pageSize),
    ...streamReader(database),
    close: async () => {
      news.close();
      if (database.isOpen) database.close();
    },
    integrityCheck: async () => faultsOf(database),
    size: async () => integerCell(sql.head.get()?.[0]) + 1,
    wake: () => news.announce(),
  };
};
