/** Sensing: what the facts of one instant do to a clock. Edges are found event by event, levels once they are all told. */
import { type Clock, type Edge, HAND_OVER, type Level, START } from './clock.ts';
import { type Columns, NOBODY } from './columns.ts';
import { type Dictionary, UNTOLD } from './dictionary.ts';
import type { Running } from './running.ts';

const NONE = -1;

const fire = (run: Running, role: number, clause: number, event: number): void => {
  // Of several hand-overs in one instant the last one has it; of anything else the first is enough.
  const bit = 1 << role;
  if ((run.acts & bit) !== 0 && role !== HAND_OVER) return;
  run.event[role] = event;
  run.by[role] = clause;
  run.acts |= bit;
};

const senseChanges = (
  clock: Clock,
  run: Running,
  field: number,
  value: number,
  event: number,
  dictionary: Dictionary,
): void => {
  const before = run.values[field] ?? UNTOLD;
  if (before === UNTOLD) return;
  for (const change of clock.changes) {
    if (change.field !== field) continue;
    if (change.inForce !== undefined && !change.inForce(run.values, dictionary)) continue;
    if (change.from !== undefined && !change.from.includes(before)) continue;
    if (change.to !== undefined && !change.to.includes(value)) continue;
    fire(run, change.role, change.clause, event);
  }
};

/** What an event tells of a field, or UNTOLD. */
const toldAt = (columns: Columns, field: number, event: number): number =>
  columns.fields[field]?.[event] ?? UNTOLD;

/** Takes in what the event tells of the fields that are followed; whether any is another than before. */
export const follow = (
  clock: Clock,
  columns: Columns,
  run: Running,
  event: number,
  dictionary: Dictionary,
): boolean => {
  const { watches } = clock;
  let moved = false;
  for (let place = 0; place < watches.length; place += 1) {
    const field = watches[place] ?? NONE;
    const value = toldAt(columns, field, event);
    if (value === UNTOLD || value === run.values[field]) continue;
    if (clock.changes.length > 0) senseChanges(clock, run, field, value, event, dictionary);
    run.values[field] = value;
    run.levelAt = event;
    moved = true;
  }
  return moved;
};

const listen = (columns: Columns, run: Running, event: number): void => {
  for (let field = 0; field < run.told.length; field += 1) run.told[field] = toldAt(columns, field, event);
};

const hasSeen = (run: Running, types: readonly number[]): boolean => {
  for (const type of types) if (run.seen[type] === 1) return true;
  return false;
};

const senseEdges = (
  clock: Clock,
  edges: readonly Edge[],
  columns: Columns,
  run: Running,
  event: number,
  dictionary: Dictionary,
): void => {
  if (clock.asksEvents) listen(columns, run, event);
  for (let place = 0; place < edges.length; place += 1) {
    const edge = edges[place];
    if (edge === undefined) continue;
    const { role, clause, test, after, inForce } = edge;
    // A start that names nobody starts the clocks of those who take part by then.
    if (role === START && !run.present) continue;
    if (inForce !== undefined && !inForce(run.values, dictionary)) continue;
    if (after !== undefined && !hasSeen(run, after)) continue;
    if (test === undefined || test(run.told, dictionary)) fire(run, role, clause, event);
  }
};

/** What an event does to the clock by its type. `only`: the participant whose clock it is. */
export const hear = (
  clock: Clock,
  columns: Columns,
  run: Running,
  event: number,
  only: number,
  dictionary: Dictionary,
): void => {
  if (only !== NOBODY) {
    const actor = columns.actor[event] ?? NOBODY;
    if (actor === only) run.present = true;
    else if (actor !== NOBODY) return;
  }
  const type = columns.type[event] ?? 0;
  const edges = clock.edges[type];
  if (edges !== undefined && edges.length > 0) senseEdges(clock, edges, columns, run, event, dictionary);
  if (clock.asksHistory) run.seen[type] = 1;
};

const holding = (levels: readonly Level[], run: Running, dictionary: Dictionary): number => {
  for (let place = 0; place < levels.length; place += 1) {
    const level = levels[place];
    if (level?.test(run.values, dictionary) === true) return level.clause;
  }
  return NONE;
};

/** What holds now that all of the instant is told. `moved`: a field has taken another value. */
export const senseLevels = (
  clock: Clock,
  run: Running,
  dictionary: Dictionary,
  isFirst: boolean,
  moved: boolean,
): void => {
  run.stopBefore = isFirst ? NONE : run.stop;
  run.pauseBefore = isFirst ? NONE : run.pause;
  run.readyBefore = !isFirst && run.ready;
  if (!moved && !isFirst) return;
  const { levels, runWhile, holds } = clock;
  run.stop = holding(levels.stop, run, dictionary);
  run.cancel = holding(levels.cancel, run, dictionary);
  run.pause = holding(levels.pause, run, dictionary);
  run.resume = holding(levels.resume, run, dictionary);
  run.runs = runWhile === undefined || runWhile.test(run.values, dictionary);
  run.holds = holds === undefined || holds(run.values, dictionary);
  run.ready = run.runs && run.stop === NONE && run.cancel === NONE;
};

/** The events `[from, to)` are of one instant. Answers whether anything acts. */
export const sense = (
  clock: Clock,
  columns: Columns,
  run: Running,
  from: number,
  to: number,
  only: number,
  dictionary: Dictionary,
  isFirst: boolean,
): boolean => {
  let moved = isFirst;
  for (let event = from; event < to; event += 1) {
    if (follow(clock, columns, run, event, dictionary)) moved = true;
    hear(clock, columns, run, event, only, dictionary);
  }
  if (clock.watches.length === 0) return run.acts !== 0;
  senseLevels(clock, run, dictionary, isFirst, moved);
  return moved || run.acts !== 0;
};
