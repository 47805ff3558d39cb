/** The supervised publisher: one that fails is told, shown and started again; the process works on without it. */
import { agree } from '../publishing/agree.ts';
import type { Outlet, Published } from '../publishing/ports.ts';
import { type Publishing, type Round, publishNext } from '../publishing/publish.ts';
import type { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Check } from './readiness.ts';

export interface OpenOutlet extends Outlet {
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
  /** How often a record was too large for any broker, and removed from the topic instead. */
  readonly tooLarge: number;
  /** Since everything was published that there was. */
  readonly sinceUpToDateMs: number;
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
const LOOKS_PER_AGREEMENT = 20;
/** How often one who stands by looks whether the other one is gone. */
const STAND_BY_MS = 5_000;
const GOODBYE_MS = 2_500;

/** From its beginning to its failure, or until it is told to stop. */
const runOnce = async (
  setup: PublisherSetup,
  ending: AbortSignal,
  onStandBy: () => void,
  onRound: (round: Round) => void,
): Promise<void> => {
  const { recordTopic, openPublished, clock, backoff } = setup;
  const published = await openPublished();
  const right = await published.takeRight?.();
  if (published.takeRight && !right) {
    onStandBy();
    return clock.sleep(STAND_BY_MS, ending);
  }
  let outlet: OpenOutlet | undefined;
  try {
    outlet = await recordTopic.open();
    const publishing = { ...setup, topic: recordTopic.topic, published, outlet };
    await agree(publishing);
    for (let look = 1; !ending.aborted; look += 1) {
      if (right?.isHeld() === false) throw new Error('the right to publish was lost with its connection');
      // A topic that is made anew tells nobody.
      if (look % LOOKS_PER_AGREEMENT === 0) await agree(publishing);
      const round = await publishNext(publishing);
      backoff.reset();
      onRound(round);
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
  let upToDateMs = clock.elapsedMs();
  const onStandBy = (): void => void (state = 'standing-by');
  const onRound = (round: Round): void => {
    state = round === 'replaying' ? 'replaying' : 'running';
    if (round === 'up-to-date') upToDateMs = clock.elapsedMs();
  };
  const onPublished: Publishing['onPublished'] = (count, refused) => {
    published += count;
    tooLarge += refused.length;
    setup.onPublished(count, refused);
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await runOnce({ ...setup, onPublished }, stopping.signal, onStandBy, onRound);
      } catch (error) {
        if (stopping.signal.aborted) return;
        restarts += 1;
        state = 'waiting-to-restart';
        onFailure(error);
        await clock.sleep(backoff.nextMs(), stopping.signal);
      }
    }
  };
  const running = run();
  return {
    status: () => ({
      state,
      published,
      tooLarge,
      sinceUpToDateMs: Math.round(clock.elapsedMs() - upToDateMs),
      restarts,
    }),
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
