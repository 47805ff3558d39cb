/**
 * Bare inserts: the rows that an import left behind, written again by nothing but prepared statements.
 *
 *     node bench/bare-inserts.ts events|all DATA-FOLDER TARGET-FOLDER [ROWS-IN-A-TRANSACTION]
 *
 * `events`: the events with their indexes. `all`: every table of both files. The schemas come from the files
 * themselves, the settings from the store. Reading the rows beforehand is not timed; opening and closing is.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Inserted } from './figures.ts';
import { openDatabase } from '../adapters/stores/sqlite/database.ts';

/** As the stores do it. */
const FILES = [
  { name: 'log.db', synchronous: 'FULL', cacheMb: 64 },
  { name: 'answers.db', synchronous: 'NORMAL', cacheMb: 48 },
] as const;
const IN_MEMORY = 50_000;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

const [what, from = '', to = '', rowsInATransaction = '1000'] = process.argv.slice(2);
const inATransaction = Number(rowsInATransaction);

/** Adds up the time of what it is told to run. */
const stopwatch = () => {
  let [wallMs, cpuUs] = [0, 0];
  return {
    time: <Result>(work: () => Result): Result => {
      const [startedMs, before] = [performance.now(), process.cpuUsage()];
      const result = work();
      const { user, system } = process.cpuUsage(before);
      wallMs += performance.now() - startedMs;
      cpuUs += user + system;
      return result;
    },
    read: () => ({ wallS: wallMs / 1000, cpuS: cpuUs / 1e6 }),
  };
};
type Stopwatch = ReturnType<typeof stopwatch>;

const texts = (database: DatabaseSync, sql: string): readonly string[] =>
  database
    .prepare(sql, { returnArrays: true })
    .all()
    .map((row) => String(Object.values(row)[0]));

const tablesOf = (database: DatabaseSync): readonly Table[] =>
  texts(database, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).map(
    (name) => ({ name, columns: texts(database, `SELECT name FROM pragma_table_info('${name}')`) }),
  );

/** Tables and their indexes, tables first. Indexes that a table brings along have no text. */
const schemaOf = (database: DatabaseSync, names: readonly string[]): readonly string[] =>
  texts(database, 'SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, rowid').filter(
    (sql) => names.some((name) => new RegExp(`(TABLE|ON) "?${name}"? ?\\(`).test(sql)),
  );

type Row = readonly SQLOutputValue[];

function* chunksOf(database: DatabaseSync, { name }: Table): Generator<readonly Row[]> {
  let chunk: Row[] = [];
  for (const row of database.prepare(`SELECT * FROM ${name}`, { returnArrays: true }).iterate()) {
    chunk.push(Object.values(row));
    if (chunk.length < IN_MEMORY) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}

const insertAll = (target: DatabaseSync, source: DatabaseSync, table: Table, watch: Stopwatch): number => {
  const size = inATransaction;
  const marks = table.columns.map(() => '?').join();
  const insert = target.prepare(`INSERT INTO ${table.name} (${table.columns.join()}) VALUES (${marks})`);
  let count = 0;
  for (const rows of chunksOf(source, table)) {
    watch.time(() => {
      for (let at = 0; at < rows.length; at += size) {
        target.exec('BEGIN IMMEDIATE');
        for (const row of rows.slice(at, at + size)) insert.run(...row);
        target.exec('COMMIT');
      }
    });
    count += rows.length;
  }
  return count;
};

const digestOfEvents = (file: string): string => {
  const database = new DatabaseSync(file, { readOnly: true });
  const digest = createHash('sha256');
  for (const row of database
    .prepare('SELECT * FROM event ORDER BY position', { returnArrays: true })
    .iterate())
    for (const cell of Object.values(row))
      digest.update(cell instanceof Uint8Array ? cell : String(cell)).update('\0');
  database.close();
  return digest.digest('hex');
};

const copy = (
  what: 'events' | 'all',
  from: string,
  to: string,
  file: (typeof FILES)[number],
  watch: Stopwatch,
): Readonly<Record<string, number>> => {
  const source = new DatabaseSync(join(from, file.name), { readOnly: true });
  const tables = tablesOf(source).filter(({ name }) => what === 'all' || name === 'event');
  const schema = schemaOf(
    source,
    tables.map(({ name }) => name),
  );
  const target = watch.time(() =>
    openDatabase(join(to, file.name), {
      ...file,
      prepareTables: (database) => {
        // Events alone have no streams to refer to.
        database.exec(`PRAGMA foreign_keys = OFF; ${schema.join(';')}`);
      },
    }),
  );
  const counts = tables.map((table) => [table.name, insertAll(target, source, table, watch)] as const);
  watch.time(() => target.close());
  source.close();
  return Object.fromEntries(counts);
};

if (what !== 'events' && what !== 'all')
  throw new Error('usage: bare-inserts.ts events|all FROM TO [ROWS-IN-A-TRANSACTION]');
mkdirSync(to, { recursive: true });
const watch = stopwatch();
const counts = FILES.filter(({ name }) => what === 'all' || name === 'log.db').map((file) =>
  copy(what, from, to, file, watch),
);
const inserted: Inserted = {
  ...watch.read(),
  rows: Object.fromEntries(counts.flatMap((tables) => Object.entries(tables))),
  events: { source: digestOfEvents(join(from, 'log.db')), target: digestOfEvents(join(to, 'log.db')) },
};
process.stdout.write(`${JSON.stringify(inserted)}\n`);
