/** The read models in PostgreSQL. */
import type { ReadModels, RowTransaction } from '../../../projections/ports.ts';
import { ANSWER_TABLES } from '../answers-queries.ts';
import { turns } from '../turns.ts';
import { addressOf } from './address.ts';
import { prepareAnswersTables } from './answers-schema.ts';
import { leastState, saveState } from './checkpoint.ts';
import { asRefusal, openPool } from './database.ts';
import { nothingPending, sendAll } from './pending.ts';
import { rowReader } from './row-reader.ts';
import { rowTransaction, type Underway } from './row-transaction.ts';
import type { Session } from './session.ts';
import { transactionsOn, type Wait } from './transactions.ts';

export interface PostgresOptions {
  /**
   * Whether a commit survives a power cut. The log is the truth and the checkpoint is committed together with the
   * rows, so without it the last transactions are derived again after one; a crash of the process loses nothing.
   */
  readonly durable?: boolean;
  /** How to wait before another attempt; a test need not. */
  readonly wait?: Wait;
}

const underwayOn = (session: Session): Underway => {
  const pending = nothingPending();
  let last: Promise<unknown> = Promise.resolve();
  return {
    session,
    pending,
    inTurn: (work) => {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
};

const rowsOf = (underway: Underway): RowTransaction => ({
  ...rowTransaction(underway),
  state: async () => underway.pending.state ?? leastState(underway.session),
  save: async (state) => {
    underway.pending.state = state;
  },
});

const run = async <Result>(
  session: Session,
  work: (rows: RowTransaction) => Promise<Result>,
): Promise<Result> => {
  const underway = underwayOn(session);
  const result = await work(rowsOf(underway));
  await underway.inTurn(() => sendAll(session, underway.pending));
  if (underway.pending.state) await saveState(session, underway.pending.state);
  return result;
};

/**
 * `address`: postgresql://user:password@host:5432/database?schema=tickmark. Makes its tables where there are none.
 * Throws a `Refusal`. Reads wait for the transaction that runs, and so see only what is committed.
 */
export const postgresReadModels = async (
  connectionString: string,
  { durable = false, wait }: PostgresOptions = {},
): Promise<ReadModels> => {
  const address = addressOf(connectionString);
  const pool = openPool(address, { durable });
  const transactions = transactionsOn(pool, address, wait);
  const turn = turns();
  try {
    await prepareAnswersTables(pool, address);
  } catch (error) {
    await pool.end();
    throw asRefusal(address, error);
  }
  return {
    ...rowReader((work) => turn.read(() => transactions.read(work))),
    transact: (work) => turn.transact(() => transactions.transact((session) => run(session, work))),
    clear: () =>
      turn.read(() =>
        transactions.transact((session) => session.say(`TRUNCATE ${ANSWER_TABLES.join(', ')}`)),
      ),
    close: () => turn.close(() => pool.end()),
  };
};
