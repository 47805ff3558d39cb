/** Time that does not count: what it is called, what it adds up to, and what the less usual reasons mean. */
import { type DurationMs, elapsed, type InstantMs, NO_TIME, total } from '../../../schemas/brand.ts';
import {
  type Because,
  type Subtraction,
  SUBTRACTIONS,
  type SubtractionReason,
} from '../../../schemas/record.ts';
import { printable } from './text-width.ts';

/** What the word alone does not say. */
const MEANINGS: Readonly<Record<SubtractionReason, string | undefined>> = {
  paused: undefined,
  'off-calendar': undefined,
  'handed-over': undefined,
  idle: 'no sign of the person for longer than the rule allows',
  exempt: 'left out by the rule, or by an exemption that was granted',
  closed: 'between a stop and the start that went on with the record',
  between: 'between the parts that the record is made of',
  'over-maximum': 'more than the rule lets a record count',
  'under-minimum': 'less than the rule asks of a record',
  unapproved: 'declared, and waiting for approval',
  corrected: undefined,
  retracted: undefined,
  merged: 'counted already by another subject that this one was merged with',
  'counted-already': 'put beside a record that turned out to count it by itself',
  unknown: 'the source was down and nothing was recovered',
};

/** `paused`, or `paused · customer` with the rule's own code for it. */
export const nameOf = ({ reason, code }: Pick<Subtraction, 'reason' | 'code'>): string =>
  code === undefined ? reason : `${reason} · ${code}`;

export interface Subtracted {
  readonly name: string;
  readonly ms: DurationMs;
}

/** By reason, in their fixed order; the codes of one reason as they come first in time. */
export const addUp = (subtracted: readonly Subtraction[]): readonly Subtracted[] =>
  SUBTRACTIONS.flatMap((reason) =>
    [
      ...Map.groupBy(
        subtracted.filter((gap) => gap.reason === reason),
        nameOf,
      ),
    ].map(([name, gaps]) => ({
      name: printable(name),
      ms: total(gaps.map(({ fromMs, toMs }) => elapsed(fromMs, toMs))),
    })),
  ).filter(({ ms }) => ms !== NO_TIME);

/**
 * `exempt: left out by the rule... (rule exempt.granted: ExemptionGranted)`, once for each reason that occurs and needs
 * it: what the word means, and the clauses and facts for which the time does not count.
 */
export const meaningsOf = (
  subtracted: readonly Subtraction[],
  causeOf: (because: Because, at: InstantMs) => string,
): readonly string[] =>
  SUBTRACTIONS.flatMap((reason) => {
    const gaps = subtracted.filter((gap) => gap.reason === reason);
    const causes = new Set(gaps.flatMap(({ by, fromMs }) => (by ? [causeOf(by, fromMs)] : [])));
    const meaning = MEANINGS[reason];
    const cause = [...causes].join('; ');
    const said = meaning === undefined ? cause : cause === '' ? meaning : `${meaning} (${cause})`;
    return gaps.length === 0 || said === '' ? [] : [`${reason}: ${said}`];
  });
