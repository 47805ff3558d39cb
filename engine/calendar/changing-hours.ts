/** Changing hours: one calendar until an instant, another from then on. Whose time it is moves to another team or zone. */
import { type InstantMs, durationMs, earlier, later } from '../../schemas/brand.ts';
import type { Interval } from '../interval/interval.ts';
import { union } from '../interval/union.ts';
import type { OpenHours } from './open-hours.ts';

export interface HoursFrom {
  /** Hold from here until the next begin; the first holds before, too. */
  readonly fromMs: InstantMs;
  readonly hours: OpenHours;
}

/**
 *     Warsaw   |09=====17|          |09==|
 *     Toronto                            ^ moved  |09=====17|
 *     ->       |=========|          |====|        |=========|
 */
export const changingHours = (parts: readonly HoursFrom[]): OpenHours => {
  const [only] = parts;
  if (!only) throw new Error('no hours to change between');
  if (parts.length === 1) return only.hours;

  /** The parts of `[fromMs, toMs]`, each with the hours that hold in it. */
  const shares = (
    fromMs: InstantMs,
    toMs: InstantMs,
  ): readonly (Interval & { readonly hours: OpenHours })[] =>
    parts.flatMap(({ hours, fromMs: beginMs }, index) => {
      const from = index === 0 ? fromMs : later(fromMs, beginMs);
      const next = parts[index + 1];
      const to = next ? earlier(toMs, next.fromMs) : toMs;
      return from < to || (from === to && (!next || from < next.fromMs))
        ? [{ fromMs: from, toMs: to, hours }]
        : [];
    });

  return {
    within: (fromMs, toMs) =>
      union(
        shares(fromMs, toMs).flatMap((share) =>
          share.hours.within(share.fromMs, share.toMs).map((open) => ({
            fromMs: later(open.fromMs, share.fromMs),
            toMs: share.toMs === toMs ? open.toMs : earlier(open.toMs, share.toMs),
          })),
        ),
      ),
    openMs: (fromMs, toMs) =>
      durationMs(
        shares(fromMs, toMs).reduce((sum, share) => sum + share.hours.openMs(share.fromMs, share.toMs), 0),
      ),
    openUntil: (at) => {
      const held = parts.findLast(({ fromMs }) => fromMs <= at) ?? only;
      const next = parts[parts.indexOf(held) + 1];
      const endMs = held.hours.openUntil(at);
      return endMs !== undefined && next ? earlier(endMs, next.fromMs) : endMs;
    },
  };
};
