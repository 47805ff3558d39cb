/** Backup and restore of a data folder: its log, which is all that cannot be derived again. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync, backup } from 'node:sqlite';
import { codeOf, messageOf, Refusal } from '../refusal.ts';
import { integerCell } from './cells.ts';
import { checkLabel, makeFolder, writeLabel } from './data-folder.ts';
import { refuseOldSqlite } from './database.ts';
import { faultsOf } from './event-log.ts';
import { logVersion } from './log-schema.ts';

/** What a copy of a log holds. */
export interface Copied {
  readonly events: number;
  readonly deadLetters: number;
  readonly bytes: number;
}

export interface BackupOptions {
  /** Whether a file that is there may be replaced. */
  readonly replaces: boolean;
  readonly onProgress?: (pagesCopied: number, pagesTotal: number) => void;
  /** Pages copied at a time; about 4 MB when absent. */
  readonly pagesAStep?: number;
}

const PAGES_A_STEP = 1_000;

const unsound = (file: string, why: string, cause?: unknown): Refusal =>
  new Refusal(
    'backup-unsound',
    `${file} is not a sound copy of a log: ${why}.`,
    'Nothing was made of it. Use another copy, or look at the disk.',
    cause,
  );

const contentsOf = (database: DatabaseSync, file: string): Copied => {
  const count = (table: string): number =>
    integerCell(Object.values(database.prepare(`SELECT count(*) FROM ${table}`).get() ?? {})[0]);
  return { events: count('event'), deadLetters: count('dead_letter'), bytes: statSync(file).size };
};

const withDatabase = <Result>(
  file: string,
  readOnly: boolean,
  work: (database: DatabaseSync) => Result,
): Result => {
  const database = new DatabaseSync(file, { readOnly, timeout: 5_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
};

/** Reads the whole copy: pages, references, positions and versions. Throws a Refusal for one that is not sound. */
const checkCopy = (file: string, { readOnly }: { readonly readOnly: boolean }): Copied => {
  try {
    return withDatabase(file, readOnly, (database) => {
      if (logVersion(database) === 0) throw unsound(file, 'it holds no log');
      const [fault] = faultsOf(database);
      if (fault !== undefined) throw unsound(file, fault);
      // One file, which can be read from where nothing can be written.
      if (!readOnly) database.exec('PRAGMA journal_mode = DELETE');
      return contentsOf(database, file);
    });
  } catch (error) {
    throw error instanceof Refusal ? error : unsound(file, messageOf(error), error);
  }
};

const sync = (path: string): void => {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const exists = (path: string): Refusal =>
  new Refusal(
    'backup-exists',
    `There is something at ${path} already.`,
    'Name another file, or say --force.',
  );

/** Moves a finished file to its place: whole or not at all, and never over another one unless told. */
const place = (from: string, to: string, replaces: boolean): void => {
  sync(from);
  if (replaces) renameSync(from, to);
  else {
    try {
      linkSync(from, to);
    } catch (error) {
      throw codeOf(error) === 'EEXIST' ? exists(to) : error;
    }
    rmSync(from);
  }
  sync(dirname(to));
};

const removeUnfinished = (file: string): void => {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
};

/**
 * One moment of the log, however many go on writing: the read that is held open shows no later commit, and without it
 * every commit of another process would make the copy begin again.
 */
const copyPages = async (
  logFile: string,
  to: string,
  { onProgress, pagesAStep = PAGES_A_STEP }: BackupOptions,
): Promise<number> => {
  const source = new DatabaseSync(logFile, { readOnly: true, timeout: 5_000 });
  try {
    source.exec('BEGIN');
    const { events } = contentsOf(source, logFile);
    await backup(source, to, {
      rate: pagesAStep,
      progress: ({ totalPages, remainingPages }) => onProgress?.(totalPages - remainingPages, totalPages),
    });
    source.exec('COMMIT');
    return events;
  } finally {
    source.close();
  }
};

/** Copies the log of a data folder into a file, also while a process writes it. Throws a Refusal. */
export const backupLog = async (folder: string, file: string, options: BackupOptions): Promise<Copied> => {
  refuseOldSqlite(process.versions.sqlite ?? '0');
  const [from, to] = [resolve(folder), resolve(file)];
  const logFile = join(from, 'log.db');
  if (!checkLabel(from) || !existsSync(logFile))
    throw new Refusal(
      'data-folder-unreadable',
      `There is no log in ${from}.`,
      'Name the data folder with --data.',
    );
  if (existsSync(to) && !options.replaces) throw exists(to);
  const unfinished = `${to}.unfinished-${process.pid}`;
  try {
    const events = await copyPages(logFile, unfinished, options);
    const copied = checkCopy(unfinished, { readOnly: false });
    if (copied.events !== events)
      throw unsound(unfinished, `it holds ${copied.events} events and the log held ${events}`);
    place(unfinished, to, options.replaces);
    return copied;
  } finally {
    removeUnfinished(unfinished);
  }
};

/** What a new volume may hold. */
const isEmpty = (folder: string): boolean =>
  !existsSync(folder) || readdirSync(folder).every((name) => name === 'lost+found');

/** Makes a data folder of a backup. Its label is written last: until then it is no data folder. Throws a Refusal. */
export const restoreLog = async (file: string, folder: string): Promise<Copied> => {
  refuseOldSqlite(process.versions.sqlite ?? '0');
  const [from, to] = [resolve(file), resolve(folder)];
  checkCopy(from, { readOnly: true });
  if (!isEmpty(to))
    throw new Refusal(
      'data-folder-not-empty',
      `${to} holds something already.`,
      'Name a folder that does not exist yet or is empty: a restore overwrites nothing.',
    );
  const isNew = !existsSync(to);
  makeFolder(to);
  const unfinished = join(to, `log.db.unfinished-${process.pid}`);
  try {
    copyFileSync(from, unfinished);
    const copied = checkCopy(unfinished, { readOnly: false });
    place(unfinished, join(to, 'log.db'), false);
    writeLabel(to);
    return copied;
  } catch (error) {
    removeUnfinished(unfinished);
    if (isNew) rmSync(to, { recursive: true });
    throw error;
  }
};
