/** The data folder: where a log and its answers live, for one process at a time. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf, messageOf, Refusal } from '../refusal.ts';
import { refuseOldSqlite } from './database.ts';
import { freshFileOf, removeDatabase } from './fresh-answers.ts';

export interface DataFolder {
  readonly path: string;
  readonly logFile: string;
  readonly answersFile: string;
  readonly publishedFile: string;
  /** Lets another process in. Close the stores first. */
  release(): void;
}

/** Raised when an older program could no longer read the folder. */
const FORMAT = 1;
const CREATED_BY = 'tickmark 0.2.0';

const unreadable = (path: string, why: string, cause?: unknown): Refusal =>
  new Refusal(
    'data-folder-unreadable',
    `The data folder ${path} cannot be used: ${why}.`,
    'Name a folder that Tickmark made or that does not exist yet, or restore this one from a copy.',
    cause,
  );

/** Level by level: Node's own recursive mkdir never returns where the system refuses a new folder, in /proc for one. */
const makeLevels = (path: string): void => {
  try {
    mkdirSync(path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && statSync(path).isDirectory()) return;
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    makeLevels(dirname(path));
    mkdirSync(path);
  }
};

export const makeFolder = (path: string): void => {
  try {
    makeLevels(path);
  } catch (error) {
    throw unreadable(path, messageOf(error), error);
  }
};

const textOf = (path: string, name: string): string | undefined => {
  try {
    return readFileSync(join(path, name), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(path, messageOf(error), error);
  }
};

const formatOf = (path: string, text: string): number => {
  let label: unknown;
  try {
    label = JSON.parse(text);
  } catch (error) {
    throw unreadable(path, 'its tickmark.json is not JSON', error);
  }
  const format = typeof label === 'object' && label !== null && 'format' in label ? label.format : undefined;
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1)
    throw unreadable(path, 'its tickmark.json names no format');
  return format;
};

/** Whether the folder is labelled; refuses one whose label does not fit. */
export const checkLabel = (path: string): boolean => {
  const text = textOf(path, 'tickmark.json');
  if (text === undefined) {
    if (existsSync(join(path, 'log.db'))) throw unreadable(path, 'it holds a log.db but no tickmark.json');
    return false;
  }
  const format = formatOf(path, text);
  if (format > FORMAT)
    throw new Refusal(
      'data-folder-newer',
      `The data folder ${path} has format ${format}; this program reads up to format ${FORMAT}.`,
      'Update Tickmark to the version that wrote the folder, or a later one.',
    );
  return true;
};

/** Written beside and renamed: there is a whole label or none. */
export const writeLabel = (path: string): void => {
  const label = join(path, 'tickmark.json');
  writeFileSync(`${label}.new`, `${JSON.stringify({ format: FORMAT, createdBy: CREATED_BY })}\n`, {
    flush: true,
  });
  renameSync(`${label}.new`, label);
};

/** Of whom the lock is: the pid, and where it can be asked if it serves the folder. */
const holderOf = (path: string): { readonly pid: string; readonly url: string | undefined } => {
  const [pid = '', url] = (textOf(path, 'lock.pid') ?? '').split('\n');
  return { pid: pid.trim() || 'unknown', url: url === '' ? undefined : url };
};

const inUse = (path: string): Refusal => {
  const { pid, url } = holderOf(path);
  const wait = `until process ${pid} is done or stop it, or name another data folder.`;
  return url === undefined
    ? new Refusal(
        'data-folder-in-use',
        `The data folder ${path} is in use by process ${pid}.`,
        `Wait ${wait}`,
      )
    : new Refusal(
        'data-folder-in-use',
        `The data folder ${path} is in use by process ${pid}, which serves it at ${url}.`,
        `Ask that process (curl ${url}/reports/weekly), wait ${wait}`,
      );
};

const SQLITE_BUSY = 5;

/**
 * The lock is a write lock of SQLite on a file of its own: the kernel takes it back when the process ends,
 * however it ends. The file with the pid is for the message only.
 */
const lock = (path: string): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(path, 'lock.db'), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    const busy = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
    throw busy ? inUse(path) : unreadable(path, messageOf(error), error);
  }
};

/** Creates the folder where there is none. `servedAt`: where others may ask this process. Throws a `Refusal`. */
export const openDataFolder = async (folder: string, servedAt?: string): Promise<DataFolder> => {
  refuseOldSqlite(process.versions.sqlite ?? '0');
  const path = resolve(folder);
  const answersFile = join(path, 'answers.db');
  makeFolder(path);
  // Before the lock, so that nothing is written into a folder of a newer program.
  checkLabel(path);
  const held = lock(path);
  try {
    if (!checkLabel(path)) writeLabel(path);
    writeFileSync(join(path, 'lock.pid'), `${process.pid}\n${servedAt === undefined ? '' : `${servedAt}\n`}`);
    // What a rebuild left that was killed: nobody else can be in the middle of one.
    removeDatabase(freshFileOf(answersFile));
  } catch (error) {
    held.close();
    throw error instanceof Refusal ? error : unreadable(path, messageOf(error), error);
  }
  const release = (): void => {
    if (!held.isOpen) return;
    rmSync(join(path, 'lock.pid'), { force: true });
    held.close();
  };
  const [logFile, publishedFile] = [join(path, 'log.db'), join(path, 'published.db')];
  return { path, logFile, answersFile, publishedFile, release };
};
