/** The missing end: supplied by the rule's policy, graded as inferred, and never later than the log's own clock. */
import { type InstantMs, type RecordId, later, shift } from '../../schemas/brand.ts';
import type { Because, Span, Tail } from '../../schemas/record.ts';
import type { Cycle } from '../cycle.ts';
import { weakest } from '../grades.ts';
import type { CountedTime } from '../merge.ts';
import type { Outage } from '../outage.ts';
import type { Person } from '../person.ts';
import type { OpenEnd } from '../stretch.ts';

export interface NextStart {
  readonly atMs: InstantMs;
  readonly record: RecordId;
}

/** What a cycle cannot know by itself. */
export interface Surroundings {
  /** The person's next record on another subject of this measure, beginning at or after the tail does. */
  readonly nextStart: NextStart | undefined;
  /** The log's own clock: the latest instant of any work in it. No cap has passed that lies after it. */
  readonly horizonMs: InstantMs;
  readonly person: Person;
  /** When a source that told of the subject was down. */
  readonly outages: readonly Outage[];
  /** What earlier records of the subject count already for the same person and rule. */
  readonly counted?: CountedTime;
}

interface Closing {
  readonly atMs: InstantMs;
  readonly because: Because;
}

export const MAXIMUM: Because = { clause: 'maxSpan' };

/** When the rule closes the tail by itself, without a start elsewhere: at its cap, or when the shift ends. */
const closingsByRule = (
  tail: OpenEnd,
  { rule, attributes, spans }: Cycle,
  person: Person,
): readonly Closing[] => {
  const { capMs, shift: hours } = rule.missingEnd;
  const { maxSpanMs } = rule;
  const startMs = spans[0]?.fromMs ?? tail.fromMs;
  // A sign after the maximum closes at once; what lies beyond is cut away.
  const longest =
    maxSpanMs === undefined
      ? []
      : [{ atMs: later(tail.fromMs, shift(startMs, maxSpanMs)), because: MAXIMUM }];
  const caps =
    capMs === undefined ? [] : [{ atMs: shift(tail.fromMs, capMs), because: { clause: 'missingEnd.cap' } }];
  if (hours === undefined) return [...caps, ...longest];
  // A sign outside the hours is the last thing that is known of the shift.
  const endMs = hours(attributes, person).openUntil(tail.fromMs) ?? tail.fromMs;
  return [{ atMs: endMs, because: { clause: 'missingEnd.closeAt shiftEnd' } }, ...caps, ...longest];
};

const earliest = (closings: readonly Closing[]): Closing | undefined =>
  closings.reduce<Closing | undefined>(
    (first, one) => (first === undefined || one.atMs < first.atMs ? one : first),
    undefined,
  );

/**
 *     last sign          next start      cap
 *     |------- inferred ------|           |      closed by whichever comes first,
 *                                                the cap only once the log's clock has reached it
 */
export const closingOf = (tail: OpenEnd, cycle: Cycle, around: Surroundings): Closing | undefined => {
  if (tail.state !== 'running') return undefined;
  const { missingEnd } = cycle.rule;
  if (missingEnd.lastSignal)
    return { atMs: tail.fromMs, because: { clause: 'missingEnd.closeAt lastSignal' } };
  const byRule = earliest(closingsByRule(tail, cycle, around.person));
  const next = missingEnd.nextStart ? around.nextStart : undefined;
  if (next !== undefined && (byRule === undefined || next.atMs <= byRule.atMs))
    return { atMs: next.atMs, because: { clause: 'missingEnd.closeAt nextStart', record: next.record } };
  return byRule !== undefined && byRule.atMs <= around.horizonMs ? byRule : undefined;
};

export const closeTail = (tail: OpenEnd, closing: Closing): readonly Span[] =>
  closing.atMs > tail.fromMs
    ? [
        {
          fromMs: tail.fromMs,
          toMs: closing.atMs,
          opened: tail.opened,
          closed: closing.because,
          grade: weakest('inferred', tail.grade),
        },
      ]
    : [];

export const tailOf = (tail: OpenEnd, cycle: Cycle, person: Person, closing: Closing | undefined): Tail => {
  const isAtOnce = cycle.rule.namesOuterEnds && closing !== undefined && closing.atMs <= tail.fromMs;
  const closesAtMs =
    tail.state === 'running' ? earliest(closingsByRule(tail, cycle, person))?.atMs : undefined;
  return {
    state: tail.state,
    fromMs: tail.fromMs,
    opened: tail.opened,
    ...(closesAtMs === undefined ? {} : { closesAtMs }),
    ...(isAtOnce ? { closed: closing.because } : {}),
  };
};
