/**
 * The state of a running clock. One is made and used for subject after subject.
 *
 * An instant is the place of its last fact in the columns: places compare as their times do, and time is read only
 * where a line is written.
 */
import { type Clock, ROLES } from './clock.ts';
import { NOBODY, TYPES } from './columns.ts';
import { UNTOLD } from './dictionary.ts';

const NONE = -1;

export interface Running {
  // --- the instant
  now: number;
  /** A bit for each role that acts. */
  acts: number;
  /** By role that acts: the place of the event, and of its clause. */
  readonly event: Int32Array;
  readonly by: Int32Array;

  // --- the open cycle
  open: boolean;
  /** Open since its anchor; whether it will count is not known before its start. */
  tentative: boolean;
  /** Goes on, but under another rule: nothing is written. */
  muted: boolean;
  paused: boolean;
  /** Paused by an edge, which only a resume ends. */
  latched: boolean;
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
  everOpened: boolean;
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
  /** The participant whose clock it is has been named; everybody's clock needs nobody. */
  present: boolean;

  // --- what is known at the instant
  /** By field of the plan: what is known of the subject, and what one event tells. */
  readonly values: Int32Array;
  readonly told: Int32Array;
  readonly seen: Uint8Array;
  /** The clause of the level that holds, or NONE; and the same at the instant before. */
  stop: number;
  cancel: number;
  pause: number;
  resume: number;
  stopBefore: number;
  pauseBefore: number;
  runs: boolean;
  ready: boolean;
  readyBefore: boolean;
  holds: boolean;
  /** The last fact that told a field which the levels look at. */
  levelAt: number;
}

export const newRunning = (fields: number): Running => ({
  now: 0,
  acts: 0,
  event: new Int32Array(ROLES.length).fill(NONE),
  by: new Int32Array(ROLES.length).fill(NONE),
  open: false,
  tentative: false,
  muted: false,
  paused: false,
  latched: false,
  actor: NOBODY,
  from: 0,
  openedBy: NONE,
  openedAt: NONE,
  sign: 0,
  signBy: NONE,
  signAt: NONE,
  firstRow: 0,
  everOpened: false,
  completed: 0,
  stopped: NONE,
  stoppedBy: NONE,
  stoppedAt: NONE,
  stoppedRow: 0,
  orphan: NONE,
  orphanBy: NONE,
  named: NOBODY,
  namedUntil: 0,
  present: false,
  values: new Int32Array(fields).fill(UNTOLD),
  told: new Int32Array(fields).fill(UNTOLD),
  seen: new Uint8Array(TYPES.length),
  stop: NONE,
  cancel: NONE,
  pause: NONE,
  resume: NONE,
  stopBefore: NONE,
  pauseBefore: NONE,
  runs: true,
  ready: false,
  readyBefore: false,
  holds: true,
  levelAt: NONE,
});

/** What a clock of other levels has left behind would hold for this one. */
const restartLevels = (run: Running): void => {
  run.stop = run.cancel = run.pause = run.resume = NONE;
  run.stopBefore = run.pauseBefore = NONE;
  run.runs = run.holds = true;
  run.ready = run.readyBefore = false;
};

/** Before the first fact of a subject, which stands at `from`. */
export const restart = (run: Running, clock: Clock, from = 0, only = NOBODY): void => {
  run.acts = 0;
  run.open = false;
  run.tentative = false;
  run.muted = false;
  run.everOpened = false;
  run.completed = 0;
  run.orphan = NONE;
  run.named = NOBODY;
  run.namedUntil = from;
  run.present = only === NOBODY;
  run.levelAt = from;
  restartLevels(run);
  if (clock.asksHistory) run.seen.fill(0);
  if (clock.watches.length === 0) return;
  run.event.fill(NONE);
  run.values.fill(UNTOLD);
};

/** What acted at one instant does not act at the next. */
export const forget = (run: Running): void => {
  run.acts = 0;
};

/** Of a role that acts. */
export const eventOf = (run: Running, role: number): number => run.event[role] ?? NONE;
export const clauseOf = (run: Running, role: number): number => run.by[role] ?? NONE;
