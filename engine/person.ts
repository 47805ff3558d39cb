/** A person: what reference data and presence say of somebody, folded from the facts of their two streams. */
import type { ActorId, EventId, InstantMs, SubjectId } from '../schemas/brand.ts';
import { type TickmarkEvent, personStream } from '../schemas/event.ts';
import { compareText } from '../schemas/text-order.ts';
import { zoneProblem } from './calendar/problems.ts';
import { byFactOrder } from './fact-order.ts';
import { type Exemption, exemptionsOf } from './exemption.ts';

export interface Membership {
  readonly fromMs: InstantMs;
  readonly value: string;
  /** The fact that tells it. */
  readonly event: EventId;
}

export interface Person {
  /** In order of time; each holds until the next. */
  readonly teams: readonly Membership[];
  readonly zones: readonly Membership[];
  /** Those that were granted and not withdrawn, in order of time. */
  readonly exemptions: readonly Exemption[];
  /** When the person was seen at work, ascending. */
  readonly seen: readonly InstantMs[];
}

export const UNKNOWN_PERSON: Person = { teams: [], zones: [], exemptions: [], seen: [] };

/** Where reference data and presence of a person stand in the log. */
export const streamsOf = (actor: ActorId): readonly SubjectId[] => [
  personStream('person', actor),
  personStream('presence', actor),
];

/** Two values told for one instant contradict each other; which one holds must not depend on which was heard first. */
const memberships = (told: readonly Membership[]): readonly Membership[] =>
  [...Map.groupBy(told, ({ fromMs }) => fromMs).values()]
    .flatMap((all) => all.toSorted((a, b) => compareText(a.value, b.value)).slice(-1))
    .sort((a, b) => a.fromMs - b.fromMs);

const granted = (ordered: readonly TickmarkEvent[]): readonly Exemption[] =>
  exemptionsOf(ordered)
    .filter(({ state, fromMs, toMs }) => state === 'granted' && fromMs < toMs)
    .toSorted((a, b) => a.fromMs - b.fromMs || compareText(a.id, b.id));

/** `facts` of the person's streams, in any order. */
export const personOf = (facts: readonly TickmarkEvent[]): Person => {
  if (facts.length === 0) return UNKNOWN_PERSON;
  const ordered = [...facts].sort(byFactOrder);
  const teams: Membership[] = [];
  const zones: Membership[] = [];
  const seen: InstantMs[] = [];
  for (const { id: event, type, data, occurredAt } of ordered)
    if (type === 'PersonJoinedTeam') teams.push({ fromMs: occurredAt, value: data.team, event });
    else if (type === 'PersonMovedToZone') {
      // The door refuses a zone that nobody knows; what is in the log all the same must not stop anything.
      if (zoneProblem(data.zone) === undefined) zones.push({ fromMs: occurredAt, value: data.zone, event });
    } else if (type === 'PersonActive') seen.push(occurredAt);
  return { teams: memberships(teams), zones: memberships(zones), exemptions: granted(ordered), seen };
};

/** The place of the first instant after `at` among ascending ones. */
export const firstAfter = (instants: readonly InstantMs[], at: InstantMs): number => {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};
