/** The read models in SQLite. */
import type { ReadModels } from '../../../projections/ports.ts';
import { turns } from '../turns.ts';
import { deleteAllRows, prepareAnswersTables } from './answers-schema.ts';
import { openDatabase } from './database.ts';
import { rowReader } from './row-reader.ts';
import { rowTransaction } from './row-transaction.ts';
import { openSnapshots } from './snapshots.ts';

export interface ReadModelsOptions {
  /**
   * Whether a commit survives a power cut. The log is the truth and the checkpoint is committed together with the
   * rows, so without it the last transactions are derived again after one; a crash of the process loses nothing.
   */
  readonly durable?: boolean;
}

/** `file` may be `:memory:`, where there is no snapshot. Reads wait for the transaction that runs, and so see only what is committed. */
export const sqliteReadModels = async (
  file: string,
  { durable = false }: ReadModelsOptions = {},
): Promise<ReadModels> => {
  const synchronous = durable ? 'FULL' : 'NORMAL';
  const database = openDatabase(file, { synchronous, cacheMb: 48, prepareTables: prepareAnswersTables });
  const rows = rowTransaction(database);
  const turn = turns();
  const snapshots = openSnapshots(() =>
    openDatabase(file, { synchronous, cacheMb: 16, prepareTables: () => undefined }),
  );
  return {
    ...rowReader(database, turn),
    transact: (work) =>
      turn.transact(async () => {
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
    ...(file === ':memory:' ? {} : { snapshot: snapshots.take }),
    clear: () => turn.read(() => deleteAllRows(database)),
    close: async () => {
      await snapshots.close();
      await turn.close(() => database.close());
    },
  };
};
