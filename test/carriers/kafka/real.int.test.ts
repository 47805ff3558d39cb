/** The carrier before a real Apache Kafka: a group of two, a rebalance, a broker that dies, messages that expire. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kafkajsOpener } from '../../../adapters/carriers/kafka/index.ts';
import { MACHINE_CLOCK } from '../../../adapters/serve/clock.ts';
import { KafkaSettings } from '../../../schemas/kafka.ts';
import { type Broker, startBroker } from '../../support/kafka/broker.ts';
import { type Hands, openHands } from '../../support/kafka/hands.ts';
import { type Corridor, openCorridor, recordingLogger } from './corridor.ts';
import { numbersIn, range, tasks } from './task.ts';
import { until } from './until.ts';

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

/** What every test here needs; it is skipped, with the reason, where there is no broker. */
const ready = (skip: (reason: string) => never) => {
  if (typeof broker === 'string') return skip(broker);
  if (!hands) throw new Error('no hands');
  return { broker, hands };
};

const corridors: Corridor[] = [];
afterEach(async () => {
  for (const corridor of corridors.splice(0)) await corridor.close();
});

const corridorFor = async (topic: string, deadLetterTopic?: string): Promise<Corridor> => {
  const corridor = await openCorridor({
    topics: [topic],
    clock: MACHINE_CLOCK,
    luck: () => 0.5,
    ...(deadLetterTopic === undefined ? {} : { deadLetterTopic }),
  });
  corridors.push(corridor);
  return corridor;
};

const openerFor = ({ address }: Broker, groupId: string) => {
  const settings = KafkaSettings.parse({ brokers: [address], groupId });
  return kafkajsOpener(settings, {}, recordingLogger().logger);
};

const untilTasks = (corridor: Corridor, count: number): Promise<void> =>
  until(async () => new Set(numbersIn(await corridor.events())).size >= count);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('a consumer', () => {
  it('reads everything, in order, and commits what is durable', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    await by.createTopic('plain');
    await by.produce('plain', tasks(0, 1_200));
    const corridor = await corridorFor('plain');
    const carrier = corridor.carrier(openerFor(own, 'plain'));
    await untilTasks(corridor, 1_200);
    expect(numbersIn(await corridor.events())).toEqual(range(0, 1_200));
    await until(async () => (await by.committed('plain', 'plain'))[0] === 1_200);
    await until(async () => carrier.status().lagMessages === 0);
    expect(carrier.status()).toMatchObject({ state: 'running', partitions: 1, held: 0, restarts: 0 });
  });
});
