/** `tickmark serve` with topics: what is produced is in the report, and the end of the process is orderly. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../contracts/temporary-folder.ts';
import { hourOf } from '../../serve/hours.ts';
import { type Served, ask, askUntil, startServe, untilReady } from '../../serve/served.ts';
import { type Broker, startBroker } from '../../support/kafka/broker.ts';
import { type Hands, openHands } from '../../support/kafka/hands.ts';
import { until } from './until.ts';

const folders = temporaryFolder();
let broker: Broker | string = 'it was not started';
let hands: Hands | undefined;
let served: Served | undefined;
beforeAll(async () => {
  broker = await startBroker();
  if (typeof broker !== 'string') hands = await openHands([broker.address]);
});
afterAll(async () => {
  served?.signal('SIGKILL');
  await hands?.close();
  if (typeof broker !== 'string') await broker.stop();
  folders.remove();
});

const sourcesFile = (address: string): string => {
  const file = `${folders.fresh('config')}.yaml`;
  writeFileSync(
    file,
    `kafka: { brokers: ['${address}'], groupId: served, deadLetterTopic: crm.dead }
sources:
  crm: { dialect: tickmark, kafka: { topics: [crm.signals] } }
`,
  );
  return file;
};

const HOUR_MS = 3_600_000;

it('takes signals in from a topic, says how far it is, and leaves its group when it ends', async ({
  skip,
}) => {
  if (typeof broker === 'string') return skip(broker);
  await hands?.createTopic('crm.signals', 2);
  await hands?.createTopic('crm.dead');
  const args = ['--data', folders.fresh('data'), '--sources', sourcesFile(broker.address)];
  served = await startServe(args);
  await untilReady(served);
  const hours = [...hourOf('1', 9), ...hourOf('2', 11)].map((value) => ({ key: 'ann', value }));
  await hands?.produce('crm.signals', [...hours, { key: 'ann', value: 'no JSON' }]);
  const report = `${served.url}/reports/weekly?week=2020-W02`;
  await askUntil(report, ({ status, body }) => status === 200 && body.includes(`"sumMs":${2 * HOUR_MS}`));
  await until(async () => (await hands?.readAll('crm.dead'))?.length === 1);
  const { body } = await ask(`${served.url}/readyz`);
  expect(JSON.parse(body)).toMatchObject({
    status: 'ready',
    checks: { kafka: { status: 'ok', partitions: 2, lagMessages: 0, unsent: 0 } },
  });
  served.signal('SIGTERM');
  const { code, stderr } = await served.ended;
  expect(code).toBe(0);
  // Whatever the client says of its timers stays out of the log.
  expect(stderr).not.toContain('Warning');
  const partitions = await hands?.committed('served', 'crm.signals');
  expect(partitions?.filter((offset) => offset > 0)).toEqual([5]);
  expect(await hands?.members('served')).toBe(0);
});

it('ends in time, and well, while the broker is away', async ({ skip }) => {
  if (typeof broker === 'string') return skip(broker);
  served = await startServe(['--data', folders.fresh('data'), '--sources', sourcesFile(broker.address)]);
  await untilReady(served);
  await broker.kill();
  const { status } = await askUntil(`${served.url}/healthz`, () => true);
  expect(status).toBe(200);
  const startedMs = performance.now();
  served.signal('SIGTERM');
  const { code } = await served.ended;
  expect(code).toBe(0);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
});
