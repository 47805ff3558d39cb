/** The contract of read models that several workers write: places, checkpoints of their own, and claims. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectionState, SharedReadModels } from '../../projections/ports.ts';
import { type ActorId, actorId, recordId } from '../../schemas/brand.ts';
import { sampleState } from './read-models.contract.ts';
import { collect, sampleRecord } from './store-samples.ts';

/** Opens one of several workers on the same rows. */
export type MakeWorker = (worker: number, of: number) => Promise<SharedReadModels>;

const usable = async (): Promise<boolean> => true;
const BEGINNING = sampleState(0);
const [AVI, BEN] = [new Set([actorId('AVI')]), new Set([actorId('BEN')])];
const BOTH = new Set([...AVI, ...BEN]);

/** Something that happens later, and can be waited for. */
const moment = () => {
  let come = (): void => undefined;
  const comes = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { come, comes };
};

/** `makeRows`: rows that nobody has written. */
export const workerContract = (name: string, makeRows: () => Promise<MakeWorker>): void => {
  describe(`several workers: ${name}`, () => {
    let open: MakeWorker;
    const opened: SharedReadModels[] = [];
    beforeEach(async () => {
      const make = await makeRows();
      open = async (worker, of) => {
        const models = await make(worker, of);
        opened.push(models);
        return models;
      };
    });
    afterEach(async () => {
      for (const models of opened.splice(0)) await models.close();
    });

    const reach = (models: SharedReadModels, position: number) =>
      models.transact((rows) => rows.save(sampleState(position)));
    const ownState = (models: SharedReadModels) => models.transact((rows) => rows.state());

    describe('places', () => {
      it('whoever comes first begins for all; each has a state of its own, and readers see the least', async () => {
        const [one, two] = [await open(0, 2), await open(1, 2)];
        expect(await one.join(usable, BEGINNING)).toEqual(BEGINNING);
        await reach(one, 30);
        expect(await two.join(usable, sampleState(99))).toEqual(BEGINNING);
        await reach(two, 10);
        expect([await ownState(one), await ownState(two)]).toEqual([sampleState(30), sampleState(10)]);
        expect(await one.state()).toEqual(sampleState(10));
        await reach(two, 40);
        expect(await two.state()).toEqual(sampleState(30));
      });

      it('joining again goes on where the worker was', async () => {
        const [one, two] = [await open(0, 2), await open(1, 2)];
        await one.join(usable, BEGINNING);
        await reach(one, 30);
        await reach(two, 20);
        expect(await one.join(usable, BEGINNING)).toEqual(sampleState(30));
        expect(await two.join(usable, BEGINNING)).toEqual(sampleState(20));
      });

      it('more or fewer workers go on from the least of the former ones, who are told that they are displaced', async () => {
        const [one, two] = [await open(0, 2), await open(1, 2)];
        await one.join(usable, BEGINNING);
        await reach(one, 30);
        await reach(two, 20);
        const three = await open(2, 3);
        expect(await three.join(usable, BEGINNING)).toEqual(sampleState(20));
        expect([await ownState(one), await ownState(two)]).toEqual([undefined, undefined]);
        const alone = await open(0, 1);
        expect(await alone.join(usable, BEGINNING)).toEqual(sampleState(20));
        expect(await ownState(three)).toBeUndefined();
      });

      it('where any state is not usable, all begin anew with empty tables', async () => {
        const [one, two] = [await open(0, 2), await open(1, 2)];
        await one.join(usable, BEGINNING);
        await one.transact((rows) => rows.putRecord(sampleRecord('a'), []));
        await reach(one, 30);
        const upTo20 = async ({ position }: ProjectionState): Promise<boolean> => position <= 20;
        expect(await two.join(upTo20, BEGINNING)).toEqual(BEGINNING);
        expect(await ownState(one)).toEqual(BEGINNING);
        expect(await collect(one.allRecords())).toEqual([]);
      });

      it('rows and the own checkpoint are there together or not at all', async () => {
        const one = await open(0, 2);
        await one.join(usable, BEGINNING);
        const failing = one.transact(async (rows) => {
          await rows.putRecord(sampleRecord('a'), []);
          await rows.save(sampleState(9));
          throw new Error('stop here');
        });
        await expect(failing).rejects.toThrow('stop here');
        expect(await ownState(one)).toEqual(BEGINNING);
        expect(await one.record(recordId('a'))).toBeUndefined();
      });
    });

    describe('claims', () => {
      /** Claims in a transaction that goes on until it is let go; `hasBegun` resolves when it holds them. */
      const holding = (models: SharedReadModels, claims: readonly (ReadonlySet<ActorId> | 'everybody')[]) => {
        const [begun, over] = [moment(), moment()];
        const ended = models.transact(async (rows) => {
          for (const claim of claims) await rows.claim(claim);
          begun.come();
          await over.comes;
        });
        return { hasBegun: begun.comes, letGo: over.come, ended };
      };

      it('say whether all of it was claimed before', async () => {
        const one = await open(0, 2);
        await one.join(usable, BEGINNING);
        const answers = await one.transact(async (rows) => [
          await rows.claim(new Set()),
          await rows.claim(AVI),
          await rows.claim(AVI),
          await rows.claim(BOTH),
          await rows.claim(BEN),
        ]);
        expect(answers).toEqual([true, false, true, false, true]);
      });

      it('of different people are held at the same time', async () => {
        const [one, two] = [await open(0, 2), await open(1, 2)];
        await one.join(usable, BEGINNING);
        const avi = holding(one, [AVI]);
        await avi.hasBegun;
        const ben = holding(two, [BEN]);
        await ben.hasBegun;
        for (const { letGo } of [avi, ben]) letGo();
        await Promise.all([avi.ended, ben.ended]);
      });

      it.each([
        ['the same person', [AVI], [BOTH]],
        ['everybody, while there is somebody', [AVI], ['everybody']],
        ['somebody, while there is everybody', ['everybody'], [AVI]],
        ['somebody more, who is not free', [AVI], [BEN, AVI]],
      ] as const)('of %s wait, and then see what the first has written', async (_what, first, second) => {
        const [one, two] = [await open(0, 2), await open(1, 2)];
        await one.join(usable, BEGINNING);
        const [begun, asked] = [moment(), moment()];
        const holder = one.transact(async (rows) => {
          for (const claim of first) await rows.claim(claim);
          begun.come();
          await asked.comes;
          // Time enough for the other to read, were it not waiting.
          for (let times = 0; times < 50; times += 1) await rows.teamsOf(actorId('AVI'));
          await rows.putRecord(sampleRecord('a'), []);
        });
        await begun.comes;
        const waiting = two.transact(async (rows) => {
          for (const claim of second) await rows.claim(claim);
          return rows.recordsOf(sampleRecord('a').subject);
        });
        asked.come();
        await holder;
        expect(await waiting).toEqual([sampleRecord('a')]);
      });

      it('make what was read before them be read again', async () => {
        const [one, two] = [await open(0, 2), await open(1, 2)];
        const record = sampleRecord('a');
        await one.join(usable, BEGINNING);
        const seen = await two.transact(async (rows) => {
          await rows.claim(BEN);
          await rows.expect([record.subject]);
          const before = await rows.recordsOf(record.subject);
          await one.transact((others) => others.claim(AVI).then(() => others.putRecord(record, [])));
          const hadAll = await rows.claim(AVI);
          return { before, hadAll, after: await rows.recordsOf(record.subject) };
        });
        expect(seen).toEqual({ before: [], hadAll: false, after: [record] });
      });

      it('in opposite orders end both', async () => {
        const [one, two] = [await open(0, 2), await open(1, 2)];
        await one.join(usable, BEGINNING);
        const [hasAvi, hasBen] = [moment(), moment()];
        let runs = 0;
        const crossing = (
          models: SharedReadModels,
          own: typeof AVI,
          other: typeof AVI,
          mine: ReturnType<typeof moment>,
        ) =>
          models.transact(async (rows) => {
            runs += 1;
            await rows.claim(own);
            mine.come();
            if (runs <= 2) await Promise.all([hasAvi.comes, hasBen.comes]);
            await rows.claim(other);
            const count = (await rows.recordsOf(sampleRecord('a').subject)).length;
            await rows.putRecord(sampleRecord(`r${count}`), []);
          });
        await Promise.all([crossing(one, AVI, BEN, hasAvi), crossing(two, BEN, AVI, hasBen)]);
        // Each saw what the other had written, or there would be r0 alone.
        expect((await collect(one.allRecords())).map(({ id }) => id)).toEqual(['r0', 'r1']);
        expect(runs).toBeGreaterThan(2);
      });
    });
  });
};
