/** The answer to why a subject is not timed: for one rule, the first clause that fails, or the records that there are. */
import type { EventId, RecordId } from '../../schemas/brand.ts';

/** The clause, or what stands in for one. */
export const OBSTACLES = [
  'on',
  'merged',
  'when',
  'validFrom',
  'validUntil',
  'oneOf',
  'actorKinds',
  'unassigned',
  'per',
  'start',
  'runWhile',
  'session',
  'of',
  'stop',
  'cancel',
  'tail',
  'subtracted',
  'retraction',
  'unexplained',
] as const;
export type ObstacleName = (typeof OBSTACLES)[number];

export interface Obstacle {
  readonly clause: ObstacleName;
  /** The condition that does not hold, for instance `ticket.type ≠ support`. */
  readonly failing?: string;
  /** What is the case, and what would have to be. */
  readonly says: string;
  /** The fact that comes nearest, or that stands in the way. */
  readonly event?: EventId;
}

export type WhyNot = { readonly rule: string } & (
  | { readonly timed: true; readonly records: readonly RecordId[]; readonly says: string }
  | ({ readonly timed: false } & Obstacle)
);
