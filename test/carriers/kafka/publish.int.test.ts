/** Time records published to a real Apache Kafka: live, corrected, under other rules, rebuilt, killed, without a broker. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Readiness } from '../../../adapters/http/routes/health.ts';
import { RecordPage } from '../../../adapters/http/routes/records.ts';
import { PublishedRecord } from '../../../schemas/published-record.ts';
import { printed } from '../../cli/command.ts';
import { temporaryFolder } from '../../contracts/temporary-folder.ts';
import { ROOT } from '../../house/tree.ts';
import { hourOf } from '../../serve/hours.ts';
import { type Served, ask, askUntil, postEvents, startServe, untilReady } from '../../serve/served.ts';
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
afterEach(() => served?.signal('SIGKILL'));
afterAll(async () => {
  await hands?.close();
  if (typeof broker !== 'string') await broker.stop();
  folders.remove();
});

/** A topic of its own, and a process that publishes into it. */
const room = async (running: Broker, topic: string) => {
  await hands?.createTopic(topic, 1, { 'cleanup.policy': 'compact' });
  const [data, sources] = [folders.fresh('data'), `${folders.fresh('sources')}.yaml`];
  writeFileSync(
    sources,
    `kafka: { brokers: ['${running.address}'], timeRecordTopic: ${topic} }\nsources: {}\n`,
  );
  const told = async () => (await hands?.readAll(topic)) ?? [];
  return {
    data,
    start: async (): Promise<Served> => {
      served = await startServe(['--data', data, '--sources', sources]);
      await untilReady(served);
      return served;
    },
    end: async (): Promise<void> => {
      served?.signal('SIGTERM');
      expect((await served?.ended)?.code).toBe(0);
    },
    /** In their order: who, the number, what it is, and how many minutes. */
    lines: async () =>
      (await told()).map(({ key, value }) => {
        if (value === undefined) return `${key} gone`;
        const { subject, sequence, type, data: record } = PublishedRecord.parse(JSON.parse(value));
        expect(subject).toBe(key);
        return `${record.subject} ${Number(sequence)} ${type} ${record.countedMs / 60_000}`;
      }),
    told,
    untilTold: (count: number) => until(async () => (await told()).length >= count),
  };
};

const FIRST = ['task-1 1 TimeRecordFinished 60', 'task-2 1 TimeRecordFinished 60'];

describe('time records', () => {
  it('are published when they are finished, as GET /records tells them', async ({ skip }) => {
    if (typeof broker === 'string') return skip(broker);
    const { start, told, lines, untilTold, end } = await room(broker, 'live');
    const process = await start();
    const [started = '', completed = ''] = hourOf('1', 9);
    // The next start of the same person ends what has no end yet; until its own end is told.
    await postEvents(process, [started, ...hourOf('2', 11)]);
    await untilTold(2);
    expect(await lines()).toEqual(['task-1 1 TimeRecordFinished 120', 'task-2 1 TimeRecordFinished 60']);
    await postEvents(process, [completed]);
    await untilTold(3);
    expect((await lines()).at(-1)).toBe('task-1 2 TimeRecordCorrected 60');
    const { body } = await ask(`${process.url}/records?limit=10`);
    const published = (await told()).map(({ value = '' }) => PublishedRecord.parse(JSON.parse(value)));
    const { items } = RecordPage.parse(JSON.parse(body));
    expect(published.slice(1).map(({ data }) => data)).toEqual(items.toReversed());
    expect(published[1]).toMatchObject({
      source: 'tickmark',
      ruleset: 'standard',
      time: '2020-01-06T12:00:00.000Z',
    });
    expect((await told())[0]?.headers['content-type']).toBe('application/cloudevents+json; charset=UTF-8');
    const readiness = await ask(`${process.url}/readyz`);
    expect(Readiness.parse(JSON.parse(readiness.body)).checks['publisher']).toMatchObject({
      status: 'ok',
      state: 'running',
      published: 3,
      tooLarge: 0,
      restarts: 0,
    });
    await end();
  });

  it('are published once, however often the process is killed or the answers are derived anew', async ({
    skip,
  }) => {
    if (typeof broker === 'string') return skip(broker);
    const { start, lines, untilTold, data, end } = await room(broker, 'once');
    await postEvents(await start(), [...hourOf('1', 9), ...hourOf('2', 11)]);
    await untilTold(2);
    served?.signal('SIGKILL');
    await served?.ended;
    await printed('rebuild', '--data', data);
    await postEvents(await start(), hourOf('3', 13));
    await untilTold(3);
    expect(await lines()).toEqual([...FIRST, 'task-3 1 TimeRecordFinished 60']);
    await end();
  });

  it('are corrected when somebody takes one back, and when the rules change', async ({ skip }) => {
    if (typeof broker === 'string') return skip(broker);
    const { start, lines, untilTold, data, end } = await room(broker, 'corrected');
    await postEvents(await start(), [...hourOf('1', 9), ...hourOf('2', 11)]);
    await untilTold(2);
    await end();
    const why = ['--reason', 'a test', '--by', 'boss', '--data', data];
    await printed('retract', 'task-1', ...why);
    await start();
    await untilTold(3);
    await end();
    const rules = `${folders.fresh('rules')}.yaml`;
    const standard = readFileSync(join(ROOT, 'rules/standard.yaml'), 'utf8');
    writeFileSync(
      rules,
      standard.replace('version: 1', 'version: 2').replace(/on: task/g, 'on: task\n    maxSpan: 30m'),
    );
    await printed('rules', 'apply', rules, '--force', '--data', data);
    await start();
    await untilTold(5);
    await end();
    expect(await lines()).toEqual([
      ...FIRST,
      'task-1 2 TimeRecordCorrected 0',
      // It counts nothing still, for one more reason.
      'task-1 3 TimeRecordCorrected 0',
      'task-2 2 TimeRecordCorrected 30',
    ]);
  });

  it('are all published again when their topic was made anew', async ({ skip }) => {
    if (typeof broker === 'string') return skip(broker);
    const { start, told, untilTold, end } = await room(broker, 'anew');
    await postEvents(await start(), [...hourOf('1', 9), ...hourOf('2', 11)]);
    await untilTold(2);
    await hands?.deleteTopic('anew');
    await hands?.createTopic('anew', 1, { 'cleanup.policy': 'compact' });
    await untilTold(2);
    expect((await told()).map(({ key }) => key?.split('/')[0]).toSorted()).toEqual(['task-1', 'task-2']);
    await end();
  });

  it('wait for a broker that is away, and the process stays ready', async ({ skip }) => {
    if (typeof broker === 'string') return skip(broker);
    const { start, lines, untilTold, end } = await room(broker, 'away');
    const process = await start();
    await postEvents(process, hourOf('1', 9));
    await untilTold(1);
    await broker.kill();
    await postEvents(process, hourOf('2', 11));
    const { status } = await askUntil(`${process.url}/readyz`, ({ body }) => body.includes('"degraded"'));
    expect(status).toBe(200);
    await broker.start();
    await until(async () => (await lines()).some((line) => line.startsWith('task-2')));
    expect((await lines()).at(-1)).toMatch(/^task-2 \d+ TimeRecord(Finished|Corrected) 60$/);
    await end();
    await untilTold(2);
  });

  it('are not published into a topic that is not there: the process says so and works on', async ({
    skip,
  }) => {
    if (typeof broker === 'string') return skip(broker);
    const sources = `${folders.fresh('sources')}.yaml`;
    const kafka = `kafka: { brokers: ['${broker.address}'], timeRecordTopic: nowhere }`;
    writeFileSync(sources, `${kafka}\nsources: {}\n`);
    served = await startServe(['--data', folders.fresh('data'), '--sources', sources]);
    const { body } = await askUntil(`${served.url}/readyz`, (answer) => answer.body.includes('"degraded"'));
    expect(Readiness.parse(JSON.parse(body)).status).toBe('ready');
    expect(await served.said(/there is no topic nowhere/)).toBeTruthy();
  });
});
