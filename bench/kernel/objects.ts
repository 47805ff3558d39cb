/**
 * The fold over parsed objects: an immutable reducer, as a service in Node would have it. Each rule reduces the instants
 * of a subject to a state with its spans; nothing is changed in place. Parsing is not timed.
 */
import { TYPES } from '../../engine/clock/columns.ts';
import { passes } from './passes.ts';
import { type DeskRule, RULES, SKEW_MS } from './recipe.ts';
import {
  LINES,
  ORPHANS,
  PAUSED_MS,
  RUNNING_MS,
  TAILS,
  type Totals,
  increase,
  newTotals,
  placeOf,
} from './totals.ts';
import { SEED, TRAFFIC_KINDS, type Traffic, type TrafficKind, type TrafficType, traffic } from './traffic.ts';

interface DeskEvent {
  readonly id: string;
  readonly type: TrafficType;
  readonly subject: string;
  readonly occurredAt: number;
  readonly data: { readonly actor?: string };
}

interface Span {
  readonly actor: string | undefined;
  readonly state: 'running' | 'paused';
  readonly fromMs: number;
  readonly toMs: number;
  /** The last of its line. */
  readonly ends: boolean;
}

interface OpenCycle {
  readonly actor: string | undefined;
  readonly paused: boolean;
  readonly fromMs: number;
  /** No stretch of its line is closed yet. */
  readonly isFirst: boolean;
  /** The last fact that shows that it still went on. */
  readonly signMs: number;
}

/** An end that has no start. */
interface Orphan {
  readonly actor: string | undefined;
  readonly atMs: number;
  /** Nothing was ever open before: a start that comes soon may be its own. */
  readonly isEarly: boolean;
}

interface State {
  readonly open: OpenCycle | undefined;
  readonly spans: readonly Span[];
  readonly orphans: readonly Orphan[];
  readonly named: string | undefined;
  readonly everOpened: boolean;
  /** What a start needs before it has come, and no start has used it up. */
  readonly ready: boolean;
}

type Instant = readonly [DeskEvent, ...DeskEvent[]];

const instantsOf = (events: readonly DeskEvent[]): readonly Instant[] => {
  const instants: [DeskEvent, ...DeskEvent[]][] = [];
  for (const event of events) {
    const last = instants.at(-1);
    if (last && last[0].occurredAt === event.occurredAt) last.push(event);
    else instants.push([event]);
  }
  return instants;
};

const spanOf = ({ actor, paused, fromMs }: OpenCycle, toMs: number, ends: boolean): Span => ({
  actor,
  state: paused ? 'paused' : 'running',
  fromMs,
  toMs,
  ends,
});

const closed = (state: State, open: OpenCycle, atMs: number): State => ({
  ...state,
  open: undefined,
  spans: [...state.spans, spanOf(open, atMs, true)],
});

const turned = (state: State, open: OpenCycle, change: Partial<OpenCycle>, atMs: number): State => ({
  ...state,
  open: {
    ...open,
    ...change,
    fromMs: atMs,
    signMs: atMs,
    isFirst: open.isFirst && open.fromMs === atMs,
  },
  spans: open.fromMs < atMs ? [...state.spans, spanOf(open, atMs, false)] : state.spans,
});

const confirmed = (state: State, open: OpenCycle, atMs: number): State => ({
  ...state,
  open: { ...open, signMs: atMs },
});

const firstOf = (types: readonly TrafficType[], instant: Instant): DeskEvent | undefined =>
  instant.find(({ type }) => types.includes(type));

const wentOn = (
  rule: DeskRule,
  state: State,
  starter: DeskEvent | undefined,
  instant: Instant,
  atMs: number,
): State => {
  let next = state;
  const pauses = firstOf(rule.pause, instant) !== undefined;
  const resumes = firstOf(rule.resume, instant) !== undefined;
  const before = state.open;
  if (before && (pauses || resumes)) {
    const paused = !resumes;
    if (paused !== before.paused) next = turned(next, before, { paused }, atMs);
    else if (pauses && resumes) next = confirmed(next, before, atMs);
  }
  const heir = instant.findLast(({ type }) => rule.handOver.includes(type))?.data.actor;
  if (next.open && heir !== undefined) {
    if (heir !== next.open.actor) next = turned(next, next.open, { actor: heir }, atMs);
    else if (!next.open.paused) next = confirmed(next, next.open, atMs);
  }
  if (next.open && !next.open.paused && starter) next = confirmed(next, next.open, atMs);
  return next;
};

const opened = (
  rule: DeskRule,
  state: State,
  starter: DeskEvent,
  instant: Instant,
  wasOpen: boolean,
): State => {
  const atMs = instant[0].occurredAt;
  const heir = wasOpen ? undefined : instant.findLast(({ type }) => rule.handOver.includes(type))?.data.actor;
  const paused = !wasOpen && firstOf(rule.pause, instant) !== undefined;
  const actor = heir ?? starter.data.actor ?? state.named;
  const open = { actor, paused, fromMs: atMs, signMs: atMs, isFirst: true };
  const next = { ...state, everOpened: true, ready: false };
  return !wasOpen && firstOf(rule.stop, instant) ? closed(next, open, atMs) : { ...next, open };
};

const orphaned = (state: State, { data: { actor }, occurredAt }: DeskEvent): State => ({
  ...state,
  orphans: [...state.orphans, { actor, atMs: occurredAt, isEarly: !state.everOpened }],
});

/** The first event that may start, and whether what a start needs has come by the end of the instant. */
const starting = (
  rule: DeskRule,
  wasReady: boolean,
  instant: Instant,
): { readonly starter: DeskEvent | undefined; readonly ready: boolean } => {
  if (rule.after.length === 0) return { starter: firstOf(rule.start, instant), ready: true };
  const needed = instant.findIndex(({ type }) => rule.after.includes(type));
  const starter = instant.find(
    ({ type }, place) => rule.start.includes(type) && (wasReady || (needed >= 0 && needed < place)),
  );
  return { starter, ready: wasReady || needed >= 0 };
};

const reduce =
  (rule: DeskRule) =>
  (before: State, instant: Instant): State => {
    const atMs = instant[0].occurredAt;
    const named = instant.findLast(({ data }) => data.actor !== undefined)?.data.actor ?? before.named;
    const { starter, ready } = starting(rule, before.ready, instant);
    const state = { ...before, named, ready };
    const ender = firstOf(rule.stop, instant);
    if (state.open && !ender) return wentOn(rule, state, starter, instant, atMs);
    const after = state.open ? closed(state, state.open, atMs) : state;
    if (starter) return opened(rule, after, starter, instant, state.open !== undefined);
    return ender && !state.open ? orphaned(after, ender) : after;
  };

const EMPTY: State = {
  open: undefined,
  spans: [],
  orphans: [],
  named: undefined,
  everOpened: false,
  ready: false,
};

/** A last cycle of which nothing but its start is known takes an end that came a little too early. */
const settled = (state: State): State => {
  const { open } = state;
  const early = state.orphans.findLast(({ isEarly }) => isEarly);
  if (!open || !early) return state;
  const isBare = open.isFirst && !open.paused && open.signMs === open.fromMs;
  if (!isBare || open.fromMs - early.atMs > SKEW_MS) return state;
  return closed({ ...state, orphans: state.orphans.filter((orphan) => orphan !== early) }, open, open.fromMs);
};

const agentOf = (actor: string | undefined): number => (actor === undefined ? -1 : Number(actor.slice(6)));

const add = ({ open, spans, orphans }: State, totals: Totals, rule: number): void => {
  for (const { actor, state, fromMs, toMs, ends } of spans) {
    const place = placeOf(rule, agentOf(actor));
    increase(totals, place + (state === 'running' ? RUNNING_MS : PAUSED_MS), toMs - fromMs);
    if (ends) increase(totals, place + LINES, 1);
  }
  for (const { actor } of orphans) increase(totals, placeOf(rule, agentOf(actor)) + ORPHANS, 1);
  if (!open) return;
  const place = placeOf(rule, agentOf(open.actor));
  increase(totals, place + (open.paused ? PAUSED_MS : RUNNING_MS), open.signMs - open.fromMs);
  increase(totals, place + LINES, 1);
  increase(totals, place + TAILS, 1);
};

interface Subject {
  readonly kind: TrafficKind | undefined;
  readonly events: readonly DeskEvent[];
}

const derive = (subjects: readonly Subject[]): Totals => {
  const totals = newTotals();
  for (const { kind, events } of subjects) {
    const instants = instantsOf(events);
    for (const [index, rule] of RULES.entries())
      if (rule.kind === kind) add(settled(instants.reduce(reduce(rule), EMPTY)), totals, index);
  }
  return totals;
};

/** As long as a UUID. */
const idOf = (n: number): string => `${String(n).padStart(12, '0')}-5f1e-4c0a-9d6b-7a30b1c2d3e4`;

/** The line that a service would have got. */
const lineOf = ({ columns, kind }: Traffic, place: number, n: number): string => {
  const actor = columns.actor[n] ?? -1;
  return JSON.stringify({
    id: idOf(n),
    type: TYPES[columns.type[n] ?? 0],
    subject: `${TRAFFIC_KINDS[kind[place] ?? 0]}-${place}`,
    occurredAt: columns.at[n],
    data: { actor: actor < 0 ? undefined : `agent-${actor}` },
  });
};

const isEvent = (value: unknown): value is DeskEvent =>
  typeof value === 'object' && value !== null && 'type' in value && 'occurredAt' in value && 'data' in value;

const parsed = (line: string): DeskEvent => {
  const value: unknown = JSON.parse(line);
  if (!isEvent(value)) throw new Error(`no event: ${line}`);
  return value;
};

const subjectsOf = (made: Traffic): readonly Subject[] =>
  Array.from({ length: made.subjects }, (_, place) => {
    const from = made.first[place] ?? 0;
    const length = (made.first[place + 1] ?? 0) - from;
    return {
      kind: TRAFFIC_KINDS[made.kind[place] ?? 0],
      events: Array.from({ length }, (__, index) => parsed(lineOf(made, place, from + index))),
    };
  });

const [events = '1000000', times = '5'] = process.argv.slice(2);
const subjects = subjectsOf(traffic(Number(events), SEED));
await passes(Number(times), () => derive(subjects));
