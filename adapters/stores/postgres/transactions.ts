/** Transactions and reads on a pool: tried again where that is safe, and only there. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { textCell } from '../cells.ts';
import type { Address } from './address.ts';
import { unreachable } from './database.ts';
import { type Failure, failureOf } from './failure.ts';
import { type Session, askingServer, isOfServer, sessionOn } from './session.ts';

export interface Transactions {
  /** For reads, which can be repeated. */
  read<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** `work` may run several times, each time from the beginning; what it wrote the other times is gone. */
  transact<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
}

/** What a commit on its way became, where its connection was lost: nobody can say. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('the connection was lost during a commit, and the server does not say what became of it', {
      cause,
    });
    this.name = 'OutcomeUnknown';
  }
}

/** Before each further attempt. A server that restarts needs seconds. */
const WAITS_MS = [0, 50, 200, 1000, 3000] as const;

export type Wait = (ms: number) => Promise<unknown>;

/** A commit that certainly did not happen. */
const undone = (): Promise<never> =>
  askingServer(() => {
    const error = new Error('the server has taken back a commit whose connection was lost');
    throw Object.assign(error, { code: '40001' });
  });

/** The log may fail in the middle of our work, and its network has the same errors: those are not ours to mend. */
const failureIn = (error: unknown): Failure => (isOfServer(error) ? failureOf(error) : 'fatal');

interface Held {
  readonly session: Session;
  release(broken: boolean): void;
}

const take = async (pool: pg.Pool): Promise<Held> => {
  const client = await askingServer(() => pool.connect());
  return { session: sessionOn(client), release: (broken) => client.release(broken) };
};

const rollBack = async ({ session, release }: Held, error: unknown): Promise<void> => {
  if (failureIn(error) === 'gone') return release(true);
  try {
    await session.say('ROLLBACK');
    release(false);
  } catch {
    release(true);
  }
};

/** Tried until it succeeds, fails for good or has been tried often enough. */
const persistently = async <Result>(
  address: Address,
  wait: Wait,
  attempt: () => Promise<Result>,
): Promise<Result> => {
  for (const ms of WAITS_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (failureIn(error) === 'fatal') throw error;
      await wait(ms);
    }
  }
  try {
    return await attempt();
  } catch (error) {
    const failure: Failure = failureIn(error);
    throw failure === 'gone' ? unreachable(address, error) : error;
  }
};

const numberOf = async (session: Session): Promise<string> => {
  const [row] = await session.rows('SELECT pg_current_xact_id()::text AS transaction');
  return textCell(row?.['transaction']);
};

type Status = 'committed' | 'aborted' | 'in progress' | null;

/** The server remembers what became of its recent transactions. */
const statusOf = async (pool: pg.Pool, transaction: string): Promise<Status> => {
  const held = await take(pool);
  try {
    const [row] = await held.session.rows('SELECT pg_xact_status(?::xid8) AS status', [transaction]);
    held.release(false);
    return (row?.['status'] ?? null) as Status;
  } catch (error) {
    held.release(true);
    throw error;
  }
};

export const transactionsOn = (pool: pg.Pool, address: Address, wait: Wait = sleep): Transactions => {
  /** Resolves where the transaction is committed; rejects where it is certain that it is not. */
  const settle = async (transaction: string, cause: unknown): Promise<void> => {
    for (const ms of WAITS_MS) {
      const status = await persistently(address, wait, () => statusOf(pool, transaction)).catch(() => null);
      if (status === 'committed') return;
      if (status === 'aborted') return undone();
      if (status === null) break;
      await wait(ms);
    }
    throw new OutcomeUnknown(cause);
  };

  const commit = async (held: Held, transaction: string): Promise<void> => {
    try {
      await held.session.say('COMMIT');
    } catch (error) {
      held.release(true);
      if (failureIn(error) === 'gone') return settle(transaction, error);
      throw error;
    }
    held.release(false);
  };

  const once = async <Result>(work: (session: Session) => Promise<Result>): Promise<Result> => {
    const held = await take(pool);
    let done: readonly [result: Result, transaction: string];
    try {
      await held.session.say('BEGIN');
      // Fails where `work` has swallowed an error: the server would take a COMMIT for a ROLLBACK and say nothing.
      done = [await work(held.session), await numberOf(held.session)];
    } catch (error) {
      await rollBack(held, error);
      throw error;
    }
    await commit(held, done[1]);
    return done[0];
  };

  return {
    read: (work) =>
      persistently(address, wait, async () => {
        const held = await take(pool);
        try {
          const result = await work(held.session);
          held.release(false);
          return result;
        } catch (error) {
          held.release(failureIn(error) === 'gone');
          throw error;
        }
      }),
    transact: (work) => persistently(address, wait, () => once(work)),
  };
};
