/**
 * settle: from a cycle to its record. What has no end is closed here; then every policy of the rule has its say, in a
 * fixed order; then rounding, and the shares.
 */
import { type InstantMs, type RecordId, durationMs, instantMs, recordId } from '../schemas/brand.ts';
import type { FindingCode } from '../schemas/audit.ts';
import { GRADES, type Method, type Span, type TimeRecord } from '../schemas/record.ts';
import { allocate } from './allocation.ts';
import { UNASSIGNED } from './clock/read-lines.ts';
import type { Cycle } from './cycle.ts';
import { gradesOf } from './grades.ts';
import type { Interval } from './interval/interval.ts';
import { type Account, moveAll, moveOut } from './policy/account.ts';
import { isLate, withoutUnapproved } from './policy/back-fill.ts';
import { withoutRemoved } from './policy/corrected.ts';
import { withoutExempt } from './policy/exempt.ts';
import { idleIn } from './policy/idle.ts';
import { type Surroundings, closeTail, closingOf, tailOf } from './policy/missing-end.ts';
import { withinCalendar } from './policy/off-calendar.ts';
import { withPreset } from './policy/preset.ts';
import { withoutUnknown } from './policy/unknown.ts';
import { aboveMinimum, isCut, withinMaximum } from './policy/spans.ts';
import { withoutCounted } from './merge.ts';
import { round } from './rounding.ts';

/** Whether closing this tail needs to know when the person started on something else. Nobody is not a person. */
export const needsNextStart = ({ rule, tail }: Cycle): boolean =>
  tail?.state === 'running' &&
  rule.missingEnd.nextStart &&
  !rule.missingEnd.lastSignal &&
  tail.actor !== UNASSIGNED;

const boundsOf = (cycle: Cycle, { spans, subtracted }: Account): Interval => {
  const all = [...spans, ...subtracted, ...(cycle.tail ? [{ ...cycle.tail, toMs: cycle.tail.fromMs }] : [])];
  const [first] = all;
  if (!first) throw new Error(`cycle without a stretch: ${cycle.subject} ${cycle.rule.name}`);
  let { fromMs, toMs }: Interval = first;
  for (const stretch of all) {
    if (stretch.fromMs < fromMs) fromMs = stretch.fromMs;
    if (stretch.toMs > toMs) toMs = stretch.toMs;
  }
  return { fromMs, toMs };
};

export const recordIdOf = ({ subject, rule, number, actor }: Cycle): RecordId =>
  recordId(`${subject}/${rule.name}#${number}@${actor}`);

/** The first instant of a cycle. */
export const startOf = ({ spans, subtracted, tail }: Cycle): InstantMs =>
  instantMs(
    Math.min(spans[0]?.fromMs ?? Infinity, subtracted[0]?.fromMs ?? Infinity, tail?.fromMs ?? Infinity),
  );

/**
 * Records that begin in one instant and have no end since would all end each other, and nothing would be left. So each
 * is ended only by those behind it by id, and the last goes on. A record that began earlier has no such tie.
 */
export const rankInTie = (cycle: Cycle): RecordId | undefined =>
  startOf(cycle) === cycle.tail?.fromMs ? recordIdOf(cycle) : undefined;

/** Every policy in its turn: what somebody took out, then what the rule allows, then where and when it counts. */
const applyPolicies = (
  cycle: Cycle,
  spans: readonly Span[],
  isOpen: boolean,
  around: Surroundings,
): Account => {
  const { rule, attributes, words } = cycle;
  const { person } = around;
  let account: Account = { spans, subtracted: cycle.subtracted };
  if (around.counted) account = withoutCounted(account, around.counted, rule);
  account = withoutUnknown(account, around.outages, rule);
  account = withPreset(account, cycle, isOpen);
  account = withoutRemoved(account, cycle);
  account = withinMaximum(account, rule);
  account = withoutUnapproved(account, cycle);
  account = withinCalendar(account, rule.hours?.(attributes, person), rule);
  account = moveOut(account, idleIn(spans, rule, person), 'idle', rule);
  account = withoutExempt(account, cycle, person);
  account = aboveMinimum(account, rule, isOpen);
  return words.retracted === undefined
    ? account
    : moveAll(account, 'retracted', { clause: 'retraction', event: words.retracted }, rule);
};

const flagsOf = (
  cycle: Cycle,
  account: Account,
  before: Account,
  isSupplied: boolean,
): readonly FindingCode[] => {
  const flags: FindingCode[] = [...cycle.flags];
  if (isSupplied && cycle.rule.missingEnd.flags) flags.push('end-supplied');
  if (isCut(account)) flags.push('span-too-long');
  if (isLate(before, cycle, cycle.rule.lateMs)) flags.push('late-entry');
  if (account.subtracted.some(({ reason }) => reason === 'unapproved')) flags.push('needs-approval');
  return flags;
};

/** How a stretch came to be timed. */
export const methodOf = ({ opened, grade }: Pick<Span, 'opened' | 'grade'>): Method => {
  // What a correction or a preset only cut is still known as it was.
  if (grade !== 'declared') return 'auto';
  if (opened.clause === 'correction') return 'adjustment';
  return opened.clause === 'preset' ? 'preset' : 'manual';
};

/** A record is timed as its first stretch that is not timed from signals alone. */
const methodOfAll = (spans: readonly Span[], tail: Cycle['tail']): Method =>
  spans.map(methodOf).find((method) => method !== 'auto') ?? (tail ? methodOf(tail) : 'auto');

/** The record of one cycle. Pure: the same cycle in the same surroundings gives the same record. */
export const settle = (cycle: Cycle, around: Surroundings): TimeRecord => {
  const { subject, rule, actor, words } = cycle;
  const tail = words.retracted === undefined ? cycle.tail : undefined;
  const closing = tail && closingOf(tail, cycle, around);
  const known = tail && closing ? [...cycle.spans, ...closeTail(tail, closing)] : cycle.spans;
  const isOpen = tail !== undefined && closing === undefined;
  const account = applyPolicies(cycle, known, isOpen, around);
  const { spans, subtracted } = account;
  const gradesMs = gradesOf(spans);
  const countedMs = durationMs(GRADES.reduce((sum, grade) => sum + gradesMs[grade], 0));
  const roundedMs = rule.rounding.scope === 'record' ? round(countedMs, rule.rounding) : countedMs;
  const flags = flagsOf(cycle, account, { spans: known, subtracted: [] }, closing !== undefined);
  const shares = words.allocations.get(actor) ?? rule.allocation?.shares;
  return {
    id: recordIdOf(cycle),
    subject,
    kind: rule.kind,
    rule: rule.name,
    measure: rule.measure,
    actor,
    cycle: cycle.number,
    status: words.retracted !== undefined ? 'retracted' : isOpen ? tail.state : 'closed',
    method: methodOfAll([...spans, ...known], tail),
    ...boundsOf(cycle, { spans: [...known, ...spans], subtracted: [...cycle.subtracted, ...subtracted] }),
    countedMs,
    roundedMs,
    gradesMs,
    spans,
    subtracted,
    ...(tail ? { tail: tailOf(tail, cycle, around.person, closing) } : {}),
    ...(flags.length > 0 ? { flags } : {}),
    ...(shares && countedMs > 0
      ? { allocation: allocate(roundedMs, shares, rule.allocation?.unitMs ?? durationMs(1_000)) }
      : {}),
    attributes: cycle.attributes,
    facts: cycle.facts,
  };
};
