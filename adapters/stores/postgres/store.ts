/** What a single writer and one of several workers have in common: a server, its tables, and one turn after another. */
import type { ReadModels } from '../../../projections/ports.ts';
import { ANSWER_TABLES } from '../answers-queries.ts';
import { type Turns, turns } from '../turns.ts';
import { type Address, addressOf } from './address.ts';
import { prepareAnswersTables } from './answers-schema.ts';
import { NEW_EDITION } from './changes.ts';
import { claimAlone } from './claims.ts';
import { asRefusal, openPool } from './database.ts';
import { rowReader } from './row-reader.ts';
import type { Session } from './session.ts';
import { type Transactions, type Wait, transactionsOn } from './transactions.ts';

export interface PostgresOptions {
  /**
   * Whether a commit survives a power cut. The log is the truth and the checkpoint is committed together with the
   * rows, so without it the last transactions are derived again after one; a crash of the process loses nothing.
   */
  readonly durable?: boolean;
  /** How to wait before another attempt; a test need not. */
  readonly wait?: Wait;
}

export interface Store extends Transactions {
  readonly address: Address;
  readonly turn: Turns;
  /** All that does not depend on who writes. */
  readonly shown: Omit<ReadModels, 'transact'>;
}

export const emptyTables = (session: Session): Promise<void> =>
  session.say(`TRUNCATE ${ANSWER_TABLES.join(', ')}; ${NEW_EDITION}`);

/** Makes the tables where there are none. Throws a `Refusal`. */
export const openStore = async (
  connectionString: string,
  { durable = false, wait }: PostgresOptions,
): Promise<Store> => {
  const address = addressOf(connectionString);
  const pool = openPool(address, { durable });
  try {
    await prepareAnswersTables(pool, address);
  } catch (error) {
    await pool.end();
    throw asRefusal(address, error);
  }
  const transactions = transactionsOn(pool, address, wait);
  const turn = turns();
  const clear = async (session: Session): Promise<void> => {
    await claimAlone(session, address.schema);
    await emptyTables(session);
  };
  return {
    ...transactions,
    address,
    turn,
    shown: {
      ...rowReader((work) => turn.read(() => transactions.read(work))),
      clear: () => turn.read(() => transactions.transact(clear)),
      close: () => turn.close(() => pool.end()),
    },
  };
};
