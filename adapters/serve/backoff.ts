/** Waiting before another attempt: twice as long each time, and never in step with others who wait for the same. */
import type { Luck } from './clock.ts';

const LEAST_MS = 200;
const MOST_MS = 30_000;

export interface Backoff {
  /** How long to wait now: a random part, from half to all, of a length that doubles up to 30 s. */
  nextMs(): number;
  /** It went well: the next wait is short again. */
  reset(): void;
}

export const openBackoff = (luck: Luck): Backoff => {
  let lengthMs = LEAST_MS;
  return {
    nextMs: () => {
      const waitMs = lengthMs * (0.5 + luck() / 2);
      lengthMs = Math.min(2 * lengthMs, MOST_MS);
      return waitMs;
    },
    reset: () => {
      lengthMs = LEAST_MS;
    },
  };
};
