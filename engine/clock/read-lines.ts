/** Reading lines: what a clock has measured, as time lines with the events that prove them. */
import { type ActorId, actorId, instantMs } from '../../schemas/brand.ts';
import { EVENT_TYPES, type TickmarkEvent } from '../../schemas/event.ts';
import type { Because, Grade } from '../../schemas/record.ts';
import type { OpenEnd, Stretch, TimeLine } from '../stretch.ts';
import { type Clock, REPORTED } from './clock.ts';
import type { Columns } from './columns.ts';
import {
  CLOSED,
  type Lines,
  PAUSED,
  RUNNING,
  type Row,
  TAIL_PAUSED,
  TAIL_RUNNING,
  fromMsOf,
  rowAt,
  toMsOf,
} from './lines.ts';

/** Whose time it is when no fact has named anybody. */
export const UNASSIGNED: ActorId = actorId('unassigned');

const isPerson = (fact: TickmarkEvent | undefined): boolean =>
  fact !== undefined && EVENT_TYPES[fact.type].testimony === 'person';

const because = (clock: Clock, clause: number, facts: readonly TickmarkEvent[], event: number): Because => {
  const named = clock.clauses[clause]?.clause ?? '';
  const fact = facts[event];
  return fact ? { clause: named, event: fact.id } : { clause: named };
};

const STATES = { [RUNNING]: 'running', [PAUSED]: 'paused', [CLOSED]: 'closed' } as const;

interface Source {
  readonly clock: Clock;
  readonly lines: Lines;
  readonly columns: Columns;
  readonly facts: readonly TickmarkEvent[];
  readonly actors: readonly ActorId[];
}

const gradeOf = ({ facts }: Source, { openedBy, openedAt, closedAt }: Row): Grade => {
  if (isPerson(facts[openedAt]) || isPerson(facts[closedAt])) return 'declared';
  return openedBy === REPORTED ? 'inferred' : 'observed';
};

const stretchOf = (source: Source, row: Row): Stretch => {
  const { clock, columns, facts, actors } = source;
  const { state, actor, openedBy, openedAt, closedBy, closedAt } = row;
  const code = clock.clauses[openedBy]?.code;
  const stretch: Stretch = {
    state: state === RUNNING || state === PAUSED ? STATES[state] : STATES[CLOSED],
    actor: actors[actor] ?? UNASSIGNED,
    fromMs: instantMs(fromMsOf(columns, row)),
    toMs: instantMs(toMsOf(columns, row)),
    opened: because(clock, openedBy, facts, openedAt),
    closed: because(clock, closedBy, facts, closedAt),
    grade: gradeOf(source, row),
  };
  return code === undefined || state === RUNNING ? stretch : { ...stretch, code };
};

const tailOf = (source: Source, row: Row): OpenEnd => {
  const { clock, columns, facts, actors } = source;
  return {
    state: row.state === TAIL_PAUSED ? 'paused' : 'running',
    actor: actors[row.actor] ?? UNASSIGNED,
    fromMs: instantMs(fromMsOf(columns, row)),
    opened: because(clock, row.openedBy, facts, row.openedAt),
    grade: gradeOf(source, row),
  };
};

/** The time lines in order of time. A stretch that ends before it begins in its own words is told by `negative`. */
export const readLines = (source: Source): readonly TimeLine[] => {
  const { lines, facts, columns } = source;
  const read: { stretches: Stretch[]; tail: OpenEnd | undefined; negative: boolean }[] = [];
  for (let place = 0; place < lines.length; place += 1) {
    const row = rowAt(lines, place);
    const line = (read[row.line] ??= { stretches: [], tail: undefined, negative: false });
    if (row.state === TAIL_RUNNING || row.state === TAIL_PAUSED) line.tail = tailOf(source, row);
    else {
      line.stretches.push(stretchOf(source, row));
      const closer = facts[row.closedAt];
      if (closer && closer.occurredAt < fromMsOf(columns, row)) line.negative = true;
    }
  }
  return read;
};
