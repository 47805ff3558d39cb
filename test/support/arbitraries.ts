/**
 * Arbitrary histories: what subjects and people might go through, likely or not, and the plans they are judged by.
 *
 * Times lie on a coarse grid, so that ties happen; a failing history is printed as a table that can be pasted
 * into a scenario.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Plan } from '../../engine/index.ts';
import { type InstantMs, instantMs } from '../../schemas/brand.ts';
import { TickmarkEvent } from '../../schemas/event.ts';
import {
  KINDS,
  MINUTE_MS,
  type Moment,
  NAMES,
  type Scene,
  instantOf,
  besideMoments,
  subjectMoments,
} from './moments.ts';
import { RICH_PLANS, UNROUNDED_BOOKED } from './rich-plans.ts';
import { idOf, localText, planOf } from './scenario.ts';
import { formatTable } from './table.ts';

/** How often a law is tried. */
export const RUNS = process.env['CI'] ? 2_000 : 300;

/** Noon before days of 23, 24, 25 and no hours in one of the zones below. */
const NOONS = [
  Date.UTC(2026, 2, 28, 12),
  Date.UTC(2026, 9, 24, 12),
  Date.UTC(2010, 10, 6, 12),
  Date.UTC(2018, 10, 3, 12),
  Date.UTC(2011, 11, 29, 12),
] as const;

const SOURCE = 'arbitrary';

/** A first word has the id of its fact and says nothing of revisions, as those of most sources. */
const identityOf = (stream: string, type: string, revision: number | undefined, index: number) => {
  if (revision === undefined) return { id: idOf(`${stream} ${index}`) };
  const fact = idOf(`${stream} ${type}`);
  return revision === 0 ? { id: fact } : { id: idOf(`${stream} ${type} ${revision}`), fact, revision };
};

const factOf = (
  stream: string,
  moment: Moment,
  scene: Scene,
  index: number,
  actor?: string,
): TickmarkEvent => {
  const occurredAt = instantOf(moment, scene);
  const { type, data } = moment.say(scene);
  return TickmarkEvent.parse({
    ...identityOf(stream, type, moment.revision, index),
    source: SOURCE,
    type,
    subject: stream,
    occurredAt,
    recordedAt: occurredAt + moment.lateMs,
    ...(moment.sequence === undefined ? {} : { sequence: moment.sequence }),
    dialect: 'arbitrary@1',
    signalHash: '0'.repeat(64),
    data: actor === undefined ? data : { ...data, actor },
  });
};

export interface History {
  readonly facts: readonly TickmarkEvent[];
  /** An instant at or after the last fact: the log may have gone on. */
  readonly horizonMs: InstantMs;
}

const zulu = (at: number): string => `${localText(instantMs(at), 'UTC')}Z`;

/** How the cases of rule files write what is no text. */
const CELLS: Readonly<Record<string, readonly [column: string, write: (value: unknown) => string]>> = {
  actor: ['who', String],
  durationMs: ['duration', (ms) => `${String(ms)}ms`],
  claimedMs: ['claimed', (ms) => `${String(ms)}ms`],
  fromMs: ['from', (at) => zulu(Number(at))],
  toMs: ['to', (at) => zulu(Number(at))],
  over: [
    'over',
    (over) =>
      Object.entries(Object(over))
        .map((share) => share.join(' '))
        .join(', '),
  ],
};

const rowOf = (
  { id, fact = id, revision, occurredAt, recordedAt, subject, type, data, sequence }: TickmarkEvent,
  revised: ReadonlySet<string>,
) => {
  const attributes = 'attributes' in data ? data.attributes : {};
  const own = Object.entries(data).flatMap(([field, value]: [string, unknown]) => {
    if (field === 'attributes') return [];
    const [column, write] = CELLS[field] ?? [field, String];
    return [[column, write(value)] as const];
  });
  return {
    time: zulu(occurredAt),
    recorded: occurredAt === recordedAt ? '' : zulu(recordedAt),
    subject,
    event: type,
    sequence: sequence === undefined ? '' : String(sequence),
    id: revised.has(fact) ? fact : '',
    revision: revision === undefined ? '' : String(revision),
    ...Object.fromEntries(own),
    ...attributes,
  };
};

const tableOf = (facts: readonly TickmarkEvent[]): string => {
  const revised = new Set(facts.flatMap(({ fact }) => fact ?? []));
  const rows = facts.map((fact): Readonly<Record<string, string>> => rowOf(fact, revised));
  const columns = ['time', 'recorded', 'subject', 'event', 'who', 'sequence', ...rows.flatMap(Object.keys)];
  const used = [...new Set(columns)].filter((name) => rows.some((row) => (row[name] ?? '') !== ''));
  return formatTable(
    used,
    rows.map((row) => Object.fromEntries(used.map((name) => [name, row[name] ?? '']))),
  );
};

/** The language says most about these. */
const USUAL_KINDS = ['ticket', 'ticket', 'ticket', 'call', 'call', 'call', 'visit', 'task', 'chat'] as const;

/** One to five subjects of one to three kinds, and what is learned beside them, in no order. */
export const histories: fc.Arbitrary<History> = fc
  .record({
    startMs: fc.constantFrom(...NOONS),
    kinds: fc.array(fc.constantFrom(...KINDS, ...USUAL_KINDS), { minLength: 1, maxLength: 3 }),
    subjects: fc.array(fc.record({ place: fc.nat(2), moments: subjectMoments }), {
      minLength: 1,
      maxLength: NAMES.length,
      size: 'max',
    }),
    besides: besideMoments,
    quietMs: fc.constantFrom(0, 0, MINUTE_MS, 3 * MINUTE_MS, 48 * 60 * MINUTE_MS),
  })
  .map(({ startMs, kinds, subjects, besides, quietMs }) => {
    const ofSubjects = subjects.flatMap(({ place, moments }, n) => {
      const kind = kinds[place % kinds.length] ?? 'ticket';
      return moments.map((one, index) => factOf(`${kind}-${NAMES[n]}`, one, { kind, startMs }, index));
    });
    const beside = besides.map(({ stream, actor, moment }, index) =>
      factOf(`${stream}-${actor ?? SOURCE}`, moment, { kind: 'ticket', startMs }, index, actor),
    );
    // Of two words of one revision the log takes one.
    const facts = [...new Map([...ofSubjects, ...beside].map((fact) => [fact.id, fact])).values()];
    const horizonMs = instantMs(Math.max(...facts.map(({ occurredAt }) => occurredAt)) + quietMs);
    return {
      facts,
      horizonMs,
      [fc.toStringMethod]: () => `as of ${zulu(horizonMs)}\n${tableOf(facts)}\n`,
    };
  });

/** The order in which facts arrive, and which of them arrive twice: any is possible. */
export const deliveries = fc.array(fc.nat(999), { minLength: 60, maxLength: 60 });

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
  ...RICH_PLANS,
} as const satisfies Readonly<Record<string, Plan>>;

/** Plans, each with its twin: the same rules but for rounding. */
export const UNROUNDED_TWINS: readonly (readonly [Plan, Plan])[] = [
  [PLANS.everything, standard({ calendars: OFFICE }, { ...CALENDAR, ...TOLERANCE, ...LONG_CAP })],
  [PLANS.booked, UNROUNDED_BOOKED],
];

export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

/** Printed by its name: a compiled plan says nothing to a reader. */
const named = (given: Readonly<Record<string, Plan>>): fc.Arbitrary<NamedPlan> =>
  fc.constantFrom(
    ...Object.entries(given).map(([name, plan]) => ({
      name,
      plan,
      [fc.toStringMethod]: () => `the plan ${name}`,
    })),
  );

export const plans = named(PLANS);

/** Plans under which no subject looks at another, nor at a person. */
export const selfContained = named({
  unassuming: PLANS.unassuming,
  capped: standard({}, { missingEnd: { cap: '2h' }, ...TOLERANCE }),
});
