/** A transaction under way: what it has written, and in what order it is asked. */
import { type Pending, nothingPending } from './pending.ts';
import type { Session } from './session.ts';

export interface Underway {
  readonly session: Session;
  readonly pending: Pending;
  /** Reads may be asked for at once; what is sent half-way by one of them must not be seen by another. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
}

export const underwayOn = (session: Session): Underway => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    session,
    pending: nothingPending(),
    inTurn: (work) => {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
};
