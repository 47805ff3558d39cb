/**
 * Reflexes: what a clock does at an instant without deciding again.
 *
 * A clock decides by its state, the roles that act and the levels that hold, and by nothing else: so the same of these
 * always ask for the same moves. The first time they are decided and noted (`deciding.ts`), from then on they are looked
 * up and done. There is no second account of what a rule means: a table is only ever filled by deciding.
 */
import type { Clock, Edge } from './clock.ts';
import type { Dictionary } from './dictionary.ts';
import type { Fold } from './fold.ts';
import { decide } from './deciding.ts';
import { type Mood, UNTOUCHED } from './mood.ts';
import {
  FIRST_LEVEL,
  MOVE_BITS,
  PROOF_BITS,
  PROOF_MASK,
  clauseOfLevel,
  perform,
  performProved,
} from './moves.ts';
import { LATCHED, type Running, STATES } from './running.ts';

/** What a type of event is to a clock: nothing; to be asked in detail; or else its one edge, as a number. */
export const NOTHING = 0;
export const ASKS = -1;
const CLAUSE_SHIFT = 4;

/** Of an instant of one event: it has not been met, or is more than one move; it does nothing and changes nothing. */
export const UNKNOWN = 0;
export const IDLE = -1;
export const TYPE_BITS = 7;

/** What has been decided from one mood to the next, which may be the same. */
export interface Page {
  /**
   * For an instant of one event, by `state << TYPE_BITS | type`: UNKNOWN, IDLE, or a move and its proof.
   *
   *     bits  0-5   what is done, see `moves.ts`
   *     bit   6     the clock is latched afterwards
   *     bit   7     a level proves it, and no clause of an edge
   *     bits  8-    that clause, or which level
   */
  readonly alone: Int32Array;
  /** For any instant, by state and roles that act: up to two moves, MOVE_BITS each, and whether it is latched. */
  readonly noted: Map<number, number>;
  /** Or decides again every time, to compare. */
  readonly remembers: boolean;
}

export interface Reflexes {
  /** By code of type. */
  readonly hears: Int32Array;
  /** By code of type: 1 where it has to be heard at all. */
  readonly ears: Uint8Array;
  readonly remembers: boolean;
  readonly moods: Mood[];
  /** Of a clock that follows one field: the mood that a value brings, by its code, UNTOLD being the first. */
  readonly byValue: (Mood | undefined)[];
  /** Whose codes these are. */
  dictionary: Dictionary | undefined;
  /** By the mood before and the mood now; made when they are met. */
  readonly pages: (Page | undefined)[][];
}

const ROLE_SETS = 256;
const IS_LATCHED = LATCHED;
const MOST_MOVES = 2;
const MOVE_MASK = (1 << MOVE_BITS) - 1;
/** Bits of what is noted, over its moves. */
const IS_NOTED = 1 << (MOST_MOVES * MOVE_BITS);
const ENDS_LATCHED = IS_NOTED << 1;

const heard = (edges: readonly Edge[], clock: Clock): number => {
  if (clock.asksHistory) return ASKS;
  const [only] = edges;
  if (!only) return NOTHING;
  const { role, clause, test, inForce } = only;
  if (edges.length > 1 || test !== undefined || inForce !== undefined) return ASKS;
  return (clause << CLAUSE_SHIFT) | (role + 1);
};

/** Of a clock that has met nothing yet. */
export const newReflexes = (clock: Clock, remembers = true): Reflexes => {
  if (clock.edges.length > 1 << TYPE_BITS) throw new Error('more types of events than a reflex has room for');
  const hears = Int32Array.from(clock.edges, (edges) => heard(edges, clock));
  return {
    hears,
    remembers,
    ears: Uint8Array.from(hears, (edge) => (edge === NOTHING ? 0 : 1)),
    moods: [UNTOUCHED],
    byValue: [],
    dictionary: undefined,
    pages: [],
  };
};

const KNOWN = new WeakMap<Clock, Reflexes>();

/** Those of a clock; none, before it has met anything. */
export const reflexesOf = (clock: Clock): Reflexes => {
  const known = KNOWN.get(clock);
  if (known) return known;
  const made = newReflexes(clock);
  KNOWN.set(clock, made);
  return made;
};

export const roleOf = (edge: number): number => (edge & ((1 << CLAUSE_SHIFT) - 1)) - 1;
export const clauseAt = (edge: number): number => edge >> CLAUSE_SHIFT;

/** With the mood an event may do something to which the clock has no ear. */
const newPage = ({ hears, remembers }: Reflexes, isSettled: boolean): Page => {
  const alone = new Int32Array(STATES << TYPE_BITS);
  for (const [type, edge] of hears.entries())
    if (edge === NOTHING && isSettled)
      for (let state = 0; state < STATES; state += 1) alone[(state << TYPE_BITS) | type] = IDLE;
  return { alone, noted: new Map(), remembers };
};

export const pageBetween = (reflexes: Reflexes, before: Mood, mood: Mood): Page =>
  ((reflexes.pages[before.id] ??= [])[mood.id] ??= newPage(reflexes, before === mood));

export const pageOf = (reflexes: Reflexes, { before, mood }: Running): Page =>
  pageBetween(reflexes, before, mood);

/** Another dictionary may give the same code to another value. */
export const startWith = (reflexes: Reflexes, dictionary: Dictionary): void => {
  if (reflexes.dictionary === dictionary) return;
  reflexes.dictionary = dictionary;
  reflexes.byValue.length = 0;
};

const decideAndNote = (fold: Fold, { noted, remembers }: Page, place: number): void => {
  const { run } = fold;
  run.moves = run.moveCount = 0;
  decide(fold);
  if (run.moveCount > MOST_MOVES || !remembers) return;
  noted.set(place, IS_NOTED | run.moves | ((run.state & LATCHED) === 0 ? 0 : ENDS_LATCHED));
};

const latch = (run: Running, isLatched: boolean): void => {
  if (isLatched) run.state |= LATCHED;
  else run.state &= ~LATCHED;
};

const repeat = (fold: Fold, noted: number): void => {
  for (let moves = noted & (IS_NOTED - 1); moves !== 0; moves >>>= MOVE_BITS)
    performProved(fold, moves & MOVE_MASK);
  latch(fold.run, (noted & ENDS_LATCHED) !== 0);
};

const placeOf = (state: number, acts: number): number => state * ROLE_SETS + acts;

/** What the instant asks for, by what has acted in it. */
export const react = (fold: Fold, page: Page): void => {
  const { run } = fold;
  const place = placeOf(run.state, run.acts);
  const known = page.noted.get(place);
  if (known === undefined) decideAndNote(fold, page, place);
  else repeat(fold, known);
};

const WHAT_BITS = MOVE_BITS - PROOF_BITS;
const DOES_LATCH = 1 << WHAT_BITS;
const BY_LEVEL = DOES_LATCH << 1;
const PROOF_SHIFT = WHAT_BITS + 2;

/** What is noted for an instant of one event, as a number of `alone`. `edge`: the one that its type has, or NOTHING. */
const shortened = (noted: number, state: number, edge: number): number => {
  const moves = noted & (IS_NOTED - 1);
  const isLatched = (noted & ENDS_LATCHED) !== 0;
  if (moves > MOVE_MASK) return UNKNOWN;
  if (moves === 0) return isLatched === ((state & LATCHED) !== 0) ? IDLE : UNKNOWN;
  const proof = moves & PROOF_MASK;
  const does = (isLatched ? DOES_LATCH : 0) | (moves >> PROOF_BITS);
  if (proof >= FIRST_LEVEL) return (proof << PROOF_SHIFT) | BY_LEVEL | does;
  return proof === roleOf(edge) ? (clauseAt(edge) << PROOF_SHIFT) | does : UNKNOWN;
};

/** Reacts to an instant of one event and learns what such an event does. */
export const learn = (fold: Fold, page: Page, { hears }: Reflexes, type: number): void => {
  const { state, acts } = fold.run;
  react(fold, page);
  const edge = hears[type] ?? NOTHING;
  const noted = page.noted.get(placeOf(state, acts));
  if (edge !== ASKS && noted !== undefined)
    page.alone[(state << TYPE_BITS) | type] = shortened(noted, state, edge);
};

/** Does what such an event, alone in its instant, has done before. */
export const repeatAlone = (fold: Fold, reflex: number, event: number): void => {
  const { run } = fold;
  run.now = event;
  const what = reflex & (DOES_LATCH - 1);
  const proof = reflex >> PROOF_SHIFT;
  if ((reflex & BY_LEVEL) === 0) perform(fold, what, proof, event);
  else perform(fold, what, clauseOfLevel(run, proof), run.levelAt);
  run.state = (reflex & DOES_LATCH) === 0 ? run.state & ~IS_LATCHED : run.state | IS_LATCHED;
};
