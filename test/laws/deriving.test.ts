/** Laws of deriving: what must not make a difference, and what no second can be without. */
import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { type Cycle, type Plan, answer, audit, derive, mergesIn, rootOf } from '../../engine/index.ts';
import type { SubjectId } from '../../schemas/brand.ts';
import { EVENT_TYPES, type TickmarkEvent, isTimed, isTimedByReceipt } from '../../schemas/event.ts';
import type { Because, Span, TimeRecord } from '../../schemas/record.ts';
import {
  PLANS,
  RUNS,
  UNROUNDED_TWINS,
  delivered,
  deliveries,
  histories,
  plans,
  selfContained,
} from '../support/arbitraries.ts';

// Two thousand tries on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

/** Byte for byte, order of keys included. */
const bytes = (records: readonly TimeRecord[]): string =>
  records.map((one) => JSON.stringify(one)).join('\n');

const cyclesOf = (plan: Plan, facts: readonly TickmarkEvent[]): readonly Cycle[] =>
  [...Map.groupBy(facts, ({ subject }) => subject)].flatMap(
    ([subject, own]) => derive(plan, subject, own).cycles,
  );

/** Without the compiled rule, which is functions; ordered, as halves have another order. */
const cycleTexts = (cycles: readonly Cycle[]): readonly string[] =>
  cycles.map(({ rule, ...cycle }) => JSON.stringify({ ...cycle, rule: rule.name })).sort();

/** Of every fact that was told again the word that was told last; of people and of sources all of them. */
const toldLast = (facts: readonly TickmarkEvent[]): readonly TickmarkEvent[] =>
  [...Map.groupBy(facts, ({ id, fact = id }) => fact).values()].flatMap((words) =>
    ['person', 'presence', 'source'].includes(EVENT_TYPES[words[0]?.type ?? 'PersonActive'].kind)
      ? words
      : words.toSorted((a, b) => (a.revision ?? 0) - (b.revision ?? 0)).slice(-1),
  );

/** What is said of a period: its event does not happen at the ends of what it speaks of. */
const SAID = /^(correction|retraction|exempt\.granted|outage)$/;

/** What cut it short afterwards: a correction may have cut what was only assumed, and a cap may have supplied what counts it already. */
const isCut = ({ clause }: Because): boolean => SAID.test(clause) || clause === 'counted-already';

/** Ends at a fact, whatever else may come. */
const isProved = ({ closed, grade }: Span): boolean =>
  closed.event !== undefined && grade !== 'inferred' && !isCut(closed);

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

  it('what a source said before it corrected itself', () => {
    const counted = (records: readonly TimeRecord[]) => bytes(records.map((one) => ({ ...one, facts: 1 })));
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const corrected = toldLast(facts);
        equal(counted(answer(plan, facts, horizonMs)), counted(answer(plan, corrected, horizonMs)));
        deepEqual(
          audit(plan, facts, answer(plan, facts, horizonMs)),
          audit(plan, corrected, answer(plan, corrected, horizonMs)),
        );
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
      fc.property(selfContained, histories, ({ plan }, { facts, horizonMs }) => {
        const whole = answer(plan, facts, horizonMs);
        const merges = mergesIn(facts);
        // Who was merged with whom, and when the source was down, is of no subject alone.
        const beside: ReadonlySet<string> = new Set(['any', 'source']);
        const isOwn = (subject: SubjectId, fact: TickmarkEvent): boolean =>
          rootOf(fact.subject, merges) === subject || beside.has(EVENT_TYPES[fact.type].kind);
        for (const subject of new Set(facts.map((fact) => rootOf(fact.subject, merges)))) {
          const own = facts.filter((fact) => isOwn(subject, fact));
          const ofSubject = (records: readonly TimeRecord[]) =>
            bytes(records.filter((record) => record.subject === subject));
          equal(ofSubject(answer(plan, own, horizonMs)), ofSubject(whole));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('to raw figures how they are rounded', () => {
    fc.assert(
      fc.property(fc.constantFrom(...UNROUNDED_TWINS), histories, ([plan, twin], { facts, horizonMs }) => {
        const raw = (one: Plan) =>
          bytes(
            answer(one, facts, horizonMs).map(({ allocation: _, ...record }) => ({
              ...record,
              roundedMs: record.countedMs,
            })),
          );
        equal(raw(plan), raw(twin));
      }),
      { numRuns: RUNS },
    );
  });

  it('to what is counted that the log goes on, except to what the rules may close', () => {
    const proved = (records: readonly TimeRecord[], which: (record: TimeRecord) => boolean) =>
      records.filter(which).map(({ id, spans }) => [id, spans.filter(isProved)]);
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const [sooner, after] = [answer(plan, facts), answer(plan, facts, horizonMs)];
        const before = new Map(sooner.map(({ id, status }) => [id, status]));
        const now = new Map(after.map(({ id, status }) => [id, status]));
        const merges = mergesIn(facts);
        const heirs = new Set([...merges.keys()].map((merged) => rootOf(merged, merges)));
        // A limit of length is held against a record when it is closed; what one subject counts another does not.
        const isLimited = ({ rule }: TimeRecord): boolean => {
          const { minSpanMs, maxSpanMs, preset } = plan.rulesByName.get(rule) ?? {};
          return (minSpanMs ?? maxSpanMs ?? preset) !== undefined;
        };
        const which = (record: TimeRecord): boolean =>
          !heirs.has(record.subject) && (!isLimited(record) || before.get(record.id) === now.get(record.id));
        deepEqual(proved(after, which), proved(sooner, which));
      }),
      { numRuns: RUNS },
    );
  });
});

const POLICY =
  /^(missingEnd\.(closeAt (nextStart|lastSignal|shiftEnd)|cap)|interruption\.keepUpTo|calendar|maxSpan|minSpan|idle|preset|backfill|exempt\.when|of|merged|counted-already|session\.(before|after))$/;
/** Policies that cite the fact which made them hold, whenever it was told. */
const CAUSED = /^(merged|counted-already|exempt\.when)$/;
const ASSUMED = /^(missingEnd|interruption|session)\.|^(maxSpan|missingStart\.duration)$/;

type Known = ReadonlyMap<string, TickmarkEvent>;

const tellsFields = ({ data }: TickmarkEvent): boolean =>
  'status' in data || ('attributes' in data && data.attributes !== undefined) || 'actor' in data;

/** An end of a stretch is a fact that was given, or a policy that is named. A level may have held for a while. */
const expectProof = ({ clause, event }: Because, at: number, known: Known): void => {
  if (event === undefined) {
    // An addition that others interrupt says nothing about what lies between.
    match(clause, clause === 'correction' ? SAID : POLICY);
    return;
  }
  const fact = known.get(event);
  ok(fact);
  if (SAID.test(clause) || CAUSED.test(clause)) return;
  doesNotMatch(clause, POLICY);
  if (clause === 'missingStart.duration') ok(at <= fact.occurredAt);
  else ok(fact.occurredAt === at || (fact.occurredAt < at && tellsFields(fact)));
};

/** What the ends of a span allow to be said about it at the most. What cut it short does not count. */
const expectGrade = ({ opened, closed, grade }: Span, known: Known): void => {
  if (opened.clause === 'preset') return equal(grade, 'declared');
  if (opened.clause === 'correction' && closed.clause === 'correction' && grade === 'declared') return;
  const ends = [opened, closed].flatMap(({ event, clause }) =>
    SAID.test(clause) || CAUSED.test(clause) ? [] : (known.get(event ?? '') ?? []),
  );
  const isDeclared = ends.some(({ type }) => EVENT_TYPES[type].testimony === 'person');
  if (isDeclared) equal(grade, 'declared');
  else if (ASSUMED.test(opened.clause) || ASSUMED.test(closed.clause))
    ok(['inferred', 'declared'].includes(grade));
  else if (ends.length === 2) equal(grade, ends.some(isTimedByReceipt) ? 'inferred' : 'observed');
};

/** Its stretches are those of other records, with their ends. */
const isMadeOfOthers = ({ rulesByName }: Plan, rule: string): boolean =>
  rulesByName.get(rule)?.source.from === 'rules';

describe('no second is invented', () => {
  it('every stretch begins and ends at a fact that was given, or by a policy that is named', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const known = new Map(facts.map((fact) => [fact.id as string, fact]));
        for (const { rule, spans, subtracted, tail, flags } of answer(plan, facts, horizonMs)) {
          if (isMadeOfOthers(plan, rule)) continue;
          for (const { opened, closed, fromMs, toMs } of [...spans, ...subtracted]) {
            expectProof(opened, fromMs, known);
            // An end that was told to lie before its start is brought to the start.
            const isBrought = flags?.includes('negative-span') === true && fromMs === toMs;
            expectProof(closed, isBrought ? (known.get(closed.event ?? '')?.occurredAt ?? NaN) : toMs, known);
          }
          if (tail) expectProof(tail.opened, tail.fromMs, known);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('what two clocks bound is observed, what a person bounds is declared, what a policy or a receipt bounds is inferred', () => {
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
        // What was retracted never was: it ends nothing.
        const records = answer(plan, facts, horizonMs).filter(({ status }) => status !== 'retracted');
        const timed = records.filter(({ rule }) => !isMadeOfOthers(plan, rule));
        for (const { id: own, subject, actor, measure, spans, fromMs: beganMs } of timed)
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
        for (const { rule, spans, tail, status } of answer(plan, facts, horizonMs)) {
          if (isMadeOfOthers(plan, rule)) continue;
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
        // A subject that goes on as another one ends there.
        const endsOrWorks = (fact: TickmarkEvent): boolean => isTimed(fact) || fact.type === 'SubjectMerged';
        const merges = mergesIn(facts);
        const added = facts.flatMap(({ type, data }) => (type === 'TimeCorrected' ? [data] : []));
        for (const { subject, fromMs, toMs } of answer(PLANS.standard, facts, horizonMs)) {
          const own = facts.filter((fact) => rootOf(fact.subject, merges) === subject);
          const timed = own.filter(endsOrWorks).map(({ occurredAt }) => occurredAt);
          ok(fromMs >= Math.min(...timed, ...added.map((one) => one.fromMs)));
          // The longest cap of the standard rules is 10 h, and no cap has passed that the log has not reached.
          const lastMs = Math.min(horizonMs, Math.max(...timed) + 10 * 3_600_000);
          ok(toMs <= Math.max(lastMs, ...added.map((one) => one.toMs)));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
