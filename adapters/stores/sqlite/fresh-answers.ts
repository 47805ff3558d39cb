/** Fresh answers: a file of rows made at one go, to be put in the place of another. */
import { closeSync, fsync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { ProjectionState } from '../../../projections/ports.ts';
import { createIndexes, createTables } from './answers-schema.ts';
import { type CellBatch, cellLoader } from './cell-batch.ts';

export const IN_MEMORY = ':memory:';

/** A file that nobody reads before it is whole needs no journal: what is left of it after a crash is thrown away. */
const SETTINGS = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = ${-64 * 1024};
`;

/**
 * For the indexes. Each reads the whole table: what is mapped of it need not be copied, and the system takes it back
 * when it must. Each is sorted a little at a time, which a processor's cache holds, by a thread beside the one that
 * reads; SQLite does so only where it may spill into temporary files.
 */
const INDEX_SETTINGS = `
  PRAGMA mmap_size = ${1024 * 1024 * 1024};
  PRAGMA temp_store = FILE;
  PRAGMA cache_size = ${-4 * 1024};
  PRAGMA threads = 2;
`;

export const removeDatabase = (file: string): void => {
  if (file !== IN_MEMORY)
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
};

/** Beside the answers that it is to replace. */
export const freshFileOf = (answersFile: string): string =>
  answersFile === IN_MEMORY ? IN_MEMORY : `${answersFile}.fresh`;

/** The bytes that a file has now are on the disk when this resolves. Begins at once, beside whatever the caller does. */
const flush = async (file: string): Promise<void> => {
  if (file === IN_MEMORY) return;
  const handle = openSync(file, 'r+');
  try {
    await promisify(fsync)(handle);
  } finally {
    closeSync(handle);
  }
};

export interface FreshAnswers {
  readonly database: DatabaseSync;
  put(batch: CellBatch): void;
  /** Makes the indexes and saves the state: from here on the rows are usable. */
  complete(state: ProjectionState): Promise<void>;
  close(): void;
}

/** Whatever was left at `file` is thrown away. */
const emptyDatabase = (file: string): DatabaseSync => {
  removeDatabase(file);
  const database = new DatabaseSync(file);
  database.exec(SETTINGS);
  createTables(database);
  database.exec('BEGIN');
  return database;
};

const addIndexes = async (database: DatabaseSync): Promise<void> => {
  database.exec('BEGIN');
  createIndexes(database);
  database.exec('COMMIT');
};

export const freshAnswers = (file: string): FreshAnswers => {
  const database = emptyDatabase(file);
  return {
    database,
    put: cellLoader(database),
    complete: async (state) => {
      database.prepare('INSERT INTO state VALUES (1, ?)').run(JSON.stringify(state));
      database.exec(`COMMIT; ${INDEX_SETTINGS}`);
      await Promise.all([flush(file), addIndexes(database)]);
      await flush(file);
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
};
