/**
 * A consumer of kafkajs, tamed: it commits nothing by itself, reads no partition before it is told where from, and does
 * not start itself again after a crash.
 *
 * Left alone, kafkajs answers an offset that is out of range by a silent reset, and writes that to the group; so every
 * partition is paused in the moment it is assigned, and begins where its owner says, which is always within its extent.
 */
import type {
  Consumer as KafkajsConsumer,
  EachBatchPayload,
  IMemberAssignment,
  Kafka,
  KafkaMessage,
} from 'kafkajs';
import { RETRIES } from './access.ts';
import type { Batch, Consumer, Consuming, Grip, Message, Partition } from '../port.ts';

/** Without a heartbeat for so long the group gives the partitions to others. */
const SESSION_TIMEOUT_MS = 15_000;
const HEARTBEAT_MS = 3_000;
/** For so long the group waits for members to join again; ours do after the piece in hand. */
const REBALANCE_TIMEOUT_MS = 30_000;
/** How long a broker may hold a fetch back when there is nothing; stopping and beginning wait for it. */
const MOST_WAIT_MS = 500;

const messageOf = ({ offset, timestamp, key, value, headers }: KafkaMessage): Message => ({
  offset: Number(offset),
  timestampMs: Number(timestamp),
  key,
  value,
  headers: headers ?? {},
});

const batchOf = ({ topic, partition, messages, highWatermark }: EachBatchPayload['batch']): Batch => ({
  topic,
  partition,
  messages: messages.map(messageOf),
  endOffset: Number(highWatermark),
});

/** Marks the offset as done here first: when the group does not learn of it now, it does with the next one. */
const commitIn = async (
  { batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload,
  nextOffset: number,
  metadata: string,
): Promise<void> => {
  resolveOffset(String(nextOffset - 1));
  const { topic, partition } = batch;
  const partitions = [{ partition, offset: String(nextOffset), metadata }];
  await commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });
};

const handle = async (payload: EachBatchPayload, { onBatch, onPassed }: Consuming): Promise<void> => {
  const { batch, isRunning, isStale, heartbeat } = payload;
  let doneBefore = 0;
  const grip: Grip = {
    holds: () => isRunning() && !isStale(),
    heartbeat,
    commit: async (nextOffset, note) => {
      doneBefore = nextOffset;
      await commitIn(payload, nextOffset, note);
    },
  };
  await onBatch(batchOf(batch), grip);
  // Behind the last message there may be the mark of its transaction, which kafkajs passes over with it.
  const isDone = doneBefore > Number(batch.messages.at(-1)?.offset ?? Infinity);
  if (isDone) onPassed(batch, Number(batch.lastOffset()) + 1);
};

const partitionsIn = (assignment: IMemberAssignment): readonly Partition[] =>
  Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.map((partition) => ({ topic, partition })),
  );

const watch = (consumer: KafkajsConsumer, { onAssigned, onPassed }: Consuming): Promise<never> => {
  const { GROUP_JOIN, CRASH, END_BATCH_PROCESS } = consumer.events;
  const pauseAll = (partitions: readonly Partition[]): void =>
    consumer.pause(partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })));
  consumer.on(GROUP_JOIN, ({ payload }) => {
    const partitions = partitionsIn(payload.memberAssignment);
    pauseAll(partitions);
    onAssigned(partitions);
  });
  consumer.on(END_BATCH_PROCESS, ({ payload }) => {
    if (payload.batchSize === 0) onPassed(payload, Number(payload.lastOffset) + 1);
  });
  return new Promise((_resolve, reject) => {
    consumer.on(CRASH, ({ payload }) => reject(payload.error));
  });
};

export const startConsumer = async (
  kafka: Kafka,
  groupId: string,
  consuming: Consuming,
): Promise<Consumer> => {
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_MS,
    rebalanceTimeout: REBALANCE_TIMEOUT_MS,
    maxWaitTimeInMs: MOST_WAIT_MS,
    allowAutoTopicCreation: false,
    retry: { ...RETRIES, restartOnFailure: async () => false },
  });
  const crashed = watch(consumer, consuming);
  crashed.catch(() => undefined);
  await consumer.connect();
  await consumer.subscribe({ topics: [...consuming.topics], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: (payload) => handle(payload, consuming),
  });
  return {
    crashed,
    begin: ({ topic, partition }, offset) => {
      consumer.seek({ topic, partition, offset: String(offset) });
      consumer.resume([{ topic, partitions: [partition] }]);
    },
    pause: ({ topic, partition }) => consumer.pause([{ topic, partitions: [partition] }]),
    stop: () => consumer.disconnect(),
  };
};
