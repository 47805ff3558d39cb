/** The carrier before a real Apache Kafka: a group of two, a rebalance, a broker that dies, messages that expire. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { kafkajsOpener } from '../../../adapters/carriers/kafka/kafkajs/index.ts';
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
    expect(carrier.status()).toMatchObject({ state: 'running', partitions: 1, held: 0 });
  });

  it('goes on where its group stopped', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    await by.createTopic('twice');
    await by.produce('twice', tasks(0, 100));
    const first = await corridorFor('twice');
    const carrier = first.carrier(openerFor(own, 'twice'));
    await untilTasks(first, 100);
    await carrier.stop();
    await by.produce('twice', tasks(100, 150));
    const second = await corridorFor('twice');
    second.carrier(openerFor(own, 'twice'));
    await untilTasks(second, 50);
    expect(numbersIn(await second.events())).toEqual(range(100, 150));
  });

  it('keeps what it cannot understand, copies it with the reason, and goes on', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    await by.createTopic('poison');
    await by.createTopic('poison.dead');
    const bad = { key: 'k', value: Buffer.from([0x7b, 0xff]), headers: { trace: 'abc' } };
    await by.produce('poison', [...tasks(0, 3), bad, { key: 'gone', value: null }, ...tasks(3, 5)]);
    const corridor = await corridorFor('poison', 'poison.dead');
    corridor.carrier(openerFor(own, 'poison'));
    await untilTasks(corridor, 5);
    await until(async () => (await by.committed('poison', 'poison'))[0] === 7);
    const letters = await corridor.letters();
    expect(letters.map(({ rejection, signal }) => [rejection.code, signal.origin, signal.line])).toEqual([
      ['encoding', 'poison/0', 4],
      ['malformed', 'poison/0', 5],
    ]);
    const copies = await by.readAll('poison.dead');
    expect(copies.map(({ key }) => key)).toEqual(['k', 'gone']);
    expect(copies[0]?.headers).toEqual({
      trace: 'abc',
      'tickmark-reason': 'encoding',
      'tickmark-dead-letter': letters[0]?.id,
      'tickmark-topic': 'poison',
      'tickmark-partition': '0',
      'tickmark-offset': '3',
    });
    expect(copies[1]?.value).toBeUndefined();
  });

  it('passes over the marks of transactions, and its lag comes to nothing', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    await by.createTopic('transactions');
    await by.produceInTransaction('transactions', tasks(0, 2), 'commit');
    await by.produceInTransaction('transactions', tasks(2, 4), 'abort');
    await by.produceInTransaction('transactions', tasks(4, 6), 'commit');
    const corridor = await corridorFor('transactions');
    const carrier = corridor.carrier(openerFor(own, 'transactions'));
    await untilTasks(corridor, 4);
    expect(numbersIn(await corridor.events())).toEqual([0, 1, 4, 5]);
    await until(async () => carrier.status().lagMessages === 0);
    expect(corridor.told.filter(({ level }) => level === 'warn')).toEqual([]);
  });
});

describe('what was deleted before it was read', () => {
  const outages = async (corridor: Corridor) =>
    (await corridor.events())
      .filter(({ subject }) => subject === 'source-crm')
      .map(({ type, occurredAt, data }) => [type, occurredAt, 'reason' in data ? data.reason : undefined]);

  it('while nobody read is told as an outage of the source', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    const at = (minute: number) => Date.UTC(2020, 0, 6, 9, minute);
    const stamped = (from: number, to: number, minute: number) =>
      tasks(from, to).map((task) => ({ ...task, timestamp: String(at(minute)) }));
    await by.createTopic('expired');
    await by.produce('expired', stamped(0, 10, 0));
    const first = await corridorFor('expired');
    const carrier = first.carrier(openerFor(own, 'expired'));
    await untilTasks(first, 10);
    await until(async () => (await by.committed('expired', 'expired'))[0] === 10);
    await carrier.stop();
    await by.produce('expired', stamped(10, 20, 5));
    await by.produce('expired', stamped(20, 30, 30));
    await by.deleteBefore('expired', 0, 20);
    const second = await corridorFor('expired');
    second.carrier(openerFor(own, 'expired'));
    await untilTasks(second, 10);
    expect(numbersIn(await second.events())).toEqual(range(20, 30));
    const reason = 'Kafka expired/0: offsets 10 to 19 were deleted before they were read';
    expect(await outages(second)).toEqual([
      ['SourceWentDown', at(0), reason],
      ['SourceCameBack', at(30), reason],
    ]);
    expect(second.told).toContainEqual({
      level: 'warn',
      message: 'messages were gone before they were read',
      fields: expect.objectContaining({ topic: 'expired', partition: 0, fromOffset: 10, toOffset: 20 }),
    });
  });

  it('while the store was away is told too, and what is left is read', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    await by.createTopic('overtaken');
    await by.produce('overtaken', tasks(0, 10));
    const corridor = await corridorFor('overtaken');
    const carrier = corridor.carrier(openerFor(own, 'overtaken'));
    await untilTasks(corridor, 10);
    corridor.breakStore(true);
    await by.produce('overtaken', tasks(10, 12));
    await until(async () => carrier.status().held === 1);
    await by.produce('overtaken', tasks(12, 30));
    await by.deleteBefore('overtaken', 0, 20);
    corridor.breakStore(false);
    await untilTasks(corridor, 22);
    // What was in hand when the store failed is appended by whoever had it in hand.
    expect(numbersIn(await corridor.events())).toEqual([...range(0, 12), ...range(20, 30)]);
    const told = await outages(corridor);
    expect(told.map(([type]) => type)).toEqual(['SourceWentDown', 'SourceCameBack']);
    expect(await corridor.letters()).toEqual([]);
  });

  it('is no loss where the topic is compacted', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    await by.createTopic('sparse');
    // Aborted messages leave a gap that no start of the partition explains.
    await by.produceInTransaction('sparse', tasks(0, 50), 'abort');
    await by.produce('sparse', tasks(50, 60));
    const corridor = await corridorFor('sparse');
    corridor.carrier(openerFor(own, 'sparse'));
    await untilTasks(corridor, 10);
    expect(await outages(corridor)).toEqual([]);
  });
});

describe('a group of two', () => {
  it('loses nothing when one joins and leaves in the middle, and repeats are absorbed', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    await by.createTopic('shared', 4);
    const corridor = await corridorFor('shared');
    const first = corridor.carrier(openerFor(own, 'shared'));
    await by.produce('shared', tasks(0, 4_000));
    await until(async () => corridor.appends() > 1);
    const second = corridor.carrier(openerFor(own, 'shared'));
    await until(async () => second.status().partitions === 2 && first.status().partitions === 2);
    await by.produce('shared', tasks(4_000, 8_000));
    await untilTasks(corridor, 6_000);
    await second.stop();
    await by.produce('shared', tasks(8_000, 9_000));
    await untilTasks(corridor, 9_000);
    expect(numbersIn(await corridor.events()).toSorted((a, b) => a - b)).toEqual(range(0, 9_000));
    await until(async () => sum(await by.committed('shared', 'shared')) === 9_000);
    expect(await corridor.letters()).toEqual([]);
  });

  it('loses nothing when the broker is killed and comes back', async ({ skip }) => {
    const { broker: own, hands: by } = ready(skip);
    await by.createTopic('killed', 4);
    const corridor = await corridorFor('killed');
    const carriers = [1, 2].map(() => corridor.carrier(openerFor(own, 'killed')));
    await until(async () => carriers.every((one) => one.status().partitions === 2));
    await by.produce('killed', tasks(0, 2_000));
    await until(async () => corridor.appends() > 1);
    await own.kill();
    await own.start();
    const again = await openHands([own.address]);
    await again.produce('killed', tasks(2_000, 4_000));
    await untilTasks(corridor, 4_000);
    expect(numbersIn(await corridor.events()).toSorted((a, b) => a - b)).toEqual(range(0, 4_000));
    await until(async () => sum(await again.committed('killed', 'killed')) === 4_000);
    await again.close();
    await until(async () => carriers.every((one) => one.status().state === 'running'));
  });
});
