/** Projectors: they keep the answers up while somebody else appends, in this thread or in one of their own. */
import { catchUp } from '../projections/index.ts';
import type { EventLog, ProjectionState, ReadModels } from '../projections/ports.ts';
import type { RuleSet } from '../schemas/rule-set.ts';
import type { Ruling } from './rule-file.ts';

/** For an import, which has an end. */
export interface Projector {
  /** So many more events are in the log. Returns at once. */
  nudge(events: number): void;
  /** Resolves when the answers have reached the end of the log; nothing may be nudged afterwards. */
  finish(): Promise<ProjectionState>;
  /** Ends it where it stands, which loses nothing: the next one goes on from the checkpoint. After finish() it does nothing. */
  stop(): Promise<void>;
}

/** For a process that lives on. */
export interface Follower {
  /** The log has grown. Only a log that tells its followers nothing by itself needs this. */
  wake(): void;
  /** Resolves after stop(), rejects when it fails. */
  readonly ended: Promise<void>;
  /** Ends it after the page in hand. */
  stop(): Promise<void>;
  /** Ends it where it stands, which loses nothing. */
  kill(): Promise<void>;
}

export interface Following {
  /** Rules as long as none were applied. */
  readonly ruleSet: RuleSet;
  /** A sign of life, after every page and about once a second, with the position reached. */
  readonly onBeat: (position: number) => void;
}

/** How often a follower says that it lives. */
export const BEAT_MS = 1_000;

/** Smaller steps would add the same days up again and again while an import goes on. */
const EVENTS_PER_STEP = 10_000;

/** Counts what was nudged, and says when it is worth a step. */
export const stepCounter = (): ((events: number) => boolean) => {
  let waiting = 0;
  return (events) => {
    waiting += events;
    if (waiting < EVENTS_PER_STEP) return false;
    waiting = 0;
    return true;
  };
};

/** Brings the answers up in this thread, a step at a time: for stores that other machines do the work of. */
export const projectorHere = (log: EventLog, rows: ReadModels, ruling: Ruling): Projector => {
  const isStep = stepCounter();
  let last: Promise<unknown> = Promise.resolve();
  const bringUp = (): Promise<ProjectionState> => {
    const next = last.then(() => catchUp({ ...ruling, log, rows }));
    // What goes wrong comes out of finish(): the chain stays broken.
    next.catch(() => undefined);
    last = next;
    return next;
  };
  return {
    nudge: (events) => void (isStep(events) && bringUp()),
    finish: bringUp,
    stop: async () => void (await last.catch(() => undefined)),
  };
};
