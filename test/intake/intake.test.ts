/** The corridor: every signal becomes all of its events or one dead letter, and is counted once. */
import { describe, expect, it } from 'vitest';
import { NO_COUNTS, addCounts } from '../../adapters/intake.ts';
import { instantMs } from '../../schemas/brand.ts';
import { MINUTE, TEN, completed, corridor, events, signalOf, started, takeAll } from './signals.ts';

const BOTH = events(started('1'), completed('1', TEN + MINUTE));

describe('what a signal becomes', () => {
  it('is its events, stamped with where they come from', async () => {
    const room = await corridor({ one: BOTH });
    const counts = await takeAll(room, signalOf('one'));
    expect(counts).toEqual({ ...NO_COUNTS, signals: 1, accepted: 1, appended: 2 });
    const [first] = await room.stored();
    expect(first).toMatchObject({
      type: 'TaskStarted',
      source: 'crm',
      subject: 'task-1',
      occurredAt: TEN,
      recordedAt: TEN,
      dialect: 'told@3',
      // printf one | sha256sum
      signalHash: '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
    });
    expect(first).not.toHaveProperty('vendorId');
  });

  it('says which word about which fact it is, where its source counts them', async () => {
    const room = await corridor({
      one: events(started('1')),
      two: events({ ...started('1', TEN + MINUTE), revision: 2 }),
    });
    await takeAll(room, signalOf('one'), signalOf('two', 2));
    const [first, second] = await room.stored();
    // Both as Python's uuid5 says, see event-id.test.ts.
    expect(first).toMatchObject({ id: '310ecf19-6ad4-58bf-9eb5-eff1d28cddc7' });
    expect(first).not.toHaveProperty('revision');
    expect(second).toMatchObject({
      id: 'c32d5f98-c383-59b0-a060-9bb5027e50a9',
      fact: '310ecf19-6ad4-58bf-9eb5-eff1d28cddc7',
      revision: 2,
    });
  });

  it('is nothing at all when one of its events does not fit the schema', async () => {
    const room = await corridor({ one: events(started('1'), { ...completed('1'), vendorId: '' }) });
    const counts = await takeAll(room, signalOf('one'));
    expect(counts).toEqual({ ...NO_COUNTS, signals: 1, rejected: 1 });
    expect(await room.stored()).toEqual([]);
    expect(await room.deadLetters.list()).toMatchObject([{ rejection: { code: 'invalid-event' } }]);
  });

  it('is nothing at all when its last event lies in the future', async () => {
    const room = await corridor({ one: events(started('1'), completed('1', TEN + 6 * MINUTE)) });
    await takeAll(room, signalOf('one'));
    expect(await room.stored()).toEqual([]);
    expect(await room.deadLetters.list()).toMatchObject([
      { rejection: { code: 'future-dated', message: expect.stringContaining('360 s') } },
    ]);
  });

  it('may run ahead of its receipt by five minutes and not a millisecond more', async () => {
    const limit = TEN + 5 * MINUTE;
    const room = await corridor({ at: events(started('1', limit)), after: events(started('2', limit + 1)) });
    expect(await takeAll(room, signalOf('at'), signalOf('after', 2))).toMatchObject({
      accepted: 1,
      rejected: 1,
    });
    expect(await room.stored()).toMatchObject([{ subject: 'task-1' }]);
  });

  it('is a dead letter when nobody here speaks its dialect', async () => {
    const room = await corridor({});
    await takeAll(room, signalOf('one', 1, { dialect: 'klingon' }));
    expect(await room.deadLetters.list()).toMatchObject([
      { rejection: { code: 'unknown-type', message: 'no dialect "klingon" here; known: told' } },
    ]);
  });

  it('keeps the reason of a carrier that could not read it', async () => {
    const room = await corridor({ one: BOTH });
    const rejection = { code: 'encoding', message: 'not UTF-8' } as const;
    await room.intake.take([{ status: 'rejected', signal: signalOf('one', 7), rejection }]);
    expect(await room.deadLetters.list()).toMatchObject([
      { rejection, signal: { line: 7, raw: 'one' }, status: 'waiting', receivedAt: TEN },
    ]);
    expect(await room.stored()).toEqual([]);
  });
});

describe('a second delivery', () => {
  it('adds nothing', async () => {
    const room = await corridor({ one: BOTH });
    await takeAll(room, signalOf('one'));
    const again = await takeAll(room, signalOf('one', 99, { receivedAt: instantMs(TEN + MINUTE) }));
    expect(again).toEqual({ ...NO_COUNTS, signals: 1, accepted: 1, duplicates: 2 });
    expect(await room.stored()).toHaveLength(2);
  });

  it('is the same dead letter, with its first receipt', async () => {
    const room = await corridor({});
    await takeAll(room, signalOf('bad', 4));
    await takeAll(room, signalOf('bad', 4, { receivedAt: instantMs(TEN + MINUTE) }));
    const letters = await room.deadLetters.list();
    expect(letters).toMatchObject([{ receivedAt: TEN, status: 'waiting' }]);
    expect(letters).toHaveLength(1);
  });

  it('is another dead letter when it stands on another line or says something else', async () => {
    const room = await corridor({});
    await takeAll(room, signalOf('bad', 4), signalOf('bad', 5), signalOf('worse', 4));
    const ids = (await room.deadLetters.list()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('the same id with other content', () => {
  it('is a dead letter, and the log keeps what it has', async () => {
    const room = await corridor({ one: events(started('1')), other: events(started('1', TEN, 'bob')) });
    await takeAll(room, signalOf('one'));
    const counts = await takeAll(room, signalOf('other', 2));
    expect(counts).toMatchObject({ signals: 1, accepted: 0, rejected: 1, appended: 0 });
    expect(await room.stored()).toMatchObject([{ data: { actor: 'ann' } }]);
    expect(await room.deadLetters.list()).toMatchObject([
      { signal: { raw: 'other' }, rejection: { code: 'conflicting-duplicate' } },
    ]);
  });

  it('takes none of the other events of its signal either', async () => {
    const room = await corridor({
      one: events(started('1')),
      other: events(started('1', TEN, 'bob'), completed('1')),
    });
    await takeAll(room, signalOf('one'));
    await takeAll(room, signalOf('other', 2));
    expect(await room.stored()).toMatchObject([{ type: 'TaskStarted', data: { actor: 'ann' } }]);
  });

  it('says the same of the first signal, whether both come in one batch or in two', async () => {
    const translations = { one: events(started('1')), other: events(started('1', TEN, 'bob')) };
    const [together, apart] = [await corridor(translations), await corridor(translations)];
    const counts = await takeAll(together, signalOf('one'), signalOf('other', 2));
    await takeAll(apart, signalOf('one'));
    await takeAll(apart, signalOf('other', 2));
    const raws = async ({ deadLetters }: typeof apart) =>
      (await deadLetters.list()).map(({ signal }) => signal.raw);
    expect(await raws(apart)).toEqual(['other']);
    expect(await raws(together)).toEqual(['other']);
    expect(counts).toMatchObject({ accepted: 1, rejected: 1, appended: 1 });
  });
});

describe('the counts', () => {
  it('add up: every signal is accepted, ignored or rejected', async () => {
    const room = await corridor({
      one: BOTH,
      two: events(started('2')),
      phantom: { status: 'ignored', because: 'phantoms' },
      empty: { status: 'ignored', because: 'empty' },
    });
    const raws = ['one', 'phantom', 'bad', 'two', 'phantom', 'empty', 'one', 'worse'];
    const counts = await takeAll(room, ...raws.map((raw, at) => signalOf(raw, at + 1)));
    expect(counts).toEqual({
      signals: 8,
      accepted: 3,
      ignored: { phantoms: 2, empty: 1 },
      rejected: 2,
      appended: 3,
      duplicates: 2,
    });
    expect(counts.signals).toBe(counts.accepted + 2 + 1 + counts.rejected);
  });

  it('of several batches are their sum', () => {
    const batch = { signals: 4, accepted: 2, ignored: { a: 1 }, rejected: 1, appended: 5, duplicates: 1 };
    expect(addCounts(batch, { ...batch, ignored: { a: 2, b: 1 } })).toEqual({
      signals: 8,
      accepted: 4,
      ignored: { a: 3, b: 1 },
      rejected: 2,
      appended: 10,
      duplicates: 2,
    });
  });

  it('of no signals are nothing', async () => {
    expect(await takeAll(await corridor({}))).toEqual(NO_COUNTS);
  });
});
