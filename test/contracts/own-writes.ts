/** The contract of every store of read models: within a transaction, a read sees what was written before it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadModels, RowTransaction } from '../../projections/ports.ts';
import { actorId, instantMs, isoWeek, localDate, recordId, subjectId } from '../../schemas/brand.ts';
import { collect, sampleDay, sampleFinding, samplePiece, sampleRecord, sampleWeek } from './store-samples.ts';

const [AVI, BEN] = [actorId('AVI'), actorId('BEN')];
const [MONDAY, TUESDAY] = [localDate('1999-02-01'), localDate('1999-02-02')];
const ALWAYS = [instantMs(-1e12), instantMs(1e12)] as const;

const idsOf = (records: readonly { readonly id: string }[]): readonly string[] => records.map(({ id }) => id);

export const ownWritesContract = (makeStore: () => Promise<ReadModels>): void => {
  describe('what a transaction wrote itself', () => {
    let models: ReadModels;
    beforeEach(async () => {
      models = await makeStore();
      await models.transact(async (rows) => {
        await rows.putRecord(sampleRecord('a', { from: 10 }), [samplePiece(sampleRecord('a'), MONDAY, 1, 2)]);
        await rows.putRecord(sampleRecord('b', { from: 20 }), []);
        await rows.putRecord(sampleRecord('c', { from: 30, subject: 'call-2' }), []);
        await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY)]);
        await rows.putPersonDay(AVI, TUESDAY, [sampleDay('AVI', TUESDAY)]);
      });
    });
    afterEach(() => models.close());
    const write = (work: (rows: RowTransaction) => Promise<void>) => models.transact(work);
    const next = async (rows: RowTransaction, at: number, actor = AVI) =>
      (await rows.nextStart(actor, 'work', instantMs(at), subjectId('call-9'), recordId('m')))?.record;

    it('a subject has the records that were put, as they were put last, and not those removed', async () => {
      const of = async (rows: RowTransaction, subject: string) =>
        idsOf(await rows.recordsOf(subjectId(subject)));
      await write(async (rows) => {
        await rows.putRecord(sampleRecord('a', { from: 25 }), []);
        expect(await of(rows, 'call-1')).toEqual(['b', 'a']);
        await rows.putRecord(sampleRecord('b', { from: 20, subject: 'call-2' }), []);
        expect(await of(rows, 'call-1')).toEqual(['a']);
        expect(await of(rows, 'call-2')).toEqual(['b', 'c']);
        await rows.removeRecord(recordId('a'));
        expect(await of(rows, 'call-1')).toEqual([]);
        await rows.putRecord(sampleRecord('a', { from: 5 }), []);
        await rows.removeRecord(recordId('c'));
        expect([await of(rows, 'call-1'), await of(rows, 'call-2')]).toEqual([['a'], ['b']]);
      });
      expect(idsOf(await models.records({}))).toEqual(['a', 'b']);
    });

    it('the next start is looked for among them, too', async () => {
      await write(async (rows) => {
        expect(await next(rows, 0)).toBe('a');
        await rows.putRecord(sampleRecord('a', { from: 100 }), []);
        expect(await next(rows, 0)).toBe('b');
        await rows.putRecord(sampleRecord('d', { from: 15 }), []);
        expect(await next(rows, 0)).toBe('d');
        await rows.putRecord(sampleRecord('0', { from: 15 }), []);
        expect(await next(rows, 0)).toBe('0');
        await rows.putRecord(sampleRecord('0', { from: 15 }), [], false);
        expect(await next(rows, 0)).toBe('d');
        await rows.removeRecord(recordId('d'));
        await rows.putRecord(sampleRecord('b', { from: 20, actor: 'BEN' }), []);
        expect([await next(rows, 0), await next(rows, 0, BEN)]).toEqual(['c', 'b']);
        // In one instant, and without an end since: only what comes behind the asking record by id.
        await rows.putRecord(sampleRecord('e', { from: 7, tail: 7 }), []);
        expect([await next(rows, 6), await next(rows, 7)]).toEqual(['e', 'c']);
        await rows.putRecord(sampleRecord('z', { from: 7, tail: 7 }), []);
        expect(await next(rows, 7)).toBe('z');
      });
    });

    it('the next start is found behind many that were moved away', async () => {
      const many = Array.from({ length: 40 }, (_, n) => `r${n}`);
      await write(async (rows) => {
        for (const id of many) await rows.putRecord(sampleRecord(id, { from: 1 }), []);
      });
      await write(async (rows) => {
        expect(await next(rows, 0)).toBe('r0');
        for (const id of many) await rows.putRecord(sampleRecord(id, { from: 500, measure: 'wrap' }), []);
        expect(await next(rows, 0)).toBe('a');
        expect(await next(rows, 31)).toBeUndefined();
      });
    });

    it('open, due, tailed and touching records, pieces and days are those of the last word', async () => {
      const all = async (rows: RowTransaction) => [
        idsOf(await rows.openRecords(AVI, 'work', ...ALWAYS)),
        idsOf(await rows.dueRecords(...ALWAYS)),
        idsOf(await rows.tailedRecords(instantMs(0))),
        idsOf(await rows.recordsWithin(AVI, ...ALWAYS)),
        (await rows.piecesOf(AVI, MONDAY)).length,
        await rows.daysOf(AVI),
      ];
      const tailed = sampleRecord('a', { from: 10, tail: 50, closesAt: 90, status: 'closed' });
      await write(async (rows) => {
        expect(await all(rows)).toEqual([[], [], [], ['a', 'b', 'c'], 1, [MONDAY]]);
        await rows.putRecord(tailed, [samplePiece(tailed, TUESDAY, 1, 2)]);
        expect(await all(rows)).toEqual([['a'], ['a'], ['a'], ['a', 'b', 'c'], 0, [TUESDAY]]);
        await rows.removeRecord(recordId('a'));
        expect(await all(rows)).toEqual([[], [], [], ['b', 'c'], 0, []]);
      });
    });

    it('days, teams, merges and the checkpoint are those of the last word', async () => {
      const team = (name: string) => ({ actor: AVI, fromMs: instantMs(5), team: name });
      await write(async (rows) => {
        await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY, 'wrap', 7)]);
        await rows.putPersonDay(AVI, TUESDAY, []);
        await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY, 'work', 8)]);
        expect(await rows.personDaysOf(AVI, [TUESDAY, MONDAY])).toEqual([
          sampleDay('AVI', MONDAY, 'work', 8),
        ]);
        await rows.putTeam(team('north'));
        await rows.putTeam(team('south'));
        expect(await rows.teamsOf(AVI)).toEqual([team('south')]);
        await rows.putMerge(subjectId('call-1'), subjectId('call-2'));
        await rows.putMerge(subjectId('call-1'), subjectId('call-3'));
        expect([...(await rows.merges())]).toEqual([['call-1', 'call-3']]);
        await rows.putFindings(subjectId('call-1'), [sampleFinding('call-1', { detail: 'first' })]);
        await rows.putFindings(subjectId('call-1'), [sampleFinding('call-1', { detail: 'last' })]);
      });
      expect((await models.findings()).map(({ detail }) => detail)).toEqual(['last']);
      expect(await models.teams()).toEqual([team('south')]);
    });

    it('what was read before does not hide what is written after, whatever is asked in between', async () => {
      const call = subjectId('call-1');
      await write(async (rows) => {
        await rows.expect([call, subjectId('call-2')]);
        expect(idsOf(await rows.recordsOf(call))).toEqual(['a', 'b']);
        await rows.putRecord(sampleRecord('d', { from: 40 }), []);
        await rows.removeRecord(recordId('a'));
        await rows.daysOf(AVI);
        expect(idsOf(await rows.recordsOf(call))).toEqual(['b', 'd']);
        await rows.expect([call]);
        expect(idsOf(await rows.recordsOf(call))).toEqual(['b', 'd']);
      });
    });

    it('replaces the measures that an earlier transaction has put', async () => {
      const week = isoWeek('1999-W05');
      await write(async (rows) => {
        await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY), sampleDay('AVI', MONDAY, 'wrap')]);
        await rows.putPersonWeek(AVI, week, [
          sampleWeek('AVI', '1999-W05'),
          sampleWeek('AVI', '1999-W05', 'wrap'),
        ]);
      });
      await write(async (rows) => {
        await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY, 'wrap', 5)]);
        await rows.putPersonDay(AVI, TUESDAY, []);
        await rows.putPersonWeek(AVI, week, [sampleWeek('AVI', '1999-W05', 'wrap')]);
      });
      expect(await collect(models.allPersonDays())).toEqual([sampleDay('AVI', MONDAY, 'wrap', 5)]);
      expect(await models.personWeeks()).toEqual([sampleWeek('AVI', '1999-W05', 'wrap')]);
    });

    it('reads that are asked for at once see all of it', async () => {
      await write(async (rows) => {
        await rows.putRecord(sampleRecord('d', { from: 40 }), [
          samplePiece(sampleRecord('d'), TUESDAY, 1, 2),
        ]);
        const [days, pieces, within, of] = await Promise.all([
          rows.daysOf(AVI),
          rows.piecesOf(AVI, TUESDAY),
          rows.recordsWithin(AVI, ...ALWAYS),
          rows.recordsOf(subjectId('call-1')),
        ]);
        expect([days, pieces.length]).toEqual([[MONDAY, TUESDAY], 1]);
        expect([idsOf(within), idsOf(of)]).toEqual([
          ['a', 'b', 'c', 'd'],
          ['a', 'b', 'd'],
        ]);
      });
    });

    it('more records than anybody would hold back are all there', async () => {
      const pieceOf = (record: ReturnType<typeof sampleRecord>) => samplePiece(record, MONDAY, 0, 1);
      await write(async (rows) => {
        for (let n = 0; n < 6000; n += 1) {
          const record = sampleRecord(`n${n}`, { actor: 'BEN', subject: `call-${n % 3}`, from: n });
          await rows.putRecord(record, [pieceOf(record)]);
        }
        expect(await rows.recordsOf(subjectId('call-0'))).toHaveLength(2000);
        expect(await rows.piecesOf(BEN, MONDAY)).toHaveLength(6000);
      });
      expect(await models.records({ actor: BEN })).toHaveLength(6000);
    });
  });
};
