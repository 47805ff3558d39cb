/** Opening the stores, again and again: a process may be started before they are there. */
import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';

/** What no waiting mends: a wrong configuration, or data of a newer program. */
const HOPELESS: ReadonlySet<unknown> = new Set(['data-folder-newer', 'sqlite-too-old']);

const isHopeless = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'InputError' || ('code' in error && HOPELESS.has(error.code)));

export interface Opening<Opened> {
  readonly open: () => Promise<Opened>;
  readonly clock: Clock;
  readonly backoff: Backoff;
  /** Called before each wait. */
  readonly onFailure: (error: unknown, waitMs: number) => void;
}

/** Undefined when the signal aborted before it worked. Throws what no waiting mends. */
export const untilOpen = async <Opened>(
  { open, clock, backoff, onFailure }: Opening<Opened>,
  signal: AbortSignal,
): Promise<Opened | undefined> => {
  while (!signal.aborted) {
    try {
      return await open();
    } catch (error) {
      if (isHopeless(error)) throw error;
      const waitMs = backoff.nextMs();
      onFailure(error, waitMs);
      await clock.sleep(waitMs, signal);
    }
  }
  return undefined;
};
