/** Spans that are too long: what a rule cut at its maximum, and what nobody works without a break. */
import type { Finding } from '../../schemas/audit.ts';
import { type DurationMs, durationMs, elapsed } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { UNASSIGNED } from '../clock/read-lines.ts';
import { byStart } from '../interval/interval.ts';
import { lengthOf } from '../interval/length.ts';
import { union } from '../interval/union.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { clockText } from './figures.ts';
import { isOfWorkClock } from './work-clock.ts';

/**
 *     spans     |== 5 h ==|== 4 h ==|   |= 1 h =|
 *     longest   |======= 9 h =======|
 *
 * Spans that touch are one: where a grade changes nobody rested.
 */
const longestOf = ({ spans }: TimeRecord): DurationMs =>
  durationMs(
    union([...spans].sort(byStart)).reduce(
      (most, { fromMs, toMs }) => Math.max(most, elapsed(fromMs, toMs)),
      0,
    ),
  );

const cutOf = ({ subtracted }: TimeRecord): DurationMs =>
  lengthOf(subtracted.filter(({ reason }) => reason === 'over-maximum'));

const longOf = ({ plan }: SubjectCase, record: TimeRecord): string | undefined => {
  if (record.flags?.includes('span-too-long') === true)
    return `cut at the maxSpan of ${record.rule}: ${clockText(cutOf(record))} beyond it do not count`;
  const limitMs = plan.rulesByName.get(record.rule)?.longMs;
  if (limitMs === undefined || record.countedMs <= limitMs) return undefined;
  if (record.actor === UNASSIGNED || !isOfWorkClock(plan, record)) return undefined;
  const longestMs = longestOf(record);
  return longestMs > limitMs
    ? `${clockText(longestMs)} without a break, more than ${clockText(limitMs)}`
    : undefined;
};

/** One finding a record. */
export const spanTooLong = (one: SubjectCase): readonly Finding[] =>
  one.records.flatMap((record) => {
    const detail = longOf(one, record);
    return detail === undefined ? [] : [{ code: 'span-too-long' as const, ...onRecord(record), detail }];
  });
