/** Laws of projecting: whatever arrived when, and wherever it was interrupted, the rows are those of one go. */
import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { type Plan, addTallies, answer, attributed, piecesOf, tally } from '../../engine/index.ts';
import { catchUp, firstDifference } from '../../projections/index.ts';
import type { EventLog, ReadModels } from '../../projections/ports.ts';
import { type TickmarkEvent } from '../../schemas/event.ts';
import { RUNS, delivered, deliveries, histories, plans } from '../support/arbitraries.ts';
import { LENS, append, joined } from '../support/law-log.ts';
import { facts as factsOf, given, planOf } from '../support/scenario.ts';

vi.setConfig({ testTimeout: 120_000 });

const project = (plan: Plan, log: EventLog, rows: ReadModels, pageSize: number) =>
  catchUp({ plan, lens: LENS, log, rows, pageSize });

const recordsIn = async (rows: ReadModels): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const page of rows.allRecords()) lines.push(...page.map((record) => JSON.stringify(record)));
  return lines.sort();
};

type Parts = readonly (readonly [size: number, pageSize: number])[];

/** Delivers in parts, projecting after each of them in pages of its own size. `look`: at the rows, and what has come. */
const inParts = async (
  plan: Plan,
  events: readonly TickmarkEvent[],
  parts: Parts,
  look?: (rows: ReadModels, known: readonly TickmarkEvent[]) => Promise<void>,
) => {
  const [log, rows] = [await memoryEventLog(), await memoryReadModels()];
  let at = 0;
  for (const [size, pageSize] of [...parts, [Infinity, 7] as const]) {
    await append(log, events.slice(at, at + size));
    at += size;
    await project(plan, log, rows, pageSize);
    await look?.(rows, events.slice(0, at));
  }
  return { log, rows };
};

const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 })), {
  maxLength: 8,
});

describe('projecting', () => {
  it('in parts, out of order and twice gives after each of them the records of the engine from scratch', async () => {
    await fc.assert(
      fc.asyncProperty(plans, histories, deliveries, parts, async ({ plan }, { facts }, delivery, cuts) => {
        await inParts(plan, delivered(facts, delivery), cuts, async (rows, known) => {
          const expected = answer(plan, known).map((record) => JSON.stringify(record));
          deepEqual(await recordsIn(rows), [...expected].sort());
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('in parts gives the very rows of a rebuild from the first event', async () => {
    await fc.assert(
      fc.asyncProperty(plans, histories, deliveries, parts, async ({ plan }, { facts }, delivery, cuts) => {
        const [first, last] = [facts[0]?.occurredAt ?? 0, facts.at(-1)?.occurredAt ?? 0];
        const teams = [
          joined('ANNA', 'north', first),
          joined('ANNA', 'south', last),
          joined('BEN', 'north', last),
          joined('BEN', 'east', last),
        ];
        const events = delivered([...facts, ...teams], delivery);
        const { log, rows } = await inParts(plan, events, cuts);
        const beside = await memoryReadModels();
        await project(plan, log, beside, 10_000);
        equal(await firstDifference(rows, beside), undefined);
        const inOrder = await inParts(plan, [...facts, ...teams], []);
        equal(await firstDifference(rows, inOrder.rows), undefined);
      }),
      { numRuns: RUNS },
    );
  });

  it('gives days and weeks that are the tallies of the pieces, no more and no less', async () => {
    await fc.assert(
      fc.asyncProperty(plans, histories, deliveries, parts, async ({ plan }, { facts }, delivery, cuts) => {
        const { rows } = await inParts(plan, delivered(facts, delivery), cuts);
        const pieces = answer(plan, facts).flatMap((record) => piecesOf(record, plan));
        const byDay = Map.groupBy(pieces, ({ actor, day, measure }) => JSON.stringify([day, actor, measure]));
        const days = [];
        for await (const page of rows.allPersonDays()) days.push(...page);
        equal(days.length, byDay.size);
        for (const { actor, day, measure, all } of days) {
          const own = byDay.get(JSON.stringify([day, actor, measure])) ?? [];
          deepEqual(all, tally(attributed(own, plan), plan.rulesByName));
        }
        const weeks = await rows.personWeeks();
        deepEqual(addTallies(weeks.map(({ all }) => all.tally)), addTallies(days.map(({ all }) => all)));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a fact that comes late', () => {
  const SHIFT = `
    rules:
      - { rule: visit.shift, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut }
  `;
  const KNOWN = `
    time             | subject | event           | who
    2026-03-02 22:00 | visit-1 | VisitCheckedIn  | TOM
    2026-03-05 08:00 | visit-1 | VisitCheckedOut |
  `;
  const LATE = `
    time             | subject | event           | who
    2026-03-02 23:00 | visit-1 | VisitCheckedOut |
  `;

  it('empties the days that its record no longer reaches', async () => {
    const plan = planOf(SHIFT);
    const [log, rows] = [await memoryEventLog(), await memoryReadModels()];
    const daysNow = async (): Promise<readonly string[]> => {
      await project(plan, log, rows, 100);
      const days: string[] = [];
      for await (const page of rows.allPersonDays())
        days.push(...page.map(({ day, all }) => `${day} ${all.sumMs / 3_600_000} h`));
      return days;
    };
    await append(log, factsOf(KNOWN));
    deepEqual(await daysNow(), ['2026-03-02 2 h', '2026-03-03 24 h', '2026-03-04 24 h', '2026-03-05 8 h']);
    await append(log, factsOf(LATE));
    deepEqual(await daysNow(), ['2026-03-02 1 h']);
    given(KNOWN + LATE.trim().split('\n').slice(1).join('\n')).under(SHIFT).then(`
      who | counted
      TOM | 1:00:00
    `);
  });
});
