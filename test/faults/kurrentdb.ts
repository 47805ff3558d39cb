/** What the fault tests of KurrentDB have in common: an emulator and logs on it, impatient and talkative. */
import { afterEach } from 'vitest';
import {
  type KurrentdbEventLog,
  kurrentdbEventLog,
  type KurrentdbOptions,
  type Trouble,
} from '../../adapters/stores/kurrentdb/index.ts';
import type { EventLog, StreamAppend } from '../../projections/ports.ts';
import type { StoredEvent } from '../../schemas/event.ts';
import { sampleEvents } from '../contracts/store-samples.ts';
import type { EmulatorOptions } from '../support/kurrentdb/emulator.ts';
import { type Emulator, startEmulator } from '../support/kurrentdb/start.ts';

/** Long enough for a busy machine to answer, short enough for a test of silence. */
export const TIMEOUT_MS = 1_000;

export interface Stage {
  /** Ends with the test. */
  emulator(options?: Partial<EmulatorOptions>): Promise<Emulator>;
  /** Closed with the test. */
  log(connectionString: string, options?: KurrentdbOptions): Promise<KurrentdbEventLog>;
  /** What the logs reported, in order. */
  readonly troubles: Trouble[];
}

export const stage = (): Stage => {
  const troubles: Trouble[] = [];
  let ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.reverse()) await end();
    ends = [];
    troubles.length = 0;
  });
  return {
    troubles,
    emulator: async (options) => {
      const emulator = await startEmulator(options);
      ends.push(emulator.kill);
      return emulator;
    },
    log: async (connectionString, options) => {
      const log = await kurrentdbEventLog(connectionString, {
        timeoutMs: TIMEOUT_MS,
        patienceMs: 20_000,
        backoffMs: { first: 5, most: 100 },
        onTrouble: (trouble) => troubles.push(trouble),
        ...options,
      });
      ends.push(log.close);
      return log;
    },
  };
};

export const appendTo = (stream: string, from: number, to: number): readonly StreamAppend[] => [
  { stream, expected: { at: 'any' }, events: sampleEvents(from, to, stream) },
];

export const upTo = (end: number): readonly number[] => Array.from({ length: end }, (_, at) => at);

export const versionsIn = async (log: EventLog, stream: string): Promise<readonly number[]> =>
  (await log.readStream(stream)).map(({ version }) => version);

/** Reads on until so many events have come. */
export const take = async (pages: AsyncIterable<readonly StoredEvent[]>, count: number) => {
  const events: StoredEvent[] = [];
  for await (const page of pages) {
    events.push(...page);
    if (events.length >= count) break;
  }
  return events;
};

/** Reads page by page. */
export const reader = (pages: AsyncIterable<readonly StoredEvent[]>) => {
  const iterator = pages[Symbol.asyncIterator]();
  return {
    next: async (): Promise<readonly StoredEvent[]> => {
      const { value, done } = await iterator.next();
      return done === true ? [] : value;
    },
    stop: async (): Promise<void> => void (await iterator.return?.()),
  };
};
