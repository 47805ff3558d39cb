/** The carrier before a cluster in memory: order, what is acknowledged when, what blocks nothing, what starts again. */
import { afterEach, describe, expect, it } from 'vitest';
import { DEAD, type MemoryRoom, TOPIC, memoryRoom, messages, outagesIn } from './memory-room.ts';
import { numbersIn, range, taskOf } from './task.ts';

const rooms: MemoryRoom[] = [];
afterEach(async () => {
  for (const { corridor } of rooms.splice(0)) await corridor.close();
});
const open = async (partitions?: number): Promise<MemoryRoom> => {
  const room = await memoryRoom(partitions);
  rooms.push(room);
  return room;
};

const warnings = ({ corridor }: MemoryRoom) =>
  corridor.told.filter(({ level }) => level === 'warn').map(({ message }) => message);

describe('a partition', () => {
  it('is read in order, and committed to its end', async () => {
    const room = await open();
    const { cluster, corridor } = room;
    cluster.produce(TOPIC, 0, messages(0, 2_300));
    corridor.carrier(cluster.open);
    await room.untilTasks(2_300);
    expect(numbersIn(await corridor.events())).toEqual(range(0, 2_300));
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 2_300);
    // Once a piece of 500: whoever works is not taken for dead.
    expect(cluster.heartbeats()).toBeGreaterThanOrEqual(5);
  });

  it('is not committed while the store is away, waits, and becomes no dead letter', async () => {
    const room = await open();
    const { cluster, corridor, clock } = room;
    const carrier = corridor.carrier(cluster.open);
    cluster.produce(TOPIC, 0, messages(0, 10));
    await room.untilTasks(10);
    corridor.breakStore(true);
    cluster.produce(TOPIC, 0, messages(10, 20));
    await room.until('it is held', () => carrier.status().held === 1);
    for (let attempt = 0; attempt < 5; attempt += 1) await clock.pass(30_000);
    expect(cluster.committed(TOPIC, 0)).toBe(10);
    expect(carrier.status()).toMatchObject({ state: 'running', held: 1, lagMessages: 10, restarts: 0 });
    corridor.breakStore(false);
    await clock.pass(60_000);
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 20);
    expect(numbersIn(await corridor.events())).toEqual(range(0, 20));
    expect(await corridor.letters()).toEqual([]);
  });

  it('goes on past what nobody can understand, which is kept once and copied with its reason', async () => {
    const room = await open();
    const { cluster, corridor } = room;
    const bad = { value: Buffer.from([0xff]), key: Buffer.from('k'), headers: { trace: 'abc' } };
    cluster.produce(TOPIC, 0, [...messages(0, 1), bad, ...messages(1, 2)]);
    corridor.carrier(cluster.open);
    await room.untilTasks(2);
    const [letter, ...others] = await corridor.letters();
    expect(others).toEqual([]);
    expect(letter?.rejection.code).toBe('encoding');
    expect(letter?.signal).toMatchObject({ origin: `${TOPIC}/0`, line: 2, raw: 'ÿ' });
    expect(cluster.sent(DEAD)).toEqual([
      {
        key: bad.key,
        value: bad.value,
        headers: {
          trace: 'abc',
          'tickmark-reason': 'encoding',
          'tickmark-dead-letter': letter?.id,
          'tickmark-topic': TOPIC,
          'tickmark-partition': '0',
          'tickmark-offset': '1',
        },
      },
    ]);
  });

  it('is not blocked by a dead-letter topic that takes nothing', async () => {
    const room = await open();
    const { cluster, corridor } = room;
    cluster.failSends(1);
    cluster.produce(TOPIC, 0, [{ value: Buffer.from('no JSON') }, ...messages(0, 1)]);
    const carrier = corridor.carrier(cluster.open);
    await room.untilTasks(1);
    expect((await corridor.letters()).map(({ rejection }) => rejection.code)).toEqual(['malformed']);
    expect(carrier.status().unsent).toBe(1);
    expect(warnings(room)).toEqual(['dead letters were not copied']);
  });

  it('that ends in marks of transactions does not lag', async () => {
    const room = await open();
    const { cluster, corridor, clock } = room;
    cluster.produce(TOPIC, 0, messages(0, 2));
    cluster.skip(TOPIC, 0, 3);
    const carrier = corridor.carrier(cluster.open);
    await room.untilTasks(2);
    await clock.pass(120_000);
    expect(carrier.status()).toMatchObject({ lagMessages: 0, restarts: 0 });
    expect(await outagesIn(corridor)).toEqual([]);
  });
});

describe('a consumer', () => {
  it('that failed is started again, and what was not committed is read again and absorbed', async () => {
    const room = await open();
    const { cluster, corridor, clock } = room;
    cluster.failCommits(1);
    cluster.produce(TOPIC, 0, messages(0, 5));
    const carrier = corridor.carrier(cluster.open);
    await room.until('it failed', () => carrier.status().state === 'waiting-to-restart');
    expect(cluster.committed(TOPIC, 0)).toBeUndefined();
    await clock.pass(1_000);
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 5);
    expect(numbersIn(await corridor.events())).toEqual(range(0, 5));
    expect(carrier.status()).toMatchObject({ state: 'running', restarts: 1 });
    expect(warnings(room)).toEqual(['the Kafka consumer failed; it is started again']);
  });

  it('that has something to read and reads nothing for a minute is started again', async () => {
    const room = await open();
    const { cluster, corridor, clock } = room;
    const carrier = corridor.carrier(cluster.open);
    cluster.produce(TOPIC, 0, messages(0, 1));
    await room.untilTasks(1);
    cluster.hang(true);
    cluster.produce(TOPIC, 0, messages(1, 4));
    await clock.pass(60_000);
    expect(carrier.status()).toMatchObject({ restarts: 0, lagMessages: 3, sinceProgressMs: 50_000 });
    await clock.pass(20_000);
    expect(carrier.status().restarts).toBe(1);
    cluster.hang(false);
    await clock.pass(60_000);
    await room.untilTasks(4);
  });

  it('that has nothing to read is left alone', async () => {
    const room = await open();
    const { cluster, corridor, clock } = room;
    const carrier = corridor.carrier(cluster.open);
    cluster.hang(true);
    await clock.pass(600_000);
    expect(carrier.status().restarts).toBe(0);
  });

  it('cannot be opened at first, and is tried again later each time', async () => {
    const room = await open();
    const { cluster, corridor, clock } = room;
    let attempts = 0;
    const carrier = corridor.carrier(async () => {
      attempts += 1;
      if (attempts < 4) throw new Error('nobody there');
      return cluster.open();
    });
    cluster.produce(TOPIC, 0, messages(0, 1));
    for (const [waitMs, tried] of [
      [199, 1],
      [1, 2],
      [399, 2],
      [1, 3],
      [799, 3],
      [1, 4],
    ] as const) {
      await clock.pass(waitMs);
      expect(attempts).toBe(tried);
    }
    await room.untilTasks(1);
    expect(carrier.status()).toMatchObject({ state: 'running', restarts: 3 });
  });

  it('shares the partitions with another, and loses nothing when that one comes and goes', async () => {
    const room = await open(4);
    const { cluster, corridor } = room;
    const first = corridor.carrier(cluster.open);
    const produce = (from: number): void =>
      range(0, 4).forEach((partition) =>
        cluster.produce(TOPIC, partition, messages(from + 10 * partition, from + 10 * partition + 10)),
      );
    produce(0);
    await room.untilTasks(10);
    const second = corridor.carrier(cluster.open);
    produce(40);
    await room.until('shared', () => [first, second].every((one) => one.status().partitions === 2));
    await room.untilTasks(80);
    await second.stop();
    produce(80);
    await room.untilTasks(120);
    expect(numbersIn(await corridor.events()).toSorted((a, b) => a - b)).toEqual(range(0, 120));
    expect(first.status()).toMatchObject({ partitions: 4, restarts: 0 });
  });
});

describe('what was deleted before it was read', () => {
  const reason = 'messages were gone before they were read';

  it('while nobody read is an outage, from the last message to the next', async () => {
    const room = await open();
    const { cluster, corridor } = room;
    cluster.produce(TOPIC, 0, messages(0, 3, 1_000));
    const first = corridor.carrier(cluster.open);
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 3);
    await first.stop();
    cluster.produce(TOPIC, 0, messages(3, 6, 2_000));
    cluster.deleteBefore(TOPIC, 0, 6);
    corridor.carrier(cluster.open);
    await room.until('told', async () => (await outagesIn(corridor)).length === 1);
    // Nothing has come since: the outage goes on.
    expect(await outagesIn(corridor)).toEqual([['SourceWentDown', 1_000]]);
    cluster.produce(TOPIC, 0, messages(6, 7, 5_000));
    await room.untilTasks(4);
    expect(await outagesIn(corridor)).toEqual([
      ['SourceWentDown', 1_000],
      ['SourceCameBack', 5_000],
    ]);
    expect(warnings(room)).toEqual([reason]);
  });

  it('is told once, however often it is found before it is committed', async () => {
    const room = await open();
    const { cluster, corridor, clock } = room;
    cluster.produce(TOPIC, 0, messages(0, 3, 1_000));
    const first = corridor.carrier(cluster.open);
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 3);
    await first.stop();
    cluster.produce(TOPIC, 0, messages(3, 9, 2_000));
    cluster.deleteBefore(TOPIC, 0, 6);
    cluster.failCommits(2);
    const second = corridor.carrier(cluster.open);
    for (let attempt = 0; attempt < 4; attempt += 1) await clock.pass(30_000);
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 9);
    expect(second.status().restarts).toBe(2);
    expect((await outagesIn(corridor)).map(([type]) => type)).toEqual(['SourceWentDown', 'SourceCameBack']);
    expect(await corridor.letters()).toEqual([]);
  });

  it('while the consumer was busy is found although the client goes on without a word', async () => {
    const room = await open();
    const { cluster, corridor } = room;
    corridor.carrier(cluster.open);
    cluster.produce(TOPIC, 0, messages(0, 3, 1_000));
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 3);
    cluster.produce(TOPIC, 0, messages(3, 9, 2_000));
    cluster.deleteBefore(TOPIC, 0, 6);
    await room.untilTasks(6);
    expect(await outagesIn(corridor)).toEqual([
      ['SourceWentDown', 1_000],
      ['SourceCameBack', 2_000],
    ]);
  });

  it('is found again when the store was away in that moment, though the group has forgotten where it was', async () => {
    const room = await open();
    const { cluster, corridor, clock } = room;
    const carrier = corridor.carrier(cluster.open);
    cluster.produce(TOPIC, 0, messages(0, 3, 1_000));
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 3);
    corridor.breakStore(true);
    cluster.produce(TOPIC, 0, messages(3, 9, 2_000));
    cluster.deleteBefore(TOPIC, 0, 6);
    await room.until('it is held', () => carrier.status().held === 1);
    expect(cluster.committed(TOPIC, 0)).toBeUndefined();
    corridor.breakStore(false);
    await clock.pass(60_000);
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 9);
    expect((await outagesIn(corridor)).map(([type]) => type)).toEqual(['SourceWentDown', 'SourceCameBack']);
    // Found twice: in the batch, and by the look at where the group stopped.
    expect(warnings(room).filter((message) => message === reason)).toHaveLength(2);
  });

  it('with the whole topic is told: it is another one of the same name', async () => {
    const room = await open();
    const { cluster, corridor } = room;
    cluster.produce(TOPIC, 0, messages(0, 30, 1_000));
    const first = corridor.carrier(cluster.open);
    await room.until('committed', () => cluster.committed(TOPIC, 0) === 30);
    await first.stop();
    cluster.remake(TOPIC);
    cluster.produce(TOPIC, 0, messages(30, 35, 9_000));
    corridor.carrier(cluster.open);
    await room.untilTasks(35);
    expect(await outagesIn(corridor)).toEqual([
      ['SourceWentDown', 1_000],
      ['SourceCameBack', 9_000],
    ]);
  });

  it('is no loss where offsets have no messages of their own, or the group has read nothing yet', async () => {
    const room = await open(2);
    const { cluster, corridor } = room;
    cluster.produce(TOPIC, 0, messages(0, 1));
    cluster.skip(TOPIC, 0, 7);
    cluster.produce(TOPIC, 0, [{ value: Buffer.from(taskOf(1)) }]);
    cluster.produce(TOPIC, 1, messages(10, 20));
    cluster.deleteBefore(TOPIC, 1, 8);
    corridor.carrier(cluster.open);
    await room.untilTasks(4);
    expect(await outagesIn(corridor)).toEqual([]);
    expect(warnings(room)).toEqual([]);
  });
});
