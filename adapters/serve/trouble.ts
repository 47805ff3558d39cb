/** Trouble with a store: it begins with a failure and is over when what failed has worked. */
import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';

export interface Trouble {
  /** What the store failed with last; undefined when it works. */
  error(): unknown;
  begin(error: unknown): void;
  /** Tries again, later each time, until it works or the process ends. */
  untilOver(attempt: () => Promise<void>): Promise<void>;
}

export interface TroubleSetup {
  readonly clock: Clock;
  readonly backoff: Backoff;
  /** Called with every failure. */
  readonly onFailure: (error: unknown) => void;
}

export const openTrouble = ({ clock, backoff, onFailure }: TroubleSetup, ending: AbortSignal): Trouble => {
  let last: { readonly error: unknown } | undefined;
  const begin = (error: unknown): void => {
    last = { error: error ?? new Error('the store failed without saying why') };
    onFailure(error);
  };
  const end = (): void => {
    last = undefined;
    backoff.reset();
  };
  return {
    error: () => last?.error,
    begin,
    untilOver: async (attempt) => {
      while (last) {
        await clock.sleep(backoff.nextMs(), ending);
        if (ending.aborted) return;
        await attempt().then(end, begin);
      }
    },
  };
};
