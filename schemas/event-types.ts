/** The event types: every kind of fact that the log can hold, what its data are, and who testifies. */
import { z } from 'zod';
import { Attributes } from './attributes.ts';
import { ActorId, DurationMs, InstantMs, IsoWeek, SubjectId } from './brand.ts';
import { Adjustment, PersonDay } from './report.ts';
import { RuleSet } from './rule-set.ts';
import { Shares } from './shares.ts';

const OWN_WORD = { message: 'nobody decides about time of their own: by is somebody else' };

/** Who is at work: time of machines is never mistaken for time of people. */
export const ActorKind = z.enum(['human', 'bot', 'system']);
export type ActorKind = z.infer<typeof ActorKind>;

const common = {
  /** Whose time it is from here on. Absent where nobody works (a queue) or where the vendor does not say. */
  actor: ActorId.optional(),
  /** What the actor is; human when absent. */
  actorKind: ActorKind.optional(),
  /** How long the source itself says it took, ending with this fact. Used only where a rule asks for it. */
  durationMs: DurationMs.min(0).optional(),
  /**
   * How its time is known: by the source's own clock when absent. `receipt`: the source tells none, and this is when we
   * heard of it. `plan`: it was planned so, and nobody has seen it happen.
   */
  timedBy: z.enum(['receipt', 'plan']).optional(),
  attributes: Attributes.optional(),
};
const plain = z.strictObject(common);
const reasoned = z.strictObject({ ...common, reason: z.string().max(200).optional() });
const handedOver = z.strictObject({ ...common, actor: ActorId });
const withStatus = z.strictObject({ ...common, status: z.string().min(1).max(100) });

const sentence = z.string().min(1).max(2000);
/** Who said it, where that is not the person whose time it is. */
const by = ActorId.optional();
const period = { fromMs: InstantMs, toMs: InstantMs };
const exemption = z.string().min(1).max(200);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** SHA-256 of the timesheets' canonical JSON. */
const seal = sha256;

/**
 * Every event type: the kind of subject it is about, its data, and who testifies.
 * `signal`: a system saw it happen. `person`: somebody said so. Time between two signals is `observed`;
 * time that a person's word bounds is `declared`.
 */
export const EVENT_TYPES = {
  /** The agent dials; `CallContacting` is the step before, where a dialler reaches for the far end. */
  CallContacting: { kind: 'call', testimony: 'signal', data: plain },
  CallDialed: { kind: 'call', testimony: 'signal', data: plain },
  CallQueued: { kind: 'call', testimony: 'signal', data: plain },
  CallOffered: { kind: 'call', testimony: 'signal', data: plain },
  CallMissed: { kind: 'call', testimony: 'signal', data: reasoned },
  CallConnected: { kind: 'call', testimony: 'signal', data: plain },
  CallHeld: { kind: 'call', testimony: 'signal', data: reasoned },
  CallResumed: { kind: 'call', testimony: 'signal', data: plain },
  CallTransferred: { kind: 'call', testimony: 'signal', data: handedOver },
  /** One more participant, or one fewer: a conference, a consultation. */
  CallJoined: { kind: 'call', testimony: 'signal', data: handedOver },
  CallLeft: { kind: 'call', testimony: 'signal', data: handedOver },
  CallEnded: { kind: 'call', testimony: 'signal', data: reasoned },
  CallAbandoned: { kind: 'call', testimony: 'signal', data: reasoned },
  /** After-call work is done: the agent is ready for the next contact. */
  CallWrappedUp: { kind: 'call', testimony: 'signal', data: plain },

  ChatStarted: { kind: 'chat', testimony: 'signal', data: plain },
  ChatPaused: { kind: 'chat', testimony: 'signal', data: reasoned },
  ChatResumed: { kind: 'chat', testimony: 'signal', data: plain },
  ChatTransferred: { kind: 'chat', testimony: 'signal', data: handedOver },
  ChatEnded: { kind: 'chat', testimony: 'signal', data: reasoned },

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

  /** A length that somebody typed in, ending with this fact: Monday 10:00 to 10:30, entered on Wednesday. */
  TimeEntered: {
    kind: 'entry',
    testimony: 'person',
    data: z.strictObject({
      ...common,
      actor: ActorId,
      durationMs: DurationMs.min(0),
      reason: sentence.optional(),
      by,
    }),
  },

  /** What people say about time that is in the log already. It stands in the stream of its subject; nothing is edited. */
  TimeCorrected: {
    kind: 'any',
    testimony: 'person',
    data: z
      .strictObject({
        actor: ActorId,
        /** Which rule's record. What is removed is removed from all of the person on this subject when absent. */
        rule: z.string().optional(),
        effect: z.enum(['add', 'remove']),
        ...period,
        reason: sentence,
        by,
      })
      .refine(({ effect, rule }) => effect === 'remove' || rule !== undefined, {
        message: 'what is added needs rule: the one whose record it is',
      }),
  },
  /** The source deleted it, or it never was: it counts nothing from now on, and its history stays. */
  TimeRetracted: { kind: 'any', testimony: 'person', data: z.strictObject({ reason: sentence, by }) },
  TimeAllocated: {
    kind: 'any',
    testimony: 'person',
    data: z.strictObject({ actor: ActorId, over: Shares, reason: sentence.optional(), by }),
  },
  /** Somebody who may has looked at declared time that needed it. */
  TimeApproved: {
    kind: 'any',
    testimony: 'person',
    data: z
      .strictObject({ actor: ActorId, by: ActorId, note: sentence.optional() })
      .refine(({ actor, by }) => actor !== by, OWN_WORD),
  },
  NoteAttached: {
    kind: 'any',
    testimony: 'person',
    data: z.strictObject({
      text: sentence,
      by: ActorId,
      /** What the note says the work took, to be held against what was observed. */
      claimedMs: DurationMs.min(0).optional(),
      /** The subjects that the note gives as evidence. */
      evidence: z.array(SubjectId).max(100).optional(),
    }),
  },
  /** Two subjects turned out to be one: from now on the facts of this one are read with the other's. */
  SubjectMerged: {
    kind: 'any',
    testimony: 'signal',
    data: z.strictObject({ into: SubjectId, reason: sentence.optional() }),
  },

  /** The person was seen at work (a key, a click, a heartbeat). Stream `presence-<actor>`. */
  PersonActive: { kind: 'presence', testimony: 'signal', data: z.strictObject({ actor: ActorId }) },
  /** Reference data: from this instant on the person works in this zone. Stream `person-<actor>`. */
  PersonMovedToZone: {
    kind: 'person',
    testimony: 'signal',
    data: z.strictObject({ actor: ActorId, zone: z.string().min(1).max(100) }),
  },
  /** Time of this kind is asked to be left out of the person's figures. */
  ExemptionRequested: {
    kind: 'person',
    testimony: 'person',
    data: z.strictObject({
      actor: ActorId,
      exemption,
      category: z.string().min(1).max(100),
      ...period,
      reason: sentence,
    }),
  },
  ExemptionGranted: {
    kind: 'person',
    testimony: 'person',
    data: z
      .strictObject({ actor: ActorId, exemption, by: ActorId, note: sentence.optional() })
      .refine(({ actor, by }) => actor !== by, OWN_WORD),
  },
  ExemptionRefused: {
    kind: 'person',
    testimony: 'person',
    data: z
      .strictObject({ actor: ActorId, exemption, by: ActorId, note: sentence.optional() })
      .refine(({ actor, by }) => actor !== by, OWN_WORD),
  },
  ExemptionWithdrawn: {
    kind: 'person',
    testimony: 'person',
    data: z.strictObject({ actor: ActorId, exemption, note: sentence.optional() }),
  },
  /** The source itself was down: what it did not say in between is unknown, not absent. Stream `source-<name>`. */
  SourceWentDown: {
    kind: 'source',
    testimony: 'signal',
    data: z.strictObject({ reason: z.string().max(200).optional() }),
  },
  SourceCameBack: {
    kind: 'source',
    testimony: 'signal',
    data: z.strictObject({ reason: z.string().max(200).optional() }),
  },

  /** Reference data: from this instant on the person belongs to the team. Stream `person-<actor>`. */
  PersonJoinedTeam: {
    kind: 'person',
    testimony: 'signal',
    data: z.strictObject({ actor: ActorId, team: z.string().min(1).max(100) }),
  },
  /** The live answers follow this rule set from here on. Stream `ruleset-live`. */
  RuleSetApplied: { kind: 'ruleset', testimony: 'person', data: z.strictObject({ ruleSet: RuleSet }) },

  /** What was issued for one person when a week was sealed. Stream `seal-<week>`; `seal` says which seal it belongs to. */
  TimesheetSealed: {
    kind: 'seal',
    testimony: 'person',
    data: z.strictObject({
      week: IsoWeek,
      seal,
      actor: ActorId,
      days: z.array(PersonDay).readonly(),
      /** What had been learned by then of weeks that were sealed before. */
      adjustments: z.array(Adjustment).readonly(),
    }),
  },
  /** From here on the week's report is what was issued: these timesheets. Stream `seal-weeks`. */
  WeekSealed: {
    kind: 'seal',
    testimony: 'person',
    data: z.strictObject({
      week: IsoWeek,
      by: ActorId,
      note: sentence.optional(),
      seal,
      timesheets: z.int().min(0),
      /** Under what the figures were derived, and from how much of the log. */
      ruleSet: z.string(),
      ruleSetHash: sha256,
      zone: z.string(),
      position: z.int().min(0),
      asOfMs: InstantMs.nullable(),
    }),
  },
} as const;
