/** A part of a rebuild: some of the log's subjects derived from nothing, and the days of some of its people. */
import type { ActorId, SubjectId } from '../schemas/brand.ts';
import { type TickmarkEvent, kindOfSubject } from '../schemas/event.ts';
import type { Finding } from '../schemas/audit.ts';
import type { Piece, TimeRecord } from '../schemas/record.ts';
import {
  type Cycle,
  type Derivation,
  type NextStart,
  type Outage,
  type Person,
  type Plan,
  UNKNOWN_PERSON,
  derive,
  findingsOfSubject,
  needsNextStart,
  piecesOf,
  rankInTie,
  settleSubject,
} from '../engine/index.ts';
import { instantMs } from '../schemas/brand.ts';
import { newDayBook } from './day-book.ts';
import type { Ground, StreamedLog } from './ground.ts';
import { factsOf, outagesIn, personIn } from './page.ts';
import type { LoadedRecord, RowLoad } from './rebuild-ports.ts';
import { type Share, isOwn } from './share.ts';
import { type Starts, type StartsByPerson, newStarts } from './starts.ts';
import { beginsSomething } from './subject.ts';

export interface PartContext {
  readonly plan: Plan;
  readonly log: StreamedLog;
  readonly ground: Ground;
  readonly load: Pick<RowLoad, 'put'>;
}

/** The four steps of a part, in this order. Between them the parts hand one another what they need. */
export interface RebuildPart {
  /** Derives the streams of a page, but for those who are merged with others. */
  page(number: number): Promise<void>;
  /** Derives a subject together with those who were merged into it. */
  family(root: SubjectId): Promise<void>;
  /** What was begun in its subjects. */
  starts(): StartsByPerson;
  /** Settles what waits for the next start of its person, once it is told what the others have begun. */
  close(others: readonly StartsByPerson[]): Promise<void>;
  /** Gives away the pieces of the people of another share. */
  pieces(share: Share): readonly Piece[];
  /** Adds up the days and weeks of the people that it has, once it is told their pieces from the others. */
  addUp(others: readonly Piece[]): Promise<void>;
}

interface Derived extends Derivation {
  readonly subject: SubjectId;
  readonly facts: readonly TickmarkEvent[];
}

type Batch = { readonly records: LoadedRecord[]; readonly findings: Finding[] };
type Next = (cycle: Cycle) => NextStart | undefined;

const NO_OUTAGES: readonly Outage[] = [];
const BEGINNING = instantMs(Number.MIN_SAFE_INTEGER);

/** The measures in which a start ends what is open. */
const measuresOfStarts = ({ rulesByName }: Plan): ReadonlySet<string> =>
  new Set(
    [...rulesByName.values()].flatMap(({ missingEnd, measure }) => (missingEnd.nextStart ? [measure] : [])),
  );

/** Everybody and everything that surrounds subjects, each read once. */
const surroundingsOf = ({ plan, log, ground }: PartContext) => ({
  plan,
  log,
  inPage: new Map(),
  endPosition: ground.survey.position,
  people: new Map<ActorId, Person>(),
  outages: new Map<string, readonly Outage[]>(),
});
type Surroundings = ReturnType<typeof surroundingsOf>;

const lacksEnd = ({ tail }: Cycle): boolean => tail !== undefined;

/** Reads what these subjects ask of their surroundings, so that they can be settled without waiting for each. */
const learn = async (known: Surroundings, subjects: readonly Derived[]): Promise<void> => {
  for (const { cycles } of subjects) {
    if (known.plan.asksPerson)
      for (const { actor } of cycles) if (!known.people.has(actor)) await personIn(known, actor);
    if (cycles.some(lacksEnd))
      await outagesIn(
        known,
        cycles.flatMap(({ sources }) => sources),
      );
  }
};

/** Only where an end is missing does it matter that nobody could tell it. */
const outagesOf = ({ outages }: Surroundings, cycles: readonly Cycle[]): readonly Outage[] =>
  cycles.some(lacksEnd)
    ? [...new Set(cycles.flatMap(({ sources }) => sources))].flatMap((source) => outages.get(source) ?? [])
    : NO_OUTAGES;

const settled = (
  { plan, ground }: PartContext,
  known: Surroundings,
  derived: Derived,
  next: Next,
): readonly TimeRecord[] => {
  const { subject, cycles } = derived;
  const outages = outagesOf(known, cycles);
  const horizonMs = ground.survey.horizonMs ?? BEGINNING;
  const personOf = (actor: ActorId): Person =>
    plan.asksPerson && cycles.some((cycle) => cycle.actor === actor)
      ? (known.people.get(actor) ?? UNKNOWN_PERSON)
      : UNKNOWN_PERSON;
  return settleSubject(plan, subject, derived, (actor, cycle) => ({
    nextStart: cycle && next(cycle),
    horizonMs,
    person: personOf(actor),
    outages,
  }));
};

const noNext: Next = () => undefined;

const nextIn =
  (starts: Starts, subject: SubjectId): Next =>
  (cycle) =>
    cycle.tail && needsNextStart(cycle)
      ? starts.next(cycle.actor, cycle.rule.measure, cycle.tail.fromMs, subject, rankInTie(cycle))
      : undefined;

/** Enough for a store to be quick, little enough not to be noticed. */
const CLOSED_AT_ONCE = 1_000;

/** What a part has derived so far. */
const deriver = (context: PartContext) => {
  const { plan, load } = context;
  const known = surroundingsOf(context);
  const book = newDayBook();
  const starts = newStarts(measuresOfStarts(plan));
  const waiting: Derived[] = [];

  const keep = (batch: Batch, { subject, facts, orphans }: Derived, records: readonly TimeRecord[]): void => {
    for (const record of records) {
      const pieces = piecesOf(record, plan);
      batch.records.push({ record, pieces, begins: beginsSomething(plan, record) });
      book.add(pieces);
    }
    batch.findings.push(...findingsOfSubject(plan, subject, records, orphans, facts));
  };

  const project = async (subjects: readonly (readonly [SubjectId, readonly TickmarkEvent[]])[]) => {
    const all = subjects.map(([subject, facts]) => ({ ...derive(plan, subject, facts), subject, facts }));
    await learn(known, all);
    const batch: Batch = { records: [], findings: [] };
    for (const derived of all) {
      const records = settled(context, known, derived, noNext);
      for (const record of records) if (beginsSomething(plan, record)) starts.add(record);
      if (derived.cycles.some(needsNextStart)) waiting.push(derived);
      else keep(batch, derived, records);
    }
    await load.put(batch);
  };

  const close = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch: Batch = { records: [], findings: [] };
      for (const derived of waiting.splice(-CLOSED_AT_ONCE))
        keep(batch, derived, settled(context, known, derived, nextIn(starts, derived.subject)));
      await load.put(batch);
    }
  };
  return { known, book, starts, project, close };
};

export const newPart = (context: PartContext): RebuildPart => {
  const { plan, log, ground, load } = context;
  const { known, book, starts, project, close } = deriver(context);

  const isAlone = (subject: SubjectId): boolean =>
    plan.rulesByKind.has(kindOfSubject(subject)) &&
    !ground.merges.has(subject) &&
    !ground.families.has(subject);

  return {
    page: async (number) => {
      const streams = await log.streamsOf(number, ground.survey);
      await project(
        streams.flatMap((facts) => {
          const subject = facts[0]?.subject;
          return subject !== undefined && isAlone(subject) ? [[subject, facts] as const] : [];
        }),
      );
    },
    family: async (root) => {
      if (!plan.rulesByKind.has(kindOfSubject(root))) return;
      const members = [root, ...(ground.families.get(root) ?? [])];
      const facts = await Promise.all(members.map((member) => factsOf(known, member)));
      await project([[root, facts.flat()]]);
    },
    starts: () => starts.all(),
    close: async (others) => {
      others.forEach((some) => starts.join(some));
      await close();
    },
    pieces: (share) => book.take((actor) => isOwn(share, actor)),
    addUp: async (others) => {
      book.add(others);
      for (const rows of book.addUp(plan, ground.teams)) await load.put(rows);
    },
  };
};
