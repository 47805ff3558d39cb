/**
 * Group commit: one `settle` at a time takes everything that waits, so that a hundred requests share one fsync. What
 * may wait is bounded; while the store is down nothing is taken, and the first group that failed is what tries it again.
 */
import { setImmediate } from 'node:timers/promises';
import type { Arrival, Intake, Outcome } from '../intake.ts';
import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { openTrouble } from './trouble.ts';

/** What became of one offer. Only `settled` may be acknowledged. */
export type Offered =
  | { readonly status: 'settled'; readonly outcomes: readonly Outcome[] }
  | { readonly status: 'full' }
  | { readonly status: 'store-down' }
  | { readonly status: 'closed' };

export interface GroupCommit {
  offer(arrivals: readonly Arrival[]): Promise<Offered>;
  /** Signals that wait, those in hand included. */
  waiting(): number;
  /** What the store failed with, as long as it does. */
  failure(): unknown;
  /** Takes nothing more; resolves when what waited is settled or has failed. */
  close(): Promise<void>;
}

export interface GroupCommitSetup {
  readonly intake: Pick<Intake, 'settle'>;
  readonly clock: Clock;
  readonly backoff: Backoff;
  /** Called with every failure of the store; it decides what that means for the process. */
  readonly onFailure: (error: unknown) => void;
  /** So many events are new in the log. */
  readonly onAppended: (events: number) => void;
  /** Signals. */
  readonly mostWaiting?: number;
  readonly mostAtOnce?: number;
}

interface Request {
  readonly arrivals: readonly Arrival[];
  readonly answer: (offered: Offered) => void;
}

/** About 10 MB of signals. */
const MOST_WAITING = 20_000;
/** A group blocks its thread while it is written: about 50 ms. */
const MOST_AT_ONCE = 1_000;

/** Whole requests from the front, as many as fit; a single one may be larger. */
const takeGroup = (queue: Request[], mostAtOnce: number): readonly Request[] => {
  let count = 0;
  let signals = 0;
  for (const { arrivals } of queue) {
    signals += arrivals.length;
    if (count > 0 && signals > mostAtOnce) break;
    count += 1;
  }
  return queue.splice(0, count);
};

const answerEach = (group: readonly Request[], outcomes: readonly Outcome[]): void => {
  let from = 0;
  for (const { arrivals, answer } of group) {
    answer({ status: 'settled', outcomes: outcomes.slice(from, from + arrivals.length) });
    from += arrivals.length;
  }
};

const signalsIn = (requests: readonly Request[]): readonly Arrival[] =>
  requests.flatMap(({ arrivals }) => arrivals);

/** Puts the requests of a group through as one, and answers each. Throws with all of them unanswered. */
const settleGroup = async (
  { intake, onAppended }: Pick<GroupCommitSetup, 'intake' | 'onAppended'>,
  group: readonly Request[],
): Promise<void> => {
  const outcomes = await intake.settle(signalsIn(group));
  onAppended(outcomes.reduce((sum, { appended }) => sum + appended, 0));
  answerEach(group, outcomes);
};

export const openGroupCommit = (setup: GroupCommitSetup): GroupCommit => {
  const { mostWaiting = MOST_WAITING, mostAtOnce = MOST_AT_ONCE } = setup;
  const queue: Request[] = [];
  const closing = new AbortController();
  const trouble = openTrouble(setup, closing.signal);
  let inHand = 0;
  let working: Promise<void> | undefined;
  const waiting = (): number => queue.reduce((sum, { arrivals }) => sum + arrivals.length, inHand);
  const isFull = (arrivals: readonly Arrival[]): boolean =>
    waiting() > 0 && waiting() + arrivals.length > mostWaiting;

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      // While a group is written nothing is read: what has arrived meanwhile is read now, and is the next group.
      await setImmediate();
      const group = takeGroup(queue, mostAtOnce);
      inHand = signalsIn(group).length;
      try {
        await settleGroup(setup, group);
      } catch (error) {
        trouble.begin(error);
        for (const { answer } of [...group, ...queue.splice(0)]) answer({ status: 'store-down' });
        // Nobody waits for it any more. Appending what was not acknowledged is no lie: a repetition adds nothing.
        await trouble.untilOver(() => settleGroup(setup, group));
      }
      inHand = 0;
    }
    working = undefined;
  };

  return {
    offer: (arrivals) => {
      if (closing.signal.aborted) return Promise.resolve({ status: 'closed' });
      if (trouble.error() !== undefined) return Promise.resolve({ status: 'store-down' });
      if (isFull(arrivals)) return Promise.resolve({ status: 'full' });
      const offered = new Promise<Offered>((answer) => queue.push({ arrivals, answer }));
      working ??= work();
      return offered;
    },
    waiting,
    failure: trouble.error,
    close: async () => {
      closing.abort();
      await working;
    },
  };
};
