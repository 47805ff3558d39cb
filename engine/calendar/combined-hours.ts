/** Combined hours: calendars put together. */
import { intersect } from '../interval/intersect.ts';
import { type Interval, byStart } from '../interval/interval.ts';
import { subtract } from '../interval/subtract.ts';
import { union } from '../interval/union.ts';
import type { OpenSource } from './open-hours.ts';

const inAny = (lists: readonly (readonly Interval[])[]): readonly Interval[] =>
  union(lists.flat().sort(byStart));

/** Open where one of them is. */
export const unionOf =
  (sources: readonly OpenSource[]): OpenSource =>
  (fromMs, toMs) =>
    inAny(sources.map((source) => source(fromMs, toMs)));

/** Open where all of them are. */
export const intersectionOf =
  (sources: readonly OpenSource[]): OpenSource =>
  (fromMs, toMs) =>
    sources.reduce<readonly Interval[]>(
      (open, source) => intersect(open, source(fromMs, toMs)),
      [{ fromMs, toMs }],
    );

/**
 *     base   |=============|
 *     minus      |====|
 *     plus         |=|       |==|
 *     ->     |===| |=| |===| |==|
 */
export const adjusted =
  (base: OpenSource, minus: OpenSource, plus: OpenSource): OpenSource =>
  (fromMs, toMs) => {
    const left = subtract({ fromMs, toMs }, minus(fromMs, toMs));
    return inAny([intersect(base(fromMs, toMs), left), plus(fromMs, toMs)]);
  };
