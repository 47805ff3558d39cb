/** Arbitrary moments: what can happen to a subject, what people say of it, and what is learned of a person. */
import fc from 'fast-check';
import { EVENT_TYPES, type EventType, isEventType } from '../../schemas/event.ts';

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEP_MS = 30 * MINUTE_MS;
/** 36 hours: a start on one day, an end on the next. */
const STEPS = 72;

export const KINDS = [
  'ticket',
  'call',
  'visit',
  'task',
  'timer',
  'chat',
  'email',
  'meeting',
  'entry',
] as const;
export const ACTORS = ['ANNA', 'BEN', 'CARA'] as const;
/** Sorted otherwise in Swedish and in Turkish than in English; the digit is for whoever needs a number. */
export const NAMES = ['z0', 'å1', 'b2', 'i3', 'ı4'] as const;

type Kind = (typeof KINDS)[number];

/** The rules of a kind that corrections speak of; every plan has some of them. */
const RULES: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
  ticket: ['ticket.work', 'ticket.other'],
  call: ['call.talk', 'call.wrap-up'],
  visit: ['visit.on-site'],
  task: ['task.work'],
  timer: ['timer.manual'],
  chat: ['chat.work'],
  email: ['email.work'],
  meeting: ['meeting.attendance'],
  entry: ['entry.manual'],
};

const isTypeOf =
  (kind: string) =>
  (type: string): type is EventType =>
    isEventType(type) && EVENT_TYPES[type].kind === kind;
const typesOf = (kind: string): readonly EventType[] => Object.keys(EVENT_TYPES).filter(isTypeOf(kind));
/** What begins something, and what changes it, happens more often: a history of ends says little. */
const WEIGHTS: Partial<Record<EventType, number>> = {
  CallConnected: 6,
  CallHeld: 2,
  CallEnded: 2,
  ChatStarted: 3,
  TicketOpened: 3,
  TicketStatusChanged: 3,
  TicketAssigned: 2,
  VisitCheckedIn: 3,
  EmailWorkStarted: 2,
  TaskStarted: 2,
  MeetingStarted: 2,
};
const TYPES = Object.fromEntries(
  KINDS.map((kind) => [
    kind,
    typesOf(kind).flatMap((type) => Array.from({ length: WEIGHTS[type] ?? 1 }, () => type)),
  ]),
);

/** Where a moment happens: instants are counted from the start of the history. */
export interface Scene {
  readonly kind: Kind;
  readonly startMs: number;
}

/** What is told, before it is about anybody. */
interface Told {
  readonly type: EventType;
  readonly data: Readonly<Record<string, unknown>>;
}
type Say = (scene: Scene) => Told;

export interface Moment {
  readonly step: number;
  readonly beyondMs: number;
  readonly lateMs: number;
  readonly sequence: number | undefined;
  /** Which word it is about a fact of its type that the source corrects itself about; 0 is the first. */
  readonly revision: number | undefined;
  readonly say: Say;
}

/** Mostly nothing, and then one of these. */
const seldom = <Value>(...values: readonly Value[]): fc.Arbitrary<Value | undefined> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );

const present = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

const attributes = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.record({
      tier: seldom('gold', 'silver'),
      queue: seldom('sales', 'service'),
      priority: seldom('P1', 'P3'),
      team: seldom('north', 'south'),
      project: fc.constantFrom(undefined, 'apollo', 'gemini'),
    }),
  },
);

/** One has more to do than the others: work of one person at one time is what needs policies. */
const actor = fc.constantFrom<string | undefined>(undefined, ...ACTORS, 'ANNA');
const status = fc.constantFrom('open', 'pending', 'solved', 'new', 'on-hold', 'closed');
/** What a source says that it took: mostly nothing, then none, a little, or longer than there was. */
const durationMs = seldom(0, 10 * MINUTE_MS, 45 * MINUTE_MS + 1, 20 * HOUR_MS);
const reason = seldom('customer', 'vendor');
const timedBy = fc.constantFrom(...Array.from({ length: 9 }, () => undefined), 'receipt' as const);

const fieldsOf = (type: EventType): ReadonlySet<string> => new Set(Object.keys(EVENT_TYPES[type].data.shape));
const NEEDS_ACTOR = new Set<EventType>(
  KINDS.flatMap(typesOf).filter(
    (type) =>
      !EVENT_TYPES[type].data.safeParse(fieldsOf(type).has('status') ? { status: 'new' } : {}).success,
  ),
);

/** A fact of the subject's own kind. */
const signal: fc.Arbitrary<Say> = fc
  .record({
    place: fc.nat(99),
    actor,
    actorKind: fc.constantFrom(...Array.from({ length: 9 }, () => undefined), 'bot', 'system', 'human'),
    durationMs,
    timedBy,
    attributes,
    status,
    reason,
  })
  .map(({ place, attributes: told, ...own }) => ({ kind }: Scene): Told => {
    const types = TYPES[kind] ?? [];
    const type = types[place % types.length] ?? 'TicketOpened';
    const known = fieldsOf(type);
    const fields = Object.entries(own).filter(([name]) => known.has(name));
    const data = present(Object.fromEntries(fields));
    const needed = {
      ...(NEEDS_ACTOR.has(type) && data['actor'] === undefined ? { actor: ACTORS[0] } : {}),
      ...(type === 'TimeEntered' && data['durationMs'] === undefined ? { durationMs: HOUR_MS } : {}),
    };
    const attributes = present(told);
    return {
      type,
      data: { ...data, ...needed, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) },
    };
  });

const someone = fc.constantFrom(...ACTORS, 'ANNA');
const step = fc.nat(STEPS);
const beyondMs = fc.constantFrom(0, 0, 0, 0, 0, 1, 59_999, 10 * MINUTE_MS);
/** A period of the history; of no length, too. */
const period = fc.record({ step, beyondMs, steps: fc.nat(9) });
const longPeriod = fc.record({ step: fc.nat(9), beyondMs, steps: fc.nat(STEPS) });
const periodOf = ({ startMs }: Scene, it: { step: number; beyondMs: number; steps: number }) => {
  const fromMs = startMs + it.step * STEP_MS + it.beyondMs;
  return { fromMs, toMs: fromMs + it.steps * STEP_MS };
};

const correction: fc.Arbitrary<Say> = fc
  .record({ actor: someone, rule: fc.nat(2), effect: fc.constantFrom('remove', 'add'), period })
  .map((it) => (scene: Scene): Told => {
    const rule = [...RULES[scene.kind]][it.rule];
    // What is added names its rule.
    const effect = rule === undefined ? 'remove' : it.effect;
    const data = { actor: it.actor, rule, effect, ...periodOf(scene, it.period), reason: 'law' };
    return { type: 'TimeCorrected', data: present(data) };
  });

const said = (type: EventType, data: fc.Arbitrary<Readonly<Record<string, unknown>>>): fc.Arbitrary<Say> =>
  data.map((own) => (): Told => ({ type, data: own }));

/** Into another of its kind, or itself; perhaps one that has no facts. */
const merge: fc.Arbitrary<Say> = fc
  .constantFrom(...NAMES)
  .map((name) => ({ kind }: Scene): Told => ({ type: 'SubjectMerged', data: { into: `${kind}-${name}` } }));

const shares = fc.constantFrom({ a: '100%' }, { research: '30%', negotiation: '50%', 'follow-up': '20%' });

/** What people say of time that is in the log. */
const word: fc.Arbitrary<Say> = fc.oneof(
  { weight: 4, arbitrary: correction },
  { weight: 3, arbitrary: merge },
  { weight: 2, arbitrary: said('TimeApproved', fc.record({ actor: someone, by: fc.constant('BOSS') })) },
  { weight: 1, arbitrary: said('TimeAllocated', fc.record({ actor: someone, over: shares })) },
  { weight: 1, arbitrary: said('TimeRetracted', fc.constant({ reason: 'law' })) },
  {
    weight: 1,
    arbitrary: said(
      'NoteAttached',
      fc
        .record({
          text: fc.constant('law'),
          by: someone,
          claimedMs: fc.constantFrom(0, HOUR_MS),
          evidence: fc.constantFrom(
            undefined,
            NAMES.slice(0, 2).map((name) => `ticket-${name}`),
          ),
        })
        .map(present),
    ),
  },
);

const moment = (say: fc.Arbitrary<Say>): fc.Arbitrary<Moment> =>
  fc.record({
    step,
    beyondMs,
    lateMs: fc.constantFrom(0, 0, 0, HOUR_MS, 30 * HOUR_MS, 80 * HOUR_MS),
    sequence: fc.constantFrom(undefined, undefined, 0, 1),
    revision: seldom(0, 1, 2),
    say,
  });

export const subjectMoments = fc.array(
  moment(fc.oneof({ weight: 9, arbitrary: signal }, { weight: 1, arbitrary: word })),
  { minLength: 1, maxLength: 9, size: '+1' },
);

/** What is learned of a person. */
const reference: fc.Arbitrary<Say> = fc.oneof(
  said('PersonJoinedTeam', fc.record({ team: fc.constantFrom('north', 'south', 'east') })),
  said(
    'PersonMovedToZone',
    fc.record({ zone: fc.constantFrom('Asia/Shanghai', 'America/Toronto', 'Pacific/Kiritimati') }),
  ),
);

const exemption = { exemption: fc.constantFrom('e1', 'e1', 'e2') } as const;

const request: fc.Arbitrary<Say> = fc
  .record({ ...exemption, category: fc.constantFrom('drill', 'meeting'), period: longPeriod })
  .map(({ period: when, ...own }) => (scene: Scene): Told => ({
    type: 'ExemptionRequested',
    data: { ...own, ...periodOf(scene, when), reason: 'law' },
  }));

const decided = fc.record({ ...exemption, by: fc.constant('BOSS') });
const decision: fc.Arbitrary<Say> = fc.oneof(
  { weight: 4, arbitrary: said('ExemptionGranted', decided) },
  { weight: 1, arbitrary: said('ExemptionRefused', decided) },
  { weight: 1, arbitrary: said('ExemptionWithdrawn', fc.record(exemption)) },
);

/** In a stream `person-<actor>`, `presence-<actor>` or `source-<source>`. */
export interface BesideMoment {
  readonly stream: 'person' | 'presence' | 'source';
  readonly actor: string | undefined;
  readonly moment: Moment;
}

const outage = fc.oneof(said('SourceWentDown', fc.constant({})), said('SourceCameBack', fc.constant({})));

const beside = (stream: BesideMoment['stream'], say: fc.Arbitrary<Say>): fc.Arbitrary<BesideMoment> =>
  fc.record({
    stream: fc.constant(stream),
    actor: stream === 'source' ? fc.constant(undefined) : someone,
    moment: moment(say),
  });

/** What somebody asks for, and what becomes of it. */
const asked: fc.Arbitrary<readonly BesideMoment[]> = fc
  .record({ actor: someone, moments: fc.tuple(moment(request), moment(decision)) })
  .map(({ actor: who, moments }) =>
    moments.map((one): BesideMoment => ({ stream: 'person', actor: who, moment: one })),
  );

/** What is learned of people and of the source while the work goes on. */
export const besideMoments: fc.Arbitrary<readonly BesideMoment[]> = fc
  .tuple(
    fc.array(beside('person', reference), { maxLength: 4 }),
    fc.array(beside('presence', said('PersonActive', fc.constant({}))), { maxLength: 7 }),
    fc.array(beside('source', outage), { maxLength: 2 }),
    fc.array(asked, { maxLength: 2 }).map((lists) => lists.flat()),
  )
  .map((lists) => lists.flat());

export const instantOf = (
  { step: steps, beyondMs: ms }: Moment,
  { startMs }: Pick<Scene, 'startMs'>,
): number => startMs + steps * STEP_MS + ms;
