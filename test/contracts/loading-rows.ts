/** The contract of read models that take all rows at once: what was loaded is what was put one by one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstDifference } from '../../projections/index.ts';
import type { RowTransaction } from '../../projections/ports.ts';
import type { LoadableReadModels, RowBatch } from '../../projections/rebuild-ports.ts';
import { actorId, instantMs, isoWeek, localDate, recordId, subjectId } from '../../schemas/brand.ts';
import { sampleState } from './read-models.contract.ts';
import { sampleDay, sampleFinding, samplePiece, sampleRecord, sampleWeek } from './store-samples.ts';

const AVI = actorId('AVI');
const MONDAY = localDate('1999-02-01');
const ALWAYS = [instantMs(-1e12), instantMs(1e12)] as const;

const OPEN = sampleRecord('open', { from: 20, tail: 50, closesAt: 90, subject: 'call-2' });
const MADE = sampleRecord('made of others', { from: 5 });
const CLOSED = sampleRecord('closed', { from: 10 });

const TEAM = { actor: AVI, fromMs: instantMs(5), team: 'north' };
const FINDINGS = [
  sampleFinding('call-1', { detail: 'first' }),
  sampleFinding('call-1', { detail: 'second' }),
  sampleFinding('call-2'),
];

const BATCHES: readonly RowBatch[] = [
  {
    records: [
      { record: OPEN, pieces: [samplePiece(OPEN, MONDAY, 20, 50)], begins: true },
      { record: MADE, pieces: [], begins: false },
    ],
    findings: FINDINGS,
  },
  {
    records: [{ record: CLOSED, pieces: [samplePiece(CLOSED, MONDAY, 10, 12)], begins: true }],
    personDays: [sampleDay('AVI', MONDAY, 'wrap'), sampleDay('AVI', MONDAY)],
    personWeeks: [sampleWeek('AVI', '1999-W05')],
    teams: [TEAM],
    merges: new Map([[subjectId('call-3'), subjectId('call-1')]]),
  },
  {},
];

const putOneByOne = async (rows: RowTransaction): Promise<void> => {
  for (const { record, pieces, begins } of BATCHES.flatMap(({ records = [] }) => records))
    await rows.putRecord(record, pieces, begins);
  await rows.putFindings(subjectId('call-1'), FINDINGS.slice(0, 2));
  await rows.putFindings(subjectId('call-2'), FINDINGS.slice(2));
  await rows.putPersonDay(AVI, MONDAY, [sampleDay('AVI', MONDAY), sampleDay('AVI', MONDAY, 'wrap')]);
  await rows.putPersonWeek(AVI, isoWeek('1999-W05'), [sampleWeek('AVI', '1999-W05')]);
  await rows.putTeam(TEAM);
  await rows.putMerge(subjectId('call-3'), subjectId('call-1'));
  await rows.save(sampleState(9));
};

/** What only whoever goes on projecting asks. */
const asked = async (models: LoadableReadModels) =>
  models.transact(async (rows) => ({
    state: await rows.state(),
    open: await rows.openRecords(AVI, 'work', ...ALWAYS),
    within: await rows.recordsWithin(AVI, instantMs(1e6), instantMs(1e9)),
    due: await rows.dueRecords(...ALWAYS),
    next: await rows.nextStart(AVI, 'work', instantMs(0), subjectId('call-9'), recordId('m')),
    days: await rows.daysOf(AVI),
    pieces: await rows.piecesOf(AVI, MONDAY),
    merges: [...(await rows.merges())],
  }));

export const loadingRowsContract = (makeStore: () => Promise<LoadableReadModels>): void => {
  describe('a load', () => {
    let models: LoadableReadModels;
    beforeEach(async () => {
      models = await makeStore();
      await models.transact(async (rows) => {
        await rows.putRecord(sampleRecord('former'), [samplePiece(sampleRecord('former'), MONDAY, 1, 2)]);
        await rows.putTeam({ ...TEAM, fromMs: instantMs(7) });
        await rows.save(sampleState(1));
      });
    });
    afterEach(() => models.close());
    const ids = async (): Promise<readonly string[]> => (await models.records({})).map(({ id }) => id);

    it('gives the rows that putting them one by one gives, and nothing else', async () => {
      const load = await models.load();
      for (const batch of BATCHES) await load.put(batch);
      await load.finish(sampleState(9));
      const beside = await makeStore();
      await beside.transact(putOneByOne);
      expect(await firstDifference(models, beside)).toBeUndefined();
      expect(await asked(models)).toEqual(await asked(beside));
      expect(await ids()).toEqual(['made of others', 'closed', 'open']);
      expect((await asked(models)).next?.record).toBe('closed');
      await beside.close();
    });

    it('is not seen before it is finished, and stays afterwards', async () => {
      const load = await models.load();
      for (const batch of BATCHES) await load.put(batch);
      expect([await ids(), (await models.state())?.position]).toEqual([['former'], 1]);
      await load.finish(sampleState(9));
      await load.abandon();
      expect([(await ids()).length, (await models.state())?.position]).toEqual([3, 9]);
    });

    it('makes another edition, of which nothing has changed yet', async () => {
      const before = await models.changePlace();
      const load = await models.load();
      await load.put(BATCHES[0] ?? {});
      expect(await models.changesSince(before, 9)).toMatchObject({ changes: [] });
      await load.finish(sampleState(9));
      expect(await models.changesSince(before, 9)).toBeUndefined();
      const after = await models.changePlace();
      expect(after.edition).not.toBe(before.edition);
      expect(await models.changesSince(after, 9)).toEqual({ changes: [], place: after });
    });

    it('that is abandoned leaves the old rows, and another one may begin', async () => {
      const load = await models.load();
      await load.put(BATCHES[0] ?? {});
      await load.abandon();
      expect([await ids(), (await models.state())?.position]).toEqual([['former'], 1]);
      const again = await models.load();
      await again.finish(sampleState(0));
      expect([await ids(), (await models.state())?.position]).toEqual([[], 0]);
    });

    it('is what transactions go on from', async () => {
      const load = await models.load();
      for (const batch of BATCHES) await load.put(batch);
      await load.finish(sampleState(9));
      await models.transact(async (rows) => {
        await rows.putRecord(sampleRecord('later', { from: 99 }), []);
        await rows.removeRecord(recordId('open'));
        await rows.putFindings(subjectId('call-1'), []);
      });
      expect(await ids()).toEqual(['made of others', 'closed', 'later']);
      expect(await models.findings()).toEqual(FINDINGS.slice(2));
      const failing = models.transact(async (rows) => {
        await rows.removeRecord(recordId('later'));
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await ids()).toContain('later');
    });
  });
};
