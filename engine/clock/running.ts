/**
 * The state of a running clock. One is made and used for subject after subject.
 *
 * An instant is the place in the columns of one of its facts, the same one for all that it does to the clock: places
 * compare as their times do, and time is read only where a line is.
 */
import { type Clock, ROLES } from './clock.ts';
import { NOBODY, TYPES } from './columns.ts';
import { UNTOLD } from './dictionary.ts';
import { type Mood, UNTOUCHED } from './mood.ts';

const NONE = -1;
const NO_ONE = NOBODY;

// --- bits of `Running.state`: all that decides what an instant does, but for its levels
export const OPEN = 1;
/** Open since its anchor; whether it will count is not known before its start. */
export const TENTATIVE = 2;
/** Goes on, but under another rule: nothing is written. */
export const MUTED = 4;
export const PAUSED = 8;
/** Paused by an edge, which only a resume ends. */
export const LATCHED = 16;
export const EVER_OPENED = 32;
/** Has lines. */
export const COMPLETED = 64;
export const STATES = 128;

export interface Running {
  // --- the instant
  now: number;
  /** A bit for each role that acts. */
  acts: number;
  /** What has been decided at it: moves, MOVE_BITS each, the first one in the lowest. */
  moves: number;
  moveCount: number;
  /** By role that acts: the place of the event, and of its clause. */
  readonly event: Int32Array;
  readonly by: Int32Array;

  /** A set of the bits above. */
  state: number;

  // --- the open cycle
  actor: number;
  from: number;
  openedBy: number;
  openedAt: number;
  /** The latest instant that shows the state still held, and the fact that does. */
  sign: number;
  signBy: number;
  signAt: number;
  firstRow: number;

  // --- the subject so far
  completed: number;
  stopped: number;
  stoppedBy: number;
  stoppedAt: number;
  stoppedRow: number;
  /** The last end that had no start. */
  orphan: number;
  orphanBy: number;
  /** Whom the facts before `namedUntil` named last, whatever they did to this clock. */
  named: number;
  namedUntil: number;
  /** Its facts are `[since, until)`. */
  since: number;
  until: number;
  /** The participant whose clock it is has been named; everybody's clock needs nobody. */
  present: boolean;

  // --- what is known at the instant
  /** By field of the plan: what is known of the subject, and what one event tells. */
  readonly values: Int32Array;
  readonly told: Int32Array;
  readonly seen: Uint8Array;
  /** What holds of the levels, and what held at the instant before. */
  mood: Mood;
  before: Mood;
  /** The last fact that told a field which the levels look at. */
  levelAt: number;
}

export const newRunning = (fields: number): Running => ({
  now: 0,
  acts: 0,
  moves: 0,
  moveCount: 0,
  event: new Int32Array(ROLES.length).fill(NONE),
  by: new Int32Array(ROLES.length).fill(NONE),
  state: 0,
  actor: NOBODY,
  from: 0,
  openedBy: NONE,
  openedAt: NONE,
  sign: 0,
  signBy: NONE,
  signAt: NONE,
  firstRow: 0,
  completed: 0,
  stopped: NONE,
  stoppedBy: NONE,
  stoppedAt: NONE,
  stoppedRow: 0,
  orphan: NONE,
  orphanBy: NONE,
  named: NOBODY,
  namedUntil: 0,
  since: 0,
  until: 0,
  present: false,
  values: new Int32Array(fields).fill(UNTOLD),
  told: new Int32Array(fields).fill(UNTOLD),
  seen: new Uint8Array(TYPES.length),
  mood: UNTOUCHED,
  before: UNTOUCHED,
  levelAt: NONE,
});

export const is = (run: Running, bit: number): boolean => (run.state & bit) !== 0;

/** Whether the role acts at the instant. */
export const acts = (run: Running, role: number): boolean => (run.acts & (1 << role)) !== 0;

export const put = (run: Running, bit: number, on: boolean): void => {
  run.state = on ? run.state | bit : run.state & ~bit;
};

/** Before the facts `[from, to)` of a subject, for a clock that has only edges. */
export const restart = (run: Running, from: number, to: number): void => {
  run.state = 0;
  run.completed = 0;
  run.sign = NONE;
  run.orphan = NONE;
  run.named = NO_ONE;
  run.namedUntil = from;
  run.since = from;
  run.until = to;
};

/** The same for any clock; `only`: the participant whose it is, or NOBODY. */
export const restartAll = (run: Running, clock: Clock, from: number, to: number, only: number): void => {
  restart(run, from, to);
  run.present = only === NO_ONE;
  run.mood = run.before = UNTOUCHED;
  run.levelAt = from;
  if (clock.asksHistory) run.seen.fill(0);
  for (let field = 0; field < run.values.length; field += 1) run.values[field] = UNTOLD;
};

/** What acted at one instant does not act at the next. */
export const forget = (run: Running): void => {
  run.acts = 0;
};

/** Of a role that acts. */
export const eventOf = (run: Running, role: number): number => run.event[role] ?? NONE;
export const clauseOf = (run: Running, role: number): number => run.by[role] ?? NONE;
