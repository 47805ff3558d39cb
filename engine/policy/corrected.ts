/** Corrections: time that somebody took out of a record, or put beside it. What was there before stays in the log. */
import type { ActorId } from '../../schemas/brand.ts';
import type { Span, Subtraction } from '../../schemas/record.ts';
import type { Cycle } from '../cycle.ts';
import { type Interval, byStart } from '../interval/interval.ts';
import { subtract } from '../interval/subtract.ts';
import { union } from '../interval/union.ts';
import type { Correction } from '../words.ts';
import { type Account, moveOut } from './account.ts';

const concerns = ({ actor, rule }: Correction, who: ActorId, name: string): boolean =>
  actor === who && (rule === undefined || rule === name);

/**
 *     removed   |----------------|
 *     added            |=====|            the last word on every instant holds
 *     ->        |------|=====|---|
 */
const lastWords = (corrections: readonly Correction[]): readonly Correction[] =>
  corrections
    .reduce<readonly Correction[]>(
      (said, one) => [
        ...said.flatMap((earlier) =>
          subtract(earlier, [one]).map((rest) => ({ ...earlier, fromMs: rest.fromMs, toMs: rest.toMs })),
        ),
        one,
      ],
      [],
    )
    .toSorted(byStart);

/** Takes out what corrections remove. */
export const withoutRemoved = (account: Account, { words, actor, rule }: Cycle): Account =>
  words.corrections.length === 0
    ? account
    : moveOut(
        account,
        lastWords(words.corrections.filter((one) => concerns(one, actor, rule.name)))
          .filter(({ effect }) => effect === 'remove')
          .map(({ fromMs, toMs, event }) => ({ fromMs, toMs, because: { clause: 'correction', event } })),
        'corrected',
        rule,
      );

const between = (parts: readonly Interval[]): readonly Subtraction[] =>
  parts.flatMap(({ toMs }, index): readonly Subtraction[] => {
    const next = parts[index + 1];
    const because = { clause: 'correction' };
    return next && toMs < next.fromMs
      ? [{ reason: 'between', fromMs: toMs, toMs: next.fromMs, opened: because, closed: because }]
      : [];
  });

const added = ({ event }: Correction, parts: readonly Interval[]): readonly Span[] => {
  const because = { clause: 'correction', event };
  return parts.map(({ fromMs, toMs }) => ({
    fromMs,
    toMs,
    opened: because,
    closed: because,
    grade: 'declared',
  }));
};

/**
 * A record for each addition: what of it the person's own records of this rule do not count already. An addition names
 * its rule; it cannot be for all of them.
 */
export const addedCycles = (
  own: readonly Cycle[],
  common: Omit<Cycle, 'actor' | 'spans' | 'subtracted' | 'tail' | 'flags' | 'number'>,
): readonly Cycle[] => {
  const { rule, words } = common;
  if (words.corrections.length === 0) return [];
  let number = Math.max(0, ...own.map((cycle) => cycle.number));
  const actors = new Set(words.corrections.map(({ actor }) => actor));
  return [...actors].flatMap((actor) => {
    const counted = own.filter((cycle) => cycle.actor === actor).flatMap(({ spans }) => spans);
    const taken = union([...counted].sort(byStart));
    return lastWords(words.corrections.filter((one) => concerns(one, actor, rule.name))).flatMap((one) => {
      const free = one.effect === 'add' && one.rule !== undefined ? subtract(one, taken) : [];
      if (free.length === 0) return [];
      number += 1;
      return [
        {
          ...common,
          number,
          actor,
          spans: added(one, free),
          subtracted: between(free),
          tail: undefined,
          flags: [],
        },
      ];
    });
  });
};
