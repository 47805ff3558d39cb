/** The cluster in memory, which the tests of the carrier stand on, keeps the contract that the real ones keep. */
import { memoryCluster } from '../support/kafka/memory-cluster.ts';
import { kafkaClientContract } from './kafka-client.contract.ts';

let count = 0;

kafkaClientContract('in memory', () => MEMORY);

const cluster = memoryCluster();
const MEMORY = {
  topic: async (partitions: number) => {
    count += 1;
    cluster.createTopic(`topic-${count}`, partitions);
    return `topic-${count}`;
  },
  compactedTopic: async () => {
    const topic = await MEMORY.topic(1);
    cluster.compact(topic);
    return topic;
  },
  produce: async (
    topic: string,
    partition: number,
    messages: readonly { readonly key: string; readonly value: string | null; readonly headers?: object }[],
  ) =>
    cluster.produce(
      topic,
      partition,
      messages.map(({ key, value, headers = {} }) => ({
        key: Buffer.from(key),
        value: value === null ? null : Buffer.from(value),
        headers: { ...headers },
      })),
    ),
  group: () => cluster.open,
};
