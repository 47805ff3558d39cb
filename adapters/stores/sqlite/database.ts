/** A SQLite database, opened the way that all stores need it. */
import { DatabaseSync } from 'node:sqlite';
import { messageOf, Refusal } from '../refusal.ts';

/** Before 3.51.3 two connections in WAL mode could lose committed pages (the "WAL-reset" bug). */
const OLDEST_SQLITE = [3, 51, 3] as const;

export const refuseOldSqlite = (version: string): void => {
  const parts = version.split('.').map(Number);
  for (const [at, needed] of OLDEST_SQLITE.entries()) {
    const part = parts[at] ?? 0;
    if (part > needed) return;
    if (part < needed)
      throw new Refusal(
        'sqlite-too-old',
        `This Node carries SQLite ${version}; Tickmark needs ${OLDEST_SQLITE.join('.')} or newer.`,
        'Update Node to 24.15 or newer.',
      );
  }
};

export interface DatabaseOptions {
  /** FULL: a commit is on the disk. NORMAL: a power cut may take the last commits back, never a part of one. */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly cacheMb: number;
  /** Prepares the tables of a database that may be empty, ours, older or newer. */
  readonly prepareTables: (database: DatabaseSync) => void;
}

/**
 * The log of changes (WAL) is folded back at 20,000 pages, about 80 MB, and cut to 64 MB afterwards:
 * it is bounded because no store keeps a read open across two calls.
 */
export const configure = (
  database: DatabaseSync,
  { synchronous, cacheMb }: Pick<DatabaseOptions, 'synchronous' | 'cacheMb'>,
): void => {
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${synchronous};
    PRAGMA cache_size = ${-cacheMb * 1024};
    PRAGMA wal_autocheckpoint = 20000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA temp_store = MEMORY;
  `);
};

const damaged = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'errcode' in error &&
  // SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_NOTADB; the upper bits refine the code.
  [11, 14, 26].includes(Number(error.errcode) & 0xff);

const unreadable = (file: string, error: unknown): Refusal =>
  new Refusal(
    'data-folder-unreadable',
    `${file} cannot be opened as a database: ${messageOf(error)}.`,
    'Restore the file from a copy, or name another data folder.',
    error,
  );

export const openDatabase = (file: string, options: DatabaseOptions): DatabaseSync => {
  refuseOldSqlite(process.versions.sqlite ?? '0');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { defensive: true, timeout: 5000 });
    configure(database, options);
    options.prepareTables(database);
    return database;
  } catch (error) {
    database?.close();
    throw damaged(error) ? unreadable(file, error) : error;
  }
};

/** The number that SQLite keeps for the application: the version of our tables, 0 in an empty file. */
export const tablesVersion = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version);

/** All of `work` or nothing. */
export const atomically = <Result>(database: DatabaseSync, work: () => Result): Result => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};
