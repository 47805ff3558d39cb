/** Reading KurrentDB while the server misbehaves: every event comes once and in order, and only what is ours. */
import { afterAll, describe, expect, it } from 'vitest';
import { kurrentdbDeadLetters } from '../../adapters/stores/kurrentdb/index.ts';
import { collect, sampleEvent, sampleEvents, sampleLetter } from '../contracts/store-samples.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import type { Fault } from '../support/kurrentdb/faults.ts';
import { appendTo, reader, stage, take, upTo, versionsIn } from './kurrentdb.ts';

const files = temporaryFolder();
afterAll(() => files.remove());
const { emulator, log: openLog, troubles } = stage();

const never = (): AbortSignal => new AbortController().signal;

describe('reading a stream', () => {
  const faults: readonly (readonly [string, Omit<Fault, 'on' | 'times'>])[] = [
    ['is never answered', { what: 'never-answer' }],
    ['finds the server unavailable', { what: 'unavailable' }],
    ['meets a follower', { what: 'not-leader' }],
    ['breaks off', { what: 'unavailable', afterEvents: 40 }],
    ['falls silent', { what: 'never-answer', afterEvents: 40 }],
  ];

  it.each(faults)('that %s gives every event once', async (_how, fault) => {
    const { plan, connectionString } = await emulator();
    const log = await openLog(connectionString);
    await log.append(appendTo('call-1', 0, 100));
    await plan({ on: 'read', times: 2, ...fault });
    expect((await log.readStream('call-1')).map(({ event }) => event)).toEqual(sampleEvents(0, 100));
    expect(troubles.map(({ during }) => during)).toEqual(['read', 'read']);
  });

  it('that is cut off by closing is no short stream', async () => {
    const { plan, connectionString, counts } = await emulator();
    const log = await openLog(connectionString, { timeoutMs: 60_000 });
    await log.append(appendTo('call-1', 0, 100));
    await plan({ on: 'read', times: 1, what: 'never-answer', afterEvents: 40 });
    const failing = expect(log.readStream('call-1')).rejects.toMatchObject({ code: 'closed' });
    while ((await counts()).eventsSent < 40);
    await log.close();
    await failing;
  });
});

describe('following the log', () => {
  const faults: readonly (readonly [string, Omit<Fault, 'on' | 'times'>])[] = [
    ['the subscription ends as if all were well', { what: 'end-stream', afterEvents: 30 }],
    ['the connection breaks', { what: 'unavailable', afterEvents: 30 }],
    ['the leader changes', { what: 'not-leader', afterEvents: 30 }],
    ['the server falls silent before it has caught up', { what: 'never-answer', afterEvents: 30 }],
    ['the subscription is never confirmed', { what: 'never-answer' }],
  ];

  it.each(faults)('goes on where it was when %s', async (_how, fault) => {
    const { plan, connectionString, counts } = await emulator();
    const log = await openLog(connectionString);
    await log.append(appendTo('call-1', 0, 100));
    await plan({ on: 'subscription', times: 2, ...fault });
    const events = await take(log.subscribe(0, never()), 100);
    expect(events.map(({ event }) => event)).toEqual(sampleEvents(0, 100));
    expect(troubles.map(({ during, attempt }) => [during, attempt > 0])).toEqual([
      ['subscription', true],
      ['subscription', true],
    ]);
    expect((await counts()).subscriptions).toBe(3);
  });

  it('to its end survives the same', async () => {
    const { plan, connectionString } = await emulator();
    const log = await openLog(connectionString);
    await log.append(appendTo('call-1', 0, 100));
    await plan({ on: 'subscription', times: 2, what: 'end-stream', afterEvents: 30 });
    const pages: number[] = [];
    for await (const page of log.readAll(0, 40)) pages.push(page.length);
    expect(pages).toEqual([40, 40, 20]);
  });

  it('goes on behind the last checkpoint, not behind the last event, after a long stretch of others', async () => {
    const { plan, connectionString, counts } = await emulator();
    const others = await openLog(connectionString, { namespace: 'others', timeoutMs: 30_000 });
    const log = await openLog(connectionString, { timeoutMs: 30_000 });
    await log.append(appendTo('call-1', 0, 1));
    for (let n = 0; n < 6_000; n += 2_000) await others.append(appendTo('call-2', n, n + 2_000));
    await plan({ on: 'subscription', times: 1, what: 'unavailable', afterEvents: 1 });
    const following = take(log.subscribe(0, never()), 2);
    await log.append(appendTo('call-1', 1, 2));
    expect((await following).map(({ version }) => version)).toEqual([0, 1]);
    expect(troubles.map(({ during }) => during)).toEqual(['subscription']);
    const { scanned } = await counts();
    expect(scanned).toBeGreaterThan(6_000);
    expect(scanned).toBeLessThan(8_000);
  });

  it('holds back the server while the reader is slow', async () => {
    const { connectionString, counts } = await emulator();
    const log = await openLog(connectionString);
    const large = { attributes: { note: 'x'.repeat(20_000) } };
    for (let n = 0; n < 1_000; n += 50)
      await log.append([
        {
          stream: 'call-1',
          expected: { at: 'any' },
          events: upTo(50).map((at) => sampleEvent(n + at, 'call-1', { data: large })),
        },
      ]);
    const pages = reader(log.subscribe(0, never(), 10));
    expect(await pages.next()).toHaveLength(10);
    while ((await counts()).blocked === 0);
    const { eventsSent } = await counts();
    expect(eventsSent).toBeLessThan(200);
    const rest: unknown[] = [];
    while (rest.length < 990) rest.push(...(await pages.next()));
    expect(rest).toHaveLength(990);
    await pages.stop();
  });

  it('gives up when no attempt will help, and says why', async () => {
    const { plan, connectionString } = await emulator();
    const log = await openLog(connectionString);
    await log.append(appendTo('call-1', 0, 1));
    await plan({ on: 'subscription', times: 1, what: 'deny' });
    await expect(collect(log.subscribe(0, never()))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('connection string'),
    });
  });
});

describe('a server that is killed', () => {
  it('and started again is followed on, without a loss and without a repetition', async () => {
    const file = files.fresh('log.ndjson');
    const first = await emulator({ file });
    const log = await openLog(first.connectionString);
    await log.append(appendTo('call-1', 0, 50));
    const pages = reader(log.subscribe(0, never(), 20));
    const versions = [...(await pages.next())];
    await first.kill();
    await emulator({ file, port: first.port });
    await log.append(appendTo('call-1', 50, 80));
    while (versions.length < 80) versions.push(...(await pages.next()));
    expect(versions.map(({ version }) => version)).toEqual(upTo(80));
    expect(troubles.map(({ during }) => during)).toContain('subscription');
    await pages.stop();
  });
});

describe('what else is on the server', () => {
  it('is not seen: its own streams, the dead letters, other name spaces', async () => {
    const { connectionString } = await emulator();
    const log = await openLog(connectionString);
    const other = await openLog(connectionString, { namespace: 'acme' });
    const letters = await kurrentdbDeadLetters(connectionString);
    for (let n = 0; n < 20; n += 1) {
      await log.append(appendTo('call-1', n, n + 1));
      await other.append(appendTo('call-1', n, n + 1));
      await letters.put([sampleLetter(`${n}`)]);
    }
    const [ours, theirs] = [await collect(log.readAll(0)), await collect(other.readAll(0))];
    expect(ours.map(({ event }) => event)).toEqual(sampleEvents(0, 20));
    expect(theirs.map(({ event }) => event)).toEqual(sampleEvents(0, 20));
    const positions = [...ours, ...theirs].map(({ position }) => position);
    expect(new Set(positions).size).toBe(40);
    expect(await take(log.subscribe(0, never()), 20)).toEqual(ours);
    await letters.close();
  });

  it('has streams of the same name in other name spaces', async () => {
    const { connectionString } = await emulator();
    const log = await openLog(connectionString, { namespace: 'acme' });
    await log.append(appendTo('call-1', 0, 1));
    expect(await versionsIn(await openLog(connectionString), 'call-1')).toEqual([]);
  });
});

describe('the dead letters', () => {
  it('are there when they are opened again, and two who hold them see the same', async () => {
    const { connectionString } = await emulator();
    const [one, other] = [
      await kurrentdbDeadLetters(connectionString),
      await kurrentdbDeadLetters(connectionString),
    ];
    await one.put([sampleLetter('a'), sampleLetter('b')]);
    await other.put([sampleLetter('c'), sampleLetter('a', { message: 'again' })]);
    await one.resolve(['b', 'c']);
    const again = await kurrentdbDeadLetters(connectionString);
    for (const letters of [one, other, again]) {
      expect((await letters.list('resolved')).map(({ id }) => id)).toEqual(['b', 'c']);
      expect(await letters.get('a')).toMatchObject({ rejection: { message: 'again' }, status: 'waiting' });
      await letters.close();
    }
  });

  it('are kept once although the answer was lost, and in several writes where one would be too large', async () => {
    const { plan, connectionString, counts } = await emulator({ maxAppendBytes: 1024 * 1024 });
    const letters = await kurrentdbDeadLetters(connectionString, { backoffMs: { first: 5, most: 5 } });
    await plan({ on: 'append', times: 1, what: 'commit-then-drop' });
    await letters.put(upTo(8).map((n) => sampleLetter(`${n}`, { raw: 'x'.repeat(200_000) })));
    expect((await letters.list()).map(({ id }) => id)).toEqual(upTo(8).map(String));
    expect((await counts()).appends).toBe(4);
    await letters.close();
  });
});
