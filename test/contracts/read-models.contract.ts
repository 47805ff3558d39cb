/** The contract of every store of read models: transactions, and what they put. What readers see is in reading-rows.ts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectionState, ReadModels, RowTransaction } from '../../projections/ports.ts';
import {
  actorId,
  durationMs,
  instantMs,
  isoWeek,
  localDate,
  recordId,
  subjectId,
} from '../../schemas/brand.ts';
import type { Piece } from '../../schemas/record.ts';
import { changingRowsContract } from './changing-rows.ts';
import { mergesAndFindingsContract } from './merges-and-findings.ts';
import { ownWritesContract } from './own-writes.ts';
import { readingRowsContract } from './reading-rows.ts';
import { collect, sampleDay, sampleFinding, samplePiece, sampleRecord, sampleWeek } from './store-samples.ts';

const AVI = actorId('AVI');
const MONDAY = localDate('1999-02-01');
const TUESDAY = localDate('1999-02-02');

export const sampleState = (position: number): ProjectionState => ({
  lens: {
    ruleSet: 'live',
    version: 1,
    ruleSetHash: 'f'.repeat(64),
    engine: 1,
    projection: 1,
    tzdata: '2026b',
  },
  position,
  horizonMs: instantMs(918_000_000_000),
  lastId: null,
});

const idsOf = (records: readonly { readonly id: string }[]): readonly string[] => records.map(({ id }) => id);

export const readModelsContract = (name: string, makeStore: () => Promise<ReadModels>): void => {
  describe(`read models: ${name}`, () => {
    let models: ReadModels;
    beforeEach(async () => {
      models = await makeStore();
    });
    afterEach(() => models.close());
    const write = (work: (rows: RowTransaction) => Promise<void>) => models.transact(work);

    describe('transactions', () => {
      it('gives what the work gives; rows and checkpoint are there together', async () => {
        const result = await models.transact(async (rows) => {
          await rows.putRecord(sampleRecord('a'), []);
          await rows.save(sampleState(7));
          return (await rows.state())?.position;
        });
        expect(result).toBe(7);
        expect(await models.state()).toEqual(sampleState(7));
        expect(await models.record(recordId('a'))).toEqual(sampleRecord('a'));
      });

      it('a work that throws leaves every table as it was', async () => {
        const record = sampleRecord('kept', { tail: 60_000, closesAt: 90_000 });
        const pieces = [samplePiece(record, MONDAY, 0, 10)];
        await write(async (rows) => {
          await rows.putRecord(record, pieces);
          await rows.putRecord(sampleRecord('removed'), [samplePiece(sampleRecord('removed'), MONDAY, 5, 6)]);
          await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY)]);
          await rows.putPersonWeek(AVI, isoWeek('1999-W05'), [sampleWeek('AVI', '1999-W05')]);
          await rows.putTeam({ actor: AVI, fromMs: instantMs(0), team: 'north' });
          await rows.putMerge(subjectId('call-3'), subjectId('call-1'));
          await rows.putFindings(subjectId('call-1'), [sampleFinding('call-1')]);
          await rows.putFindings(subjectId('call-3'), [sampleFinding('call-3')]);
          await rows.save(sampleState(1));
        });
        const rowsNow = () =>
          models.transact(async (rows) => ({
            state: await rows.state(),
            records: await rows.recordsOf(subjectId('call-1')),
            open: await rows.openRecords(AVI, 'work', instantMs(0), instantMs(1e12)),
            due: await rows.dueRecords(instantMs(0), instantMs(1e12)),
            next: await rows.nextStart(AVI, 'work', instantMs(0), subjectId('call-2'), recordId('x')),
            pieces: [await rows.piecesOf(AVI, MONDAY), await rows.piecesOf(AVI, TUESDAY)],
            days: await rows.daysOf(AVI),
            personDays: await rows.personDaysOf(AVI, [MONDAY, TUESDAY]),
            within: await rows.recordsWithin(AVI, instantMs(0), instantMs(1e12)),
            teams: await rows.teamsOf(AVI),
            merges: await rows.merges(),
          }));
        const picture = async () => ({ ...(await rowsNow()), findings: await models.findings() });
        const before = await picture();
        const failing = write(async (rows) => {
          await rows.putRecord({ ...record, status: 'closed' }, [samplePiece(record, TUESDAY, 0, 99)]);
          await rows.putRecord(sampleRecord('new'), [samplePiece(sampleRecord('new'), TUESDAY, 0, 1)]);
          await rows.removeRecord(recordId('removed'));
          await rows.putPersonDay(AVI, MONDAY, []);
          await rows.putPersonDay(AVI, TUESDAY, [sampleDay('AVI', TUESDAY)]);
          await rows.putPersonWeek(AVI, isoWeek('1999-W05'), []);
          await rows.putTeam({ actor: AVI, fromMs: instantMs(0), team: 'south' });
          await rows.putMerge(subjectId('call-3'), subjectId('call-2'));
          await rows.putMerge(subjectId('call-1'), subjectId('call-2'));
          await rows.putFindings(subjectId('call-1'), []);
          await rows.putFindings(subjectId('call-2'), [sampleFinding('call-2')]);
          await rows.putFindings(subjectId('call-3'), [sampleFinding('call-3', { at: 3 })]);
          await rows.save(sampleState(2));
          throw new Error('stop here');
        });
        await expect(failing).rejects.toThrow('stop here');
        expect(await picture()).toEqual(before);
        expect(before.pieces[0]).toHaveLength(2);
        expect([before.merges.size, before.findings.length]).toEqual([1, 2]);
        expect(await models.weeks()).toEqual(['1999-W05']);
      });

      it('a transaction after one that threw works', async () => {
        await expect(models.transact(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
        await write((rows) => rows.save(sampleState(3)));
        expect((await models.state())?.position).toBe(3);
      });

      it('transactions asked for at once follow one another', async () => {
        const order: string[] = [];
        const work = (mark: string) => async (rows: RowTransaction) => {
          order.push(`${mark} begins`);
          const position = (await rows.state())?.position ?? 0;
          await new Promise((resolve) => setImmediate(resolve));
          await rows.save(sampleState(position + 1));
          order.push(`${mark} ends`);
        };
        await Promise.all([write(work('a')), write(work('b')), write(work('c'))]);
        expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
        expect((await models.state())?.position).toBe(3);
      });

      it('a read during a transaction waits and sees what is committed', async () => {
        let release = (): void => undefined;
        const gate = new Promise<void>((resolve) => {
          release = resolve;
        });
        const writing = write(async (rows) => {
          await rows.save(sampleState(1));
          await gate;
          await rows.save(sampleState(2));
        });
        const reading = models.state();
        release();
        expect((await reading)?.position).toBe(2);
        await writing;
      });

      it('using the store inside its own transaction is a bug, and throws', async () => {
        await expect(write(() => models.transact(async () => undefined))).rejects.toThrow(/already running/);
        await expect(write(async () => void (await models.state()))).rejects.toThrow(/already running/);
        await expect(write(() => models.clear())).rejects.toThrow(/already running/);
      });

      it('a closed store refuses, and closing it again does not', async () => {
        await models.close();
        await models.close();
        await expect(models.state()).rejects.toThrow();
        await expect(write((rows) => rows.save(sampleState(1)))).rejects.toThrow();
      });

      it('clear empties every table', async () => {
        await write(async (rows) => {
          const record = sampleRecord('a');
          await rows.putRecord(record, [samplePiece(record, MONDAY, 0, 1)]);
          await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY)]);
          await rows.putPersonWeek(AVI, isoWeek('1999-W05'), [sampleWeek('AVI', '1999-W05')]);
          await rows.putTeam({ actor: AVI, fromMs: instantMs(0), team: 'north' });
          await rows.putMerge(subjectId('call-3'), subjectId('call-1'));
          await rows.putFindings(subjectId('call-1'), [sampleFinding('call-1')]);
          await rows.save(sampleState(1));
        });
        await models.clear();
        expect(await models.state()).toBeUndefined();
        expect(await collect(models.allRecords())).toEqual([]);
        expect(await collect(models.pieces('work', MONDAY, TUESDAY))).toEqual([]);
        expect(await collect(models.allPersonDays())).toEqual([]);
        expect(await models.personWeeks()).toEqual([]);
        expect(await models.teams()).toEqual([]);
        expect(await models.findings()).toEqual([]);
        await write(async (rows) => {
          expect(await rows.daysOf(AVI)).toEqual([]);
          expect(await rows.recordsWithin(AVI, instantMs(0), instantMs(1e12))).toEqual([]);
          expect((await rows.merges()).size).toBe(0);
        });
      });
    });

    describe('records and their pieces', () => {
      it('putting a record again replaces it and its pieces', async () => {
        const first = sampleRecord('a', { tail: 60_000, closesAt: 99_000 });
        await write((rows) =>
          rows.putRecord(first, [samplePiece(first, MONDAY, 0, 10), samplePiece(first, TUESDAY, 20, 30)]),
        );
        const second = sampleRecord('a', { subject: 'call-2', from: 5, to: 50 });
        await write((rows) => rows.putRecord(second, [samplePiece(second, TUESDAY, 21, 31)]));
        await write(async (rows) => {
          expect(await rows.recordsOf(subjectId('call-1'))).toEqual([]);
          expect(await rows.recordsOf(subjectId('call-2'))).toEqual([second]);
          expect(await rows.daysOf(AVI)).toEqual([TUESDAY]);
          expect(await rows.piecesOf(AVI, MONDAY)).toEqual([]);
          expect(await rows.piecesOf(AVI, TUESDAY)).toEqual([samplePiece(second, TUESDAY, 21, 31)]);
          expect(await rows.openRecords(AVI, 'work', instantMs(0), instantMs(1e9))).toEqual([]);
          expect(await rows.dueRecords(instantMs(0), instantMs(1e9))).toEqual([]);
        });
        expect(await collect(models.allRecords())).toEqual([second]);
      });

      it('a record that grows and shrinks has the days of its last pieces', async () => {
        const record = sampleRecord('a');
        const on = (...days: readonly (typeof MONDAY)[]) =>
          days.map((day) => samplePiece(record, day, 0, 10));
        const days = async (...given: readonly (typeof MONDAY)[]) => {
          await write((rows) => rows.putRecord(record, on(...given)));
          return models.transact((rows) => rows.daysOf(AVI));
        };
        expect(await days(MONDAY)).toEqual([MONDAY]);
        expect(await days(MONDAY, TUESDAY)).toEqual([MONDAY, TUESDAY]);
        expect(await days(TUESDAY)).toEqual([TUESDAY]);
        expect(await days()).toEqual([]);
      });

      it('the pieces move with the record to another actor', async () => {
        const avi = sampleRecord('a');
        const ben = sampleRecord('a', { actor: 'BEN' });
        await write((rows) => rows.putRecord(avi, [samplePiece(avi, MONDAY, 0, 10)]));
        await write((rows) => rows.putRecord(ben, [samplePiece(ben, MONDAY, 0, 10)]));
        await write(async (rows) => {
          expect(await rows.daysOf(AVI)).toEqual([]);
          expect(await rows.piecesOf(actorId('BEN'), MONDAY)).toEqual([samplePiece(ben, MONDAY, 0, 10)]);
        });
      });

      it('removing a record removes its pieces and no others; removing nobody is nothing', async () => {
        const [a, b] = [sampleRecord('a'), sampleRecord('b')];
        await write(async (rows) => {
          await rows.putRecord(a, [samplePiece(a, MONDAY, 0, 10), samplePiece(a, TUESDAY, 0, 10)]);
          await rows.putRecord(b, [samplePiece(b, MONDAY, 0, 10)]);
        });
        await write(async (rows) => {
          await rows.removeRecord(a.id);
          await rows.removeRecord(recordId('nobody'));
          expect(await rows.recordsOf(a.subject)).toEqual([b]);
          expect(await rows.piecesOf(AVI, MONDAY)).toEqual([samplePiece(b, MONDAY, 0, 10)]);
          expect(await rows.daysOf(AVI)).toEqual([MONDAY]);
        });
      });

      it('a piece of another record, actor, kind or measure is a bug', async () => {
        const a = sampleRecord('a');
        const others = [
          { record: recordId('b') },
          { actor: actorId('BEN') },
          { kind: 'x' },
          { measure: 'x' },
        ];
        for (const other of others) {
          const piece = { ...samplePiece(a, MONDAY, 0, 1), ...other };
          await expect(write((rows) => rows.putRecord(a, [piece]))).rejects.toThrow(/piece of/);
        }
      });

      it('a piece comes back with everything that it tells by itself', async () => {
        const record = sampleRecord('a');
        const { record: id, actor, day, fromMs, toMs, ...rest } = samplePiece(record, MONDAY, 2, 9);
        const piece: Piece = {
          ...{ record: id, actor, day, fromMs, toMs, beganMs: instantMs(1), ...rest },
          ...{ first: false, roundingMs: durationMs(-3), grade: 'declared', rule: 'call.other' },
          ...{ method: 'manual', group: 'ß😀"\\' },
        };
        await write(async (rows) => {
          await rows.putRecord(record, [piece]);
          expect(JSON.stringify(await rows.piecesOf(AVI, MONDAY))).toBe(JSON.stringify([piece]));
        });
      });

      it('pieces of a day come by start, record and end, as they were put', async () => {
        const [a, b] = [sampleRecord('a'), sampleRecord('b')];
        const of = [
          samplePiece(b, MONDAY, 1, 5),
          samplePiece(a, MONDAY, 2, 2),
          samplePiece(a, MONDAY, 2, 9),
          samplePiece(b, MONDAY, 2, 3),
        ] as const;
        await write(async (rows) => {
          await rows.putRecord(b, [of[3], of[0]]);
          await rows.putRecord(a, [of[2], of[1]]);
          expect(JSON.stringify(await rows.piecesOf(AVI, MONDAY))).toBe(JSON.stringify(of));
        });
      });

      it('records of a subject come by start, then id', async () => {
        await write(async (rows) => {
          await rows.putRecord(sampleRecord('c', { from: 1 }), []);
          await rows.putRecord(sampleRecord('b', { from: 2 }), []);
          await rows.putRecord(sampleRecord('a', { from: 2 }), []);
          await rows.putRecord(sampleRecord('d', { from: 0, subject: 'call-2' }), []);
          expect(idsOf(await rows.recordsOf(subjectId('call-1')))).toEqual(['c', 'a', 'b']);
        });
      });
    });

    describe('what settling asks', () => {
      it('open records: those whose tail begins in [from, to], both ends included', async () => {
        await write(async (rows) => {
          for (const tail of [99, 100, 150, 200, 201])
            await rows.putRecord(sampleRecord(`t${tail}`, { from: 0, tail }), []);
          await rows.putRecord(sampleRecord('closed', { from: 150 }), []);
          await rows.putRecord(sampleRecord('other actor', { actor: 'BEN', tail: 150 }), []);
          await rows.putRecord(sampleRecord('other measure', { measure: 'wrap', tail: 150 }), []);
          expect(idsOf(await rows.openRecords(AVI, 'work', instantMs(100), instantMs(200)))).toEqual([
            't100',
            't150',
            't200',
          ]);
        });
      });

      // The window is [100, 200], both ends included; a record touches it with its first and with its last instant.
      it.each([
        ['ends just before', { from: 0, to: 99 }, false],
        ['ends as it begins', { from: 0, to: 100 }, true],
        ['lies around it', { from: 0, to: 900 }, true],
        ['is a point at its end', { from: 200, to: 200 }, true],
        ['begins just after', { from: 201, to: 300 }, false],
        ['has no end yet, and was last heard of before', { from: 0, to: 50, tail: 50 }, true],
        ['has no end yet, and begins at its end', { from: 200, to: 200, tail: 200 }, true],
        ['has no end yet, and begins just after', { from: 201, to: 201, tail: 201 }, false],
        ['was closed by its rule before', { from: 0, to: 99, tail: 50, status: 'closed' }, false],
        ['was retracted, and lies within', { from: 110, to: 120, status: 'retracted' }, true],
        ['was retracted, and lies before', { from: 0, to: 99, status: 'retracted' }, false],
        ['is paused since before', { from: 0, to: 50, tail: 50, status: 'paused' }, true],
        ['is of another measure', { from: 110, to: 120, measure: 'wrap' }, true],
        ['is of another person', { from: 110, to: 120, actor: 'BEN' }, false],
      ] as const)('records within: whether one counts that %s', async (_what, sketch, isWithin) => {
        await write(async (rows) => {
          await rows.putRecord(sampleRecord('a', sketch), []);
          const found = await rows.recordsWithin(AVI, instantMs(100), instantMs(200));
          expect(idsOf(found)).toEqual(isWithin ? ['a'] : []);
        });
      });

      it('records within follow a record as it closes, and come by start and then id', async () => {
        const within = (rows: RowTransaction) => rows.recordsWithin(AVI, instantMs(100), instantMs(200));
        const always = [instantMs(Number.MIN_SAFE_INTEGER), instantMs(Number.MAX_SAFE_INTEGER)] as const;
        await write(async (rows) => {
          await rows.putRecord(sampleRecord('😀', { from: 7, measure: 'wrap' }), []);
          await rows.putRecord(sampleRecord('\uffff', { from: 7 }), []);
          await rows.putRecord(sampleRecord('closing', { from: 9, to: 20, tail: 20 }), []);
          await rows.putRecord(sampleRecord('first', { from: -7, subject: 'call-2' }), []);
          expect(idsOf(await within(rows))).toEqual(['first', '\uffff', '😀', 'closing']);
          await rows.putRecord(sampleRecord('closing', { from: 9, to: 30 }), []);
          await rows.removeRecord(recordId('first'));
          expect(idsOf(await within(rows))).toEqual(['\uffff', '😀']);
          expect(idsOf(await rows.recordsWithin(AVI, ...always))).toEqual(['\uffff', '😀', 'closing']);
        });
      });

      it('due records: those that close in (after, until], of every actor', async () => {
        await write(async (rows) => {
          for (const closesAt of [100, 101, 200, 201])
            await rows.putRecord(sampleRecord(`c${closesAt}`, { from: closesAt, tail: 1, closesAt }), []);
          await rows.putRecord(sampleRecord('no cap', { tail: 150 }), []);
          await rows.putRecord(sampleRecord('BEN', { actor: 'BEN', from: 0, tail: 1, closesAt: 150 }), []);
          expect(idsOf(await rows.dueRecords(instantMs(100), instantMs(200)))).toEqual([
            'BEN',
            'c101',
            'c200',
          ]);
        });
      });

      it('the next start: at or after the instant, on another subject, of the same measure', async () => {
        const next = (rows: RowTransaction, at: number, subject = 'call-1') =>
          rows.nextStart(AVI, 'work', instantMs(at), subjectId(subject), recordId('m'));
        await write(async (rows) => {
          await rows.putRecord(sampleRecord('own', { from: 100 }), []);
          await rows.putRecord(sampleRecord('own later', { from: 150 }), []);
          await rows.putRecord(sampleRecord('next', { from: 200, subject: 'call-2' }), []);
          await rows.putRecord(sampleRecord('later', { from: 300, subject: 'call-3' }), []);
          await rows.putRecord(sampleRecord('BEN', { from: 120, actor: 'BEN', subject: 'call-4' }), []);
          await rows.putRecord(sampleRecord('wrap', { from: 130, measure: 'wrap', subject: 'call-5' }), []);
          const found = { atMs: 200, record: 'next' };
          expect(await next(rows, 100)).toEqual(found);
          expect(await next(rows, 200)).toEqual(found);
          expect(await next(rows, 201)).toEqual({ atMs: 300, record: 'later' });
          expect(await next(rows, 301)).toBeUndefined();
          expect(await next(rows, 100, 'call-2')).toEqual({ atMs: 100, record: 'own' });
          await rows.putRecord(sampleRecord('a tie', { from: 200, subject: 'call-6' }), []);
          expect(await next(rows, 200)).toEqual({ atMs: 200, record: 'a tie' });
          // In one instant, and without an end since: only what comes behind the asking record by id.
          await rows.putRecord(sampleRecord('b open', { from: 400, tail: 400, subject: 'call-7' }), []);
          await rows.putRecord(sampleRecord('z open', { from: 400, tail: 400, subject: 'call-8' }), []);
          expect(await next(rows, 400)).toEqual({ atMs: 400, record: 'z open' });
          expect(await next(rows, 399)).toEqual({ atMs: 400, record: 'b open' });
          const unranked = rows.nextStart(AVI, 'work', instantMs(400), subjectId('call-1'), undefined);
          expect(await unranked).toEqual({ atMs: 400, record: 'b open' });
        });
      });
    });

    describe('people', () => {
      it('putting a day or a week replaces all its measures and nothing else', async () => {
        await write(async (rows) => {
          await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY, 'wrap'), sampleDay('AVI', MONDAY)]);
          await rows.putPersonDay(AVI, TUESDAY, [sampleDay('AVI', TUESDAY)]);
          await rows.putPersonWeek(AVI, isoWeek('1999-W05'), [sampleWeek('AVI', '1999-W05', 'wrap')]);
          await rows.putPersonWeek(actorId('BEN'), isoWeek('1999-W05'), [sampleWeek('BEN', '1999-W05')]);
          expect(await rows.personDaysOf(AVI, [TUESDAY, MONDAY, MONDAY])).toEqual([
            sampleDay('AVI', MONDAY),
            sampleDay('AVI', MONDAY, 'wrap'),
            sampleDay('AVI', TUESDAY),
          ]);
          await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY, 'work', 5)]);
          await rows.putPersonDay(AVI, TUESDAY, []);
          await rows.putPersonWeek(AVI, isoWeek('1999-W05'), [sampleWeek('AVI', '1999-W05')]);
          expect(await rows.personDaysOf(AVI, [MONDAY, TUESDAY])).toEqual([
            sampleDay('AVI', MONDAY, 'work', 5),
          ]);
        });
        expect(await models.personWeeks()).toEqual([
          sampleWeek('AVI', '1999-W05'),
          sampleWeek('BEN', '1999-W05'),
        ]);
      });

      it('a team counts from its instant; the same instant again replaces', async () => {
        const team = (fromMs: number, name: string) => ({
          actor: AVI,
          fromMs: instantMs(fromMs),
          team: name,
        });
        await write(async (rows) => {
          await rows.putTeam(team(1000, 'south'));
          await rows.putTeam(team(900, 'north'));
          await rows.putTeam(team(1000, 'west'));
          await rows.putTeam({ ...team(0, 'east'), actor: actorId('BEN') });
          expect(await rows.teamsOf(AVI)).toEqual([team(900, 'north'), team(1000, 'west')]);
        });
        expect(idsOf((await models.teams()).map((row) => ({ id: row.team })))).toEqual([
          'north',
          'west',
          'east',
        ]);
      });
    });

    ownWritesContract(makeStore);
    mergesAndFindingsContract(makeStore);
    readingRowsContract(makeStore);
    changingRowsContract(makeStore);
  });
};
