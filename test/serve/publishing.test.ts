/** The supervised publisher: started again when it fails, standing by while another one has the right, ended in time. */
import { describe, expect, it } from 'vitest';
import type { RecordMessage, Published } from '../../adapters/publishing/ports.ts';
import { openBackoff } from '../../adapters/serve/backoff.ts';
import { type OpenOutlet, openPublisher, publisherCheck } from '../../adapters/serve/publishing.ts';
import { readinessOf } from '../../adapters/serve/readiness.ts';
import { memoryPublished, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { sampleState } from '../contracts/read-models.contract.ts';
import { sampleRecord } from '../contracts/store-samples.ts';
import { heldClock, settled } from './held-clock.ts';

const room = async (published?: Published) => {
  const [clock, rows, memory] = [
    heldClock(),
    await memoryReadModels(),
    published ?? (await memoryPublished()),
  ];
  const sent: RecordMessage[] = [];
  const failures: unknown[] = [];
  let [opened, closed] = [0, 0];
  let send: OpenOutlet['send'] = async (messages) => {
    sent.push(...messages);
    return new Set();
  };
  let opens = async (): Promise<void> => undefined;
  const publisher = openPublisher({
    rows,
    areWhole: async () => true,
    recordTopic: {
      topic: 'records',
      open: async () => {
        await opens();
        opened += 1;
        return {
          extent: async () => ({ end: sent.length, isEmpty: sent.length === 0 }),
          send: (messages) => send(messages),
          close: async () => void (closed += 1),
        };
      },
    },
    openPublished: async () => memory,
    clock,
    backoff: openBackoff(() => 1),
    onPublished: () => undefined,
    onFailure: (error) => failures.push(error),
  });
  const put = (id: string): Promise<void> =>
    rows.transact(async (transaction) => {
      await transaction.putRecord(sampleRecord(id), []);
      await transaction.save(sampleState(1));
    });
  return {
    publisher,
    clock,
    memory,
    sent,
    failures,
    put,
    counts: () => ({ opened, closed }),
    sendBy: (other: OpenOutlet['send']) => void (send = other),
    openBy: (other: () => Promise<void>) => void (opens = other),
    keys: () => sent.map(({ key }) => key),
  };
};

describe('a publisher', () => {
  it('looks twice a second, and says what it has published', async () => {
    const { publisher, clock, put, keys } = await room();
    expect(publisher.status().state).toBe('starting');
    await put('a');
    await clock.pass(500);
    expect(publisher.status()).toEqual({
      state: 'running',
      published: 1,
      tooLarge: 0,
      sinceUpToDateMs: 0,
      restarts: 0,
    });
    await put('b');
    await settled();
    expect(keys()).toEqual(['a']);
    await clock.pass(500);
    expect(keys()).toEqual(['a', 'b']);
    await publisher.stop();
  });

  it('that fails is told, shown and started again, later each time, and the process stays ready', async () => {
    const { publisher, clock, put, keys, failures, openBy, counts } = await room();
    openBy(() => Promise.reject(new Error('there is no topic records')));
    await clock.pass(1_000);
    const check = publisherCheck(publisher.status());
    expect(check).toMatchObject({ status: 'degraded', because: 'it failed and is started again' });
    expect(readinessOf({ log: { status: 'ok' }, publisher: check }).status).toBe('ready');
    expect(failures.length).toBeGreaterThan(1);
    openBy(async () => undefined);
    await put('a');
    await clock.pass(30_000);
    expect(keys()).toEqual(['a']);
    expect(publisherCheck(publisher.status())).toMatchObject({ status: 'ok', state: 'running' });
    await publisher.stop();
    expect(counts()).toEqual({ opened: 1, closed: 1 });
  });

  it('that fails in the middle closes what it has opened, and says again what may have arrived', async () => {
    const { publisher, clock, put, sent, sendBy, counts } = await room();
    sendBy(() => Promise.reject(new Error('no answer')));
    await put('a');
    await clock.pass(500);
    sendBy(async (messages) => {
      sent.push(...messages);
      return new Set();
    });
    await clock.pass(5_000);
    expect(sent.map(({ value }) => value).join()).toContain('"sequence":"');
    expect(counts().opened).toBe(counts().closed + 1);
    await publisher.stop();
    expect(counts().opened).toBe(counts().closed);
  });

  it('stands by while another one publishes, takes over when that one is gone, and ends when its right is lost', async () => {
    const published = await memoryPublished();
    let [isFree, isHeld] = [false, true];
    let released = 0;
    const takeRight = async () =>
      isFree ? { isHeld: () => isHeld, release: async () => void (released += 1) } : undefined;
    const { publisher, clock, put, keys } = await room({ ...published, takeRight });
    await put('a');
    await clock.pass(5_000);
    expect(publisher.status()).toMatchObject({ state: 'standing-by', restarts: 0 });
    expect(keys()).toEqual([]);
    isFree = true;
    await clock.pass(5_000);
    expect(keys()).toEqual(['a']);
    [isFree, isHeld] = [false, false];
    await put('b');
    await clock.pass(5_000);
    expect(publisher.status()).toMatchObject({ state: 'standing-by', restarts: 1 });
    expect(keys()).toEqual(['a']);
    await publisher.stop();
    expect(released).toBe(1);
  });

  it('notices within ten seconds that its topic was made anew, also where nothing changes', async () => {
    const { publisher, clock, put, keys, sent } = await room();
    await put('a');
    await clock.pass(500);
    sent.splice(0);
    await clock.pass(10_500);
    expect(keys()).toEqual(['a']);
    await publisher.stop();
  });

  it('says how long ago everything was published', async () => {
    const { publisher, clock, put, sendBy } = await room();
    await clock.pass(1_000);
    sendBy(() => new Promise(() => undefined));
    await put('a');
    await clock.pass(60_000);
    expect(publisher.status().sinceUpToDateMs).toBeGreaterThan(59_000);
    void publisher.stop();
    await clock.pass(3_000);
  });

  it('whose brokers hang is left behind when the process ends', async () => {
    const { publisher, clock, put, sendBy } = await room();
    sendBy(() => new Promise(() => undefined));
    await put('a');
    await clock.pass(500);
    let isStopped = false;
    const stopped = publisher.stop().then(() => (isStopped = true));
    await clock.pass(2_000);
    expect(isStopped).toBe(false);
    await clock.pass(1_000);
    await stopped;
  });
});
