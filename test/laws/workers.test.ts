/** Laws of several workers: whoever is ahead, behind, stopped or new, the rows are those of one who does it all. */
import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import type { Plan } from '../../engine/index.ts';
import { type Share, catchUp, catchUpShare, firstDifference } from '../../projections/index.ts';
import { isOwn } from '../../projections/share.ts';
import { projectPage } from '../../projections/project.ts';
import type { EventLog, ProjectionState } from '../../projections/ports.ts';
import { type TickmarkEvent } from '../../schemas/event.ts';
import { subjectId } from '../../schemas/brand.ts';
import { RUNS, delivered, deliveries, histories, plans } from '../support/arbitraries.ts';
import { LENS, append } from '../support/law-log.ts';
import { facts as factsOf, planOf } from '../support/scenario.ts';
import { type SharedMemory, sharedMemory } from '../support/shared-memory.ts';

vi.setConfig({ testTimeout: 120_000 });

const beginning: ProjectionState = { lens: LENS, position: 0, horizonMs: null, lastId: null };

/** One page of one worker, wherever the others are. */
const step = async (plan: Plan, log: EventLog, memory: SharedMemory, share: Share, pageSize: number) => {
  const rows = memory.worker(share.worker, share.of);
  const { position } = await rows.join(async () => true, beginning);
  for await (const events of log.readAll(position, pageSize)) {
    const page = { from: position, events };
    await rows.transact((transaction) => projectPage({ plan, lens: LENS, log, share }, transaction, page));
    return;
  }
};

const finish = async (plan: Plan, log: EventLog, memory: SharedMemory, of: number, pageSize: number) => {
  for (let worker = 0; worker < of; worker += 1)
    await catchUpShare({
      ...{ plan, lens: LENS, log, pageSize },
      rows: memory.worker(worker, of),
      share: { worker, of },
    });
};

const rebuilt = async (plan: Plan, log: EventLog) => {
  const rows = await memoryReadModels();
  await catchUp({ plan, lens: LENS, log, rows });
  return rows;
};

/**
 * Remembers of how many facts each record was made, and complains where one is made of fewer than before. What is gone
 * is forgotten: a subject without records begins again with the page at hand. Where subjects are merged it is blind: one
 * whose members turn out to be somebody else's rightly has fewer.
 */
const neverFewer = (facts: readonly TickmarkEvent[]) => {
  const isBlind = facts.some(({ type }) => type === 'SubjectMerged');
  let before = new Map<string, number>();
  return async ({ rows }: SharedMemory): Promise<void> => {
    if (isBlind) return;
    const now = new Map<string, number>();
    for await (const page of rows.allRecords())
      for (const { id, facts: count } of page) {
        equal(count < (before.get(id) ?? 0), false, `${id} was put back to ${count} facts`);
        now.set(id, count);
      }
    before = now;
  };
};

/** Who goes on, by how much; and how many more facts are in the log by then. */
const steps = fc.array(
  fc.record({
    worker: fc.nat(3),
    pageSize: fc.integer({ min: 1, max: 6 }),
    more: fc.nat(4),
  }),
  { maxLength: 30 },
);

describe('several workers', () => {
  it('in any order of their pages, while the log grows, give the very rows of one', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[plans, histories, deliveries, steps, fc.integer({ min: 1, max: 4 })],
        async ({ plan }, { facts }, delivery, order, of) => {
          const events = delivered(facts, delivery);
          const [log, memory] = [await memoryEventLog(), await sharedMemory()];
          const look = neverFewer(facts);
          let told = 0;
          for (const { worker, pageSize, more } of order) {
            await append(log, events.slice(told, told + more));
            told += more;
            await step(plan, log, memory, { worker: worker % of, of }, pageSize);
            await look(memory);
          }
          await append(log, events.slice(told));
          await finish(plan, log, memory, of, 5);
          equal(await firstDifference(memory.rows, await rebuilt(plan, log)), undefined);
        },
      ),
      { numRuns: RUNS / 2 },
    );
  });

  it('that become more or fewer in between give the very rows of one', async () => {
    const crews = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), steps), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        ...[plans, histories, deliveries, crews],
        async ({ plan }, { facts }, delivery, orders) => {
          const [log, memory] = [await memoryEventLog(), await sharedMemory()];
          await append(log, delivered(facts, delivery));
          const look = neverFewer(facts);
          for (const [of, order] of orders)
            for (const { worker, pageSize } of order) {
              await step(plan, log, memory, { worker: worker % of, of }, pageSize);
              await look(memory);
            }
          await finish(plan, log, memory, 3, 4);
          equal(await firstDifference(memory.rows, await rebuilt(plan, log)), undefined);
        },
      ),
      { numRuns: RUNS / 2 },
    );
  });

  it('takes its place again when the others became more or fewer while it ran', async () => {
    const plan = planOf('rules: [{ rule: call.talk, on: call, start: CallConnected, stop: CallEnded }]');
    const calls = Array.from({ length: 12 }, (_, n) => [
      `2026-03-02 0${n % 6}:00 | call-${n} | CallConnected | ANNA`,
      `2026-03-02 0${n % 6}:30 | call-${n} | CallEnded | ANNA`,
    ]);
    const [log, memory] = [await memoryEventLog(), await sharedMemory()];
    await append(log, factsOf(['time | subject | event | who', ...calls.flat()].join('\n')));
    const pages: number[] = [];
    const reached = await catchUpShare({
      ...{ plan, lens: LENS, log, pageSize: 5, share: { worker: 0, of: 2 } },
      rows: memory.worker(0, 2),
      onPage: (position) => {
        pages.push(position);
        if (pages.length === 3) void memory.worker(0, 3).join(async () => true, beginning);
      },
    });
    // The least of the two, who had not begun, is where all of the three began.
    deepEqual(pages, [5, 10, 15, 5, 10, 15, 20, 24]);
    equal(reached.position, 24);
    await finish(plan, log, memory, 2, 5);
    equal(await firstDifference(memory.rows, await rebuilt(plan, log)), undefined);
  });

  it('share the streams so that each is one worker’s, and all have about as many', () => {
    const streams = Array.from({ length: 4000 }, (_, n) => subjectId(`call-${n}`));
    const counts = [0, 1, 2, 3].map(
      (worker) => streams.filter((stream) => isOwn({ worker, of: 4 }, stream)).length,
    );
    equal(
      counts.reduce((sum, count) => sum + count),
      streams.length,
    );
    for (const count of counts) equal(Math.abs(count - 1000) < 150, true, String(counts));
  });
});
