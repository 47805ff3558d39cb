/** What can be set about the stores on KurrentDB, and what holds where nothing is set. */

/** Something went wrong and is being tried again: for a log line or a counter. It never holds credentials. */
export interface Trouble {
  readonly during: 'append' | 'read' | 'subscription';
  /** The server's or the client's words. */
  readonly because: string;
  /** How often it failed in a row, from 1. */
  readonly attempt: number;
  /** When it is tried again. */
  readonly waitMs: number;
}

export interface KurrentdbOptions {
  /**
   * Lower-case letters and digits. Streams are then named `<namespace>.call-4711`, and nothing outside the namespace is
   * seen: several logs can share a server. Without one, streams bear the names of their subjects.
   */
  readonly namespace?: string;
  /** How long one attempt may go unanswered; 5,000 when absent. */
  readonly timeoutMs?: number;
  /** How long an append or a read is tried again before it fails; 60,000 when absent. A subscription never gives up. */
  readonly patienceMs?: number;
  /** The longest wait before the first and before any later attempt; 200 and 30,000 when absent. */
  readonly backoffMs?: { readonly first: number; readonly most: number };
  /** How many streams of one append are written at once; 64 when absent. */
  readonly streamsAtOnce?: number;
  /** Of so many events the ids are remembered, so that appending to their streams needs no reading; 100,000 when absent. */
  readonly rememberedEvents?: number;
  /** Called for every retry and every reconnection. It must not throw. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

export type Settings = Required<KurrentdbOptions>;

const NAMESPACE = /^[a-z0-9]*$/;

export const settingsOf = (options: KurrentdbOptions): Settings => {
  const settings = {
    namespace: '',
    timeoutMs: 5_000,
    patienceMs: 60_000,
    backoffMs: { first: 200, most: 30_000 },
    streamsAtOnce: 64,
    rememberedEvents: 100_000,
    onTrouble: () => undefined,
    ...options,
  };
  if (!NAMESPACE.test(settings.namespace))
    throw new RangeError(`a namespace is lower-case letters and digits, not ${settings.namespace}`);
  return settings;
};
