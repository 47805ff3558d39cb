/** The carrier Kafka: a supervised consumer. One that crashes, or has something to read and does not, is started anew. */
import type { Logger } from '../../logger.ts';
import type { Backoff } from '../../serve/backoff.ts';
import { openBackoff } from '../../serve/backoff.ts';
import type { Clock } from '../../serve/clock.ts';
import type { KafkaClient } from './port.ts';
import { type ProgressFigures, STALLED_MS, openProgress } from './progress.ts';
import { type RunSetup, startRun } from './run.ts';

export interface KafkaStatus extends ProgressFigures {
  readonly state: 'joining' | 'running' | 'waiting-to-restart';
  readonly restarts: number;
  /** Copies for the dead-letter topic that could not be sent. */
  readonly unsent: number;
}

export interface KafkaCarrier {
  status(): KafkaStatus;
  /**
   * Leaves the group after the piece in hand. Where the brokers are away, the client may go on with its attempts, and keep
   * a process alive that has nothing else to do.
   */
  stop(): Promise<void>;
}

export interface KafkaSetup extends Omit<RunSetup, 'progress' | 'onUnsent' | 'onRead'> {
  readonly openClient: () => Promise<KafkaClient>;
}

/** How often the ends of the partitions are looked up, and how often the lag is told. */
const LOOK_MS = 10_000;

/** A client that hangs while it is closed is left behind: the end of the process has no more time for it. */
const GOODBYE_MS = 2_500;

const endedOrLeft = async (work: Promise<void>, clock: Clock): Promise<void> => {
  const over = new AbortController();
  await Promise.race([work, clock.sleep(GOODBYE_MS, over.signal)]);
  over.abort();
};

/** Rejects when a partition has something to read and is not read; resolves when nobody listens any more. */
const watch = async (
  { progress, topics, clock, logger }: RunSetup,
  client: KafkaClient,
  over: AbortSignal,
): Promise<void> => {
  for (;;) {
    await clock.sleep(LOOK_MS, over);
    if (over.aborted) return;
    // What the consumer itself has heard is no proof: the one that is stuck hears nothing.
    const extents = await client.extents([...topics.keys()]).catch(() => []);
    if (over.aborted) return;
    progress.see(extents);
    const figures = progress.figures();
    if (figures.lagMessages > 0) logger.info(figures, 'Kafka is behind');
    const stalled = progress.stalled();
    if (stalled !== undefined)
      throw new Error(`${stalled} has messages, and none was read for ${STALLED_MS / 1000} s`);
  }
};

/** From its beginning to its failure, or until it is told to stop. */
const runOnce = async (
  setup: KafkaSetup & RunSetup,
  ending: AbortSignal,
  onJoined: () => void,
): Promise<void> => {
  const client = await setup.openClient();
  const over = new AbortController();
  const signal = AbortSignal.any([ending, over.signal]);
  try {
    if (ending.aborted) return;
    const { failed } = await startRun(setup, client, signal);
    onJoined();
    await Promise.race([failed, watch(setup, client, signal)]);
  } finally {
    over.abort();
    const closed = client.close().catch(() => undefined);
    await endedOrLeft(closed, setup.clock);
  }
};

/** Starts anew, later each time, until it is told to stop. */
const supervise = async (
  attempt: () => Promise<void>,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  backoff: Backoff,
  ending: AbortSignal,
  onFailure: () => void,
): Promise<void> => {
  while (!ending.aborted) {
    try {
      await attempt();
    } catch (error) {
      if (ending.aborted) return;
      onFailure();
      const waitMs = backoff.nextMs();
      logger.warn({ error, waitMs }, 'the Kafka consumer failed; it is started again');
      await clock.sleep(waitMs, ending);
    }
  }
};

export const openKafkaCarrier = (setup: KafkaSetup): KafkaCarrier => {
  const stopping = new AbortController();
  const backoff = openBackoff(setup.luck);
  const progress = openProgress(setup.clock);
  let state: KafkaStatus['state'] = 'joining';
  let [restarts, unsent] = [0, 0];
  const onUnsent = (copies: number): void => void (unsent += copies);
  // It has not merely begun: what made it fail is over.
  const onRead = (): void => backoff.reset();
  const attempt = (): Promise<void> => {
    state = 'joining';
    const onJoined = (): void => void (state = 'running');
    return runOnce({ ...setup, progress, onUnsent, onRead }, stopping.signal, onJoined);
  };
  const onFailure = (): void => {
    state = 'waiting-to-restart';
    restarts += 1;
  };
  const running = supervise(attempt, setup, backoff, stopping.signal, onFailure);
  return {
    status: () => ({ state, restarts, unsent, ...progress.figures() }),
    stop: async () => {
      stopping.abort();
      await endedOrLeft(running, setup.clock);
    },
  };
};
