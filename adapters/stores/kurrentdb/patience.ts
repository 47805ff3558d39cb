/** Time-outs of our own and the waits between attempts: the client settles some of its promises never. */
import type { StopSignal } from '../../../projections/ports.ts';
import { messageOf } from '../refusal.ts';
import { finalFailure, KurrentdbFailure, verdictOn } from './failure.ts';
import type { Settings, Trouble } from './options.ts';

/** Rejects when `work` has not settled in time; what it does afterwards is nobody's business any more. */
export const answeredWithin = <Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new KurrentdbFailure('unanswered', `no answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Until the time is over or the signal aborts. */
export const pause = (waitMs: number, signal: StopSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, waitMs);
    signal.addEventListener('abort', over);
  });

/** Doubles up to the most, and half of it is luck, so that many clients do not come back in one instant. */
export const backoffMs = ({ first, most }: Settings['backoffMs'], attempt: number, luck: number): number =>
  Math.round(Math.min(most, first * 2 ** Math.min(attempt - 1, 30)) * (0.5 + luck / 2));

/** Reports the trouble and waits before the next attempt. */
export const waitAfter = async (
  { backoffMs: bounds, onTrouble }: Settings,
  signal: StopSignal,
  during: Trouble['during'],
  attempt: number,
  error: unknown,
): Promise<void> => {
  const waitMs = backoffMs(bounds, attempt, Math.random());
  onTrouble({ during, because: messageOf(error), attempt, waitMs });
  await pause(waitMs, signal);
};

export interface Task {
  readonly during: 'append' | 'read';
  /** For the user, when it failed for good: `appending to call-4711`. */
  readonly doing: string;
}

/** Runs `work` until it succeeds, fails for good, or the patience or the store is at its end. A conflict is for the caller. */
export const patiently = async <Result>(
  settings: Settings,
  closing: StopSignal,
  { during, doing }: Task,
  work: (attempt: number) => Promise<Result>,
): Promise<Result> => {
  const untilMs = performance.now() + settings.patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    if (closing.aborted) throw new KurrentdbFailure('closed', 'the event log is closed');
    try {
      return await work(attempt);
    } catch (error) {
      const verdict = verdictOn(error);
      if (verdict === 'conflict') throw error;
      if (verdict === 'fatal' || performance.now() >= untilMs) throw finalFailure(doing, error);
      await waitAfter(settings, closing, during, attempt, error);
    }
  }
};
