/** A stretch: the time line of one cycle before it is shared out to the people who worked on it. */
import type { ActorId, InstantMs } from '../schemas/brand.ts';
import type { Because, Grade } from '../schemas/record.ts';
import type { Interval } from './interval/interval.ts';

/**
 *     start      pause       resume        stop
 *     |= running =|- paused -|== running ==|
 */
export interface Stretch extends Interval {
  readonly state: 'running' | 'paused';
  readonly actor: ActorId;
  readonly opened: Because;
  readonly closed: Because;
  readonly grade: Grade;
}

/** What has no end yet. */
export interface OpenEnd {
  readonly state: 'running' | 'paused';
  readonly actor: ActorId;
  readonly fromMs: InstantMs;
  readonly opened: Because;
  readonly grade: Grade;
}

/** Start to stop of one subject under one rule. */
export interface TimeLine {
  readonly stretches: readonly Stretch[];
  readonly tail: OpenEnd | undefined;
}
