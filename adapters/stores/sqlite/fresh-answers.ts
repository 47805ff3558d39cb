/** Fresh answers: a file of rows made at one go, to be put in the place of another. */
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { ProjectionState } from '../../../projections/ports.ts';
import type { RowBatch } from '../../../projections/rebuild-ports.ts';
import type { Finding } from '../../../schemas/audit.ts';
import { ANSWER_TABLES } from '../answers-queries.ts';
import { columnText } from '../order.ts';
import { createIndexes, createTables } from './answers-schema.ts';
import { recordLoader } from './record-writer.ts';
import { INSERTS, dayCells, findingCells, teamCells, weekCells } from './row-cells.ts';

export const IN_MEMORY = ':memory:';

/** A file that nobody reads before it is whole needs no journal: what is left of it after a crash is thrown away. */
const SETTINGS = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = ${-64 * 1024};
`;

/** Each index reads the whole table: what is mapped of it need not be copied. The system takes it back when it must. */
const MAPPED_BYTES = 256 * 1024 * 1024;

export const removeDatabase = (file: string): void => {
  if (file !== IN_MEMORY)
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
};

/** The bytes of a file are on the disk when this returns. */
const flush = (file: string): void => {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

export interface FreshAnswers {
  readonly database: DatabaseSync;
  put(batch: RowBatch): void;
  /** Takes the rows of a part over, and removes its file. */
  adopt(partFile: string): void;
  /** Makes the indexes and saves the state: from here on the rows are usable. */
  complete(state: ProjectionState): void;
  close(): void;
}

const findingLoader = (database: DatabaseSync): ((findings: readonly Finding[]) => void) => {
  const insert = database.prepare(INSERTS.finding);
  return (findings) => {
    let place = 0;
    for (const [at, finding] of findings.entries()) {
      place = finding.subject === findings[at - 1]?.subject ? place + 1 : 0;
      insert.run(...findingCells(finding, place));
    }
  };
};

const loaderOf = (database: DatabaseSync, firstKey: number): ((batch: RowBatch) => void) => {
  const putRecord = recordLoader(database, firstKey);
  const putFindings = findingLoader(database);
  const putDay = database.prepare(INSERTS.personDay);
  const putWeek = database.prepare(INSERTS.personWeek);
  const putTeam = database.prepare('INSERT INTO person_team VALUES (?, ?, ?)');
  const putMerge = database.prepare('INSERT INTO merge VALUES (?, ?)');
  return ({ records = [], findings = [], personDays = [], personWeeks = [], teams = [], merges = [] }) => {
    for (const record of records) putRecord(record);
    putFindings(findings);
    for (const row of personDays) putDay.run(...dayCells(row));
    for (const row of personWeeks) putWeek.run(...weekCells(row));
    for (const team of teams) putTeam.run(...teamCells(team));
    for (const [subject, into] of merges) putMerge.run(columnText(subject), columnText(into));
  };
};

/** Whatever was left at `file` is thrown away. */
const emptyDatabase = (file: string): DatabaseSync => {
  removeDatabase(file);
  const database = new DatabaseSync(file);
  database.exec(SETTINGS);
  createTables(database);
  database.exec('BEGIN');
  return database;
};

/** As many records as a part may have before its numbers would run into those of the next. */
const KEYS_PER_PART = 2 ** 32;

/** Rows of one part of a rebuild: no indexes, no state; to be adopted. `part` is its number, from 1. */
export const partialAnswers = (file: string, part: number): Pick<FreshAnswers, 'put' | 'close'> => {
  const database = emptyDatabase(file);
  return {
    put: loaderOf(database, part * KEYS_PER_PART),
    close: () => {
      database.exec('COMMIT');
      database.close();
    },
  };
};

/** The tables are the same in both, so that SQLite copies the rows without looking into them. */
const adopt = (database: DatabaseSync, partFile: string): void => {
  database.exec('COMMIT');
  database.prepare('ATTACH ? AS part').run(partFile);
  database.exec('BEGIN');
  for (const table of ANSWER_TABLES) database.exec(`INSERT INTO main.${table} SELECT * FROM part.${table}`);
  database.exec('COMMIT; DETACH part; BEGIN');
  removeDatabase(partFile);
};

export const freshAnswers = (file: string): FreshAnswers => {
  const database = emptyDatabase(file);
  return {
    database,
    put: loaderOf(database, 1),
    adopt: (partFile) => adopt(database, partFile),
    complete: (state) => {
      database.prepare('INSERT INTO state VALUES (1, ?)').run(JSON.stringify(state));
      database.exec(`COMMIT; PRAGMA mmap_size = ${MAPPED_BYTES}; BEGIN`);
      createIndexes(database);
      database.exec('COMMIT');
      if (file !== IN_MEMORY) flush(file);
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
};
