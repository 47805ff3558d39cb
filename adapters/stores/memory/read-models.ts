/** The read models in memory. */
import type { ReadModels } from '../../../projections/ports.ts';
import { turns } from '../turns.ts';
import { rowReader } from './row-reader.ts';
import { rowTransaction } from './row-transaction.ts';
import { emptyTables, type Tables } from './tables.ts';

/** Reads wait for the transaction that runs, and so see only what is committed. */
export const memoryReadModels = async (): Promise<ReadModels> => {
  let undos: (() => void)[] = [];
  const tables: Tables = emptyTables((undo) => undos.push(undo));
  const rows = rowTransaction(tables);
  const turn = turns();
  return {
    ...rowReader(tables, turn),
    transact: (work) =>
      turn.transact(async () => {
        undos = [];
        try {
          return await work(rows);
        } catch (error) {
          for (const undo of undos.reverse()) undo();
          throw error;
        } finally {
          undos = [];
        }
      }),
    clear: () =>
      turn.read(
        () =>
          void Object.assign(
            tables,
            emptyTables((undo) => undos.push(undo)),
          ),
      ),
    close: () => turn.close(() => undefined),
  };
};
