/** The read models in SQLite. */
import { existsSync, renameSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { LoadableReadModels, RowLoad } from '../../../projections/rebuild-ports.ts';
import { type Turns, turns } from '../turns.ts';
import { deleteAllRows, prepareAnswersTables } from './answers-schema.ts';
import { type CellBatch, cellsOf } from './cell-batch.ts';
import { configure, openDatabase } from './database.ts';
import { IN_MEMORY, type FreshAnswers, freshAnswers, freshFileOf, removeDatabase } from './fresh-answers.ts';
import { rowReader, rowSource } from './row-reader.ts';
import { rowTransaction } from './row-transaction.ts';
import { openSnapshots } from './snapshots.ts';

export interface ReadModelsOptions {
  /**
   * Whether a commit survives a power cut. The log is the truth and the checkpoint is committed together with the
   * rows, so without it the last transactions are derived again after one; a crash of the process loses nothing.
   */
  readonly durable?: boolean;
}

const opened = (database: DatabaseSync) => ({
  database,
  source: rowSource(database),
  rows: rowTransaction(database),
});

/** The file that is open, which a finished load replaces by its own. */
const answersAt = (file: string, { durable = false }: ReadModelsOptions) => {
  const options = {
    synchronous: durable ? 'FULL' : 'NORMAL',
    cacheMb: 48,
    prepareTables: prepareAnswersTables,
  } as const;
  let open = opened(openDatabase(file, options));
  return {
    now: () => open,
    /**
     * Closing folds the old file's log of changes back and removes it: beside the new file it would be taken for the
     * new file's own. Whoever crashes before the rename finds the old rows, afterwards the new ones.
     */
    replaceBy: (fresh: FreshAnswers, freshFile: string): void => {
      open.database.close();
      if (file === IN_MEMORY) {
        configure(fresh.database, options);
        open = opened(fresh.database);
        return;
      }
      fresh.close();
      const isShared = existsSync(`${file}-wal`);
      if (!isShared) renameSync(freshFile, file);
      open = opened(openDatabase(file, options));
      if (isShared) throw new Error(`${file} is open elsewhere: its rows cannot be replaced`);
    },
  };
};
type Answers = ReturnType<typeof answersAt>;

/** A load that other threads can hand rows to. */
export interface SqliteLoad extends RowLoad {
  putCells(batch: CellBatch): void;
}

export interface SqliteReadModels extends LoadableReadModels {
  load(): Promise<SqliteLoad>;
}

const loadInto = (file: string, answers: Answers, turn: Turns): SqliteLoad => {
  const freshFile = freshFileOf(file);
  const fresh = freshAnswers(freshFile);
  let isOver = false;
  return {
    putCells: (batch) => fresh.put(batch),
    put: async (batch) => {
      fresh.put(cellsOf(batch));
      // What threads have sent meanwhile is put now: it does not pile up while this one derives.
      await setImmediate();
    },
    finish: async (state) => {
      await fresh.complete(state);
      return turn.read(() => {
        answers.replaceBy(fresh, freshFile);
        isOver = true;
      });
    },
    abandon: async () => {
      if (isOver) return;
      isOver = true;
      fresh.close();
      removeDatabase(freshFile);
    },
  };
};

/** `file` may be `:memory:`, where there is no snapshot. Reads wait for the transaction that runs, and so see only what is committed. */
export const sqliteReadModels = async (
  file: string,
  options: ReadModelsOptions = {},
): Promise<SqliteReadModels> => {
  const answers = answersAt(file, options);
  const turn = turns();
  const snapshots = openSnapshots(() =>
    openDatabase(file, { synchronous: 'NORMAL', cacheMb: 16, prepareTables: () => undefined }),
  );
  return {
    ...rowReader(() => answers.now().source, turn),
    transact: (work) =>
      turn.transact(async () => {
        const { database, rows } = answers.now();
        database.exec('BEGIN IMMEDIATE');
        try {
          const result = await work(rows);
          database.exec('COMMIT');
          return result;
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }),
    ...(file === IN_MEMORY ? {} : { snapshot: snapshots.take }),
    clear: () => turn.read(() => deleteAllRows(answers.now().database)),
    load: async () => loadInto(file, answers, turn),
    close: async () => {
      await snapshots.close();
      await turn.close(() => answers.now().database.close());
    },
  };
};
