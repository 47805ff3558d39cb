/** A clock: the clauses of one rule compiled to tests on integers. */
import type { Test } from '../language/condition.ts';

/** What can act on a clock, in the order in which it does within one instant. */
export const ROLES = ['stop', 'cancel', 'reset', 'pause', 'resume', 'handOver', 'start', 'anchor'] as const;
export type Role = (typeof ROLES)[number];

export const STOP = 0;
export const CANCEL = 1;
export const RESET = 2;
export const PAUSE = 3;
export const RESUME = 4;
export const HAND_OVER = 5;
export const START = 6;
/** The fact at which a record that starts late begins instead. */
export const ANCHOR = 7;

/** What an explanation calls a clause: its role and, where the rule gives one, its reason. */
export interface ClauseName {
  readonly clause: string;
  readonly code: string | undefined;
}

/** An event that acts. */
export interface Edge {
  readonly role: number;
  /** Its place in `Clock.clauses`. */
  readonly clause: number;
  readonly test: Test | undefined;
  /** Acts only while this holds of the subject: its rule is the one in force. */
  readonly inForce: Test | undefined;
  /** Codes of types of which one must have happened before. */
  readonly after: readonly number[] | undefined;
}

/** A field that takes another value. */
export interface Change {
  readonly role: number;
  readonly clause: number;
  readonly inForce: Test | undefined;
  readonly field: number;
  readonly from: readonly number[] | undefined;
  readonly to: readonly number[] | undefined;
}

/** What holds for a while. */
export interface Level {
  readonly clause: number;
  readonly test: Test;
}

export interface Clock {
  readonly clauses: readonly ClauseName[];
  /** By code of type. */
  readonly edges: readonly (readonly Edge[])[];
  readonly changes: readonly Change[];
  readonly levels: Readonly<Record<'stop' | 'cancel' | 'pause' | 'resume', readonly Level[]>>;
  readonly runWhile: Level | undefined;
  readonly whenFalse: 'pause' | 'stop' | 'cancel' | 'keep';
  /** `restart`: the rule times only while this holds. */
  readonly holds: Test | undefined;
  /** The fields whose values have to be followed, for levels, changes and `holds`. */
  readonly watches: readonly number[];
  readonly asksEvents: boolean;
  readonly asksHistory: boolean;
  /** Codes of types that a start needs before it; each is good for one start. */
  readonly consumes: readonly number[];
  readonly startsOnLevel: boolean;
  /** Has no start at all: every end is a record of the length that it reports. */
  readonly startsNever: boolean;
  /** Has resume clauses of its own; otherwise a start resumes, and a level pause ends with its level. */
  readonly resumes: boolean;
  readonly reopen: 'newCycle' | 'continue' | 'ignore';
  readonly retro: { readonly applyPauses: boolean } | undefined;
  readonly resetCancels: boolean;
  /** An end without a start takes the length that the event reports. */
  readonly takesDuration: boolean;
  readonly skewMs: number;
}

/** Clauses that are no clause of the rule but stand in for one. Their places come first in every `Clock.clauses`. */
export const STAND_INS = ['runWhile', 'onReassign', 'retro', 'missingStart.duration', 'resume'] as const;
export const RUN_WHILE = 0;
export const REASSIGN = 1;
export const RETRO = 2;
/** The end's own word for how long it was. */
export const REPORTED = 3;
/** A level that paused holds no longer. */
export const RESUMED = 4;
