/** The supervised projector: one that fails or falls silent is told, shown and started again. */
import type { Follower, Following } from '../projector.ts';
import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { type Heartbeat, SILENT_MS, openHeartbeat } from './heartbeat.ts';

export interface ProjectingStatus {
  /** `silent`: it runs and gives no sign of life. */
  readonly state: 'running' | 'silent' | 'waiting-to-restart';
  /** Everything before it is in the answers; undefined before the first sign of life. */
  readonly position: number | undefined;
  /** Since the last sign of life. */
  readonly silentMs: number;
  readonly restarts: number;
}

export interface Projecting {
  wake(): void;
  status(): ProjectingStatus;
  /** Resolves after the page in hand. */
  stop(): Promise<void>;
}

export interface ProjectingSetup {
  readonly start: (onBeat: Following['onBeat']) => Follower;
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly onFailure: (error: unknown) => void;
}

/** One run of a follower, from its start to its end or its silence. It always ends with an error, unless `stopping`. */
const watch = async (follower: Follower, heartbeat: Heartbeat, stopping: AbortSignal): Promise<void> => {
  const over = new AbortController();
  try {
    await Promise.race([follower.ended, heartbeat.silence(over.signal)]);
    if (!stopping.aborted) throw new Error('the projector ended by itself');
  } finally {
    over.abort();
    await follower.kill();
  }
};

export const openProjecting = ({ start, clock, backoff, onFailure }: ProjectingSetup): Projecting => {
  const stopping = new AbortController();
  const heartbeat = openHeartbeat(clock);
  let follower: Follower | undefined;
  let position: number | undefined;
  let restarts = 0;
  const onBeat = (reached: number): void => {
    // It has moved on, and did not merely start: what made it fail is over.
    if (position !== undefined && reached > position) backoff.reset();
    position = reached;
    heartbeat.beat();
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        heartbeat.beat();
        follower = start(onBeat);
        await watch(follower, heartbeat, stopping.signal);
      } catch (error) {
        follower = undefined;
        if (stopping.signal.aborted) return;
        restarts += 1;
        onFailure(error);
        await clock.sleep(backoff.nextMs(), stopping.signal);
      }
    }
  };
  const running = run();
  return {
    wake: () => follower?.wake(),
    status: () => {
      const silentMs = heartbeat.silentMs();
      const state = !follower ? 'waiting-to-restart' : silentMs < SILENT_MS ? 'running' : 'silent';
      return { state, position, silentMs, restarts };
    },
    stop: async () => {
      stopping.abort();
      await follower?.stop();
      await running;
    },
  };
};
