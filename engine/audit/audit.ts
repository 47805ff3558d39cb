/**
 * audit: everything that is remarkable about any set of facts, from scratch.
 *
 * The plain composition of all auditors over everything at once, as engine/answer.ts is that of the records.
 * projections/audit.ts arrives at the same list from kept rows; this is what it is compared with.
 */
import type { Finding } from '../../schemas/audit.ts';
import { type DurationMs, type IsoWeek, NO_TIME, type SubjectId, durationMs } from '../../schemas/brand.ts';
import { type TickmarkEvent, kindOfSubject } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { PersonWeek } from '../../schemas/report.ts';
import { compareText } from '../../schemas/text-order.ts';
import { answer } from '../answer.ts';
import { datesOfWeek, dayOfDate, weekOfDay } from '../calendar/date.ts';
import { derive } from '../derive.ts';
import { byStart } from '../interval/interval.ts';
import { mergesIn, rootOf } from '../merge.ts';
import { piecesOf } from '../pieces.ts';
import type { Plan } from '../plan.ts';
import { addTallies, attributed, tally } from '../tally.ts';
import type { KnownPiece, PersonCase } from './auditor.ts';
import { claimAfter, claimFinding, claimOf, observedOf } from './claim-off.ts';
import { byFindingOrder } from './order.ts';
import { findingsOfPerson } from './person-findings.ts';
import { findingsOfSubject } from './subject-findings.ts';

type RecordsBySubject = ReadonlyMap<SubjectId, readonly TimeRecord[]>;
type Merges = ReturnType<typeof mergesIn>;

/** A claim is judged by the time of all subjects that it is about; its own facts know only one of them. */
const judged = (
  plan: Plan,
  finding: Finding,
  facts: readonly TickmarkEvent[],
  records: RecordsBySubject,
  merges: Merges,
): readonly Finding[] => {
  const { code, subject, event } = finding;
  if (code !== 'claim-off' || subject === undefined) return [finding];
  const note = facts.find((fact) => fact.id === event);
  const told = note && claimOf(note);
  if (!told) return [finding];
  const claim = claimAfter(told, merges);
  const observedMs = claim.about.reduce((sum, one) => sum + observedOf(plan, records.get(one) ?? []), 0);
  const off = claimFinding(subject, claim, durationMs(observedMs));
  return off ? [off] : [];
};

const ofSubjects = (
  plan: Plan,
  facts: readonly TickmarkEvent[],
  records: RecordsBySubject,
): readonly Finding[] => {
  const merges = mergesIn(facts);
  return [...Map.groupBy(facts, ({ subject }) => rootOf(subject, merges))]
    .filter(([subject]) => plan.rulesByKind.has(kindOfSubject(subject)))
    .flatMap(([subject, own]) => {
      const { orphans } = derive(plan, subject, own);
      return findingsOfSubject(plan, subject, records.get(subject) ?? [], orphans, own).flatMap((finding) =>
        judged(plan, finding, own, records, merges),
      );
    });
};

type Whose = Pick<PersonCase, 'actor' | 'measure'>;

const weekOf = (
  plan: Plan,
  { actor, measure }: Whose,
  week: IsoWeek,
  pieces: readonly KnownPiece[],
): PersonWeek => {
  const days = new Map(
    [...Map.groupBy(pieces, ({ day }) => day)].map(([day, own]) => [
      day,
      tally(attributed(own, plan), plan.rulesByName),
    ]),
  );
  const dates = datesOfWeek(week);
  const sumOn = (weekday: number): DurationMs => {
    const date = dates[weekday];
    return (date && days.get(date)?.sumMs) ?? NO_TIME;
  };
  return {
    actor,
    week,
    measure,
    all: {
      daysMs: [sumOn(0), sumOn(1), sumOn(2), sumOn(3), sumOn(4), sumOn(5), sumOn(6)],
      tally: addTallies(days.values()),
    },
    // Reports group by these; no auditor does.
    team: null,
    kinds: {},
  };
};

const personCase = (plan: Plan, whose: Whose, records: readonly TimeRecord[]): PersonCase => {
  const pieces = records
    .flatMap((record) => piecesOf(record, plan).map((piece) => ({ ...piece, attributes: record.attributes })))
    .sort(byStart);
  const weeks = Map.groupBy(pieces, ({ day }) => weekOfDay(dayOfDate(day)));
  return {
    plan,
    ...whose,
    pieces,
    weeks: [...weeks].map(([week, own]) => weekOf(plan, whose, week, own)),
    // The order in which rows are kept: targets are named in it.
    allocated: records
      .filter(({ allocation }) => allocation !== undefined)
      .sort((a, b) => compareText(a.id, b.id)),
  };
};

const ofPeople = (plan: Plan, records: readonly TimeRecord[]): readonly Finding[] =>
  [...Map.groupBy(records, ({ actor, measure }) => JSON.stringify([actor, measure])).values()].flatMap(
    (own) => {
      const [first] = own;
      if (!first) return [];
      const { actor, measure } = first;
      const one = personCase(plan, { actor, measure }, own);
      return one.pieces.length === 0 ? [] : findingsOfPerson(one);
    },
  );

/** In order. `facts` of any subjects in any order; `records`: what these facts come to, as `answer` gives them. */
export const audit = (
  plan: Plan,
  facts: readonly TickmarkEvent[],
  records: readonly TimeRecord[] = answer(plan, facts),
): readonly Finding[] => {
  const distinct = [...new Map(facts.map((fact) => [fact.id, fact])).values()];
  const bySubject = Map.groupBy(records, ({ subject }) => subject);
  return [...ofSubjects(plan, distinct, bySubject), ...ofPeople(plan, records)].sort(byFindingOrder);
};
