/** kafkajs keeps the contract before a real Apache Kafka. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { kafkajsOpener } from '../../adapters/carriers/kafka/kafkajs/index.ts';
import { KafkaSettings } from '../../schemas/kafka.ts';
import { recordingLogger } from '../carriers/kafka/corridor.ts';
import { type Broker, startBroker } from '../support/kafka/broker.ts';
import { type Hands, openHands } from '../support/kafka/hands.ts';
import { type ClusterForContract, kafkaClientContract } from './kafka-client.contract.ts';

let count = 0;
const fresh = (what: string): string => {
  count += 1;
  return `${what}-${process.pid}-${count}`;
};

const clusterOf = ({ address }: Broker, hands: Hands): ClusterForContract => ({
  topic: async (partitions) => {
    const topic = fresh('topic');
    await hands.createTopic(topic, partitions);
    return topic;
  },
  produce: (topic, partition, messages) =>
    hands.produce(
      topic,
      messages.map((message) => ({ ...message, partition })),
    ),
  group: () => {
    const settings = KafkaSettings.parse({ brokers: [address], groupId: fresh('group') });
    return kafkajsOpener(settings, {}, recordingLogger().logger);
  },
});

let broker: Broker | string = 'it was not started';
let hands: Hands | undefined;
beforeAll(async () => {
  broker = await startBroker();
  if (typeof broker !== 'string') hands = await openHands([broker.address]);
});
afterAll(async () => {
  await hands?.close();
  if (typeof broker !== 'string') await broker.stop();
});
beforeEach(({ skip }) => {
  if (typeof broker === 'string') skip(broker);
});

kafkaClientContract('kafkajs before Apache Kafka', () => {
  if (typeof broker === 'string' || !hands) throw new Error('no broker is running');
  return clusterOf(broker, hands);
});
