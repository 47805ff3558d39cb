/** One subject projected: derived from its facts, settled in its surroundings, and put in place of what was there. */
import type { ActorId, SubjectId } from '../schemas/brand.ts';
import type { TimeRecord } from '../schemas/record.ts';
import {
  type Cycle,
  type NextStart,
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
import {
  type Derived,
  type Page,
  beginsIn,
  factsInPage,
  factsOf,
  isNew,
  outagesIn,
  personIn,
} from './page.ts';

const same = (a: TimeRecord | undefined, b: TimeRecord): boolean =>
  a !== undefined && JSON.stringify(a) === JSON.stringify(b);

/** What is made of others, or never was, is no start that could end anything. */
export const beginsSomething = (plan: Plan, { rule, status }: TimeRecord): boolean =>
  status !== 'retracted' && plan.rulesByName.get(rule)?.source.from !== 'rules';

/** Writes what is new, removes what is gone, leaves alone what is as it was. */
const replaceRecords = async (
  page: Page,
  before: readonly TimeRecord[],
  after: readonly TimeRecord[],
): Promise<void> => {
  const { rows, touched, plan } = page;
  const former = new Map(before.map((record) => [record.id, record]));
  for (const record of after) {
    const old = former.get(record.id);
    former.delete(record.id);
    if (same(old, record)) continue;
    const pieces = piecesOf(record, plan);
    await rows.putRecord(record, pieces, beginsSomething(plan, record));
    touched.record(record, old, pieces, old ? piecesOf(old, plan) : []);
  }
  for (const gone of former.values()) {
    await rows.removeRecord(gone.id);
    touched.record(undefined, gone, [], piecesOf(gone, plan));
  }
};

/** The subject itself, and those that were merged into it. */
const membersOf = ({ merged }: Page, root: SubjectId): readonly SubjectId[] => [
  root,
  ...(merged.get(root) ?? []),
];

/** Whether nothing of it was projected before this page, nor of anybody who is or was merged into it. */
export const isFresh = (page: Page, root: SubjectId): boolean => isNew(page, root) && !page.heirs.has(root);

/** `unseen`: it has no records, so that nobody has used more of its facts than the page may hold. */
const deriveSubject = async (page: Page, subject: SubjectId, unseen: boolean): Promise<Derived> => {
  const known = page.waiting.get(subject);
  if (known) return known;
  const members =
    unseen && beginsIn(page, subject) && !page.heirs.has(subject)
      ? [factsInPage(page, subject)]
      : await Promise.all(membersOf(page, subject).map((member) => factsOf(page, member)));
  const facts = members.flat();
  const derived = { ...derive(page.plan, subject, facts), facts };
  if (derived.cycles.some(needsNextStart)) page.waiting.set(subject, derived);
  return derived;
};

const peopleOf = async (page: Page, cycles: readonly Cycle[]): Promise<ReadonlyMap<ActorId, Person>> => {
  const people = new Map<ActorId, Person>();
  if (!page.plan.asksPerson) return people;
  for (const { actor } of cycles) if (!people.has(actor)) people.set(actor, await personIn(page, actor));
  return people;
};

/** A subject as its facts tell it, and the records that it has. */
interface Ground {
  readonly derived: Derived;
  readonly before: readonly TimeRecord[];
}

/** `fresh`: it has no records yet. In a share: read when everybody whom it is or was about is claimed. */
const groundOf = async (page: Page, subject: SubjectId, fresh: boolean): Promise<Ground> => {
  for (;;) {
    const before = fresh ? [] : await page.rows.recordsOf(subject);
    const derived = await deriveSubject(page, subject, before.length === 0);
    if (page.share === undefined) return { derived, before };
    const actors = new Set([...derived.cycles, ...before].map(({ actor }) => actor));
    if (await page.rows.claim(actors)) return { derived, before };
    page.waiting.delete(subject);
  }
};

type Next = (cycle: Cycle) => Promise<NextStart | undefined>;

/** `again`: the page has put its records and findings already. */
const settleAll = async (page: Page, subject: SubjectId, nextOf: Next, again: boolean): Promise<void> => {
  const { rows, plan, horizonMs } = page;
  const fresh = !again && isFresh(page, subject);
  const { derived, before } = await groundOf(page, subject, fresh);
  const { cycles, orphans, facts } = derived;
  const people = await peopleOf(page, cycles);
  // Only where an end is missing does it matter that nobody could tell it.
  const lacking = cycles.filter(({ tail }) => tail !== undefined);
  const outages =
    lacking.length === 0
      ? []
      : await outagesIn(
          page,
          cycles.flatMap(({ sources }) => sources),
        );
  const nextStarts = new Map<Cycle, NextStart | undefined>();
  for (const cycle of cycles) nextStarts.set(cycle, await nextOf(cycle));
  const records = settleSubject(plan, subject, derived, (actor, cycle) => ({
    nextStart: cycle && nextStarts.get(cycle),
    horizonMs,
    person: people.get(actor) ?? UNKNOWN_PERSON,
    outages,
  }));
  await replaceRecords(page, before, records);
  const findings = findingsOfSubject(plan, subject, records, orphans, facts);
  if (findings.length > 0 || !fresh) await rows.putFindings(subject, findings);
};

/** A tail that waits for the person's next start is settled once every start of the page is in its row. */
export const projectSubject = (page: Page, subject: SubjectId): Promise<void> =>
  settleAll(page, subject, () => Promise.resolve(undefined), false);

/** Settles the open records of a subject with what surrounds them now. */
export const closeTails = (page: Page, subject: SubjectId): Promise<void> =>
  settleAll(
    page,
    subject,
    async (cycle) =>
      cycle.tail && needsNextStart(cycle)
        ? page.rows.nextStart(cycle.actor, cycle.rule.measure, cycle.tail.fromMs, subject, rankInTie(cycle))
        : undefined,
    true,
  );

/** Its time is told by another subject from now on. */
export const removeSubject = async (page: Page, subject: SubjectId): Promise<void> => {
  await replaceRecords(page, await page.rows.recordsOf(subject), []);
  await page.rows.putFindings(subject, []);
};
