/** The read models in memory. */
import type { LoadableReadModels, RowBatch } from '../../../projections/rebuild-ports.ts';
import { turns } from '../turns.ts';
import { fill } from './fill.ts';
import type { Journal } from './grouped.ts';
import { rowReader } from './row-reader.ts';
import { rowTransaction } from './row-transaction.ts';
import { emptyTables, type Tables } from './tables.ts';

/** Reads wait for the transaction that runs, and so see only what is committed. */
export const memoryReadModels = async (): Promise<LoadableReadModels> => {
  let undos: (() => void)[] = [];
  const journal: Journal = (undo) => undos.push(undo);
  const tables: Tables = emptyTables(journal);
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
    clear: () => turn.read(() => void Object.assign(tables, emptyTables(journal))),
    load: async () => {
      const batches: RowBatch[] = [];
      return {
        put: async (batch) => void batches.push(batch),
        finish: (state) =>
          turn.read(() => {
            Object.assign(tables, emptyTables(journal));
            fill(tables, batches.splice(0), state);
            undos = [];
          }),
        abandon: async () => void batches.splice(0),
      };
    },
    close: () => turn.close(() => undefined),
  };
};
