/** Reading lines: what a clock has measured, as time lines with the events that prove them. */
import { type ActorId, actorId, instantMs } from '../../schemas/brand.ts';
import { EVENT_TYPES, type TickmarkEvent, isPlanned, isTimedByReceipt } from '../../schemas/event.ts';
import type { Because, Grade } from '../../schemas/record.ts';
import type { OpenEnd, Stretch, TimeLine } from '../stretch.ts';
import { type Clock, REPORTED } from './clock.ts';
import { CLOSED, type Lines, PAUSED, RUNNING, TAIL_PAUSED, TAIL_RUNNING } from './lines.ts';

/** Whose time it is when no fact has named anybody. */
export const UNASSIGNED: ActorId = actorId('unassigned');

/** Somebody's word, and no system's sight: also of what was only meant to happen. */
const isSaid = (fact: TickmarkEvent | undefined): boolean =>
  fact !== undefined && (EVENT_TYPES[fact.type].testimony === 'person' || isPlanned(fact));

const because = (clock: Clock, clause: number, facts: readonly TickmarkEvent[], event: number): Because => {
  const named = clock.clauses[clause]?.clause ?? '';
  const fact = facts[event];
  return fact ? { clause: named, event: fact.id } : { clause: named };
};

const STATES = { [RUNNING]: 'running', [PAUSED]: 'paused', [CLOSED]: 'closed' } as const;

interface Source {
  readonly clock: Clock;
  readonly lines: Lines;
  readonly facts: readonly TickmarkEvent[];
  readonly actors: readonly ActorId[];
}

/** How time is known that signals bound: when one was received says when it happened only nearly. */
export const gradeBetween = (
  opener: TickmarkEvent | undefined,
  closer: TickmarkEvent | undefined,
): 'observed' | 'inferred' =>
  [opener, closer].some((fact) => fact !== undefined && isTimedByReceipt(fact)) ? 'inferred' : 'observed';

const gradeOf = ({ lines, facts }: Source, row: number): Grade => {
  const opener = facts[lines.openedAt[row] ?? -1];
  const closer = facts[lines.closedAt[row] ?? -1];
  if (isSaid(opener) || isSaid(closer)) return 'declared';
  return lines.openedBy[row] === REPORTED ? 'inferred' : gradeBetween(opener, closer);
};

const stretchOf = (source: Source, row: number): Stretch => {
  const { clock, lines, facts, actors } = source;
  const state = lines.state[row];
  const openedBy = lines.openedBy[row] ?? 0;
  const code = clock.clauses[openedBy]?.code;
  const stretch: Stretch = {
    state: state === RUNNING || state === PAUSED ? STATES[state] : STATES[CLOSED],
    actor: actors[lines.actor[row] ?? -1] ?? UNASSIGNED,
    fromMs: instantMs(lines.fromMs[row] ?? 0),
    toMs: instantMs(lines.toMs[row] ?? 0),
    opened: because(clock, openedBy, facts, lines.openedAt[row] ?? -1),
    closed: because(clock, lines.closedBy[row] ?? 0, facts, lines.closedAt[row] ?? -1),
    grade: gradeOf(source, row),
  };
  return code === undefined || state === RUNNING ? stretch : { ...stretch, code };
};

const tailOf = (source: Source, row: number): OpenEnd => {
  const { clock, lines, facts, actors } = source;
  return {
    state: lines.state[row] === TAIL_PAUSED ? 'paused' : 'running',
    actor: actors[lines.actor[row] ?? -1] ?? UNASSIGNED,
    fromMs: instantMs(lines.fromMs[row] ?? 0),
    opened: because(clock, lines.openedBy[row] ?? 0, facts, lines.openedAt[row] ?? -1),
    grade: gradeOf(source, row),
  };
};

/** The time lines in order of time. A stretch that ends before it begins in its own words is told by `negative`. */
export const readLines = (source: Source): readonly TimeLine[] => {
  const { lines, facts } = source;
  const read: { stretches: Stretch[]; tail: OpenEnd | undefined; negative: boolean }[] = [];
  for (let row = 0; row < lines.length; row += 1) {
    const line = (read[lines.line[row] ?? 0] ??= { stretches: [], tail: undefined, negative: false });
    const state = lines.state[row];
    if (state === TAIL_RUNNING || state === TAIL_PAUSED) line.tail = tailOf(source, row);
    else {
      line.stretches.push(stretchOf(source, row));
      const closer = facts[lines.closedAt[row] ?? -1];
      if (closer && closer.occurredAt < (lines.fromMs[row] ?? 0)) line.negative = true;
    }
  }
  return read;
};
