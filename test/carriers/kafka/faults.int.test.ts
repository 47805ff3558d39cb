/** The faults of a cluster, one after the other brought about by the mock of librdkafka: nothing is missing after any. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { kafkajsOpener } from '../../../adapters/carriers/kafka/kafkajs/index.ts';
import { MACHINE_CLOCK } from '../../../adapters/serve/clock.ts';
import { KafkaSettings } from '../../../schemas/kafka.ts';
import { openHands } from '../../support/kafka/hands.ts';
import { type MockCluster, type MockProgram, mockProgram } from '../../support/kafka/mock-cluster.ts';
import { openCorridor, recordingLogger } from './corridor.ts';
import { numbersIn, range, tasks } from './task.ts';
import { until } from './until.ts';

const TOPIC = 'faults';
const GROUP = 'faults';
const BROKERS = [1, 2, 3];
const API = { fetch: 1, offsetCommit: 8, heartbeat: 12 } as const;

const downFor = async (cluster: MockCluster, brokers: readonly number[], lengthMs: number): Promise<void> => {
  for (const broker of brokers) await cluster.tell(`down ${broker}`);
  // How long the outage lasts is the fault itself; nothing is waited for.
  await setTimeout(lengthMs);
  for (const broker of brokers) await cluster.tell(`up ${broker}`);
};

/** Whoever led each partition, one of these moves took it away. */
const leadersMove = async (cluster: MockCluster): Promise<void> => {
  for (const [partition, broker] of [
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 3],
    [2, 3],
    [2, 1],
  ])
    await cluster.tell(`leader ${TOPIC} ${partition} ${broker}`);
};

type Fault = (cluster: MockCluster) => Promise<void>;
const errors =
  (api: number, count: number, code: number): Fault =>
  (cluster) =>
    cluster.tell(`errors ${api} ${count} ${code}`);

type Named = readonly (readonly [name: string, fault: Fault])[];

const QUICK: Named = [
  ['a commit finds the coordinator loading, three times', errors(API.offsetCommit, 3, 14)],
  ['a heartbeat finds the group rebalancing', errors(API.heartbeat, 1, 27)],
  ['a fetch is out of range', errors(API.fetch, 1, 1)],
  ['one broker is down for 3 s', (cluster) => downFor(cluster, [1], 3_000)],
  ['all brokers are down for 3 s', (cluster) => downFor(cluster, BROKERS, 3_000)],
  ['the coordinator moves', (cluster) => cluster.tell(`coordinator ${GROUP} 2`)],
  ['a broker answers after 2 s', (cluster) => cluster.tell('rtt 1 2000')],
];

/** The mock lets a consumer that rejoins wait for the end of its former session: up to a minute each. */
const SLOW: Named = [
  ['a commit finds the member unknown', errors(API.offsetCommit, 1, 25)],
  ['a commit is of an old generation', errors(API.offsetCommit, 1, 22)],
  ['a fetch finds another leader, four times', errors(API.fetch, 4, 6)],
  ['leaders move', leadersMove],
];

const FAULTS = process.env['TEST_KAFKA_SLOW_FAULTS'] === '1' ? [...QUICK, ...SLOW] : QUICK;

let program: MockProgram | string = 'it was not built';
beforeAll(() => {
  program = mockProgram();
});
afterAll(() => {
  if (typeof program !== 'string') program.remove();
});

const readThrough = async (cluster: MockCluster, fault: Fault): Promise<readonly number[]> => {
  await cluster.tell(`topic ${TOPIC} 3`);
  const hands = await openHands(cluster.brokers);
  const corridor = await openCorridor({ topics: [TOPIC], clock: MACHINE_CLOCK, luck: () => 0.5 });
  try {
    const settings = KafkaSettings.parse({ brokers: cluster.brokers, groupId: GROUP });
    corridor.carrier(kafkajsOpener(settings, {}, recordingLogger().logger));
    const read = async (count: number): Promise<void> =>
      until(async () => new Set(numbersIn(await corridor.events())).size >= count);
    await hands.produce(TOPIC, tasks(0, 300));
    await read(300);
    await fault(cluster);
    await hands.produce(TOPIC, tasks(300, 600));
    await read(600);
    return numbersIn(await corridor.events());
  } finally {
    await corridor.close();
    await hands.close();
  }
};

describe.concurrent('nothing is missing and nothing is twice when', () => {
  for (const [name, fault] of FAULTS)
    it(name, async ({ skip, expect }) => {
      if (typeof program === 'string') return skip(program);
      const cluster = await program.start();
      try {
        const read = await readThrough(cluster, fault);
        expect(read.toSorted((a, b) => a - b)).toEqual(range(0, 600));
      } finally {
        await cluster.stop();
      }
    });
});
