/**
 * project: one page of events into the rows, in one transaction with the checkpoint.
 *
 * Only what the page touches is derived again: its subjects, then open records that its starts or its clock may
 * close, then the actor-days under them, then their weeks.
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
import { type StoredEvent, type TickmarkEvent, isTimed } from '../schemas/event.ts';
import { compareText } from '../schemas/text-order.ts';
import type { TimeRecord } from '../schemas/record.ts';
import {
  type Cycle,
  datesOfWeek,
  dayOfDate,
  derive,
  needsNextStart,
  piecesOf,
  rankInTie,
  type Plan,
  settle,
  weekOfDay,
} from '../engine/index.ts';
import { personDays, personWeeks, teamOn } from './person-day.ts';
import type { EventLog, Lens, PersonTeam, RowTransaction } from './ports.ts';
import { type Touched, anyWithin, newTouched } from './touched.ts';

export interface ProjectionContext {
  readonly plan: Plan;
  readonly lens: Lens;
  readonly log: Pick<EventLog, 'readStream'>;
}

/** Everything one page needs at hand. */
interface Page extends ProjectionContext {
  readonly rows: RowTransaction;
  readonly touched: Touched;
  /** Nothing at or after this position is looked at, even if the log has gone on. */
  readonly endPosition: number;
  readonly horizonMs: InstantMs;
  /** The cycles of subjects whose end waits for a start elsewhere: they are settled again when all starts are known. */
  readonly waiting: Map<SubjectId, readonly Cycle[]>;
}

const BEGINNING = instantMs(Number.MIN_SAFE_INTEGER);

const same = (a: TimeRecord | undefined, b: TimeRecord): boolean =>
  a !== undefined && JSON.stringify(a) === JSON.stringify(b);

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
    const pieces = piecesOf(record, plan.zone);
    await rows.putRecord(record, pieces);
    touched.record(record, pieces);
    if (old) touched.record(old, piecesOf(old, plan.zone));
  }
  for (const gone of former.values()) {
    await rows.removeRecord(gone.id);
    touched.record(gone, piecesOf(gone, plan.zone));
  }
};

const factsOf = async (
  page: Page,
  subject: SubjectId,
  inPage: readonly StoredEvent[],
): Promise<readonly TickmarkEvent[]> => {
  // A stream that begins in this page is in it as a whole.
  const whole = inPage[0]?.version === 0 ? inPage : await page.log.readStream(subject);
  return whole.filter(({ position }) => position < page.endPosition).map(({ event }) => event);
};

const deriveSubject = async (
  page: Page,
  subject: SubjectId,
  inPage: readonly StoredEvent[],
): Promise<readonly Cycle[]> => {
  const known = page.waiting.get(subject);
  if (known) return known;
  const cycles = derive(page.plan, subject, await factsOf(page, subject, inPage));
  if (cycles.some(needsNextStart)) page.waiting.set(subject, cycles);
  return cycles;
};

const projectSubject = async (
  page: Page,
  subject: SubjectId,
  inPage: readonly StoredEvent[],
): Promise<void> => {
  const cycles = await deriveSubject(page, subject, inPage);
  const before = inPage[0]?.version === 0 ? [] : await page.rows.recordsOf(subject);
  const { horizonMs } = page;
  // A tail that waits for the person's next start is settled once every start of the page is in its row.
  const after = cycles.map((cycle) => settle(cycle, { nextStart: undefined, horizonMs }));
  await replaceRecords(page, before, after);
};

/** Settles the open records of a subject with what surrounds them now. */
const closeTails = async (page: Page, subject: SubjectId): Promise<void> => {
  const { rows, horizonMs } = page;
  const before = await rows.recordsOf(subject);
  const after: TimeRecord[] = [];
  for (const cycle of await deriveSubject(page, subject, [])) {
    const nextStart =
      cycle.tail && needsNextStart(cycle)
        ? await rows.nextStart(cycle.actor, cycle.rule.measure, cycle.tail.fromMs, subject, rankInTie(cycle))
        : undefined;
    after.push(settle(cycle, { nextStart, horizonMs }));
  }
  await replaceRecords(page, before, after);
};

/** The last instant at which a start would make a difference to a record without an end. */
const latestEnd = ({ status, toMs, tail }: TimeRecord): number =>
  status === 'closed' ? toMs : (tail?.closesAtMs ?? Infinity);

/** Subjects whose open end this page may close, or may have to leave open again. */
const subjectsToClose = async (page: Page, formerHorizonMs: InstantMs): Promise<ReadonlySet<SubjectId>> => {
  const { rows, plan, horizonMs, waiting, touched } = page;
  const subjects = new Set<SubjectId>(waiting.keys());
  for (const { subject } of await rows.dueRecords(formerHorizonMs, horizonMs)) subjects.add(subject);
  if (plan.longestReachMs === 0) return subjects;
  for (const { actor, measure, instants } of touched.starts()) {
    const [first, last] = [instants[0], instants.at(-1)];
    if (first === undefined || last === undefined) continue;
    const reachMs = instantMs(Math.max(first - plan.longestReachMs, BEGINNING));
    for (const record of await rows.openRecords(actor, measure, reachMs, last))
      if (anyWithin(instants, record.tail?.fromMs ?? Infinity, latestEnd(record)))
        subjects.add(record.subject);
  }
  return subjects;
};

const projectTeams = async (page: Page, events: readonly StoredEvent[]): Promise<void> => {
  for (const { event } of events) {
    if (event.type !== 'PersonJoinedTeam') continue;
    const { actor, team } = event.data;
    const rival = (await page.rows.teamsOf(actor)).find(({ fromMs }) => fromMs === event.occurredAt);
    // Two teams in one instant contradict each other; which one holds must not depend on which was heard first.
    if (rival && compareText(rival.team, team) >= 0) continue;
    await page.rows.putTeam({ actor, team, fromMs: event.occurredAt });
    for (const day of await page.rows.daysOf(actor)) page.touched.day(actor, day);
  }
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

/** Projects consecutive events, the first of which is the next one after the rows' checkpoint. */
export const projectPage = async (
  context: ProjectionContext,
  rows: RowTransaction,
  events: readonly StoredEvent[],
): Promise<void> => {
  const last = events.at(-1);
  if (!last) return;
  const formerHorizonMs = (await rows.state())?.horizonMs ?? BEGINNING;
  const timed = events.filter(({ event }) => isTimed(event));
  const horizonMs = timed.reduce((latest, { event }) => later(latest, event.occurredAt), formerHorizonMs);
  const page: Page = {
    ...context,
    rows,
    touched: newTouched(),
    endPosition: last.position + 1,
    horizonMs,
    waiting: new Map(),
  };
  await projectTeams(page, events);
  for (const [subject, own] of Map.groupBy(timed, ({ event }) => event.subject))
    await projectSubject(page, subject, own);
  for (const subject of await subjectsToClose(page, formerHorizonMs)) await closeTails(page, subject);
  await addUp(page);
  await rows.save({
    lens: context.lens,
    position: page.endPosition,
    horizonMs: horizonMs === BEGINNING ? null : horizonMs,
    lastId: last.event.id,
  });
};
