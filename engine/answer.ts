/**
 * answer: the records of any set of facts, from scratch.
 *
 * The plain composition of derive and settle over everything at once. Projections arrive at the same records
 * step by step; this is what they are compared with.
 */
import { type InstantMs, instantMs } from '../schemas/brand.ts';
import { type TickmarkEvent, isTimed } from '../schemas/event.ts';
import type { TimeRecord } from '../schemas/record.ts';
import { compareText } from '../schemas/text-order.ts';
import type { Cycle } from './cycle.ts';
import { derive } from './derive.ts';
import type { Plan } from './plan.ts';
import { type NextStart, needsNextStart, rankInTie, recordIdOf, settle, startOf } from './settle.ts';

const nextStart = (cycle: Cycle, all: readonly Cycle[]): NextStart | undefined => {
  const from = cycle.tail?.fromMs;
  if (!needsNextStart(cycle) || from === undefined) return undefined;
  const rank = rankInTie(cycle);
  return all
    .filter(
      ({ subject, actor, rule }) =>
        subject !== cycle.subject && actor === cycle.actor && rule.measure === cycle.rule.measure,
    )
    .map((other) => ({ atMs: startOf(other), record: recordIdOf(other), tailMs: other.tail?.fromMs }))
    .filter(({ atMs }) => atMs >= from)
    .filter(
      ({ atMs, record, tailMs }) =>
        atMs > from || tailMs !== atMs || rank === undefined || compareText(record, rank) > 0,
    )
    .map(({ atMs, record }) => ({ atMs, record }))
    .sort((a, b) => a.atMs - b.atMs || compareText(a.record, b.record))[0];
};

/** The latest instant among the facts about work: the log's own clock. */
export const horizonOf = (facts: readonly TickmarkEvent[]): InstantMs =>
  instantMs(
    facts.filter(isTimed).reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), -Infinity),
  );

/** Ordered by start, then id. `facts` of any subjects in any order; the same id twice counts once. */
export const answer = (
  plan: Plan,
  facts: readonly TickmarkEvent[],
  horizonMs: InstantMs = horizonOf(facts),
): readonly TimeRecord[] => {
  const distinct = [...new Map(facts.map((fact) => [fact.id, fact])).values()];
  const cycles = [...Map.groupBy(distinct, ({ subject }) => subject)].flatMap(([subject, own]) =>
    derive(plan, subject, own),
  );
  return cycles
    .map((cycle) => settle(cycle, { nextStart: nextStart(cycle, cycles), horizonMs }))
    .sort((a, b) => a.fromMs - b.fromMs || compareText(a.id, b.id));
};
