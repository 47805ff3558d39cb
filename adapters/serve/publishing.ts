/** The supervised publisher: one that fails is told, shown and started again; the process works on without it. */
import type { Outlet, Published } from '../publishing/ports.ts';
import { type Publishing, publishNext } from '../publishing/publish.ts';
import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Check } from './readiness.ts';

export interface OpenOutlet extends Outlet {
  /** Nothing was ever sent there: whatever is remembered of it went elsewhere. */
  readonly isNew: boolean;
  close(): Promise<void>;
}

/** Where time records are published. */
export interface RecordTopic {
  readonly topic: string;
  open(): Promise<OpenOutlet>;
}

export interface PublishingStatus {
  /** `standing-by`: another process publishes. `replaying`: the answers are being derived anew. */
  readonly state: 'starting' | 'running' | 'replaying' | 'standing-by' | 'waiting-to-restart';
  /** By this process, removals included. */
  readonly published: number;
  /** Records that no broker took. */
  readonly tooLarge: number;
  readonly restarts: number;
}

export interface Publisher {
  status(): PublishingStatus;
  /** After what is in hand, or without it where the brokers are away: it is then published at the next start. */
  stop(): Promise<void>;
}

export interface PublisherSetup extends Pick<Publishing, 'rows' | 'areWhole' | 'onPublished'> {
  readonly recordTopic: RecordTopic;
  /** Asked again after a failure. */
  readonly openPublished: () => Promise<Published>;
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly onFailure: (error: unknown) => void;
}

/** How often somebody looks whether there is anything new. */
const LOOK_MS = 500;
/** How often one who stands by looks whether the other one is gone. */
const STAND_BY_MS = 5_000;
const GOODBYE_MS = 2_500;

/** From its beginning to its failure, or until it is told to stop. */
const runOnce = async (
  setup: PublisherSetup,
  ending: AbortSignal,
  be: (state: PublishingStatus['state']) => void,
): Promise<void> => {
  const { recordTopic, openPublished, clock, backoff } = setup;
  const published = await openPublished();
  const right = await published.takeRight?.();
  if (published.takeRight && !right) {
    be('standing-by');
    return clock.sleep(STAND_BY_MS, ending);
  }
  let outlet: OpenOutlet | undefined;
  try {
    outlet = await recordTopic.open();
    if (outlet.isNew) await published.clear();
    while (!ending.aborted) {
      const round = await publishNext({ ...setup, topic: recordTopic.topic, published, outlet });
      backoff.reset();
      be(round === 'replaying' ? 'replaying' : 'running');
      if (round !== 'more') await clock.sleep(LOOK_MS, ending);
    }
  } finally {
    await outlet?.close().catch(() => undefined);
    await right?.release().catch(() => undefined);
  }
};

export const openPublisher = (setup: PublisherSetup): Publisher => {
  const { clock, backoff, onFailure } = setup;
  const stopping = new AbortController();
  let state: PublishingStatus['state'] = 'starting';
  let [published, tooLarge, restarts] = [0, 0, 0];
  const be = (now: PublishingStatus['state']): void => void (state = now);
  const onPublished: Publishing['onPublished'] = (count, refused) => {
    published += count;
    tooLarge += refused.length;
    setup.onPublished(count, refused);
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await runOnce({ ...setup, onPublished }, stopping.signal, be);
      } catch (error) {
        if (stopping.signal.aborted) return;
        restarts += 1;
        be('waiting-to-restart');
        onFailure(error);
        await clock.sleep(backoff.nextMs(), stopping.signal);
      }
    }
  };
  const running = run();
  return {
    status: () => ({ state, published, tooLarge, restarts }),
    stop: async () => {
      stopping.abort();
      const over = new AbortController();
      await Promise.race([running, clock.sleep(GOODBYE_MS, over.signal)]);
      over.abort();
    },
  };
};

/** A publisher that fails is no reason to send nobody here: what it has not published yet it will. */
export const publisherCheck = ({ state, ...figures }: PublishingStatus): Check =>
  state === 'waiting-to-restart'
    ? { status: 'degraded', because: 'it failed and is started again', ...figures }
    : { status: 'ok', state, ...figures };
