/**
 * One run of a consumer, from joining the group to its end, which is a failure unless it was told to stop.
 *
 *     assigned -> (paused) where did the group stop? is that still there? -> begin -> batch, batch, batch
 *                     ^                                                                  |
 *                     +------------- waits, while the store takes nothing <-------------+
 */
import type { Arrival } from '../../intake.ts';
import type { Logger } from '../../logger.ts';
import { type Backoff, openBackoff } from '../../serve/backoff.ts';
import type { Luck } from '../../serve/clock.ts';
import { type HandOver, handOver } from './hand-over.ts';
import { type Lost, wentDown } from './outage.ts';
import { type Loss, placeOf, readMsIn } from './place.ts';
import { type Batch, type Consumer, type Grip, type KafkaClient, type Partition, keyOf } from './port.ts';
import type { Progress } from './progress.ts';
import { type Topics, arrivalsIn } from './topics.ts';
import { type Reading, factsOf, lossBefore, toldOf } from './reading.ts';

export interface RunSetup extends Omit<HandOver, 'arrivalsOf' | 'copy' | 'onDone'> {
  readonly topics: Topics;
  readonly deadLetterTopic: string | undefined;
  readonly luck: Luck;
  readonly logger: Logger;
  readonly progress: Progress;
  /** So many copies for the dead-letter topic could not be sent. */
  readonly onUnsent: (copies: number) => void;
  /** Messages were read, appended and committed. */
  readonly onRead: () => void;
}

interface Run extends RunSetup {
  readonly client: KafkaClient;
  readonly ending: AbortSignal;
  readonly backoff: Backoff;
  readonly readings: Map<string, Reading>;
  /** Ends the run. */
  readonly fail: (error: unknown) => void;
  /** The latest assignment; what was begun for an earlier one is no longer wanted. */
  assigned: readonly Partition[];
  consuming: Promise<Consumer>;
}

const topicsOf = ({ topics }: RunSetup): readonly string[] => [...topics.keys()];

/** Waits, longer each time; false when the run ends before. */
const waited = async ({ clock, ending }: Run, backoff: Backoff): Promise<boolean> => {
  await clock.sleep(backoff.nextMs(), ending);
  return !ending.aborted;
};

/** Until the store has taken it; false when the run ends before. */
const told = async (run: Run, arrival: Arrival): Promise<boolean> => {
  const backoff = openBackoff(run.luck);
  for (;;) {
    const { status } = await run.offer([arrival]);
    if (status === 'settled') return true;
    if (status === 'closed' || !(await waited(run, backoff))) return false;
  }
};

/** A person must see it: in the log of the program, and as an outage of the source in the event log. */
const warnOf = ({ logger }: Run, at: Partition, loss: Loss): void =>
  logger.warn({ ...at, ...loss }, 'messages were gone before they were read');

const readingOf = (run: Run, at: Partition, nextOffset: number, readMs: number | undefined): Reading => ({
  at,
  source: run.topics.get(at.topic)?.source ?? at.topic,
  nextOffset,
  readMs,
  lost: undefined,
});

/** Reads these partitions on from where the group stopped, or from what is still there of it. */
const begin = async (run: Run, partitions: readonly Partition[], wanted: Run['assigned']): Promise<void> => {
  const { client, readings, progress } = run;
  const consumer = await run.consuming;
  const topics = topicsOf(run);
  const [committed, extents] = await Promise.all([client.committed(topics), client.extents(topics)]);
  for (const at of partitions) {
    const stopped = toldOf(committed, at);
    const known = readings.get(keyOf(at));
    const place = placeOf({ nextOffset: stopped.nextOffset ?? known?.nextOffset }, toldOf(extents, at));
    const reading = readingOf(run, at, place.nextOffset, readMsIn(stopped.note) ?? known?.readMs);
    if (place.loss) {
      const lost: Lost = { ...place.loss, at, source: reading.source };
      warnOf(run, at, lost);
      if (!(await told(run, wentDown(lost, reading.readMs, run.now())))) return;
      reading.lost = lost;
    }
    if (wanted !== run.assigned || run.ending.aborted) return;
    readings.set(keyOf(at), reading);
    progress.hold(at, false);
    progress.reach(at, reading.nextOffset);
    consumer.begin(at, reading.nextOffset);
  }
  progress.see(extents);
};

const onAssigned = (run: Run, partitions: readonly Partition[]): void => {
  run.assigned = partitions;
  run.readings.clear();
  run.progress.assign(partitions);
  run.logger.info({ partitions: partitions.map(keyOf) }, 'partitions were assigned');
  begin(run, partitions, partitions).catch(run.fail);
};

/** Nothing of the partition is fetched while the store takes nothing. */
const hold = async (run: Run, at: Partition, because: string): Promise<void> => {
  const wanted = run.assigned;
  const consumer = await run.consuming;
  consumer.pause(at);
  run.progress.hold(at, true);
  run.logger.warn({ ...at, because }, 'a partition waits for the store');
  const again = async (): Promise<void> => {
    if (await waited(run, run.backoff)) await begin(run, [at], wanted);
  };
  again().catch(run.fail);
};

const copierOf =
  ({ deadLetterTopic, client, logger, onUnsent }: Run): HandOver['copy'] =>
  async (copies) => {
    if (deadLetterTopic === undefined) return;
    await client.send(deadLetterTopic, copies).catch((error: unknown) => {
      logger.warn({ error, topic: deadLetterTopic, copies: copies.length }, 'dead letters were not copied');
      onUnsent(copies.length);
    });
  };

const onBatch = async (run: Run, batch: Batch, grip: Grip): Promise<void> => {
  const { client, progress, backoff } = run;
  const reading = run.readings.get(keyOf(batch));
  if (!reading) return;
  const { at } = reading;
  progress.see([batch]);
  const loss = await lossBefore(batch, reading, () => client.extents([at.topic]));
  if (loss) warnOf(run, at, loss);
  const before = factsOf(reading, loss, batch, run.now());
  const onDone = (nextOffset: number, readMs: number): void => {
    Object.assign(reading, { nextOffset, readMs, lost: undefined });
    backoff.reset();
    progress.reach(at, nextOffset);
    run.onRead();
  };
  const arrivalsOf: HandOver['arrivalsOf'] = (...of) => arrivalsIn(run.topics, ...of);
  const hand = { ...run, arrivalsOf, copy: copierOf(run), onDone };
  const handed = await handOver(hand, batch, before, grip);
  if (handed === 'full' || handed === 'store-down') await hold(run, at, handed);
};

const onPassed = ({ readings, progress }: Run, at: Partition, nextOffset: number): void => {
  const reading = readings.get(keyOf(at));
  if (!reading || reading.nextOffset >= nextOffset) return;
  reading.nextOffset = nextOffset;
  progress.reach(at, nextOffset);
};

/** Resolves when it has joined its group. */
export const startRun = async (
  setup: RunSetup,
  client: KafkaClient,
  ending: AbortSignal,
): Promise<{ readonly failed: Promise<never> }> => {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const { promise: consuming, resolve } = Promise.withResolvers<Consumer>();
  const backoff = openBackoff(setup.luck);
  const run: Run = { ...setup, client, ending, backoff, readings: new Map(), fail, assigned: [], consuming };
  const consumer = await client.consume({
    topics: topicsOf(run),
    onAssigned: (partitions) => onAssigned(run, partitions),
    onBatch: (batch, grip) => onBatch(run, batch, grip),
    onPassed: (at, nextOffset) => onPassed(run, at, nextOffset),
  });
  resolve(consumer);
  consumer.crashed.catch(fail);
  return { failed };
};
