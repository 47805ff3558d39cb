/** The evidence of a record: the facts of its subject and of what was merged into it, and those of others that decide it. */
import type { EventId, SubjectId } from '../../schemas/brand.ts';
import type { StoredEvent } from '../../schemas/event.ts';
import type { Because, TimeRecord } from '../../schemas/record.ts';
import {
  type NamedHours,
  type Plan,
  namedHours,
  outagesOf,
  personOf,
  replacements,
  rootOf,
  streamOfSource,
  streamsOf,
} from '../../engine/index.ts';
import type { Answers } from '../report-question.ts';

/** The clause that ends a record where the shift of its person ends. */
export const SHIFT_END = 'missingEnd.closeAt shiftEnd';

export interface Evidence {
  readonly events: readonly StoredEvent[];
  /** What bounds a stretch of the record, or is why it counts or does not. */
  readonly decisive: ReadonlySet<EventId>;
  /** The calendars that its rule went by. */
  readonly hours: readonly NamedHours[];
  /** Those by which its rule says when a shift ends. */
  readonly shifts: readonly NamedHours[];
}

/** Everything that the record says a stretch of it is known by. */
const reasonsOf = ({ spans, subtracted, tail }: TimeRecord): readonly Because[] => [
  ...[...spans, ...subtracted].flatMap(({ opened, closed }) => [opened, closed]),
  ...subtracted.flatMap(({ by }) => (by ? [by] : [])),
  ...(tail ? [tail.opened] : []),
  ...(tail?.closed ? [tail.closed] : []),
];

const citedBy = (record: TimeRecord): ReadonlySet<string> =>
  new Set(reasonsOf(record).flatMap(({ event }) => event ?? []));

const factsOf = async (log: Answers['log'], streams: Iterable<string>): Promise<readonly StoredEvent[]> =>
  (await Promise.all([...new Set(streams)].map((stream) => log.readStream(stream)))).flat();

/** The subject with all that were merged into it. */
const subjectsOf = async ({ rows }: Answers, subject: SubjectId): Promise<readonly SubjectId[]> => {
  const merges = await rows.merges();
  return [subject, ...[...merges.keys()].filter((other) => rootOf(other, merges) === subject)];
};

/** The facts that began other records, where their beginning ended this one. */
const startsElsewhere = async (sight: Answers, record: TimeRecord): Promise<readonly StoredEvent[]> => {
  const ids = new Set(reasonsOf(record).flatMap((because) => because.record ?? []));
  const found: StoredEvent[] = [];
  for (const id of ids) {
    const other = await sight.rows.record(id);
    if (other === undefined) continue;
    const { spans, subtracted, tail } = other;
    const first = [...spans, ...subtracted, ...(tail ? [tail] : [])].find(
      ({ fromMs }) => fromMs === other.fromMs,
    );
    const facts = await factsOf(sight.log, await subjectsOf(sight, other.subject));
    found.push(...facts.filter(({ event }) => event.id === first?.opened.event));
  }
  return found;
};

/** The words on the exemptions that the record cites, what was asked for with them. */
const wordsOn = (cited: ReadonlySet<string>, facts: readonly StoredEvent[]): readonly StoredEvent[] => {
  const meant = new Set(
    facts.flatMap(({ event: { id, data } }) =>
      cited.has(id) && 'exemption' in data ? [data.exemption] : [],
    ),
  );
  return facts.filter(({ event: { data } }) => 'exemption' in data && meant.has(data.exemption));
};

/** The signs of presence between which the record is idle. */
const signsAround = ({ subtracted }: TimeRecord, facts: readonly StoredEvent[]): readonly StoredEvent[] => {
  const ends = new Set<number>(
    subtracted.filter(({ reason }) => reason === 'idle').flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
  );
  return facts.filter(({ event }) => event.type === 'PersonActive' && ends.has(event.occurredAt));
};

/** The ends of the outages whose beginnings the record cites. */
const endsOfOutages = (cited: ReadonlySet<string>, facts: readonly StoredEvent[]): ReadonlySet<string> =>
  new Set(
    [...Map.groupBy(facts, ({ event }) => event.subject).values()].flatMap((own) =>
      outagesOf(own.map(({ event }) => event)).flatMap(({ event, endedBy }) =>
        cited.has(event) && endedBy !== undefined ? [endedBy] : [],
      ),
    ),
  );

/** What people said of the subject that decides and bounds nothing: that it is another one, and that time may count. */
const wordsThatDecide = (
  { rulesByName }: Plan,
  { actor, rule: name, spans, subtracted }: TimeRecord,
  own: readonly StoredEvent[],
): readonly StoredEvent[] => {
  const isMerged = subtracted.some(({ reason }) => reason === 'merged');
  const isApproved =
    rulesByName.get(name)?.backfill !== undefined || spans.some(({ opened }) => opened.clause === 'preset');
  const replaced = replacements(own.map(({ event }) => event));
  return own.filter(
    ({ event: { id, type, data } }) =>
      !replaced.has(id) &&
      ((isMerged && type === 'SubjectMerged') ||
        (isApproved && type === 'TimeApproved' && data.actor === actor)),
  );
};

export const evidenceOf = async (sight: Answers, record: TimeRecord): Promise<Evidence> => {
  const { log, plan } = sight;
  const own = await factsOf(log, await subjectsOf(sight, record.subject));
  const ofPerson = await factsOf(log, streamsOf(record.actor));
  const ofSources = await factsOf(
    log,
    own.map(({ event }) => streamOfSource(event.source)),
  );
  const person = personOf(ofPerson.map(({ event }) => event));
  const hours = namedHours(plan, record, person, 'calendar');
  const isOfShift = reasonsOf(record).some(({ clause }) => clause === SHIFT_END);
  const shifts = isOfShift ? namedHours(plan, record, person, 'shift') : [];
  const cited = citedBy(record);
  const named = new Set<string>([
    ...cited,
    ...[...hours, ...shifts].flatMap(({ told }) => told),
    ...endsOfOutages(cited, ofSources),
  ]);
  const known = new Set<string>(own.map(({ event }) => event.id));
  const beside = [
    ...[...ofPerson, ...ofSources].filter(({ event }) => named.has(event.id)),
    ...wordsOn(cited, ofPerson),
    ...signsAround(record, ofPerson),
    ...(await startsElsewhere(sight, record)),
  ].filter(({ event }) => !known.has(event.id));
  const decisive = [
    ...own.filter(({ event }) => cited.has(event.id)),
    ...wordsThatDecide(plan, record, own),
    ...beside,
  ].map(({ event }) => event.id);
  const events = [...new Map([...own, ...beside].map((stored) => [stored.event.id, stored])).values()];
  return { events, decisive: new Set(decisive), hours, shifts };
};
