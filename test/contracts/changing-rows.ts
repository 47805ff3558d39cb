/** The part of the read models contract that is about changes: what was put or removed since a place, and never less. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadModels } from '../../projections/ports.ts';
import type { ChangePlace } from '../../projections/record-changes.ts';
import { recordId } from '../../schemas/brand.ts';
import { sampleRecord } from './store-samples.ts';

const TURNS = 5_000;
const STRANGE = 'é"\u0000\ud800';

export const changingRowsContract = (makeStore: () => Promise<ReadModels>): void => {
  describe('changes of records', () => {
    let models: ReadModels;
    beforeEach(async () => {
      models = await makeStore();
    });
    afterEach(() => models.close());

    const put = (id: string, from = 0): Promise<void> =>
      models.transact((rows) => rows.putRecord(sampleRecord(id, { from }), []));
    const remove = (id: string): Promise<void> => models.transact((rows) => rows.removeRecord(recordId(id)));
    /** As soon as so many are told: where others are at work in the same server, changes may be told a little later. */
    const told = async (place: ChangePlace, count: number, limit = 100) => {
      for (let turn = 0; turn < TURNS; turn += 1) {
        const told = await models.changesSince(place, limit);
        if (!told) throw new Error('another edition');
        if (told.changes.length >= count) return told;
        await setImmediate();
      }
      throw new Error(`never told: ${count} changes`);
    };

    it('nothing has changed in an empty store', async () => {
      const place = await models.changePlace();
      expect(await told(place, 0)).toEqual({ changes: [], place });
    });

    it('tells each record once, as it is now, in the order of the latest changes', async () => {
      const place = await models.changePlace();
      await put('a');
      await put('b');
      await put('c');
      await put('a', 7);
      expect((await told(place, 3)).changes).toEqual([
        { id: 'b', record: sampleRecord('b') },
        { id: 'c', record: sampleRecord('c') },
        { id: 'a', record: sampleRecord('a', { from: 7 }) },
      ]);
    });

    it('tells what is gone by its id, and what came back as it is', async () => {
      await put('a');
      await put(STRANGE);
      const place = await models.changePlace();
      await remove('a');
      await remove(STRANGE);
      expect((await told(place, 2)).changes).toEqual([{ id: 'a' }, { id: STRANGE }]);
      await put('b');
      await put('a', 3);
      expect((await told(place, 3)).changes).toEqual([
        { id: STRANGE },
        { id: 'b', record: sampleRecord('b') },
        { id: 'a', record: sampleRecord('a', { from: 3 }) },
      ]);
    });

    it('goes on behind what it has told, page after page, and then behind later changes', async () => {
      const start = await models.changePlace();
      await models.transact(async (rows) => {
        for (const id of ['a', 'b', 'c']) await rows.putRecord(sampleRecord(id), []);
      });
      const first = await told(start, 2, 2);
      const second = await told(first.place, 1, 2);
      const third = await told(second.place, 0, 2);
      const pages = [first, second, third].map(({ changes }) => changes.map(({ id }) => id).join(' '));
      expect(pages).toEqual(['a b', 'c', '']);
      await put('a', 1);
      expect((await told(third.place, 1)).changes.map(({ id }) => id)).toEqual(['a']);
    });

    it('a place that is asked for is behind what was committed', async () => {
      await put('a');
      const place = await models.changePlace();
      await put('b');
      expect((await told(place, 1)).changes.map(({ id }) => id)).toContain('b');
    });

    it('what a transaction took back did not change', async () => {
      await put('a');
      const place = await models.changePlace();
      const failing = models.transact(async (rows) => {
        await rows.putRecord(sampleRecord('a', { from: 9 }), []);
        await rows.removeRecord(recordId('a'));
        throw new Error('stop here');
      });
      await expect(failing).rejects.toThrow('stop here');
      await put('b');
      expect((await told(place, 1)).changes.map(({ id }) => id)).toEqual(['b']);
    });

    it('rows that were emptied are another edition', async () => {
      await put('a');
      const before = await models.changePlace();
      await models.clear();
      expect(await models.changesSince(before, 100)).toBeUndefined();
      const after = await models.changePlace();
      expect(after.edition).not.toBe(before.edition);
      await put('b');
      expect((await told(after, 1)).changes.map(({ id }) => id)).toEqual(['b']);
    });
  });
};
