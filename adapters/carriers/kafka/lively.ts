/** Waiting without being taken for dead: heartbeats go on meanwhile, but not for ever, or they would hide a hang. */
import type { Clock } from '../../serve/clock.ts';
import type { Grip } from './port.ts';

/** Less than a third of the session: one lost heartbeat costs nothing. */
const BEAT_MS = 3_000;
const MOST_MS = 60_000;

export const lively = async <Result>(
  work: Promise<Result>,
  { heartbeat }: Pick<Grip, 'heartbeat'>,
  clock: Clock,
): Promise<Result> => {
  const done = work.then((result) => ({ result }));
  // Somebody else may be waited for when it fails.
  done.catch(() => undefined);
  for (let waitedMs = 0; waitedMs < MOST_MS; waitedMs += BEAT_MS) {
    const over = new AbortController();
    const first = await Promise.race([done, clock.sleep(BEAT_MS, over.signal)]).finally(() => over.abort());
    if (first) return first.result;
    await heartbeat();
  }
  throw new Error(`nothing came of it for ${MOST_MS / 1000} s`);
};
