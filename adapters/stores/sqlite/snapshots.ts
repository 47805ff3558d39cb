/** Snapshots of the answers: all reads of one are of one commit, and a long one keeps no other read waiting. */
import type { DatabaseSync } from 'node:sqlite';
import type { RowReader } from '../../../projections/ports.ts';
import { type Turns, turns } from '../turns.ts';
import { rowReader, rowSource } from './row-reader.ts';

export interface Snapshots {
  take<Result>(work: (rows: RowReader) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Within a snapshot the turn has come already. */
const AT_ONCE: Pick<Turns, 'read'> = { read: async (work) => work() };

/** `open` opens the connection when the first snapshot is asked for. */
export const openSnapshots = (open: () => DatabaseSync): Snapshots => {
  const turn = turns();
  let opened: { readonly database: DatabaseSync; readonly rows: RowReader } | undefined;
  const connection = () => {
    const database = open();
    const source = rowSource(database);
    return { database, rows: rowReader(() => source, AT_ONCE) };
  };
  return {
    take: (work) =>
      turn.transact(async () => {
        const { database, rows } = (opened ??= connection());
        database.exec('BEGIN');
        try {
          return await work(rows);
        } finally {
          database.exec('COMMIT');
        }
      }),
    close: () => turn.close(() => opened?.database.close()),
  };
};
