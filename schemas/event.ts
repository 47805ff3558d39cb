/** The events: immutable facts in our language, past tense, each with its provenance. A closed union. */
import { z } from 'zod';
import { EventId, InstantMs, SubjectId, subjectId } from './brand.ts';
import { EVENT_TYPES } from './event-types.ts';

export { Attributes } from './attributes.ts';
export { EVENT_TYPES } from './event-types.ts';

export type EventType = keyof typeof EVENT_TYPES;
export type SubjectKind = (typeof EVENT_TYPES)[EventType]['kind'];
type DataOf<Type extends EventType> = Readonly<z.infer<(typeof EVENT_TYPES)[Type]['data']>>;

const provenance = {
  id: EventId,
  /** The system that said it, for instance `bank-1999` or `twilio`. */
  source: z.string().min(1).max(200),
  subject: SubjectId,
  /** When it happened, as far as the source knows. */
  occurredAt: InstantMs,
  /** When Tickmark learned it. */
  recordedAt: InstantMs,
  /**
   * The source's own order among facts of one instant, where it has one. It decides between facts that do the same to
   * a clock; between a stop, a pause and a start of one instant the engine's fixed order holds.
   */
  sequence: z.int().min(0).optional(),
  /**
   * What it is a word about, where the source may correct itself: the same for all words about one fact. A word without
   * a revision has it as its own id. Told together with `revision`.
   */
  fact: EventId.optional(),
  /** Which word about the fact it is; the highest counts, in whatever order they come. */
  revision: z.int().min(0).optional(),
  correlation: z.string().max(400).optional(),
  causation: z.string().max(400).optional(),
  /** The dialect that translated it, with its version: `eventlog@1`. */
  dialect: z.string().min(1).max(100),
  /** SHA-256 of the raw signal, hex. */
  signalHash: z.string().regex(/^[0-9a-f]{64}$/),
};

/** What a dialect makes of a signal: the fact, before intake stamps who, when and from what. */
const draft = {
  /** The vendor's id of this message, unique within its source; with type and revision it makes the event id. */
  vendorId: z.string().min(1).max(1000),
  /** A later word of the vendor on the same message; 0 when absent. */
  revision: z.int().min(0).optional(),
  subject: SubjectId,
  occurredAt: InstantMs,
  sequence: z.int().min(0).optional(),
  correlation: z.string().max(400).optional(),
};

type Common<Shape extends z.ZodRawShape> = Readonly<z.infer<z.ZodObject<Shape>>>;
type Typed<Shape extends z.ZodRawShape> = {
  [Type in EventType]: Common<Shape> & { readonly type: Type; readonly data: DataOf<Type> };
}[EventType];

export type TickmarkEvent = Typed<typeof provenance>;
export type EventDraft = Typed<typeof draft>;

const union = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<Typed<Shape>> => {
  const members = Object.entries(EVENT_TYPES).map(([type, { data }]) =>
    z.strictObject({ ...shape, type: z.literal(type), data }),
  );
  const [first, ...rest] = members;
  if (!first) throw new Error('no event types');
  // zod cannot carry the mapped type through Object.entries; the table above is what both sides are made of.
  return z.discriminatedUnion('type', [first, ...rest]) as unknown as z.ZodType<Typed<Shape>>;
};

export const TickmarkEvent = union(provenance);
export const EventDraft = union(draft);

/** What intake knows of a fact beyond what its draft says. `fact`: only where the draft has a revision. */
export type Provenance = Pick<
  TickmarkEvent,
  'id' | 'fact' | 'source' | 'recordedAt' | 'dialect' | 'signalHash'
>;

/** The event of a draft. Type and data come from one draft, so they still fit each other. */
export const stampDraft = (draft: EventDraft, provenance: Provenance): TickmarkEvent => {
  const { type, subject, occurredAt, sequence, revision, correlation, data } = draft;
  const { id, fact, source, recordedAt, dialect, signalHash } = provenance;
  const event = { id, source, type, subject, occurredAt, recordedAt, dialect, signalHash, data };
  if (sequence !== undefined) Object.assign(event, { sequence });
  if (fact !== undefined) Object.assign(event, { fact, revision });
  if (correlation !== undefined) Object.assign(event, { correlation });
  // Copying field by field loses the tie between type and data that the draft's own type has.
  return event as TickmarkEvent;
};

const UNTIMED: ReadonlySet<string> = new Set(['any', 'person', 'ruleset', 'seal', 'source']);

/** Facts about work, which move the log's clock; reference data, rule sets and what is said about time later do not. */
export const isTimed = ({ type }: Pick<TickmarkEvent, 'type'>): boolean =>
  !UNTIMED.has(EVENT_TYPES[type].kind);

/** Its source tells no time: it is known by when we heard of it. */
export const isTimedByReceipt = ({ data }: Pick<TickmarkEvent, 'data'>): boolean =>
  'timedBy' in data && data.timedBy === 'receipt';

/** Nobody has seen it happen: somebody meant it to. */
export const isPlanned = ({ data }: Pick<TickmarkEvent, 'data'>): boolean =>
  'timedBy' in data && data.timedBy === 'plan';

export const isEventType = (value: string): value is EventType => Object.hasOwn(EVENT_TYPES, value);
export const kindOf = (type: EventType): SubjectKind => EVENT_TYPES[type].kind;
/** What is known of a person stands in the person's own streams; their signs of presence apart, because they are many. */
export type PersonStream = 'person' | 'presence';
export const personStream = (stream: PersonStream, actor: string): SubjectId =>
  subjectId(`${stream}-${actor}`);
/** Facts of this type stand in a stream of their person. */
export const personStreamOf = (type: EventType): PersonStream | undefined => {
  const { kind } = EVENT_TYPES[type];
  return kind === 'person' || kind === 'presence' ? kind : undefined;
};

/** The kind that a subject's id starts with: `call` of `call-4711`. */
export const kindOfSubject = (subject: SubjectId): string => subject.slice(0, subject.indexOf('-'));

/** An event as the log keeps it: with its place in the whole log and in its stream, both from 0. */
export const StoredEvent = z.strictObject({
  position: z.int().min(0),
  version: z.int().min(0),
  event: TickmarkEvent,
});
export type StoredEvent = Readonly<z.infer<typeof StoredEvent>>;
