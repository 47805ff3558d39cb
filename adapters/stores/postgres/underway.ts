/** A transaction under way: what it has written, and in what order it is asked. */
import type { SubjectId } from '../../../schemas/brand.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { type Pending, nothingPending } from './pending.ts';
import type { Session } from './session.ts';

export interface Underway {
  readonly session: Session;
  readonly pending: Pending;
  /** The records of some subjects as the server has them; forgotten when it gets others, from us or from anybody. */
  readonly known: Map<SubjectId, readonly TimeRecord[]>;
  /** Reads may be asked for at once; what is sent half-way by one of them must not be seen by another. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
}

export const underwayOn = (session: Session): Underway => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    session,
    pending: nothingPending(),
    known: new Map(),
    inTurn: (work) => {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
};
