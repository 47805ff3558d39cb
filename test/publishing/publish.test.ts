/** Publishing: what is said of a record, and when; nothing twice, nothing too early, nothing never. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { instantMs } from '../../schemas/brand.ts';
import { sampleRecord } from '../contracts/store-samples.ts';
import { type PublishingRoom, eventIn, publishingRoom, told } from './room.ts';

let room: PublishingRoom;
beforeEach(async () => {
  room = await publishingRoom();
});

const running = (id: string) => sampleRecord(id, { tail: 50 });
const lines = (): readonly string[] => room.sent.map(told);

describe('what is published of a record', () => {
  it('is nothing while it runs, all of it when it is finished, and nothing more while it stays so', async () => {
    await room.put(running('a'), sampleRecord('p', { tail: 5, status: 'paused' }));
    expect(await room.publish()).toBe('up-to-date');
    expect(lines()).toEqual([]);
    await room.put(sampleRecord('a', { to: 90_000 }));
    await room.publish();
    await room.put(sampleRecord('a', { to: 90_000 }));
    await room.publish();
    expect(lines()).toEqual(['a 1 TimeRecordFinished']);
    expect(room.sent.map(eventIn)).toMatchObject([
      {
        specversion: '1.0',
        source: 'tickmark',
        subject: 'a',
        time: '1970-01-01T00:01:30.000Z',
        datacontenttype: 'application/json',
        ruleset: 'live',
        rulesetversion: 1,
        data: sampleRecord('a', { to: 90_000 }),
      },
    ]);
  });

  it('is all of it again when it is corrected, and the number goes up', async () => {
    await room.put(sampleRecord('a'));
    await room.publish();
    await room.put(sampleRecord('a', { to: 120_000 }));
    await room.publish();
    await room.put(sampleRecord('a', { status: 'retracted' }));
    await room.publish();
    expect(lines()).toEqual(['a 1 TimeRecordFinished', 'a 2 TimeRecordCorrected', 'a 3 TimeRecordCorrected']);
    expect(room.held().get('a')?.data.status).toBe('retracted');
  });

  it('is its removal when it is gone or goes on after all, and a correction when it is finished again', async () => {
    await room.put(sampleRecord('a'), sampleRecord('b'));
    await room.publish();
    await room.remove('a');
    await room.put(running('b'));
    await room.publish();
    expect(lines().slice(2)).toEqual(['a gone', 'b gone']);
    await room.put(sampleRecord('a'), sampleRecord('b', { to: 99_000 }));
    await room.publish();
    expect(lines().slice(4)).toEqual(['a 3 TimeRecordCorrected', 'b 3 TimeRecordCorrected']);
  });

  it('has an id of its own each time, also where the content was there before', async () => {
    for (const to of [1_000, 2_000, 1_000]) {
      await room.put(sampleRecord('a', { to }));
      await room.publish();
    }
    const ids = room.sent.map((message) => eventIn(message)?.id);
    expect(new Set(ids).size).toBe(3);
  });

  it('is nothing where it came and went between two looks', async () => {
    await room.put(sampleRecord('b'));
    await room.publish();
    await room.put(sampleRecord('a'));
    await room.remove('a');
    await room.publish();
    expect(lines()).toEqual(['b 1 TimeRecordFinished']);
  });
});

describe('a failure', () => {
  it('while sending: what may have arrived is said again, under another number', async () => {
    await room.put(sampleRecord('a'), sampleRecord('b'));
    await room.publish();
    await room.put(sampleRecord('a', { to: 7_000 }));
    room.beforeSending(() => Promise.reject(new Error('the brokers are away')));
    await expect(room.publish()).rejects.toThrow('the brokers are away');
    await room.publish();
    expect(lines().slice(2)).toEqual(['a 3 TimeRecordCorrected']);
    expect(await room.publish()).toBe('up-to-date');
    expect(room.sent).toHaveLength(3);
  });

  it.each([
    ['the record goes on as it was', async () => undefined, 'a 3 TimeRecordCorrected'],
    ['it is as it was before, after all', () => room.put(sampleRecord('a')), 'a 3 TimeRecordCorrected'],
    ['it is gone by then', () => room.remove('a'), 'a gone'],
  ])('after sending and before that is remembered: %s', async (_what, meanwhile, last) => {
    await room.put(sampleRecord('a'));
    await room.publish();
    await room.put(sampleRecord('a', { to: 7_000 }));
    await room.dieAfterSending();
    await meanwhile();
    await room.publish();
    expect(lines()).toEqual(['a 1 TimeRecordFinished', 'a 2 TimeRecordCorrected', last]);
    expect(room.held().get('a')?.data).toEqual((await room.rows.records({})).at(0));
  });

  it('a record that no broker takes is taken back until it is taken, and the others go on', async () => {
    await room.put(sampleRecord('b'));
    await room.publish();
    room.refuse('b');
    await room.put(sampleRecord('a'), sampleRecord('b', { to: 9_000 }), sampleRecord('c'));
    expect(await room.publish()).toBe('up-to-date');
    expect([...room.held().keys()]).toEqual(['a', 'c']);
    room.refuse('b', false);
    await room.put(sampleRecord('b', { to: 9_000 }));
    await room.publish();
    expect(lines().at(-1)).toBe('b 3 TimeRecordCorrected');
  });
});

describe('a replay', () => {
  it('publishes nothing while it goes on, and then what it changed', async () => {
    await room.put(sampleRecord('same'), sampleRecord('other'), sampleRecord('gone'));
    await room.publish();
    room.setWhole(false);
    await room.rows.clear();
    await room.put(sampleRecord('same'));
    expect(await room.publish()).toBe('replaying');
    await room.put(sampleRecord('other', { to: 5_000 }), sampleRecord('new'));
    expect(await room.publish()).toBe('replaying');
    expect(room.sent).toHaveLength(3);
    room.setWhole(true);
    expect(await room.publish()).toBe('up-to-date');
    expect(lines().slice(3)).toEqual([
      'gone gone',
      'new 1 TimeRecordFinished',
      'other 2 TimeRecordCorrected',
    ]);
  });

  it('that loads all rows at once publishes what it changed', async () => {
    await room.put(sampleRecord('a'), sampleRecord('b'));
    await room.publish();
    const load = await room.rows.load();
    const records = [sampleRecord('a'), sampleRecord('b', { to: 5_000 })];
    await load.put({ records: records.map((record) => ({ record, pieces: [], begins: true })) });
    const state = await room.rows.state();
    if (state) await load.finish(state);
    await room.publish();
    expect(lines().slice(2)).toEqual(['b 2 TimeRecordCorrected']);
  });

  it('that begins in the middle of a comparison removes nothing from the topic', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) =>
      sampleRecord(`call-${String(at).padStart(4, '0')}`),
    );
    await room.put(...many);
    await room.publish();
    await room.rows.clear();
    await room.put(...many.map((record) => ({ ...record, toMs: instantMs(record.toMs + 1) })));
    room.beforeSending(() => room.rows.clear());
    expect(await room.publish()).toBe('replaying');
    expect(room.sent.every(({ value }) => value !== null)).toBe(true);
    expect(room.held().size).toBe(1_200);
  });
});

describe('a topic', () => {
  it('of another name gets everything, as for the first time', async () => {
    await room.put(sampleRecord('a'));
    await room.publish();
    await room.publish('another.topic');
    expect(await room.publish('another.topic')).toBe('up-to-date');
    expect(lines()).toEqual(['a 1 TimeRecordFinished']);
    expect(room.sentTo('another.topic').map(told)).toEqual(['a 1 TimeRecordFinished']);
  });

  it('that is made anew gets everything, whatever else changes', async () => {
    await room.put(sampleRecord('a'), sampleRecord('b'));
    await room.publish();
    room.remake();
    await room.put(sampleRecord('b', { to: 9_000 }));
    expect(await room.publish()).toBe('up-to-date');
    expect(lines()).toEqual(['a 1 TimeRecordFinished', 'b 1 TimeRecordFinished']);
    room.remake();
    await room.publish();
    expect(lines()).toEqual(['a 1 TimeRecordFinished', 'b 1 TimeRecordFinished']);
  });

  it('in which there is nothing because nothing was finished is not compared with all there is again and again', async () => {
    await room.put(running('a'));
    await room.publish();
    const clear = vi.spyOn(room.published, 'clear');
    await room.put(sampleRecord('a', { tail: 60 }));
    await room.publish();
    expect(clear).not.toHaveBeenCalled();
  });

  it('that holds what nobody remembers gets nothing, and says what to do', async () => {
    await room.put(sampleRecord('a'));
    await room.publish();
    await room.published.clear();
    await expect(room.publish()).rejects.toThrow('holds messages of which nothing is remembered');
    expect(room.sent).toHaveLength(1);
    room.remake();
    await room.publish();
    expect(lines()).toEqual(['a 1 TimeRecordFinished']);
  });
});
