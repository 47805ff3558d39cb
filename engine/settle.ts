/** settle: from a cycle to its record. What has no end is closed here, then the calendar, then rounding. */
import { type InstantMs, type RecordId, durationMs, instantMs, recordId, shift } from '../schemas/brand.ts';
import { type Because, GRADES, type Span, type Tail, type TimeRecord } from '../schemas/record.ts';
import { UNASSIGNED } from './clock.ts';
import type { Cycle } from './cycle.ts';
import { gradesOf, weakest } from './grades.ts';
import type { Interval } from './interval/interval.ts';
import { applyCalendar } from './off-calendar.ts';
import type { CompiledRule } from './plan.ts';
import { round } from './rounding.ts';
import type { OpenEnd } from './stretch.ts';

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
}

/** Whether closing this tail needs to know when the person started on something else. Nobody is not a person. */
export const needsNextStart = ({ rule, tail }: Cycle): boolean =>
  tail?.state === 'running' && rule.missingEnd.closeAt === 'nextStart' && tail.actor !== UNASSIGNED;

/** When the rule's cap would close the tail. */
const capEnd = (tail: OpenEnd, rule: CompiledRule): InstantMs | undefined =>
  tail.state === 'running' && rule.missingEnd.capMs !== undefined
    ? shift(tail.fromMs, rule.missingEnd.capMs)
    : undefined;

interface Closing {
  readonly atMs: InstantMs;
  readonly because: Because;
}

/**
 *     last sign          next start      cap
 *     |------- inferred ------|           |      closed by whichever comes first,
 *                                                the cap only once the log's clock has reached it
 */
const closingOf = (tail: OpenEnd, rule: CompiledRule, around: Surroundings): Closing | undefined => {
  if (tail.state !== 'running') return undefined;
  if (rule.missingEnd.closeAt === 'lastSignal')
    return { atMs: tail.fromMs, because: { clause: 'missingEnd.closeAt lastSignal' } };
  const capMs = capEnd(tail, rule);
  const next = rule.missingEnd.closeAt === 'nextStart' ? around.nextStart : undefined;
  if (next !== undefined && (capMs === undefined || next.atMs <= capMs))
    return { atMs: next.atMs, because: { clause: 'missingEnd.closeAt nextStart', record: next.record } };
  if (capMs !== undefined && capMs <= around.horizonMs)
    return { atMs: capMs, because: { clause: 'missingEnd.cap' } };
  return undefined;
};

const closeTail = (tail: OpenEnd, closing: Closing): readonly Span[] =>
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

const tailOf = (tail: OpenEnd, rule: CompiledRule): Tail => {
  const closesAtMs = capEnd(tail, rule);
  return {
    state: tail.state,
    fromMs: tail.fromMs,
    opened: tail.opened,
    ...(closesAtMs === undefined ? {} : { closesAtMs }),
  };
};

const boundsOf = (cycle: Cycle, spans: readonly Span[]): Interval => {
  const all = [
    ...spans,
    ...cycle.subtracted,
    ...(cycle.tail ? [{ ...cycle.tail, toMs: cycle.tail.fromMs }] : []),
  ];
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

/** The record of one cycle. Pure: the same cycle in the same surroundings gives the same record. */
export const settle = (cycle: Cycle, around: Surroundings): TimeRecord => {
  const { subject, rule, actor, tail } = cycle;
  const closing = tail && closingOf(tail, rule, around);
  const spans = tail && closing ? [...cycle.spans, ...closeTail(tail, closing)] : cycle.spans;
  const { counted, subtracted } = applyCalendar(spans, cycle.subtracted, rule.calendar);
  const gradesMs = gradesOf(counted);
  const countedMs = durationMs(GRADES.reduce((sum, grade) => sum + gradesMs[grade], 0));
  return {
    id: recordIdOf(cycle),
    subject,
    kind: rule.kind,
    rule: rule.name,
    measure: rule.measure,
    actor,
    cycle: cycle.number,
    status: tail && !closing ? tail.state : 'closed',
    method: cycle.method,
    ...boundsOf(cycle, spans),
    countedMs,
    roundedMs: rule.rounding.scope === 'record' ? round(countedMs, rule.rounding) : countedMs,
    gradesMs,
    spans: counted,
    subtracted,
    ...(tail ? { tail: tailOf(tail, rule) } : {}),
    attributes: cycle.attributes,
    facts: cycle.facts,
  };
};
