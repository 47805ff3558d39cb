/** Limits of length: the longest and the shortest that a record may be. */
import { elapsed, later, shift } from '../../schemas/brand.ts';
import type { Span } from '../../schemas/record.ts';
import { weakest } from '../grades.ts';
import type { CompiledRule } from '../plan.ts';
import { type Account, moveAll, moveOut } from './account.ts';
import { MAXIMUM } from './missing-end.ts';

const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { fromMs, toMs }) => sum + elapsed(fromMs, toMs), 0);

/**
 *     |========== 340 h ==========|   maxSpan 10 h   ->   |= 10 h, inferred =|--- over-maximum ---|
 *
 * That it ended there is the rule's word, so what is left of a span that was cut is inferred.
 */
export const withinMaximum = (account: Account, rule: CompiledRule): Account => {
  const { maxSpanMs } = rule;
  const [first] = account.spans;
  const last = account.spans.at(-1);
  if (maxSpanMs === undefined || !first || !last) return account;
  const endMs = shift(first.fromMs, maxSpanMs);
  if (last.toMs <= endMs) return account;
  const hole = { fromMs: endMs, toMs: later(endMs, last.toMs), because: MAXIMUM };
  const { spans, subtracted } = moveOut(account, [hole], 'over-maximum', rule);
  return {
    subtracted,
    spans: spans.map((span) =>
      span.closed === MAXIMUM ? { ...span, grade: weakest('inferred', span.grade) } : span,
    ),
  };
};

/** Whether the maximum, and nothing that happened, ended the record. */
export const isCut = ({ spans }: Account): boolean =>
  spans.some(({ closed }) => closed.clause === MAXIMUM.clause);

/** What counts less than the minimum counts nothing. A record that still runs is not judged. */
export const aboveMinimum = (account: Account, rule: CompiledRule, isOpen: boolean): Account =>
  rule.minSpanMs !== undefined && !isOpen && lengthOf(account.spans) < rule.minSpanMs
    ? moveAll(account, 'under-minimum', { clause: 'minSpan' }, rule)
    : account;
