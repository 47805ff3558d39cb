/** What a test does to a cluster beside the program under test: topics, messages, deletions, a look at the group. */
import { type Admin, Kafka, type Message, Partitioners, type Producer, logLevel } from 'kafkajs';

export interface Told {
  readonly key: string | undefined;
  readonly value: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Hands {
  createTopic(topic: string, partitions?: number, config?: Readonly<Record<string, string>>): Promise<void>;
  produce(topic: string, messages: readonly Message[]): Promise<void>;
  produceInTransaction(topic: string, messages: readonly Message[], end: 'commit' | 'abort'): Promise<void>;
  /** Nothing before `offset` is there any more, as after its retention. */
  deleteBefore(topic: string, partition: number, offset: number): Promise<void>;
  deleteTopic(topic: string): Promise<void>;
  /** The next offset of each partition, by its number; -1 where the group has none. */
  committed(groupId: string, topic: string): Promise<readonly number[]>;
  /** How many consumers the group has. */
  members(groupId: string): Promise<number>;
  /** Everything in partition 0, from its start to its end. */
  readAll(topic: string): Promise<readonly Told[]>;
  close(): Promise<void>;
}

const createTopic = async (
  admin: Admin,
  topic: string,
  numPartitions: number,
  config: Readonly<Record<string, string>>,
): Promise<void> => {
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  await admin.createTopics({
    topics: [{ topic, numPartitions, replicationFactor: 1, configEntries }],
    waitForLeaders: true,
  });
};

let readers = 0;

const readAll = async (kafka: Kafka, admin: Admin, topic: string): Promise<readonly Told[]> => {
  const [{ low = '0', high = '0' } = {}] = await admin.fetchTopicOffsets(topic);
  const wanted = Number(high) - Number(low);
  const told: Told[] = [];
  if (wanted === 0) return told;
  readers += 1;
  const consumer = kafka.consumer({ groupId: `reader-${process.pid}-${readers}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const { promise: done, resolve } = Promise.withResolvers<void>();
  await consumer.run({
    eachMessage: async ({ message: { key, value, headers = {} } }) => {
      const texts = Object.entries(headers).map(([name, held]) => [name, String(held)] as const);
      told.push({ key: key?.toString(), value: value?.toString(), headers: Object.fromEntries(texts) });
      if (told.length === wanted) resolve();
    },
  });
  await done;
  await consumer.disconnect();
  return told;
};

const produceInTransaction = async (
  kafka: Kafka,
  topic: string,
  messages: readonly Message[],
  end: 'commit' | 'abort',
): Promise<void> => {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    transactionalId: 'tests',
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic, messages: [...messages] });
  await transaction[end]();
  await producer.disconnect();
};

export const openHands = async (brokers: readonly string[]): Promise<Hands> => {
  const kafka = new Kafka({ clientId: 'tests', brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const producer: Producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await admin.connect();
  await producer.connect();
  return {
    createTopic: (topic, partitions = 1, config = {}) => createTopic(admin, topic, partitions, config),
    produce: async (topic, messages) => void (await producer.send({ topic, messages: [...messages] })),
    produceInTransaction: (topic, messages, end) => produceInTransaction(kafka, topic, messages, end),
    deleteBefore: async (topic, partition, offset) => {
      // It finds the leaders only of topics that were asked for before.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
    },
    deleteTopic: (topic) => admin.deleteTopics({ topics: [topic] }),
    committed: async (groupId, topic) => {
      const [told] = await admin.fetchOffsets({ groupId, topics: [topic] });
      const partitions = told?.partitions ?? [];
      return partitions.toSorted((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset));
    },
    members: async (groupId) => (await admin.describeGroups([groupId])).groups[0]?.members.length ?? 0,
    readAll: (topic) => readAll(kafka, admin, topic),
    close: async () => {
      await producer.disconnect();
      await admin.disconnect();
    },
  };
};
