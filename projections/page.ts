/** A page: what projecting some consecutive events has at hand. */
import { type ActorId, type InstantMs, type SubjectId, subjectId } from '../schemas/brand.ts';
import { type StoredEvent, type TickmarkEvent, personStream } from '../schemas/event.ts';
import {
  type Derivation,
  type Person,
  type Plan,
  UNKNOWN_PERSON,
  personOf,
  type Outage,
  outagesOf,
  streamOfSource,
  streamsOf,
} from '../engine/index.ts';
import type { EventLog, Lens, RowTransaction } from './ports.ts';
import type { Share } from './share.ts';
import type { Touched } from './touched.ts';

export interface ProjectionContext {
  readonly plan: Plan;
  readonly lens: Lens;
  readonly log: Pick<EventLog, 'readStream'>;
  /** Where several workers project; absent where one does it all. */
  readonly share?: Share;
}

/** Where each merged subject went. */
export type Merges = ReadonlyMap<SubjectId, SubjectId>;

/** Everything one page needs at hand. */
export interface Page extends ProjectionContext {
  readonly rows: RowTransaction;
  readonly touched: Touched;
  /**
   * Nothing at or after this position is looked at, even if the log has gone on. Infinite in a share: another worker
   * may be ahead, and no row may be put back to fewer facts than it was made from.
   */
  readonly endPosition: number;
  readonly horizonMs: InstantMs;
  /** The events of the page, by stream. */
  readonly inPage: ReadonlyMap<SubjectId, readonly StoredEvent[]>;
  /** Where each merged subject went, this page's merges among them. */
  readonly merges: Merges;
  /** The same the other way round: who was merged into a subject. */
  readonly merged: ReadonlyMap<SubjectId, readonly SubjectId[]>;
  /** Subjects that others are merged into, or were before this page. */
  readonly heirs: ReadonlySet<SubjectId>;
  /** Subjects whose end waits for a start elsewhere: they are settled again when all starts are known. */
  readonly waiting: Map<SubjectId, Derived>;
  readonly people: Map<ActorId, Person>;
  /** By source. */
  readonly outages: Map<string, readonly Outage[]>;
}

/** A subject derived, with the facts it was derived from. */
export interface Derived extends Derivation {
  readonly facts: readonly TickmarkEvent[];
}

/** What of a page it takes to read facts. */
export type Sight = Pick<Page, 'log' | 'share' | 'inPage' | 'endPosition'>;
type InPage = Pick<Page, 'inPage'>;

/** Whether the stream begins in the page: then the page holds all of it, as far as the page goes. */
export const beginsIn = ({ inPage }: InPage, subject: SubjectId): boolean =>
  inPage.get(subject)?.[0]?.version === 0;

/** Whether nothing of the stream was projected before. In a share nobody can know that. */
export const isNew = (page: Pick<Sight, 'inPage' | 'share'>, subject: SubjectId): boolean =>
  page.share === undefined && beginsIn(page, subject);

/** The facts of one stream that are in the page. */
export const factsInPage = ({ inPage }: InPage, stream: SubjectId): readonly TickmarkEvent[] =>
  (inPage.get(stream) ?? []).map(({ event }) => event);

/** The facts of one stream, up to the end of the page. */
export const factsOf = async (page: Sight, stream: SubjectId): Promise<readonly TickmarkEvent[]> => {
  if (isNew(page, stream)) return factsInPage(page, stream);
  const whole = await page.log.readStream(stream);
  return whole.filter(({ position }) => position < page.endPosition).map(({ event }) => event);
};

/** What is known of a person, where the rules ask for it. */
export const personIn = async (
  page: Sight & Pick<Page, 'plan' | 'people'>,
  actor: ActorId,
): Promise<Person> => {
  if (!page.plan.asksPerson) return UNKNOWN_PERSON;
  const known = page.people.get(actor);
  if (known) return known;
  const presence = personStream('presence', actor);
  const wanted = streamsOf(actor).filter((stream) => page.plan.asksPresence || stream !== presence);
  const streams = await Promise.all(wanted.map((stream) => factsOf(page, stream)));
  const person = personOf(streams.flat());
  page.people.set(actor, person);
  return person;
};

/** When any of the sources was down. */
export const outagesIn = async (
  page: Sight & Pick<Page, 'outages'>,
  sources: Iterable<string>,
): Promise<readonly Outage[]> => {
  const all: Outage[] = [];
  for (const source of new Set(sources)) {
    const known =
      page.outages.get(source) ?? outagesOf(await factsOf(page, subjectId(streamOfSource(source))));
    page.outages.set(source, known);
    all.push(...known);
  }
  return all;
};
