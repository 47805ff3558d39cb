/** What a data folder holds, read past the program: by SQLite itself, and as one text. */
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

type Row = readonly SQLOutputValue[];

const open = (folder: string, file: 'log.db' | 'answers.db'): DatabaseSync =>
  new DatabaseSync(join(folder, file), { readOnly: true });

export const rowsOf = (folder: string, file: 'log.db' | 'answers.db', sql: string): readonly Row[] => {
  const database = open(folder, file);
  try {
    return database
      .prepare(sql, { returnArrays: true })
      .all()
      .map((row) => Object.values(row));
  } finally {
    database.close();
  }
};

const textOf = (cell: SQLOutputValue | undefined): string =>
  cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell);

export const numberIn = (folder: string, file: 'log.db' | 'answers.db', sql: string): number =>
  Number(rowsOf(folder, file, sql)[0]?.[0] ?? 0);

/** The events in their order without the moments of receipt, which differ from run to run. */
export const eventsIn = (folder: string): readonly string[] =>
  rowsOf(
    folder,
    'log.db',
    `SELECT position, name, version, id, type, source, occurred_ms, e.body
     FROM event e JOIN stream s ON s.key = e.stream WHERE type <> 'RuleSetApplied' ORDER BY position`,
  ).map((row) => row.map(textOf).join(' '));

/** Every row of every table of the answers, but for which edition they are and when what changed. */
export const answersIn = (folder: string): readonly string[] =>
  rowsOf(
    folder,
    'answers.db',
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
       AND name NOT IN ('edition', 'record_change') ORDER BY name`,
  ).flatMap(([name]) =>
    rowsOf(folder, 'answers.db', `SELECT * FROM ${textOf(name)}`)
      .map((row) => [textOf(name), ...row.map(textOf)].join(' '))
      .toSorted(),
  );

export const faultsIn = (folder: string): readonly string[] =>
  (['log.db', 'answers.db'] as const).flatMap((file) =>
    rowsOf(folder, file, 'PRAGMA integrity_check').map((row) => row.map(textOf).join()),
  );

/** One change made behind the program's back. */
export const tamper = (folder: string, file: 'log.db' | 'answers.db', sql: string): void => {
  const database = new DatabaseSync(join(folder, file));
  try {
    if (database.prepare(sql).run().changes === 0) throw new Error(`nothing to change: ${sql}`);
  } finally {
    database.close();
  }
};
