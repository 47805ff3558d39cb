/** The law of several workers on a real server: they run at the same moment, and the rows are those of one. */
import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { postgresReadModels, postgresWorker } from '../../adapters/stores/postgres/index.ts';
import { catchUp, catchUpShare, firstDifference } from '../../projections/index.ts';
import type { ReadModels, SharedReadModels } from '../../projections/ports.ts';
import { delivered, deliveries, histories, plans } from '../support/arbitraries.ts';
import { LENS, append } from '../support/law-log.ts';
import { type PostgresServer, startPostgres } from '../support/postgres/server.ts';

const WORKERS = 4;
const RUNS = 60;

const pageSizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: WORKERS, maxLength: WORKERS });

describe(`${WORKERS} workers at the same moment`, () => {
  let server: PostgresServer;
  let rows: ReadModels;
  let workers: readonly SharedReadModels[];
  beforeAll(async () => {
    server = await startPostgres();
    const url = await server.fresh();
    rows = await postgresReadModels(url);
    workers = await Promise.all(
      Array.from({ length: WORKERS }, (_, worker) => postgresWorker(url, { worker, of: WORKERS })),
    );
  });
  afterAll(async () => {
    for (const models of [rows, ...workers]) await models.close();
    await server.stop();
  });

  it('give the very rows of one, while the log grows under them', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[plans, histories, deliveries, pageSizes],
        async ({ plan }, { facts }, delivery, sizes) => {
          const log = await memoryEventLog();
          const events = delivered(facts, delivery);
          const half = events.length >> 1;
          const run = () =>
            Promise.all(
              workers.map((models, worker) =>
                catchUpShare({
                  ...{ plan, lens: LENS, log, rows: models, pageSize: sizes[worker] ?? 1 },
                  share: { worker, of: WORKERS },
                }),
              ),
            );
          await rows.clear();
          await append(log, events.slice(0, half));
          const running = run();
          await append(log, events.slice(half));
          await running;
          await run();
          const alone = await memoryReadModels();
          await catchUp({ plan, lens: LENS, log, rows: alone });
          equal(await firstDifference(rows, alone), undefined);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
