/**
 * project: one page of events into the rows, in one transaction with the checkpoint.
 *
 * Only what the page touches is derived again: its subjects, then records that its starts, its clock or what it says
 * of people may change, then the actor-days under them, then their weeks.
 */
import {
  type ActorId,
  type InstantMs,
  type IsoWeek,
  type LocalDate,
  type SubjectId,
  instantMs,
  later,
} from '../schemas/brand.ts';
import { type StoredEvent, isTimed, kindOfSubject } from '../schemas/event.ts';
import type { TimeRecord } from '../schemas/record.ts';
import { datesOfWeek, dayOfDate, mergesIn, rootOf, weekOfDay } from '../engine/index.ts';
import { sameLens } from './lens.ts';
import { type Merges, type Page, type ProjectionContext } from './page.ts';
import { projectTeams, subjectsOfPeople, subjectsOfSources } from './people.ts';
import { personDays, personWeeks, teamOn } from './person-day.ts';
import type { PersonTeam, ProjectionState, RowTransaction } from './ports.ts';
import { concerns, isOwn } from './share.ts';
import { closeTails, isFresh, projectSubject, removeSubject } from './subject.ts';
import { anyWithin, newTouched } from './touched.ts';

export type { ProjectionContext };

const BEGINNING = instantMs(Number.MIN_SAFE_INTEGER);

/** The last instant at which a start would make a difference to a record without an end. */
const latestEnd = ({ status, toMs, tail }: TimeRecord): number =>
  status === 'closed' ? toMs : (tail?.closesAtMs ?? Infinity);

/** Subjects whose open end the starts that were touched may close, or may have to leave open again. */
const subjectsReached = async ({ rows, plan, touched }: Page): Promise<ReadonlySet<SubjectId>> => {
  const subjects = new Set<SubjectId>();
  if (plan.longestReachMs === 0) return subjects;
  for (const { actor, measure, instants } of touched.takeStarts()) {
    const [first, last] = [instants[0], instants.at(-1)];
    if (first === undefined || last === undefined) continue;
    const reachMs = instantMs(Math.max(first - plan.longestReachMs, BEGINNING));
    for (const record of await rows.openRecords(actor, measure, reachMs, last))
      if (anyWithin(instants, record.tail?.fromMs ?? Infinity, latestEnd(record)))
        subjects.add(record.subject);
  }
  return subjects;
};

/** Subjects whose open end this page may close: they wait for that, or their time has come. */
const subjectsToClose = async (page: Page, formerHorizonMs: InstantMs): Promise<ReadonlySet<SubjectId>> => {
  const subjects = new Set<SubjectId>(page.waiting.keys());
  for (const { subject } of await page.rows.dueRecords(formerHorizonMs, page.horizonMs))
    subjects.add(subject);
  return subjects;
};

const addUpDays = async (
  page: Page,
  actor: ActorId,
  days: ReadonlySet<LocalDate>,
  teams: readonly PersonTeam[],
): Promise<ReadonlySet<IsoWeek>> => {
  const weeks = new Set<IsoWeek>();
  for (const day of days) {
    const pieces = await page.rows.piecesOf(actor, day);
    const team = teamOn(day, teams, page.plan.zone);
    await page.rows.putPersonDay(actor, day, personDays(page.plan, actor, day, team, pieces));
    weeks.add(weekOfDay(dayOfDate(day)));
  }
  return weeks;
};

const addUp = async (page: Page): Promise<void> => {
  for (const [actor, days] of page.touched.days()) {
    const weeks = await addUpDays(page, actor, days, await page.rows.teamsOf(actor));
    for (const week of weeks)
      await page.rows.putPersonWeek(
        actor,
        week,
        personWeeks(actor, week, await page.rows.personDaysOf(actor, datesOfWeek(week))),
      );
  }
};

/** Where merged subjects went, before the page and with it. The last word on a subject may have come first. */
const mergesOf = async (
  { log }: ProjectionContext,
  rows: RowTransaction,
  events: readonly StoredEvent[],
  endPosition: number,
): Promise<{ readonly before: Merges; readonly after: Merges }> => {
  const before = await rows.merges();
  const told = new Set(
    events.flatMap(({ event }) => (event.type === 'SubjectMerged' ? [event.subject] : [])),
  );
  if (told.size === 0) return { before, after: before };
  const after = new Map(before);
  for (const subject of told) {
    const stream = (await log.readStream(subject)).filter(({ position }) => position < endPosition);
    for (const [merged, into] of mergesIn(stream.map(({ event }) => event))) {
      after.set(merged, into);
      await rows.putMerge(merged, into);
    }
  }
  return { before, after };
};

const membersByRoot = (merges: Merges): ReadonlyMap<SubjectId, readonly SubjectId[]> =>
  Map.groupBy(
    [...merges.keys()].filter((subject) => rootOf(subject, merges) !== subject),
    (subject) => rootOf(subject, merges),
  );

/** Those who are read with somebody else than before: a merge can move all who were merged into its subject. */
const movedBy = (before: Merges, after: Merges): readonly SubjectId[] =>
  before === after
    ? []
    : [...after.keys()].filter((subject) => rootOf(subject, before) !== rootOf(subject, after));

/** The subjects to be derived anew: those of the page's facts, each as whom it is read with now, and as whom it was. */
const subjectsOf = ({ plan, inPage, merges }: Page, before: Merges): ReadonlySet<SubjectId> => {
  const subjects = new Set<SubjectId>();
  for (const subject of [...inPage.keys(), ...movedBy(before, merges)])
    for (const root of [rootOf(subject, merges), rootOf(subject, before)])
      if (plan.rulesByKind.has(kindOfSubject(root))) subjects.add(root);
  return subjects;
};

const projectSubjects = async (page: Page, before: Merges): Promise<void> => {
  const subjects = [...subjectsOf(page, before)];
  await page.rows.expect(subjects.filter((subject) => !isFresh(page, subject)));
  for (const subject of subjects)
    if (rootOf(subject, page.merges) === subject) await projectSubject(page, subject);
    else await removeSubject(page, subject);
};

/** Who is merged is not only about its own actors: what is read of one is written with another. */
const claimMerged = async ({ rows, share, inPage, merges, heirs }: Page): Promise<void> => {
  if (share === undefined) return;
  const merged = [...inPage.keys()].some((subject) => merges.has(subject) || heirs.has(subject));
  if (merged) await rows.claim('everybody');
};

const horizonAfter = (events: readonly StoredEvent[], formerMs: InstantMs): InstantMs =>
  events
    .filter(({ event }) => isTimed(event))
    .reduce((latest, { event }) => later(latest, event.occurredAt), formerMs);

/** `own`: those of the events that are projected here. */
const pageOf = async (
  context: ProjectionContext,
  rows: RowTransaction,
  own: readonly StoredEvent[],
  endPosition: number,
  horizonMs: InstantMs,
): Promise<{ readonly page: Page; readonly mergesBefore: Merges }> => {
  const merges = await mergesOf(context, rows, own, endPosition);
  const merged = membersByRoot(merges.after);
  const page: Page = {
    ...context,
    rows,
    touched: newTouched(),
    endPosition,
    horizonMs,
    inPage: Map.groupBy(own, ({ event }) => event.subject),
    merges: merges.after,
    merged,
    heirs: new Set([...merged.keys(), ...membersByRoot(merges.before).keys()]),
    waiting: new Map(),
    people: new Map(),
    outages: new Map(),
  };
  return { page, mergesBefore: merges.before };
};

/** Consecutive events. */
export interface LogPage {
  /** Everything before this position was seen before; the first event stands here or, where the log has gaps, behind. */
  readonly from: number;
  readonly events: readonly StoredEvent[];
}

/** Where the next page begins. */
export const endOf = ({ from, events }: LogPage): number => (events.at(-1)?.position ?? from - 1) + 1;

/** The pages of a log that is read from a position on, each with where it begins. */
export async function* pagesFrom(
  from: number,
  pages: AsyncIterable<readonly StoredEvent[]>,
): AsyncGenerator<LogPage> {
  let at = from;
  for await (const events of pages) {
    const page = { from: at, events };
    yield page;
    at = endOf(page);
  }
}

/** Whether the rows are where the page begins: another program may work on them, or have begun anew. */
const isTurnOf = (
  { lens, share }: ProjectionContext,
  state: ProjectionState | undefined,
  { from }: LogPage,
): boolean => (state ? state.position === from && sameLens(state.lens, lens) : share === undefined);

/** Derives what the page touches, and then what that touches. */
const projectOwn = async (
  page: Page,
  own: readonly StoredEvent[],
  mergesBefore: Merges,
  formerHorizonMs: InstantMs,
): Promise<void> => {
  await claimMerged(page);
  await projectTeams(page, own);
  await projectSubjects(page, mergesBefore);
  let again: ReadonlySet<SubjectId> = new Set([
    ...(await subjectsToClose(page, formerHorizonMs)),
    ...(await subjectsReached(page)),
    ...(await subjectsOfPeople(page, own)),
    ...(await subjectsOfSources(page, own)),
  ]);
  // Once, where one worker does it all. In a share a subject that is settled again may turn out to have begun more: its
  // stream is read uncut, and others may have written to it meanwhile.
  while (again.size > 0) {
    await page.rows.expect([...again]);
    for (const subject of again) await closeTails(page, subject);
    again = await subjectsReached(page);
  }
  await addUp(page);
};

/** Projects a page that begins at the rows' checkpoint. Where it does not, nothing is projected, and the answer is false. */
export const projectPage = async (
  context: ProjectionContext,
  rows: RowTransaction,
  logPage: LogPage,
): Promise<boolean> => {
  const { events } = logPage;
  const last = events.at(-1);
  if (!last) return true;
  const { share } = context;
  const own = share ? events.filter(({ event }) => isOwn(share, event.subject)) : events;
  if (share) await rows.claim(concerns(own));
  const state = await rows.state();
  if (!isTurnOf(context, state, logPage)) return false;
  const formerHorizonMs = state?.horizonMs ?? BEGINNING;
  const horizonMs = horizonAfter(events, formerHorizonMs);
  const position = endOf(logPage);
  const { page, mergesBefore } = await pageOf(context, rows, own, share ? Infinity : position, horizonMs);
  await projectOwn(page, own, mergesBefore, formerHorizonMs);
  await rows.save({
    lens: context.lens,
    position,
    horizonMs: horizonMs === BEGINNING ? null : horizonMs,
    lastId: last.event.id,
  });
  return true;
};
