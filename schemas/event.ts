/** The events: immutable facts in our language, past tense, each with its provenance. A closed union. */
import { z } from 'zod';
import { ActorId, EventId, InstantMs, SubjectId } from './brand.ts';
import { RuleSet } from './rule-set.ts';

/** What a subject is known by besides its id: customer, case, queue, product... Each can be reported by. */
export const Attributes = z.record(z.string().min(1).max(60), z.string().max(400));
export type Attributes = Readonly<Record<string, string>>;

const common = {
  /** Whose time it is from here on. Absent where nobody works (a queue) or where the vendor does not say. */
  actor: ActorId.optional(),
  attributes: Attributes.optional(),
};
const plain = z.strictObject(common);
const reasoned = z.strictObject({ ...common, reason: z.string().max(200).optional() });
const handedOver = z.strictObject({ ...common, actor: ActorId });
const withStatus = z.strictObject({ ...common, status: z.string().min(1).max(100) });

/**
 * Every event type: the kind of subject it is about, its data, and who testifies.
 * `signal`: a system saw it happen. `person`: somebody said so. Time between two signals is `observed`;
 * time that a person's word bounds is `declared`.
 */
export const EVENT_TYPES = {
  CallOffered: { kind: 'call', testimony: 'signal', data: plain },
  CallConnected: { kind: 'call', testimony: 'signal', data: plain },
  CallHeld: { kind: 'call', testimony: 'signal', data: reasoned },
  CallResumed: { kind: 'call', testimony: 'signal', data: plain },
  CallTransferred: { kind: 'call', testimony: 'signal', data: handedOver },
  CallEnded: { kind: 'call', testimony: 'signal', data: reasoned },
  CallAbandoned: { kind: 'call', testimony: 'signal', data: reasoned },
  /** After-call work is done: the agent is ready for the next contact. */
  CallWrappedUp: { kind: 'call', testimony: 'signal', data: plain },

  TicketOpened: { kind: 'ticket', testimony: 'signal', data: plain },
  TicketAssigned: { kind: 'ticket', testimony: 'signal', data: handedOver },
  TicketStatusChanged: { kind: 'ticket', testimony: 'signal', data: withStatus },
  /** Waiting for somebody else: the customer, a vendor. */
  TicketPended: { kind: 'ticket', testimony: 'signal', data: reasoned },
  TicketResumed: { kind: 'ticket', testimony: 'signal', data: plain },
  TicketResolved: { kind: 'ticket', testimony: 'signal', data: reasoned },
  TicketReopened: { kind: 'ticket', testimony: 'signal', data: reasoned },
  TicketClosed: { kind: 'ticket', testimony: 'signal', data: reasoned },

  VisitTravelStarted: { kind: 'visit', testimony: 'signal', data: plain },
  VisitCheckedIn: { kind: 'visit', testimony: 'signal', data: plain },
  VisitPaused: { kind: 'visit', testimony: 'signal', data: reasoned },
  VisitResumed: { kind: 'visit', testimony: 'signal', data: plain },
  VisitCheckedOut: { kind: 'visit', testimony: 'signal', data: reasoned },
  VisitCancelled: { kind: 'visit', testimony: 'signal', data: reasoned },

  MeetingStarted: { kind: 'meeting', testimony: 'signal', data: plain },
  MeetingEnded: { kind: 'meeting', testimony: 'signal', data: reasoned },
  MeetingCancelled: { kind: 'meeting', testimony: 'signal', data: reasoned },

  EmailReceived: { kind: 'email', testimony: 'signal', data: plain },
  EmailWorkStarted: { kind: 'email', testimony: 'signal', data: plain },
  EmailWorkEnded: { kind: 'email', testimony: 'signal', data: plain },
  EmailAnswered: { kind: 'email', testimony: 'signal', data: plain },

  TaskStarted: { kind: 'task', testimony: 'signal', data: plain },
  TaskPaused: { kind: 'task', testimony: 'signal', data: reasoned },
  TaskResumed: { kind: 'task', testimony: 'signal', data: plain },
  TaskCompleted: { kind: 'task', testimony: 'signal', data: reasoned },

  TimerStarted: { kind: 'timer', testimony: 'person', data: handedOver },
  TimerStopped: { kind: 'timer', testimony: 'person', data: reasoned },

  /** Reference data: from this instant on the person belongs to the team. Stream `person-<actor>`. */
  PersonJoinedTeam: {
    kind: 'person',
    testimony: 'signal',
    data: z.strictObject({ actor: ActorId, team: z.string().min(1).max(100) }),
  },
  /** The live answers follow this rule set from here on. Stream `ruleset-live`. */
  RuleSetApplied: { kind: 'ruleset', testimony: 'person', data: z.strictObject({ ruleSet: RuleSet }) },
} as const;

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

/** What intake knows of a fact beyond what its draft says. */
export type Provenance = Pick<TickmarkEvent, 'id' | 'source' | 'recordedAt' | 'dialect' | 'signalHash'>;

/** The event of a draft. Type and data come from one draft, so they still fit each other. */
export const stampDraft = (draft: EventDraft, provenance: Provenance): TickmarkEvent => {
  const { type, subject, occurredAt, sequence, correlation, data } = draft;
  const { id, source, recordedAt, dialect, signalHash } = provenance;
  const event = { id, source, type, subject, occurredAt, recordedAt, dialect, signalHash, data };
  if (sequence !== undefined) Object.assign(event, { sequence });
  if (correlation !== undefined) Object.assign(event, { correlation });
  // Copying field by field loses the tie between type and data that the draft's own type has.
  return event as TickmarkEvent;
};

/** Facts about work, which move the log's clock; reference data and rule sets do not. */
export const isTimed = ({ type }: Pick<TickmarkEvent, 'type'>): boolean =>
  type !== 'PersonJoinedTeam' && type !== 'RuleSetApplied';

export const isEventType = (value: string): value is EventType => Object.hasOwn(EVENT_TYPES, value);
export const kindOf = (type: EventType): SubjectKind => EVENT_TYPES[type].kind;
/** The kind that a subject's id starts with: `call` of `call-4711`. */
export const kindOfSubject = (subject: SubjectId): string => subject.slice(0, subject.indexOf('-'));

/** An event as the log keeps it: with its place in the whole log and in its stream, both from 0. */
export interface StoredEvent {
  readonly position: number;
  readonly version: number;
  readonly event: TickmarkEvent;
}
