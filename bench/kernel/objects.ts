/**
 * The fold over parsed objects: an immutable reducer, as a service in Node would have it. Each rule reduces the instants
 * of a subject to a state with its spans; nothing is changed in place. Parsing is not timed.
 */
import { TYPES } from '../../engine/clock/columns.ts';
import type { EventType } from '../../schemas/event.ts';
import { passes } from './passes.ts';
import {
  LINES,
  PAUSED_MS,
  RULES,
  RUNNING_MS,
  type RuleName,
  TAILS,
  type Totals,
  increase,
  newTotals,
  placeOf,
} from './totals.ts';
import { SEED, STATUSES, type Traffic, traffic } from './traffic.ts';

interface DeskEvent {
  readonly id: string;
  readonly type: EventType;
  readonly subject: string;
  readonly occurredAt: number;
  readonly data: { readonly actor?: string; readonly status?: string };
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
  /** The last fact that shows that it still went on. */
  readonly signMs: number;
}

interface State {
  readonly open: OpenCycle | undefined;
  readonly spans: readonly Span[];
  readonly named: string | undefined;
  readonly status: string | undefined;
}

interface DeskRule {
  readonly kind: 'call' | 'ticket';
  readonly start: readonly EventType[];
  readonly stop: readonly EventType[];
  readonly pause: readonly EventType[];
  readonly resume: readonly EventType[];
  readonly handOver: readonly EventType[];
  readonly runWhile?: readonly string[];
}

const NO_EDGES = { start: [], stop: [], pause: [], resume: [], handOver: [] } as const;

const DESK_RULES: Readonly<Record<RuleName, DeskRule>> = {
  'call.talk': {
    kind: 'call',
    start: ['CallConnected'],
    pause: ['CallHeld'],
    resume: ['CallResumed'],
    stop: ['CallEnded'],
    handOver: ['CallTransferred'],
  },
  'call.hold': {
    ...NO_EDGES,
    kind: 'call',
    start: ['CallHeld'],
    stop: ['CallResumed', 'CallEnded'],
    handOver: ['CallTransferred'],
  },
  'call.wrap-up': { ...NO_EDGES, kind: 'call', start: ['CallEnded'], stop: ['CallWrappedUp'] },
  'ticket.work': {
    kind: 'ticket',
    start: ['TicketOpened', 'TicketReopened'],
    pause: ['TicketPended'],
    resume: ['TicketResumed'],
    stop: ['TicketResolved', 'TicketClosed'],
    handOver: ['TicketAssigned'],
  },
  'ticket.agent-work': {
    ...NO_EDGES,
    kind: 'ticket',
    handOver: ['TicketAssigned'],
    runWhile: ['new', 'open'],
  },
};

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
  open: { ...open, ...change, fromMs: atMs, signMs: atMs },
  spans: open.fromMs < atMs ? [...state.spans, spanOf(open, atMs, false)] : state.spans,
});

const confirmed = (state: State, open: OpenCycle, atMs: number): State => ({
  ...state,
  open: { ...open, signMs: atMs },
});

const first = (types: readonly EventType[], instant: Instant): DeskEvent | undefined =>
  instant.find(({ type }) => types.includes(type));

const wentOn = (rule: DeskRule, state: State, instant: Instant, atMs: number): State => {
  let next = state;
  const pauses = first(rule.pause, instant) !== undefined;
  const resumes = first(rule.resume, instant) !== undefined;
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
  if (next.open && !next.open.paused && first(rule.start, instant)) next = confirmed(next, next.open, atMs);
  return next;
};

const opened = (
  rule: DeskRule,
  state: State,
  starter: DeskEvent | undefined,
  instant: Instant,
  wasOpen: boolean,
): State => {
  const atMs = instant[0].occurredAt;
  const heir = wasOpen ? undefined : instant.findLast(({ type }) => rule.handOver.includes(type))?.data.actor;
  const paused = !wasOpen && first(rule.pause, instant) !== undefined;
  const open = { actor: heir ?? starter?.data.actor ?? state.named, paused, fromMs: atMs, signMs: atMs };
  return !wasOpen && first(rule.stop, instant) ? closed(state, open, atMs) : { ...state, open };
};

const reduce =
  (rule: DeskRule) =>
  (before: State, instant: Instant): State => {
    const atMs = instant[0].occurredAt;
    const named = instant.findLast(({ data }) => data.actor !== undefined)?.data.actor ?? before.named;
    const teller = instant.findLast(({ data }) => data.status !== undefined);
    const state = { ...before, named, status: teller?.data.status ?? before.status };
    const holds = rule.runWhile?.includes(state.status ?? '');
    const held = rule.runWhile?.includes(before.status ?? '');
    const starter = holds === true && held === false ? teller : first(rule.start, instant);
    const stops = holds === false || first(rule.stop, instant) !== undefined;
    if (state.open && !stops) return wentOn(rule, state, instant, atMs);
    const after = state.open ? closed(state, state.open, atMs) : state;
    return starter ? opened(rule, after, starter, instant, state.open !== undefined) : after;
  };

const EMPTY: State = { open: undefined, spans: [], named: undefined, status: undefined };

const agentOf = (actor: string | undefined): number => (actor === undefined ? -1 : Number(actor.slice(6)));

const add = ({ open, spans }: State, totals: Totals, rule: number): void => {
  for (const { actor, state, fromMs, toMs, ends } of spans) {
    const place = placeOf(rule, agentOf(actor));
    increase(totals, place + (state === 'running' ? RUNNING_MS : PAUSED_MS), toMs - fromMs);
    if (ends) increase(totals, place + LINES, 1);
  }
  if (!open) return;
  const place = placeOf(rule, agentOf(open.actor));
  increase(totals, place + (open.paused ? PAUSED_MS : RUNNING_MS), open.signMs - open.fromMs);
  increase(totals, place + LINES, 1);
  increase(totals, place + TAILS, 1);
};

interface Subject {
  readonly kind: 'call' | 'ticket';
  readonly events: readonly DeskEvent[];
}

const derive = (subjects: readonly Subject[]): Totals => {
  const totals = newTotals();
  for (const { kind, events } of subjects) {
    const instants = instantsOf(events);
    for (const [index, name] of RULES.entries()) {
      const rule = DESK_RULES[name];
      if (rule.kind === kind) add(instants.reduce(reduce(rule), EMPTY), totals, index);
    }
  }
  return totals;
};

/** As long as a UUID. */
const idOf = (n: number): string => `${String(n).padStart(12, '0')}-5f1e-4c0a-9d6b-7a30b1c2d3e4`;

/** The line that a service would have got. */
const lineOf = ({ columns, isCall }: Traffic, place: number, n: number): string => {
  const actor = columns.actor[n] ?? -1;
  return JSON.stringify({
    id: idOf(n),
    type: TYPES[columns.type[n] ?? 0],
    subject: `${isCall[place] === 1 ? 'call' : 'ticket'}-${place}`,
    occurredAt: columns.at[n],
    data: { actor: actor < 0 ? undefined : `agent-${actor}`, status: STATUSES[columns.status[n] ?? -1] },
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
      kind: made.isCall[place] === 1 ? 'call' : 'ticket',
      events: Array.from({ length }, (__, index) => parsed(lineOf(made, place, from + index))),
    };
  });

const [events = '1000000', times = '5'] = process.argv.slice(2);
const subjects = subjectsOf(traffic(Number(events), SEED));
await passes(Number(times), () => derive(subjects));
