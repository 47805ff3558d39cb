/** The clock of a process that lives on: passed in, so that its tests wait for nothing. */
import { setTimeout as passing } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds since some moment; it never goes back. */
  elapsedMs(): number;
  /** Resolves when the time is over or the signal aborts, whichever comes first. */
  sleep(lengthMs: number, signal?: AbortSignal): Promise<void>;
}

export const MACHINE_CLOCK: Clock = {
  elapsedMs: () => performance.now(),
  sleep: (lengthMs, signal) =>
    passing(lengthMs, undefined, { ref: true, ...(signal ? { signal } : {}) }).catch(() => undefined),
};

/** Numbers in [0, 1). */
export type Luck = () => number;
