/** A law of positions: a log whose positions have gaps gives the same rows, and rows know whether it is theirs. */
import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import type { Plan } from '../../engine/index.ts';
import { catchUp, firstDifference } from '../../projections/index.ts';
import type { EventLog, ReadModels } from '../../projections/ports.ts';
import type { StoredEvent } from '../../schemas/event.ts';
import { RUNS, histories, plans } from '../support/arbitraries.ts';
import { LENS, append } from '../support/law-log.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The n-th event stands at this position: ascending, never where its number is. */
const placeOf = (number: number): number => 40 + number * 97 + (number % 3);

const moved = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
  events.map((stored) => ({ ...stored, position: placeOf(stored.position) }));

/** The same log, at positions with gaps. */
const withGaps = (log: EventLog): EventLog => ({
  ...log,
  readStream: async (stream) => moved(await log.readStream(stream)),
  async *readAll(from, pageSize) {
    let first = 0;
    while (placeOf(first) < from) first += 1;
    for await (const page of log.readAll(first, pageSize)) yield moved(page);
  },
});

const project = (plan: Plan, log: EventLog, rows: ReadModels, pageSize = 7) =>
  catchUp({ plan, lens: LENS, log, rows, pageSize });

describe('a log with gaps', () => {
  it('gives the rows of one without, also when the projecting was interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(plans, histories, fc.nat(30), async ({ plan }, { facts }, cut) => {
        const log = await memoryEventLog();
        const [rows, beside] = [await memoryReadModels(), await memoryReadModels()];
        await append(log, facts.slice(0, cut));
        await project(plan, withGaps(log), rows, 3);
        await append(log, facts.slice(cut));
        const { position } = await project(plan, withGaps(log), rows);
        await project(plan, log, beside);
        deepEqual(await firstDifference(rows, beside), undefined);
        if (facts.length > 0) equal(position, placeOf(facts.length - 1) + 1);
      }),
      { numRuns: RUNS },
    );
  });

  it('is not projected again from its beginning when its rows are up to date', async () => {
    const both = fc.tuple(
      plans,
      histories.filter(({ facts }) => facts.length > 4),
    );
    const [drawn] = fc.sample(both, { numRuns: 1, seed: 1 });
    if (!drawn) throw new Error('nothing was drawn');
    const [{ plan }, { facts }] = drawn;
    const [log, rows] = [await memoryEventLog(), await memoryReadModels()];
    await append(log, facts);
    await project(plan, withGaps(log), rows);
    const pages: number[] = [];
    await catchUp({ plan, lens: LENS, log: withGaps(log), rows, onPage: (_, events) => pages.push(events) });
    expect(pages).toEqual([]);
    // The same events at other positions are another log.
    await catchUp({ plan, lens: LENS, log, rows, onPage: (_, events) => pages.push(events) });
    expect(pages).toEqual([facts.length]);
  });
});
