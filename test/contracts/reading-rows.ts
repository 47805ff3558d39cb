/** The half of the read models contract that is about reading: filters, orders and pages. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadModels, RecordFilter } from '../../projections/ports.ts';
import { actorId, instantMs, isoWeek, localDate, recordId, subjectId } from '../../schemas/brand.ts';
import { anyText } from './any-event.ts';
import { collect, sampleDay, samplePiece, sampleRecord, sampleWeek } from './store-samples.ts';

const day = (n: number) => localDate(`1999-02-${String(n).padStart(2, '0')}`);

export const readingRowsContract = (makeStore: () => Promise<ReadModels>): void => {
  describe('reading', () => {
    let models: ReadModels;
    beforeEach(async () => {
      models = await makeStore();
    });
    afterEach(() => models.close());

    const found = async (filter: RecordFilter) =>
      (await models.records(filter)).map(({ id }) => id).join(' ');

    it('an empty store has nothing', async () => {
      expect(await models.state()).toBeUndefined();
      expect(await found({})).toBe('');
      expect(await collect(models.allRecords())).toEqual([]);
      expect(await models.weeks()).toEqual([]);
    });

    it('records are found by each field, by start and then id, up to the limit', async () => {
      await models.transact(async (rows) => {
        await rows.putRecord(sampleRecord('b', { from: 10 }), []);
        await rows.putRecord(sampleRecord('a', { from: 10, actor: 'BEN' }), []);
        await rows.putRecord(sampleRecord('c', { from: 0, subject: 'call-2', measure: 'wrap' }), []);
        await rows.putRecord(sampleRecord('d', { from: 20, kind: 'mail', tail: 60_000 }), []);
      });
      expect(await found({})).toBe('c a b d');
      expect(await found({ actor: actorId('BEN') })).toBe('a');
      expect(await found({ subject: subjectId('call-1') })).toBe('a b d');
      expect(await found({ status: 'running' })).toBe('d');
      expect(await found({ measure: 'wrap' })).toBe('c');
      expect(await found({ kind: 'call', actor: actorId('AVI') })).toBe('c b');
      expect(await found({ limit: 2 })).toBe('c a');
      expect(await found({ limit: 0 })).toBe('');
    });

    it('open records are the running and the paused ones', async () => {
      await models.transact(async (rows) => {
        await rows.putRecord(sampleRecord('closed', { from: 0 }), []);
        await rows.putRecord(sampleRecord('paused', { from: 30, tail: 40, status: 'paused' }), []);
        await rows.putRecord(sampleRecord('running', { from: 10, tail: 20, actor: 'BEN' }), []);
        await rows.putRecord(sampleRecord('capped', { from: 5, tail: 6, status: 'closed' }), []);
        await rows.putRecord(sampleRecord('retracted', { from: 1, status: 'retracted' }), []);
      });
      expect(await found({ open: true })).toBe('running paused');
      expect(await found({ open: true, actor: actorId('BEN') })).toBe('running');
    });

    it('a page begins behind a place, whether or not a record is at it', async () => {
      await models.transact(async (rows) => {
        for (const id of ['c', 'a', '😀', '\uffff']) await rows.putRecord(sampleRecord(id, { from: 10 }), []);
        await rows.putRecord(sampleRecord('z', { from: 9 }), []);
        await rows.putRecord(sampleRecord('0', { from: 11, actor: 'BEN' }), []);
      });
      const behind = (fromMs: number, id: string, more: RecordFilter = {}) =>
        found({ ...more, after: { fromMs: instantMs(fromMs), id: recordId(id) } });
      expect(await behind(9, 'z')).toBe('a c \uffff 😀 0');
      expect(await behind(10, 'a')).toBe('c \uffff 😀 0');
      expect(await behind(10, 'b')).toBe('c \uffff 😀 0');
      expect(await behind(10, '\uffff')).toBe('😀 0');
      expect(await behind(10, 'a', { limit: 2 })).toBe('c \uffff');
      expect(await behind(10, 'a', { actor: actorId('BEN') })).toBe('0');
      expect(await behind(11, '0')).toBe('');
    });

    // Records: span is [100, 200), point lies at 150. The window is half-open.
    it.each([
      [0, 100, ''],
      [0, 101, 'span'],
      [199, 300, 'span'],
      [200, 300, ''],
      [120, 130, 'span'],
      [150, 151, 'span point'],
      [140, 150, 'span'],
      [151, 152, 'span'],
      [undefined, 150, 'span'],
      [150, undefined, 'span point'],
      [151, undefined, 'span'],
      [200, undefined, ''],
    ])('the window from %s to %s is touched by: %s', async (from, to, expected) => {
      await models.transact(async (rows) => {
        await rows.putRecord(sampleRecord('span', { from: 100, to: 200 }), []);
        await rows.putRecord(sampleRecord('point', { from: 150, to: 150 }), []);
      });
      const filter = {
        ...(from === undefined ? {} : { fromMs: instantMs(from) }),
        ...(to === undefined ? {} : { toMs: instantMs(to) }),
      };
      expect(await found(filter)).toBe(expected);
    });

    it('all records come by id, over many pages, as they were put', async () => {
      const records = Array.from({ length: 1203 }, (_, n) => sampleRecord(`r${String(n).padStart(4, '0')}`));
      await models.transact(async (rows) => {
        for (const record of [...records].reverse()) await rows.putRecord(record, []);
      });
      const pages: number[] = [];
      for await (const page of models.allRecords()) pages.push(page.length);
      expect(pages.length).toBeGreaterThan(1);
      expect(JSON.stringify(await collect(models.allRecords()))).toBe(JSON.stringify(records));
    });

    it('pieces come by actor, day, start, record and end, with the attributes, of one measure and range', async () => {
      const ben = sampleRecord('y', { actor: 'BEN', attributes: { queue: 'ß😀"\\' } });
      const [avi, wrap] = [sampleRecord('x'), sampleRecord('w', { measure: 'wrap' })];
      const first = sampleRecord('v', { attributes: {} });
      await models.transact(async (rows) => {
        await rows.putRecord(ben, [samplePiece(ben, day(1), 0, 9), samplePiece(ben, day(9), 0, 9)]);
        await rows.putRecord(
          avi,
          [2, 3, 4].map((n) => samplePiece(avi, day(n), 5, 9)),
        );
        await rows.putRecord(first, [samplePiece(first, day(3), 5, 9), samplePiece(first, day(3), 1, 2)]);
        await rows.putRecord(wrap, [samplePiece(wrap, day(3), 0, 1)]);
      });
      const pieces = await collect(models.pieces('work', day(1), day(3)));
      expect(pieces).toEqual([
        { ...samplePiece(avi, day(2), 5, 9), attributes: avi.attributes },
        { ...samplePiece(first, day(3), 1, 2), attributes: {} },
        { ...samplePiece(first, day(3), 5, 9), attributes: {} },
        { ...samplePiece(avi, day(3), 5, 9), attributes: avi.attributes },
        { ...samplePiece(ben, day(1), 0, 9), attributes: ben.attributes },
      ]);
      expect(await collect(models.pieces('wrap', day(1), day(9)))).toHaveLength(1);
      expect(await collect(models.pieces('work', day(5), day(8)))).toEqual([]);
    });

    it('pieces over many pages are all there once', async () => {
      const records = Array.from({ length: 600 }, (_, n) =>
        sampleRecord(`r${n}`, { actor: `agent ${n % 7}`, from: n }),
      );
      await models.transact(async (rows) => {
        for (const [n, record] of records.entries())
          await rows.putRecord(
            record,
            [1, 2, 3, 4].map((d) => samplePiece(record, day(d + (n % 20)), n, n + 1)),
          );
      });
      const pieces = await collect(models.pieces('work', day(1), day(28)));
      const keys = pieces.map(
        (piece) => `${piece.actor} ${piece.day} ${String(piece.fromMs).padStart(3, '0')}`,
      );
      expect(keys).toEqual([...keys].sort());
      expect(new Set(keys).size).toBe(2400);
      let pages = 0;
      for await (const page of models.pieces('work', day(1), day(28))) pages += Math.sign(page.length);
      expect(pages).toBeGreaterThan(1);
    });

    it('days of people come by day, actor and measure, over many pages', async () => {
      // Three measures, so that no page of a round length ends between two people.
      const people = Array.from({ length: 200 }, (_, n) => `a${String(n).padStart(3, '0')}`);
      const ofPerson = (actor: string, d: number) =>
        ['mail', 'talk', 'work'].map((measure) => sampleDay(actor, day(d), measure));
      await models.transact(async (rows) => {
        for (const actor of [...people].reverse())
          for (const d of [3, 1, 2])
            await rows.putPersonDay(actorId(actor), day(d), ofPerson(actor, d).reverse());
      });
      const inOrder = [1, 2, 3].flatMap((d) => people.flatMap((actor) => ofPerson(actor, d)));
      expect(JSON.stringify(await collect(models.allPersonDays()))).toBe(JSON.stringify(inOrder));
    });

    it('weeks of people come by week, actor and measure', async () => {
      const inOrder = [
        sampleWeek('BEN', '1998-W53'),
        sampleWeek('AVI', '1999-W01', 'wrap'),
        sampleWeek('BEN', '1999-W01', 'talk'),
        sampleWeek('BEN', '1999-W01', 'work'),
      ];
      await models.transact(async (rows) => {
        for (const [week, actor] of [
          ['1999-W01', 'BEN'],
          ['1999-W01', 'AVI'],
          ['1998-W53', 'BEN'],
        ] as const) {
          const own = inOrder.filter((row) => row.week === week && row.actor === actor).reverse();
          await rows.putPersonWeek(actorId(actor), isoWeek(week), own);
        }
      });
      expect(JSON.stringify(await models.personWeeks())).toBe(JSON.stringify(inOrder));
      expect(await models.personWeeks(isoWeek('1998-W53'))).toEqual(inOrder.slice(0, 1));
      expect(await models.personWeeks(isoWeek('2001-W01'))).toEqual([]);
      expect(await models.weeks()).toEqual(['1998-W53', '1999-W01']);
    });

    it('text is ordered by code point, as its UTF-8 bytes are', async () => {
      const names = ['Z', 'a', 'é', '\uffff', '😀'];
      await models.transact(async (rows) => {
        for (const name of [...names].reverse()) await rows.putRecord(sampleRecord(name), []);
      });
      expect((await collect(models.allRecords())).map(({ id }) => id)).toEqual(names);
    });

    it('whatever the text, a record and its pieces come back byte for byte and are found', async () => {
      const texts = fc.tuple(anyText(20), anyText(20), anyText(20), anyText(20));
      await fc.assert(
        fc.asyncProperty(texts, async ([id, actor, measure, value]) => {
          const record = sampleRecord(id, { actor, measure, subject: value, attributes: { [value]: id } });
          const piece = samplePiece(record, day(1), 0, 1);
          await models.transact((rows) => rows.putRecord(record, [piece]));
          const text = JSON.stringify([record]);
          expect(JSON.stringify(await collect(models.allRecords()))).toBe(text);
          expect(JSON.stringify([await models.record(record.id)])).toBe(text);
          const filter = { actor: record.actor, subject: record.subject, measure };
          expect(JSON.stringify(await models.records(filter))).toBe(text);
          expect(JSON.stringify(await collect(models.pieces(measure, day(1), day(1))))).toBe(
            JSON.stringify([{ ...piece, attributes: record.attributes }]),
          );
          await models.clear();
        }),
        { numRuns: 30 },
      );
    });
  });
};
