/** Appending to KurrentDB while the server misbehaves: everything acknowledged is there, once, and nothing hangs. */
import { afterAll, describe, expect, it } from 'vitest';
import type { StreamAppend } from '../../projections/ports.ts';
import { sampleEvent, sampleEvents } from '../contracts/store-samples.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import type { Fault } from '../support/kurrentdb/faults.ts';
import { appendTo, stage, TIMEOUT_MS, upTo, versionsIn } from './kurrentdb.ts';

const files = temporaryFolder();
afterAll(() => files.remove());
const { emulator, log: openLog, troubles } = stage();

const ONE: { readonly status: string; readonly appended: number; readonly duplicates: number } = {
  status: 'appended',
  appended: 1,
  duplicates: 0,
};

describe('an append that goes wrong once', () => {
  const faults: readonly (readonly [string, Omit<Fault, 'on' | 'times'>])[] = [
    ['is never answered', { what: 'never-answer' }],
    ['is committed and answered too late', { what: 'answer-late', lateMs: 2 * TIMEOUT_MS }],
    ['is committed before the connection drops', { what: 'commit-then-drop' }],
    ['meets the end of the stream', { what: 'end-stream' }],
    ['finds the server unavailable', { what: 'unavailable' }],
    ['meets a follower', { what: 'not-leader' }],
    ['meets an error inside the server', { what: 'internal' }],
  ];

  it.each(faults)('and %s is written once, and counted as written', async (_how, fault) => {
    const { plan, connectionString } = await emulator();
    const log = await openLog(connectionString);
    await log.append(appendTo('call-1', 0, 1));
    await plan({ on: 'append', times: 1, ...fault });
    const [result] = await log.append(appendTo('call-1', 1, 2));
    expect(result).toEqual({ ...ONE, version: 1 });
    expect(troubles.map(({ during, attempt }) => [during, attempt])).toEqual([['append', 1]]);
    expect(await versionsIn(log, 'call-1')).toEqual([0, 1]);
  });

  it('and many are under way on the same connection are all written once', async () => {
    const { plan, connectionString } = await emulator();
    const log = await openLog(connectionString);
    await log.append(appendTo('call-0', 0, 1));
    await plan({ on: 'append', times: 1, what: 'commit-then-drop' });
    const streams = upTo(200).map((n) => `call-${n + 1}`);
    const results = await log.append(streams.flatMap((stream) => appendTo(stream, 0, 2)));
    expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(
      new Set([JSON.stringify({ status: 'appended', appended: 2, duplicates: 0, version: 1 })]),
    );
    for (const stream of streams) expect(await versionsIn(log, stream)).toEqual([0, 1]);
  });

  it('and is answered after it was repeated does no harm: the next one is written', async () => {
    const { plan, connectionString, counts } = await emulator();
    const log = await openLog(connectionString);
    await plan({ on: 'append', times: 1, what: 'answer-late', lateMs: TIMEOUT_MS + 100 });
    await log.append(appendTo('call-1', 0, 1));
    while ((await counts()).lateAnswers === 0);
    expect(await log.append(appendTo('call-1', 1, 2))).toEqual([{ ...ONE, version: 1 }]);
  });
});

describe('an append that goes wrong again and again', () => {
  it('gets through when the server comes back', async () => {
    const { plan, connectionString } = await emulator();
    const log = await openLog(connectionString);
    await plan({ on: 'append', times: 7, what: 'internal' });
    expect(await log.append(appendTo('call-1', 0, 1))).toEqual([{ ...ONE, version: 0 }]);
    expect(troubles.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('rejects when its patience is over, and says so without the password', async () => {
    const { plan, port } = await emulator();
    const log = await openLog(`esdb://anna:secret@127.0.0.1:${port}?tls=false`, { patienceMs: 300 });
    await plan({ on: 'append', times: 1_000, what: 'unavailable' });
    const failed = await log.append(appendTo('call-1', 0, 1)).catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: 'KurrentdbFailure', code: 'refused' });
    expect(String(failed)).toMatch(/appending to call-1: .*emulated: unavailable/);
    expect(JSON.stringify([failed, troubles])).not.toContain('secret');
  });

  it('ends when the log is closed', async () => {
    const { plan, connectionString } = await emulator();
    const log = await openLog(connectionString);
    await plan({ on: 'append', times: 1_000, what: 'never-answer' });
    const failing = expect(log.append(appendTo('call-1', 0, 1))).rejects.toMatchObject({ code: 'closed' });
    await log.close();
    await failing;
  });
});

describe('an append whose outcome is unknown, while somebody else writes', () => {
  it.each([
    ['was not written: it goes behind the other', 'never-answer', 1, [7, 0]],
    ['was written: it stays before the other, and is no duplicate', 'commit-then-drop', 0, [0, 7]],
  ] as const)('%s', async (_, what, version, order) => {
    const { plan, connectionString } = await emulator();
    const other = await openLog(connectionString);
    const between = Promise.withResolvers<unknown>();
    const log = await openLog(connectionString, {
      backoffMs: { first: 200, most: 200 },
      onTrouble: () => between.resolve(other.append(appendTo('call-1', 7, 8))),
    });
    await plan({ on: 'append', times: 1, what });
    expect(await log.append(appendTo('call-1', 0, 1))).toEqual([{ ...ONE, version }]);
    await between.promise;
    expect((await log.readStream('call-1')).map(({ event }) => event.id)).toEqual(
      order.map((n) => sampleEvent(n).id),
    );
  });

  it('was written, and the server has forgotten: what stands there is read', async () => {
    const { plan, connectionString } = await emulator();
    const log = await openLog(connectionString);
    await plan({ on: 'append', times: 1, what: 'commit-then-drop' });
    await plan({ on: 'append', times: 1, what: 'deny' });
    expect(await log.append(appendTo('call-1', 0, 1))).toEqual([{ ...ONE, version: 0 }]);
    expect(await versionsIn(log, 'call-1')).toEqual([0]);
  });
});

describe('two logs on one server', () => {
  const after = (version: number, n: number): readonly StreamAppend[] => [
    { stream: 'call-1', expected: { at: 'version', version }, events: [sampleEvent(n)] },
  ];

  it('do not trust what they remember of a stream', async () => {
    const { connectionString } = await emulator();
    const [one, other] = [await openLog(connectionString), await openLog(connectionString)];
    await one.append(appendTo('call-1', 0, 2));
    await other.append(appendTo('call-1', 0, 4));
    expect(await one.append(after(1, 9))).toEqual([{ status: 'wrong-expected-version', version: 3 }]);
    await other.append(appendTo('call-1', 4, 5));
    expect(await one.append(after(4, 5))).toEqual([{ ...ONE, version: 5 }]);
    // The other remembers version 4, and not that event 5 is there.
    expect(await other.append(appendTo('call-1', 5, 7))).toEqual([
      { status: 'appended', appended: 1, duplicates: 1, version: 6 },
    ]);
  });

  it('write one stream at once, and nothing is lost or doubled', async () => {
    const { connectionString } = await emulator();
    const logs = [await openLog(connectionString), await openLog(connectionString)];
    await Promise.all(logs.flatMap((log) => upTo(25).map((n) => log.append(appendTo('call-1', n, n + 3)))));
    const stored = await logs[0]?.readStream('call-1');
    expect(new Set(stored?.map(({ event }) => event.id)).size).toBe(27);
    expect(stored?.map(({ version }) => version)).toEqual(upTo(27));
  });

  it('are one process and one server: another server is refused', async () => {
    const [first, second] = [await emulator(), await emulator()];
    const log = await openLog(first.connectionString);
    await expect(openLog(second.connectionString)).rejects.toMatchObject({ code: 'second-server' });
    await log.close();
    const other = await openLog(second.connectionString);
    expect(await other.append(appendTo('call-1', 0, 1))).toEqual([{ ...ONE, version: 0 }]);
  });
});

describe('what the server or JSON cannot hold', () => {
  it('is refused with advice, and what came with it can be appended after', async () => {
    const { connectionString } = await emulator({ maxAppendBytes: 20_000 });
    const log = await openLog(connectionString);
    const large = sampleEvent(1, 'call-1', { data: { reason: 'x'.repeat(30_000) } });
    await expect(
      log.append([{ stream: 'call-1', expected: { at: 'any' }, events: [large] }]),
    ).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('MaxAppendSize') });
    expect(await log.append(appendTo('call-1', 1, 2))).toEqual([{ ...ONE, version: 0 }]);
    expect(troubles).toEqual([]);
  });

  it('fails before anything is sent, and harms nobody', async () => {
    const { connectionString, counts } = await emulator();
    const log = await openLog(connectionString);
    const nameless: StreamAppend = { stream: '$all', expected: { at: 'any' }, events: [sampleEvent(1)] };
    await expect(log.append([...appendTo('call-2', 0, 1), nameless])).rejects.toThrow(RangeError);
    const impossible = { ...sampleEvent(1), data: { reason: 1n } } as unknown as ReturnType<
      typeof sampleEvent
    >;
    await expect(
      log.append([
        ...appendTo('call-2', 0, 1),
        { stream: 'call-1', expected: { at: 'any' }, events: [impossible] },
      ]),
    ).rejects.toThrow(TypeError);
    expect((await counts()).appends).toBe(0);
    expect(await log.append(appendTo('call-1', 1, 2))).toEqual([{ ...ONE, version: 0 }]);
  });

  it('goes in several writes where one would be too large', async () => {
    const { connectionString, counts } = await emulator({ maxAppendBytes: 1024 * 1024 });
    const log = await openLog(connectionString);
    const appends = upTo(10).map((n): StreamAppend => {
      const event = sampleEvent(n, 'call-1', { data: { reason: 'ü'.repeat(100_000) } });
      return { stream: 'call-1', expected: { at: 'any' }, events: [event] };
    });
    expect((await log.append(appends)).map((result) => result.version)).toEqual(upTo(10));
    expect((await counts()).appends).toBe(4);
  });
});

describe('a server that is killed', () => {
  it('and started again holds everything that was acknowledged, once', async () => {
    const file = files.fresh('log.ndjson');
    const first = await emulator({ file });
    const log = await openLog(first.connectionString);
    let acknowledged = 0;
    const appending = (async () => {
      for (let n = 0; n < 400; n += 4) {
        await log.append(
          sampleEvents(n, n + 4).map((event) => ({
            stream: 'call-1',
            expected: { at: 'any' },
            events: [event],
          })),
        );
        acknowledged = n + 4;
      }
    })();
    while (acknowledged < 40) await first.counts();
    await first.kill();
    const held = acknowledged;
    const second = await emulator({ file, port: first.port });
    const between = await versionsIn(log, 'call-1');
    expect(between.length).toBeGreaterThanOrEqual(held);
    await appending;
    const stored = await log.readStream('call-1');
    expect(stored.map(({ event }) => event)).toEqual(sampleEvents(0, 400));
    expect(troubles.length).toBeGreaterThan(0);
    expect((await second.counts()).appends).toBeGreaterThan(0);
  });
});
