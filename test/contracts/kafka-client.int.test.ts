/** kafkajs keeps the contract before a real Apache Kafka. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { kafkajsOpener } from '../../adapters/carriers/kafka/kafkajs/index.ts';
import { KafkaSettings } from '../../schemas/kafka.ts';
import { recordingLogger } from '../carriers/kafka/corridor.ts';
import { startBroker } from '../support/kafka/broker.ts';
import { containedBroker } from '../support/kafka/container.ts';
import { type Hands, openHands } from '../support/kafka/hands.ts';
import { type ClusterForContract, kafkaClientContract } from './kafka-client.contract.ts';

interface Running {
  readonly brokers: readonly string[];
  stop(): Promise<void>;
}

let count = 0;
const fresh = (what: string): string => {
  count += 1;
  return `${what}-${process.pid}-${count}`;
};

const clusterOf = ({ brokers }: Running, hands: Hands): ClusterForContract => ({
  topic: async (partitions) => {
    const topic = fresh('topic');
    await hands.createTopic(topic, partitions);
    return topic;
  },
  compactedTopic: async () => {
    const topic = fresh('topic');
    await hands.createTopic(topic, 1, { 'cleanup.policy': 'compact' });
    return topic;
  },
  produce: (topic, partition, messages) =>
    hands.produce(
      topic,
      messages.map((message) => ({ ...message, partition })),
    ),
  group: () => {
    const settings = KafkaSettings.parse({ brokers, groupId: fresh('group') });
    return kafkajsOpener(settings, {}, recordingLogger().logger);
  },
});

/**
 * `TEST_KAFKA_BROKERS` names a cluster that runs already, with commas between; what is made there stays. Else a broker
 * is started from its jars, or, where that cannot be, in a container.
 */
const startOrFind = async (): Promise<Running | string> => {
  const named = process.env['TEST_KAFKA_BROKERS'] ?? '';
  if (named !== '') return { brokers: named.split(','), stop: async () => undefined };
  const started = await startBroker();
  if (typeof started !== 'string') return { brokers: [started.address], stop: started.stop };
  const broker = await containedBroker();
  if (typeof broker === 'string') return `${started}; and ${broker}`;
  return { brokers: [broker.address], stop: broker.stop };
};

let running: Running | string = 'it was not started';
let hands: Hands | undefined;
beforeAll(async () => {
  running = await startOrFind();
  if (typeof running !== 'string') hands = await openHands(running.brokers);
});
afterAll(async () => {
  await hands?.close();
  if (typeof running !== 'string') await running.stop();
});
beforeEach(({ skip }) => {
  if (typeof running === 'string') skip(running);
});

kafkaClientContract('kafkajs before Apache Kafka', () => {
  if (typeof running === 'string' || !hands) throw new Error('no broker is running');
  return clusterOf(running, hands);
});
