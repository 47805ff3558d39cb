/** The witness of order: a log delivered in disorder gives the bytes that it gives when it is imported plainly. */
import { afterAll, describe, expect, it } from 'vitest';
import { bringUp } from '../../adapters/live.ts';
import type { Ruling } from '../../adapters/rule-file.ts';
import type { Workspace } from '../../adapters/workspace.ts';
import { catchUp, firstDifference } from '../../projections/index.ts';
import { type CatchUpAt, deliver } from './corridor.ts';
import { inDisorder } from './disorder.ts';
import { importedOnce } from './imported.ts';
import type { RealLog } from './logs.ts';
import { dump, firstLineThatDiffers } from './rows.ts';
import { type StoreName, WORKSPACES } from './workspaces.ts';

interface Case {
  readonly store: StoreName;
  readonly batch: number;
  readonly seed: number;
  readonly catchUpAt: CatchUpAt;
}

/** A commit of its own for each of 100,000 signals would only test the disk: batches of 1 go to memory. */
const CASES: readonly Case[] = [
  { store: 'sqlite', batch: 1000, seed: 1, catchUpAt: 'alongside' },
  { store: 'sqlite', batch: 7, seed: 2, catchUpAt: [0.001, 0.25, 0.3, 0.99] },
  { store: 'memory', batch: 1, seed: 3, catchUpAt: [0.0001, 0.4, 0.7, 0.999] },
];

/** The lines that the same log gives when it is projected only now, at its end. */
const expectSameBeside = async (
  { log, answers, beside }: Workspace,
  ruling: Ruling,
  plain: readonly string[],
): Promise<void> => {
  const late = await beside();
  try {
    await catchUp({ ...ruling, log, rows: late });
    expect(await firstDifference(answers, late)).toBeUndefined();
    expect(firstLineThatDiffers(await dump(late), plain)).toBeUndefined();
  } finally {
    await late.close();
  }
};

export const witnessSameBytes = (log: RealLog): void => {
  const plainly = importedOnce(log);
  afterAll(() => plainly.close());

  describe(`${log.name}, each signal three times and all of them shuffled`, () => {
    for (const { store, batch, seed, catchUpAt } of CASES)
      it(`gives the same bytes in batches of ${batch} (${store}), projected in between or at the end`, async (context) => {
        const plain = await plainly.of(context);
        const wanted = await dump(plain.workspace.answers);
        expect(wanted.length).toBeGreaterThan(1000);
        const arrivals = inDisorder(plain.arrivals, seed);
        const workspace = await WORKSPACES[store]();
        try {
          const counts = await deliver(workspace, plain, { arrivals, batch, catchUpAt });
          expect(firstLineThatDiffers(await dump(workspace.answers), wanted)).toBeUndefined();
          await expectSameBeside(workspace, plain.ruling, wanted);
          const { appended, duplicates, signals } = plain.counts;
          expect(counts).toMatchObject({
            signals: 3 * signals,
            rejected: 0,
            appended,
            duplicates: 2 * appended + 3 * duplicates,
          });
          expect(await workspace.deadLetters.list()).toEqual([]);
          expect(await workspace.integrity()).toEqual([]);
        } finally {
          await workspace.close();
        }
      });

    it('adds nothing when it is delivered once more to the plain import', async (context) => {
      const { workspace, arrivals, dialect, ruling, counts: first } = await plainly.of(context);
      const before = await workspace.answers.state();
      const again = await deliver(workspace, { dialect, ruling }, { arrivals, batch: 1000, catchUpAt: [] });
      expect(again).toMatchObject({ appended: 0, duplicates: first.appended + first.duplicates });
      expect(await bringUp(workspace, ruling)).toEqual({ ...before, events: 0 });
    });
  });
};
