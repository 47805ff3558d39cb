/**
 * The clock of one rule on one subject: started, paused, resumed, handed over, stopped by the subject's facts.
 *
 * At one instant the order is fixed: stop, cancel, pause, resume, hand-over act on the open cycle; then a start
 * is tried. So a stop and a start at one instant close one cycle and open the next. With nothing open the start comes
 * first: a start and a stop are a point of no length, a start and a hand-over begin with the heir.
 */
import { type ActorId, type InstantMs, actorId } from '../schemas/brand.ts';
import { EVENT_TYPES, type TickmarkEvent } from '../schemas/event.ts';
import type { Because, Grade } from '../schemas/record.ts';
import type { CompiledRule, Role } from './plan.ts';
import type { OpenEnd, Stretch, TimeLine } from './stretch.ts';

/** Whose time it is when no fact has named anybody. */
export const UNASSIGNED: ActorId = actorId('unassigned');

/** What the events of one instant do, by role. */
type Instant = Partial<Record<Role, TickmarkEvent>>;

interface OpenCycle {
  readonly done: Stretch[];
  state: 'running' | 'paused';
  actor: ActorId;
  fromMs: InstantMs;
  opened: Because;
  openedBy: TickmarkEvent;
  /** The latest event that shows the state still held. */
  sign: TickmarkEvent;
  signed: Because;
}

const because = (clause: Role, event: TickmarkEvent): Because => ({ clause, event: event.id });

const gradeBetween = (a: TickmarkEvent, b: TickmarkEvent): Grade =>
  EVENT_TYPES[a.type].testimony === 'person' || EVENT_TYPES[b.type].testimony === 'person'
    ? 'declared'
    : 'observed';

const actorOf = (event: TickmarkEvent): ActorId | undefined =>
  'actor' in event.data ? event.data.actor : undefined;

/** Ends the stretch that is open, if it has any length, at the event. */
const cut = (cycle: OpenCycle, clause: Role, event: TickmarkEvent): void => {
  const { state, actor, fromMs, opened, openedBy } = cycle;
  const toMs = event.occurredAt;
  if (toMs > fromMs || (clause === 'stop' && cycle.done.length === 0))
    cycle.done.push({
      state,
      actor,
      fromMs,
      toMs,
      opened,
      closed: because(clause, event),
      grade: gradeBetween(openedBy, event),
    });
};

const turn = (
  cycle: OpenCycle,
  change: { readonly state?: OpenCycle['state']; readonly actor?: ActorId },
  clause: Role,
  event: TickmarkEvent,
): void => {
  cut(cycle, clause, event);
  Object.assign(cycle, {
    ...change,
    fromMs: event.occurredAt,
    opened: because(clause, event),
    openedBy: event,
    sign: event,
    signed: because(clause, event),
  });
};

const open = (event: TickmarkEvent, actor: ActorId): OpenCycle => ({
  done: [],
  state: 'running',
  actor,
  fromMs: event.occurredAt,
  opened: because('start', event),
  openedBy: event,
  sign: event,
  signed: because('start', event),
});

/** A cycle whose facts are at an end: known up to its last sign, open from there. */
const unfinished = (cycle: OpenCycle): TimeLine => {
  const { state, actor, fromMs, opened, openedBy, sign, signed } = cycle;
  const grade = gradeBetween(openedBy, sign);
  const known: readonly Stretch[] =
    sign.occurredAt > fromMs
      ? [{ state, actor, fromMs, toMs: sign.occurredAt, opened, closed: signed, grade }]
      : [];
  const tail: OpenEnd = { state, actor, fromMs: sign.occurredAt, opened: signed, grade };
  return { stretches: [...cycle.done, ...known], tail };
};

const act = (cycle: OpenCycle, rule: CompiledRule, at: Instant): void => {
  if (at.pause && cycle.state === 'running') turn(cycle, { state: 'paused' }, 'pause', at.pause);
  if (at.resume && cycle.state === 'paused') turn(cycle, { state: 'running' }, 'resume', at.resume);
  if (at.handOver) {
    const actor = actorOf(at.handOver);
    if (actor !== undefined && actor !== cycle.actor) turn(cycle, { actor }, 'handOver', at.handOver);
    else if (cycle.state === 'running') confirm(cycle, 'handOver', at.handOver);
  }
  if (!at.start || at.start.occurredAt === cycle.fromMs) return;
  if (cycle.state === 'paused' && rule.startResumes) turn(cycle, { state: 'running' }, 'start', at.start);
  else if (cycle.state === 'running') confirm(cycle, 'start', at.start);
};

/** A start seen while the clock runs changes nothing, but proves that it ran until here. */
const confirm = (cycle: OpenCycle, clause: Role, event: TickmarkEvent): void => {
  cycle.sign = event;
  cycle.signed = because(clause, event);
};

const rolesAt = (rule: CompiledRule, events: readonly TickmarkEvent[]): Instant => {
  const at: Instant = {};
  for (const event of events)
    for (const { role, fits } of rule.roles.get(event.type) ?? [])
      // Of several hand-overs in one instant the last one has it; of anything else the first is enough.
      if ((at[role] === undefined || role === 'handOver') && fits(event)) at[role] = event;
  return at;
};

/** Runs the clock over the facts of one subject, given instant by instant in order of time. */
export const runClock = (
  rule: CompiledRule,
  instants: readonly (readonly TickmarkEvent[])[],
): readonly TimeLine[] => {
  const lines: TimeLine[] = [];
  let cycle: OpenCycle | undefined;
  /** Whom the subject's facts named last, whatever they did to this rule's clock. */
  let named: ActorId | undefined;

  const finish = (event: TickmarkEvent): void => {
    if (!cycle) return;
    cut(cycle, 'stop', event);
    lines.push({ stretches: cycle.done, tail: undefined });
    cycle = undefined;
  };

  for (const events of instants) {
    const at = rolesAt(rule, events);
    const wasOpen = cycle !== undefined;
    if (cycle) {
      if (at.stop) finish(at.stop);
      else if (at.cancel) cycle = undefined;
      else act(cycle, rule, at);
    }
    for (const event of events) named = actorOf(event) ?? named;
    if (cycle || !at.start) continue;
    // A ticket that is opened by one and given to another in the same second is the other's from the start.
    const heir = wasOpen || !at.handOver ? undefined : actorOf(at.handOver);
    cycle = open(at.start, heir ?? actorOf(at.start) ?? named ?? UNASSIGNED);
    if (wasOpen) continue;
    if (at.stop) finish(at.stop);
    else if (at.cancel) cycle = undefined;
    else if (at.pause) turn(cycle, { state: 'paused' }, 'pause', at.pause);
  }
  if (cycle) lines.push(unfinished(cycle));
  return lines;
};
