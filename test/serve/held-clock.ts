/** A clock that stands still until it is told to go on. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../adapters/serve/clock.ts';

export interface HeldClock extends Clock {
  /** Lets so much time pass, waking whoever sleeps, in order. */
  pass(lengthMs: number): Promise<void>;
  /** How many sleep. */
  sleeping(): number;
}

/** Everything that can go on without time passing has gone on. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
};

export const heldClock = (): HeldClock => {
  let nowMs = 0;
  const sleepers = new Map<() => void, number>();
  const sleep: Clock['sleep'] = (lengthMs, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        sleepers.delete(wake);
        resolve();
      };
      if (signal?.aborted) return resolve();
      sleepers.set(wake, nowMs + lengthMs);
      signal?.addEventListener('abort', wake, { once: true });
    });
  return {
    elapsedMs: () => nowMs,
    sleep,
    sleeping: () => sleepers.size,
    pass: async (lengthMs) => {
      const untilMs = nowMs + lengthMs;
      await settled();
      for (;;) {
        const [next] = [...sleepers].toSorted(([, a], [, b]) => a - b);
        if (!next || next[1] > untilMs) break;
        nowMs = next[1];
        next[0]();
        await settled();
      }
      nowMs = untilMs;
    },
  };
};
