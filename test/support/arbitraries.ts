/**
 * Arbitrary histories: what subjects might go through, likely or not, and the plans they are judged by.
 *
 * Times lie on a coarse grid, so that ties happen; a failing history is printed as a table that can be pasted
 * into a scenario.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Plan } from '../../engine/index.ts';
import { type InstantMs, instantMs } from '../../schemas/brand.ts';
import { EVENT_TYPES, type EventType, TickmarkEvent, isEventType } from '../../schemas/event.ts';
import { idOf, localText, planOf } from './scenario.ts';
import { formatTable } from './table.ts';

/** How often a law is tried. */
export const RUNS = process.env['CI'] ? 2_000 : 300;

const MINUTE_MS = 60_000;
const STEP_MS = 30 * MINUTE_MS;
/** 36 hours: a start on one day, an end on the next. */
const STEPS = 72;

/** Noon before days of 23, 24, 25 and no hours in one of the zones below. */
const NOONS = [
  Date.UTC(2026, 2, 28, 12),
  Date.UTC(2026, 9, 24, 12),
  Date.UTC(2010, 10, 6, 12),
  Date.UTC(2018, 10, 3, 12),
  Date.UTC(2011, 11, 29, 12),
] as const;

const isTypeOf =
  (kind: string) =>
  (type: string): type is EventType =>
    isEventType(type) && EVENT_TYPES[type].kind === kind;
const typesOf = (kind: string): readonly EventType[] => Object.keys(EVENT_TYPES).filter(isTypeOf(kind));

const KINDS = ['call', 'ticket', 'visit', 'task', 'timer'] as const;
const ACTORS = ['ANNA', 'BEN', 'CARA'] as const;
/** Sorted otherwise in Swedish and in Turkish than in English; the digit is for whoever needs a number. */
const NAMES = ['z0', 'å1', 'b2', 'i3', 'ı4'] as const;

interface Moment {
  readonly type: EventType;
  readonly step: number;
  readonly beyondMs: number;
  readonly actor: string | undefined;
  readonly sequence: number | undefined;
  readonly tier: string | undefined;
  readonly queue: string | undefined;
}

const moment = (kind: string): fc.Arbitrary<Moment> =>
  fc.record({
    type: fc.constantFrom(...typesOf(kind)),
    step: fc.nat(STEPS),
    beyondMs: fc.constantFrom(0, 0, 0, 0, 0, 1, 59_999, 10 * MINUTE_MS),
    actor: fc.constantFrom(undefined, ...ACTORS),
    sequence: fc.constantFrom(undefined, undefined, 0, 1),
    tier: fc.constantFrom(undefined, undefined, undefined, 'gold', 'silver'),
    queue: fc.constantFrom(undefined, undefined, undefined, 'sales', 'service'),
  });

const needsActor = new Set<EventType>(['CallTransferred', 'TicketAssigned', 'TimerStarted']);

const factOf = (
  subject: string,
  { type, tier, queue, ...at }: Moment,
  startMs: number,
  index: number,
): TickmarkEvent => {
  const occurredAt = startMs + at.step * STEP_MS + at.beyondMs;
  const attributes = { ...(tier && { tier }), ...(queue && { queue }) };
  const actor = at.actor ?? (needsActor.has(type) ? ACTORS[0] : undefined);
  return TickmarkEvent.parse({
    id: idOf(`${subject} ${index}`),
    source: 'arbitrary',
    type,
    subject,
    occurredAt,
    recordedAt: occurredAt,
    ...(at.sequence === undefined ? {} : { sequence: at.sequence }),
    dialect: 'arbitrary@1',
    signalHash: '0'.repeat(64),
    data: {
      ...(actor === undefined ? {} : { actor }),
      ...((tier ?? queue) ? { attributes } : {}),
      ...(type === 'TicketStatusChanged' ? { status: 'open' } : {}),
    },
  });
};

const subjectMoments = fc
  .constantFrom(...KINDS)
  .chain((kind) =>
    fc.array(moment(kind), { minLength: 1, maxLength: 9 }).map((moments) => ({ kind, moments })),
  );

export interface History {
  readonly facts: readonly TickmarkEvent[];
  /** An instant at or after the last fact: the log may have gone on. */
  readonly horizonMs: InstantMs;
}

const attributeOf = (data: TickmarkEvent['data'], name: string): string =>
  'attributes' in data ? (data.attributes?.[name] ?? '') : '';

const tableOf = (facts: readonly TickmarkEvent[]): string =>
  formatTable(
    ['time', 'subject', 'event', 'who', 'sequence', 'tier', 'queue'],
    facts.map(({ occurredAt, subject, type, data, sequence }) => ({
      time: `${localText(occurredAt, 'UTC')}Z`,
      subject,
      event: type,
      who: 'actor' in data ? (data.actor ?? '') : '',
      sequence: sequence === undefined ? '' : String(sequence),
      tier: attributeOf(data, 'tier'),
      queue: attributeOf(data, 'queue'),
    })),
  );

/** One to five subjects of any kind, two or three people, in no order. */
export const histories: fc.Arbitrary<History> = fc
  .record({
    startMs: fc.constantFrom(...NOONS),
    subjects: fc.array(subjectMoments, { minLength: 1, maxLength: NAMES.length }),
    quietMs: fc.constantFrom(0, 0, MINUTE_MS, 3 * MINUTE_MS, 48 * 60 * MINUTE_MS),
  })
  .map(({ startMs, subjects, quietMs }) => {
    const facts = subjects.flatMap(({ kind, moments }, n) =>
      moments.map((one, index) => factOf(`${kind}-${NAMES[n]}`, one, startMs, index)),
    );
    const horizonMs = instantMs(Math.max(...facts.map(({ occurredAt }) => occurredAt)) + quietMs);
    return {
      facts,
      horizonMs,
      [fc.toStringMethod]: () => `as of ${localText(horizonMs, 'UTC')}Z\n${tableOf(facts)}\n`,
    };
  });

/** The order in which facts arrive, and which of them arrive twice: any is possible. */
export const deliveries = fc.array(fc.nat(999), { minLength: 45, maxLength: 45 });

export const delivered = (
  facts: readonly TickmarkEvent[],
  delivery: readonly number[],
): readonly TickmarkEvent[] =>
  facts
    .flatMap((fact, index) => {
      const place = delivery[index] ?? 0;
      const once = { fact, place };
      return place % 3 === 0 ? [once, { fact: structuredClone(fact), place: (place * 7) % 1000 }] : [once];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ fact }) => fact);

const STANDARD: unknown = parse(readFileSync(new URL('../../rules/standard.yaml', import.meta.url), 'utf8'));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The standard rules with some keys of the rule set, and some of every rule, replaced. */
const standard = (
  ruleSet: Readonly<Record<string, unknown>> = {},
  rule: Readonly<Record<string, unknown>> = {},
): Plan => {
  if (!isObject(STANDARD) || !Array.isArray(STANDARD['rules'])) throw new Error('no standard rules');
  const rules = STANDARD['rules'].map((one: unknown) => (isObject(one) ? { ...one, ...rule } : one));
  return planOf(JSON.stringify({ ...STANDARD, rules, ...ruleSet }));
};

const OFFICE = {
  office: {
    hours: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [
        day,
        ['00:00-03:00', '08:30-12:00', '13:00-24:00'],
      ]),
    ),
    holidays: ['2026-03-30', '2010-11-06'],
  },
};
const CALENDAR = { calendar: 'office' };
const TOLERANCE = { interruption: { keepUpTo: '60m' } };
const ROUNDED = { round: { unit: '15m', mode: 'up', scope: 'record' } };
const LONG_CAP = { missingEnd: { closeAt: 'nextStart', cap: '20h' } };

/** Built once: compiling reads the tables of the zones. */
export const PLANS = {
  standard: standard(),
  tolerant: standard({ zone: 'America/St_Johns' }, TOLERANCE),
  office: standard({ zone: 'America/Sao_Paulo', calendars: OFFICE }, { ...CALENDAR, unassigned: 'skip' }),
  rounded: standard({ zone: 'Pacific/Apia' }, { ...ROUNDED, ...LONG_CAP }),
  uncapped: standard({ zone: 'Australia/Lord_Howe' }, { missingEnd: { closeAt: 'nextStart' } }),
  unassuming: standard({ zone: 'UTC' }, { missingEnd: { closeAt: 'lastSignal' }, when: { tier: 'gold' } }),
  everything: standard({ calendars: OFFICE }, { ...CALENDAR, ...TOLERANCE, ...ROUNDED, ...LONG_CAP }),
} as const satisfies Readonly<Record<string, Plan>>;

/** The same rules but for rounding. */
export const UNROUNDED_TWIN = standard({ calendars: OFFICE }, { ...CALENDAR, ...TOLERANCE, ...LONG_CAP });

/** Rules under which no subject looks at another. */
export const SELF_CONTAINED: readonly Plan[] = [
  PLANS.unassuming,
  standard({}, { missingEnd: { cap: '2h' }, ...TOLERANCE }),
];

export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

/** Printed by its name: a compiled plan says nothing to a reader. */
export const plans: fc.Arbitrary<NamedPlan> = fc.constantFrom(
  ...Object.entries(PLANS).map(([name, plan]) => ({
    name,
    plan,
    [fc.toStringMethod]: () => `the plan ${name}`,
  })),
);
