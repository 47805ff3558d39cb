/** Turns: transactions and reads of one store follow one another, so that a read sees only what is committed. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Turns {
  /** Waits for its turn. Rejects inside a transaction of the same store, where waiting would be for ever. */
  read<Result>(work: () => Result | Promise<Result>): Promise<Result>;
  transact<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Waits for the turns before it; later ones are refused. Closing twice is allowed. */
  close(work: () => void | Promise<void>): Promise<void>;
}

const NESTED =
  'a transaction of this store is already running here: use the rows that were passed to its work';

export const turns = (): Turns => {
  const inside = new AsyncLocalStorage<true>();
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const queue = <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    if (inside.getStore()) return Promise.reject(new Error(NESTED));
    if (closed) return Promise.reject(new Error('the store is closed'));
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    read: queue,
    transact: (work) => queue(() => inside.run(true, work)),
    close: (work) => {
      if (closed) return last.then(() => undefined);
      const turn = queue(work);
      closed = true;
      return turn;
    },
  };
};
