/** The read models in SQLite. */
import type { ReadModels } from '../../../projections/ports.ts';
import { type Turns, turns } from '../turns.ts';
import { deleteAllRows, prepareAnswersTables } from './answers-schema.ts';
import { openDatabase } from './database.ts';
import { rowReader } from './row-reader.ts';
import { rowTransaction } from './row-transaction.ts';

export interface ReadModelsOptions {
  /**
   * Whether a commit survives a power cut. The log is the truth and the checkpoint is committed together with the
   * rows, so without it the last transactions are derived again after one; a crash of the process loses nothing.
   */
  readonly durable?: boolean;
}

/** Within a snapshot the turn has come already. */
const AT_ONCE: Pick<Turns, 'read'> = { read: async (work) => work() };

/** `file` may be `:memory:`. Reads wait for the transaction that runs, and so see only what is committed. */
export const sqliteReadModels = async (
  file: string,
  { durable = false }: ReadModelsOptions = {},
): Promise<ReadModels> => {
  const synchronous = durable ? 'FULL' : 'NORMAL';
  const database = openDatabase(file, { synchronous, cacheMb: 48, prepareTables: prepareAnswersTables });
  const rows = rowTransaction(database);
  const turn = turns();
  const inSnapshot = rowReader(database, AT_ONCE);
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
    snapshot: (work) =>
      turn.transact(async () => {
        database.exec('BEGIN');
        try {
          return await work(inSnapshot);
        } finally {
          database.exec('COMMIT');
        }
      }),
    clear: () => turn.read(() => deleteAllRows(database)),
    close: () => turn.close(() => database.close()),
  };
};
