/** The pieces of the carrier: where reading goes on, what counts as lost, what is handed over, what is said of it. */
import { describe, expect, it } from 'vitest';
import { handOver } from '../../../adapters/carriers/kafka/hand-over.ts';
import { lively } from '../../../adapters/carriers/kafka/lively.ts';
import { arrivalOf } from '../../../adapters/carriers/kafka/message.ts';
import { noteOf, placeOf, readMsIn } from '../../../adapters/carriers/kafka/place.ts';
import type { Grip, Message } from '../../../adapters/carriers/kafka/port.ts';
import { openProgress } from '../../../adapters/carriers/kafka/progress.ts';
import { type Reading, lossBefore } from '../../../adapters/carriers/kafka/reading.ts';
import { deadLetterIdOf } from '../../../adapters/event-id.ts';
import { kafkaCheck } from '../../../adapters/serve/kafka.ts';
import { heldClock } from '../../serve/held-clock.ts';
import { RECEIVED } from './corridor.ts';
import { range } from './task.ts';

const AT = { topic: 'crm', partition: 3 } as const;
const extent = (startOffset: number, endOffset: number) => ({ ...AT, startOffset, endOffset });

const messageAt = (offset: number, value: Buffer | null = Buffer.from('x')): Message => ({
  offset,
  timestampMs: 1_000 + offset,
  key: null,
  value,
  headers: {},
});

describe('the place where reading goes on', () => {
  it.each([
    ['nothing was read yet', undefined, extent(40, 60), { nextOffset: 40 }],
    ['the rest is there', 50, extent(40, 60), { nextOffset: 50 }],
    ['nothing has come since', 60, extent(40, 60), { nextOffset: 60 }],
    ['the next one is the first that is there', 40, extent(40, 60), { nextOffset: 40 }],
    [
      'some of it was deleted',
      30,
      extent(40, 60),
      { nextOffset: 40, loss: { because: 'expired', fromOffset: 30, toOffset: 40 } },
    ],
    [
      'the partition ends before it',
      61,
      extent(0, 60),
      { nextOffset: 0, loss: { because: 'remade', fromOffset: 61, toOffset: 0 } },
    ],
  ])('where %s', (_what, nextOffset, there, expected) => {
    expect(placeOf({ nextOffset }, there)).toEqual(expected);
  });

  it.each([
    ['follows', 10, extent(0, 20), undefined],
    ['leaves a gap in what is there', 15, extent(0, 20), undefined],
    [
      'begins after what was deleted',
      15,
      extent(12, 20),
      { because: 'expired', fromOffset: 10, toOffset: 12 },
    ],
    ['begins before what was read', 4, extent(0, 20), { because: 'remade', fromOffset: 10, toOffset: 4 }],
  ])('is checked against a batch that %s', async (_what, first, there, expected) => {
    const reading: Reading = { at: AT, source: 'crm', nextOffset: 10, readMs: 1, lost: undefined };
    const batch = { ...AT, messages: [messageAt(first)], endOffset: 20 };
    expect(await lossBefore(batch, reading, async () => [there])).toEqual(expected);
  });

  it('has the time of the last message beside it, and no other word is taken for one', () => {
    expect(readMsIn(noteOf(1_577_836_800_000))).toBe(1_577_836_800_000);
    expect(readMsIn('')).toBeUndefined();
    expect(readMsIn('read yesterday')).toBeUndefined();
  });
});

describe('a message as a signal', () => {
  const source = { source: 'crm', dialect: { name: 'tickmark', headers: ['x-github-event'] } };
  const letterOf = (offset: number, receivedAt = RECEIVED) => {
    const { signal } = arrivalOf(AT, messageAt(offset, Buffer.from('é')), source, receivedAt);
    return deadLetterIdOf(signal);
  };

  it('is known by its place, and not by when it was delivered', () => {
    expect(letterOf(7)).toBe(letterOf(7, 5 as typeof RECEIVED));
    expect(letterOf(7)).not.toBe(letterOf(8));
  });

  it.each([
    ['text', Buffer.from('é'), 'signal', 'é'],
    ['bytes that are no UTF-8', Buffer.from([0xe9]), 'rejected', 'é'],
    ['a tombstone', null, 'rejected', ''],
  ])('of %s', (_what, value, status, raw) => {
    expect(arrivalOf(AT, messageAt(0, value), source, RECEIVED)).toMatchObject({
      status,
      signal: { source: 'crm', dialect: 'tickmark', raw, origin: 'crm/3', line: 1 },
    });
  });
});

describe('the headers of a message', () => {
  const source = { source: 'forge', dialect: { name: 'github', headers: ['x-github-event'] } };
  const fieldsOf = (headers: Message['headers']) =>
    arrivalOf(AT, { ...messageAt(0, Buffer.from('{}')), headers }, source, RECEIVED).signal.fields;

  it('are kept where the dialect asks for them, whatever their case, and no others', () => {
    expect(fieldsOf({ 'X-GitHub-Event': Buffer.from('issues'), traceparent: '00-1' })).toEqual({
      'x-github-event': 'issues',
    });
    expect(fieldsOf({ 'x-github-event': ['issues', 'ping'] })).toEqual({ 'x-github-event': 'issues' });
    expect(fieldsOf({ traceparent: '00-1' })).toBeUndefined();
  });
});

describe('a batch that is handed over', () => {
  const grip = (over: Partial<Grip> = {}): Grip => ({
    holds: () => true,
    heartbeat: async () => undefined,
    commit: async () => undefined,
    ...over,
  });
  const batch = { ...AT, messages: range(0, 1_200).map((offset) => messageAt(offset)), endOffset: 1_200 };
  const settle = async (arrivals: readonly unknown[]) => ({
    status: 'settled' as const,
    outcomes: arrivals.map(() => ({ status: 'accepted' as const, appended: 1, duplicates: 0 })),
  });
  const hand = (committed: number[]) => ({
    arrivalsOf: () => [
      arrivalOf(AT, messageAt(0), { source: 'crm', dialect: { name: 'tickmark' } }, RECEIVED),
    ],
    offer: settle,
    copy: async () => undefined,
    now: () => RECEIVED,
    clock: heldClock(),
    onDone: (nextOffset: number) => void committed.push(nextOffset),
  });

  it('is appended and committed in pieces', async () => {
    const done: number[] = [];
    expect(await handOver(hand(done), batch, [], grip())).toBe('done');
    expect(done).toEqual([500, 1_000, 1_200]);
  });

  it('is left where it is when the partition is no longer ours', async () => {
    const done: number[] = [];
    const holds = () => done.length === 0;
    expect(await handOver(hand(done), batch, [], grip({ holds }))).toBe('gone');
    expect(done).toEqual([500]);
  });

  it('is not done when its commit failed', async () => {
    const done: number[] = [];
    const commit = async () => {
      throw new Error('away');
    };
    await expect(handOver(hand(done), batch, [], grip({ commit }))).rejects.toThrow('away');
    expect(done).toEqual([]);
  });
});

describe('waiting', () => {
  it('goes on with heartbeats, but not for ever', async () => {
    const clock = heldClock();
    let beats = 0;
    const never = new Promise<void>(() => undefined);
    const waiting = lively(never, { heartbeat: async () => void (beats += 1) }, clock);
    waiting.catch(() => undefined);
    await clock.pass(30_000);
    expect(beats).toBe(10);
    await clock.pass(30_000);
    await expect(waiting).rejects.toThrow('nothing came of it for 60 s');
  });

  it('ends when the group no longer counts on us', async () => {
    const clock = heldClock();
    const heartbeat = () => Promise.reject(new Error('rebalance'));
    const waiting = lively(new Promise(() => undefined), { heartbeat }, clock);
    waiting.catch(() => undefined);
    await clock.pass(3_000);
    await expect(waiting).rejects.toThrow('rebalance');
  });
});

describe('progress', () => {
  it('is of what is assigned now, and stalls only where something waits to be read', async () => {
    const clock = heldClock();
    const progress = openProgress(clock);
    const [idle, behind, held] = [0, 1, 2].map((partition) => ({ topic: 'crm', partition }));
    if (!idle || !behind || !held) throw new Error('three partitions');
    progress.assign([idle, behind, held]);
    for (const one of [idle, behind, held]) progress.reach(one, 10);
    progress.see([
      { ...idle, endOffset: 10 },
      { ...behind, endOffset: 15 },
      { ...held, endOffset: 17 },
    ]);
    progress.hold(held, true);
    await clock.pass(61_000);
    expect(progress.figures()).toEqual({ partitions: 3, held: 1, lagMessages: 12, sinceProgressMs: 61_000 });
    expect(progress.stalled()).toBe('crm/1');
    progress.reach(behind, 11);
    expect(progress.stalled()).toBeUndefined();
    progress.assign([idle]);
    expect(progress.figures()).toEqual({ partitions: 1, held: 0, lagMessages: 0, sinceProgressMs: 0 });
  });
});

describe('the check of readiness', () => {
  const status = { restarts: 1, unsent: 0, partitions: 2, held: 1, lagMessages: 9, sinceProgressMs: 70_000 };

  it.each([
    ['running', 'ok'],
    ['joining', 'failed'],
    ['waiting-to-restart', 'failed'],
  ] as const)('of a consumer that is %s', (state, expected) => {
    expect(kafkaCheck({ state, ...status })).toMatchObject({ status: expected, lagMessages: 9, restarts: 1 });
  });
});
