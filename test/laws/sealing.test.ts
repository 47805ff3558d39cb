/** Laws of sealing: what was issued never changes, and with its adjustments it is what the log says. */
import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { addTallies, tallyChange } from '../../engine/index.ts';
import type { PersonWeek, Report, Tally } from '../../schemas/report.ts';
import { RUNS, delivered, deliveries, histories, plans } from '../support/arbitraries.ts';
import { type SealedLog, sealedLog } from '../support/sealed-log.ts';

vi.setConfig({ testTimeout: 120_000 });

const measuresOf = (weeks: readonly PersonWeek[]): readonly string[] => [
  ...new Set(weeks.map(({ measure }) => measure)),
];

/** Figures by week and person; who has none is left out. */
const figures = (
  rows: readonly (readonly [week: string, actor: string, tally: Tally])[],
): Readonly<Record<string, Tally>> => {
  const nothing = addTallies([]);
  const sums = [...Map.groupBy(rows, ([week, actor]) => `${week} ${actor}`)]
    .map(([key, own]) => [key, addTallies(own.map(([, , tally]) => tally))] as const)
    .filter(([, tally]) => JSON.stringify(tally) !== JSON.stringify(nothing))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sums);
};

const told = ({ lines, adjustments = [] }: Report): ReturnType<typeof figures> =>
  figures([
    ...lines.map(({ week = '', by, tally }) => [week, by['agent'] ?? '', tally] as const),
    ...adjustments.map(({ week, actor, change }) => [week, actor, change] as const),
  ]);

/** What stands in a live report of the week, too. */
const own = (report: Report): Report => {
  const copy = { ...report };
  delete copy.sealed;
  delete copy.adjustments;
  return copy;
};

/** Delivers in parts; after each, weeks are sealed and every seal is looked at again. */
const sealedOnTheWay = async (
  book: SealedLog,
  parts: readonly Parameters<SealedLog['learn']>[0][],
  choices: readonly number[],
): Promise<void> => {
  const issued = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    await book.learn(part);
    const open = (await book.rows.weeks()).filter((week) => !issued.has(week));
    const week = open[(choices[index] ?? 0) % Math.max(1, open.length)];
    if (week !== undefined) {
      const live = await book.live(week, ['team', 'agent', 'kind', 'day']);
      await book.seal(week);
      const report = await book.report(week, ['team', 'agent', 'kind', 'day']);
      deepEqual(own(report), live);
      issued.set(week, JSON.stringify(report));
    }
    for (const [name, text] of issued)
      equal(JSON.stringify(await book.report(name, ['team', 'agent', 'kind', 'day'])), text);
  }
};

describe('sealing', () => {
  it('keeps what was issued, and issued + adjusted = live, for every person, week and measure', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans,
        histories,
        deliveries,
        fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
        async ({ plan }, { facts }, delivery, choices) => {
          const events = delivered(facts, delivery);
          const third = Math.ceil(events.length / 3);
          const book = await sealedLog(plan);
          const parts = [0, 1, 2].map((part) => events.slice(part * third, (part + 1) * third));
          await sealedOnTheWay(book, parts, choices);
          for (const measure of measuresOf(await book.rows.personWeeks())) {
            const all = told(await book.report(undefined, ['agent'], measure));
            deepEqual(all, told(await book.live(undefined, ['agent'], measure)));
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('the change of a tally', () => {
  const tally: fc.Arbitrary<Tally> = fc
    .array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 15, maxLength: 15 })
    .map((numbers) => {
      const copy = structuredClone(addTallies([]));
      let at = 0;
      const fill = (part: object): void => {
        for (const key of Object.keys(part)) {
          const value: unknown = Reflect.get(part, key);
          if (typeof value === 'object' && value !== null) fill(value);
          else Reflect.set(part, key, numbers[at++]);
        }
      };
      fill(copy);
      return copy;
    });

  it('and what it is less than add up to what it is more than', () => {
    fc.assert(
      fc.property(tally, tally, (more, less) => {
        deepEqual(addTallies([less, tallyChange(more, less)]), more);
      }),
      { numRuns: RUNS },
    );
  });
});
