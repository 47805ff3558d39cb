/** An interval of time, half-open: `[fromMs, toMs)`. Two that only touch do not overlap. */
import type { InstantMs } from '../../schemas/brand.ts';

export interface Interval {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

/** In order of start, then of end. */
export const byStart = (a: Interval, b: Interval): number => a.fromMs - b.fromMs || a.toMs - b.toMs;
