/** Laws of deriving: what must not make a difference, and what no second can be without. */
import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { type Cycle, type Plan, answer, derive } from '../../engine/index.ts';
import { EVENT_TYPES, type TickmarkEvent } from '../../schemas/event.ts';
import type { Because, Span, TimeRecord } from '../../schemas/record.ts';
import {
  PLANS,
  RUNS,
  SELF_CONTAINED,
  UNROUNDED_TWIN,
  delivered,
  deliveries,
  histories,
  plans,
} from '../support/arbitraries.ts';

// Two thousand tries on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 });

/** Byte for byte, order of keys included. */
const bytes = (records: readonly TimeRecord[]): string =>
  records.map((one) => JSON.stringify(one)).join('\n');

const cyclesOf = (plan: Plan, facts: readonly TickmarkEvent[]): readonly Cycle[] =>
  [...Map.groupBy(facts, ({ subject }) => subject)].flatMap(([subject, own]) => derive(plan, subject, own));

/** Without the compiled rule, which is functions; ordered, as halves have another order. */
const cycleTexts = (cycles: readonly Cycle[]): readonly string[] =>
  cycles.map(({ rule, ...cycle }) => JSON.stringify({ ...cycle, rule: rule.name })).sort();

describe('it makes no difference', () => {
  it('in which order facts arrive, and how often', () => {
    fc.assert(
      fc.property(plans, histories, deliveries, ({ plan }, { facts, horizonMs }, delivery) => {
        const once = answer(plan, facts, horizonMs);
        equal(bytes(answer(plan, delivered(facts, delivery), horizonMs)), bytes(once));
      }),
      { numRuns: RUNS },
    );
  });

  it('to a subject what happens to others: deriving two halves is deriving the whole', () => {
    fc.assert(
      fc.property(plans, histories, fc.nat(31), ({ plan }, { facts }, cut) => {
        const inFirst = ({ subject }: TickmarkEvent): boolean => ((cut >> Number(subject.at(-1))) & 1) === 1;
        const first = facts.filter(inFirst);
        const second = facts.filter((fact) => !inFirst(fact));
        const halves = [...cyclesOf(plan, first), ...cyclesOf(plan, second)];
        deepEqual(cycleTexts(halves), cycleTexts(cyclesOf(plan, facts)));
      }),
      { numRuns: RUNS },
    );
  });

  it('to a record what happens to other subjects, under rules that do not look there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SELF_CONTAINED), histories, (plan, { facts, horizonMs }) => {
        const whole = answer(plan, facts, horizonMs);
        for (const [subject, own] of Map.groupBy(facts, (fact) => fact.subject))
          equal(
            bytes(answer(plan, own, horizonMs)),
            bytes(whole.filter((record) => record.subject === subject)),
          );
      }),
      { numRuns: RUNS },
    );
  });

  it('to raw figures how they are rounded', () => {
    fc.assert(
      fc.property(histories, ({ facts, horizonMs }) => {
        const raw = (plan: Plan) =>
          bytes(answer(plan, facts, horizonMs).map((record) => ({ ...record, roundedMs: record.countedMs })));
        equal(raw(PLANS.everything), raw(UNROUNDED_TWIN));
      }),
      { numRuns: RUNS },
    );
  });

  it('to what is counted that the log goes on, except to what the rules may close', () => {
    const proved = (records: readonly TimeRecord[]) =>
      records.map(({ id, spans }) => [id, spans.filter(({ closed }) => closed.event !== undefined)]);
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        deepEqual(proved(answer(plan, facts, horizonMs)), proved(answer(plan, facts)));
      }),
      { numRuns: RUNS },
    );
  });
});

const POLICY = /^(missingEnd\.(closeAt (nextStart|lastSignal)|cap)|interruption\.keepUpTo|calendar)$/;
const ASSUMED = /^(missingEnd|interruption)\./;

type Known = ReadonlyMap<string, TickmarkEvent>;

/** An end of a stretch is a fact that was given, or a policy that is named. */
const expectProof = ({ clause, event }: Because, at: number, known: Known): void => {
  if (event === undefined) match(clause, POLICY);
  else {
    equal(known.get(event)?.occurredAt, at);
    doesNotMatch(clause, POLICY);
  }
};

/** What the ends of a span allow to be said about it at the most. */
const expectGrade = ({ opened, closed, grade }: Span, known: Known): void => {
  const ends = [opened, closed].flatMap(({ event }) => known.get(event ?? '') ?? []);
  const isDeclared = ends.some(({ type }) => EVENT_TYPES[type].testimony === 'person');
  if (isDeclared) equal(grade, 'declared');
  else if (ASSUMED.test(opened.clause) || ASSUMED.test(closed.clause))
    ok(['inferred', 'declared'].includes(grade));
  else if (ends.length === 2) equal(grade, 'observed');
};

describe('no second is invented', () => {
  it('every stretch begins and ends at a fact that was given, or by a policy that is named', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const known = new Map(facts.map((fact) => [fact.id as string, fact]));
        for (const { spans, subtracted, tail } of answer(plan, facts, horizonMs)) {
          for (const { opened, closed, fromMs, toMs } of [...spans, ...subtracted]) {
            expectProof(opened, fromMs, known);
            expectProof(closed, toMs, known);
          }
          if (tail) expectProof(tail.opened, tail.fromMs, known);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('what two signals bound is observed, what a person bounds is declared, what a policy bounds is inferred', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const known = new Map(facts.map((fact) => [fact.id as string, fact]));
        for (const { spans } of answer(plan, facts, horizonMs))
          for (const span of spans) expectGrade(span, known);
      }),
      { numRuns: RUNS },
    );
  });

  it('an end that the next start stands in for names that start, and it is the next', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const records = answer(plan, facts, horizonMs);
        for (const { id: own, subject, actor, measure, spans, fromMs: beganMs } of records)
          for (const { fromMs, toMs, closed } of spans.filter((span) => span.closed.record !== undefined)) {
            const others = records.filter(
              (other) => other.subject !== subject && other.actor === actor && other.measure === measure,
            );
            equal(others.find(({ id }) => id === closed.record)?.fromMs, toMs);
            // Of records that begin in one instant and lack their end, each is ended by those behind it only.
            const tied = (other: TimeRecord): boolean =>
              beganMs === fromMs && other.tail?.fromMs === fromMs && other.id < own;
            deepEqual(
              others.filter((other) => other.fromMs >= fromMs && other.fromMs < toMs && !tied(other)),
              [],
            );
          }
      }),
      { numRuns: RUNS },
    );
  });

  it('an end that the cap stands in for is where the record said that it would be', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        for (const { spans, tail, status } of answer(plan, facts, horizonMs)) {
          for (const { toMs } of spans.filter(({ closed }) => closed.clause === 'missingEnd.cap'))
            equal(tail?.closesAtMs, toMs);
          if (status === 'running' && tail?.closesAtMs !== undefined) ok(tail.closesAtMs > horizonMs);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('nothing counts before the first fact of the subject, nor after its last sign and the longest cap', () => {
    fc.assert(
      fc.property(histories, ({ facts, horizonMs }) => {
        for (const { subject, fromMs, toMs } of answer(PLANS.standard, facts, horizonMs)) {
          const own = facts.filter((fact) => fact.subject === subject).map(({ occurredAt }) => occurredAt);
          ok(fromMs >= Math.min(...own));
          // The longest cap of the standard rules is 10 h, and no cap has passed that the log has not reached.
          ok(toMs <= Math.min(horizonMs, Math.max(...own) + 10 * 3_600_000));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
