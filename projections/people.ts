/** People and sources: what a page says of them (teams, zones, exemptions, presence, outages), and which records that may change. */
import { type ActorId, type InstantMs, type SubjectId, earlier, instantMs, later } from '../schemas/brand.ts';
import {
  EVENT_TYPES,
  type StoredEvent,
  type TickmarkEvent,
  kindOfSubject,
  personStream,
} from '../schemas/event.ts';
import { compareText } from '../schemas/text-order.ts';
import { firstAfter, streamOfSource } from '../engine/index.ts';
import { type Page, factsOf, outagesIn, personIn } from './page.ts';

const BEGINNING = instantMs(Number.MIN_SAFE_INTEGER);
const END = instantMs(Number.MAX_SAFE_INTEGER);

/** Team memberships have rows of their own: reports group by them. */
export const projectTeams = async (page: Page, events: readonly StoredEvent[]): Promise<void> => {
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

type Reach = readonly [InstantMs, InstantMs];

/** The stretch of time in which a sign of presence can make a difference: between its neighbours. */
const aroundSign = (seen: readonly InstantMs[], at: InstantMs): Reach => [
  seen[firstAfter(seen, instantMs(at - 1)) - 1] ?? BEGINNING,
  seen[firstAfter(seen, at)] ?? END,
];

/** A team or a zone holds from its instant until the next. */
const untilNext = (held: readonly { readonly fromMs: InstantMs }[], at: InstantMs): Reach => [
  at,
  held.find(({ fromMs }) => fromMs > at)?.fromMs ?? END,
];

/** The time that an exemption asks for, whatever became of it. */
const asked = (facts: readonly TickmarkEvent[], exemption: string): readonly Reach[] =>
  facts.flatMap(({ type, data }): readonly Reach[] =>
    type === 'ExemptionRequested' && data.exemption === exemption ? [[data.fromMs, data.toMs]] : [],
  );

/** When a fact about a person can make a difference to the records of that person. */
const reachesOf = async (
  page: Page,
  { type, data, occurredAt }: TickmarkEvent,
): Promise<readonly Reach[]> => {
  if (type === 'PersonActive')
    return page.plan.asksPresence ? [aroundSign((await personIn(page, data.actor)).seen, occurredAt)] : [];
  if (type === 'PersonJoinedTeam') return [untilNext((await personIn(page, data.actor)).teams, occurredAt)];
  if (type === 'PersonMovedToZone') return [untilNext((await personIn(page, data.actor)).zones, occurredAt)];
  return 'exemption' in data
    ? asked(await factsOf(page, personStream('person', data.actor)), data.exemption)
    : [];
};

/** The kinds of subject that some rule times differently as more is known: of the person, or of when they were seen. */
const kindsAsking = ({ plan }: Page, about: 'person' | 'presence'): ReadonlySet<string> =>
  new Set(
    [...plan.rulesByKind].flatMap(([kind, rules]) => {
      const asks = rules.some(({ asksPerson, idleMs }) =>
        about === 'person' ? asksPerson : idleMs !== undefined,
      );
      return asks ? [kind] : [];
    }),
  );

/** The subjects with records that what the page says about people in one sort of stream may change. */
const subjectsAbout = async (
  page: Page,
  about: 'person' | 'presence',
  events: readonly StoredEvent[],
): Promise<readonly SubjectId[]> => {
  const kinds = kindsAsking(page, about);
  const reach = new Map<ActorId, Reach>();
  for (const { event } of events) {
    if (EVENT_TYPES[event.type].kind !== about || !('actor' in event.data)) continue;
    const { actor } = event.data;
    if (actor === undefined || kinds.size === 0) continue;
    for (const [fromMs, toMs] of await reachesOf(page, event)) {
      const known = reach.get(actor) ?? [fromMs, toMs];
      reach.set(actor, [earlier(known[0], fromMs), later(known[1], toMs)]);
    }
  }
  const subjects: SubjectId[] = [];
  for (const [actor, [fromMs, toMs]] of reach)
    for (const { subject } of await page.rows.recordsWithin(actor, fromMs, toMs))
      if (kinds.has(kindOfSubject(subject))) subjects.push(subject);
  return subjects;
};

/** The subjects with records that what the page says of people may change. */
export const subjectsOfPeople = async (
  page: Page,
  events: readonly StoredEvent[],
): Promise<ReadonlySet<SubjectId>> =>
  new Set(
    page.plan.asksPerson
      ? [...(await subjectsAbout(page, 'person', events)), ...(await subjectsAbout(page, 'presence', events))]
      : [],
  );

/** The subjects with records that what the page says of sources may change. */
export const subjectsOfSources = async (
  page: Page,
  events: readonly StoredEvent[],
): Promise<ReadonlySet<SubjectId>> => {
  const told = events.filter(({ event }) => EVENT_TYPES[event.type].kind === 'source');
  const subjects = new Set<SubjectId>();
  for (const { event } of told) {
    const stream = event.subject.slice(streamOfSource('').length);
    const outages = await outagesIn(page, [stream]);
    // The end of an outage makes shorter what began before it.
    const begunMs = outages.findLast(({ fromMs }) => fromMs <= event.occurredAt)?.fromMs ?? event.occurredAt;
    for (const { subject } of await page.rows.tailedRecords(earlier(begunMs, event.occurredAt)))
      subjects.add(subject);
  }
  return subjects;
};
