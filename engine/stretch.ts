/** A stretch: the time line of one cycle before it is shared out to the people who worked on it. */
import type { ActorId, InstantMs } from '../schemas/brand.ts';
import type { Because, Grade } from '../schemas/record.ts';
import type { Interval } from './interval/interval.ts';

/**
 *     start      pause       resume        stop           start, reopen: continue
 *     |= running =|- paused -|== running ==|... closed ...|== running ==
 */
export interface Stretch extends Interval {
  readonly state: 'running' | 'paused' | 'closed';
  readonly actor: ActorId;
  readonly opened: Because;
  readonly closed: Because;
  readonly grade: Grade;
  /** The rule's own word for why it does not run. */
  readonly code?: string;
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
  /** Its end was told to lie before its start. */
  readonly negative?: boolean;
}
