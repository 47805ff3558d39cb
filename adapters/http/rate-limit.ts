/**
 * How often somebody may ask: a bucket of tokens each, refilled at a steady rate. Our own forty lines and no plugin, as
 * a source may be charged only after its proof, by a clock that tests can hold.
 */
import type { Clock } from '../serve/clock.ts';

export interface Rate {
  /** In the long run. */
  readonly perSecond: number;
  /** At once, after a pause. */
  readonly burst: number;
}

export interface RateLimit {
  /** Takes one token: 0 when there was one, otherwise the milliseconds until there is. */
  waitMs(name: string): number;
}

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** Who asked longest ago is forgotten first, and starts with a full bucket again. */
const MOST_NAMES = 10_000;

export const openRateLimit = (
  { perSecond, burst }: Rate,
  clock: Pick<Clock, 'elapsedMs'>,
  mostNames = MOST_NAMES,
): RateLimit => {
  /** The one who asked longest ago first. */
  const buckets = new Map<string, Bucket>();
  const keep = (name: string, bucket: Bucket): void => {
    buckets.delete(name);
    buckets.set(name, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > mostNames && oldest !== undefined) buckets.delete(oldest);
  };
  return {
    waitMs: (name) => {
      const atMs = clock.elapsedMs();
      const last = buckets.get(name) ?? { tokens: burst, atMs };
      const tokens = Math.min(burst, last.tokens + ((atMs - last.atMs) * perSecond) / 1_000);
      const isFree = tokens >= 1;
      keep(name, { tokens: isFree ? tokens - 1 : tokens, atMs });
      return isFree ? 0 : ((1 - tokens) * 1_000) / perSecond;
    },
  };
};
