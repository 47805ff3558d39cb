/** What the live process needs of the machine: passed in, so that its tests have a machine of their own. */
import { type Clock, type Luck, MACHINE_CLOCK } from './clock.ts';

export type Signal = 'SIGINT' | 'SIGTERM';

export interface Effects {
  readonly clock: Clock;
  readonly luck: Luck;
  /** Calls back with every one of these signals until it is taken off. */
  onSignal(listener: (signal: Signal) => void): () => void;
  /** Ends the process here and now. */
  halt(code: number): void;
}

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM'];

export const MACHINE: Effects = {
  clock: MACHINE_CLOCK,
  luck: Math.random,
  onSignal: (listener) => {
    for (const signal of SIGNALS) process.on(signal, listener);
    return () => {
      for (const signal of SIGNALS) process.off(signal, listener);
    };
  },
  halt: (code) => process.exit(code),
};
