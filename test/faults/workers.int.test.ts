/** The fault: some of several workers that project into PostgreSQL die, at any moment, and others take their places. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOORS } from '../../adapters/main.ts';
import { readRules } from '../../adapters/rule-file.ts';
import { postgresReadModels } from '../../adapters/stores/postgres/index.ts';
import { firstDifference } from '../../projections/index.ts';
import { type Readings, deliver, readLog } from '../real/corridor.ts';
import { inDisorder } from '../real/disorder.ts';
import { DISCO, ROOT, needs } from '../real/logs.ts';
import { type FolderWorkspace, sqliteWorkspace } from '../real/workspaces.ts';
import { type PostgresServer, ask, startPostgres } from '../support/postgres/server.ts';
import { tableHashes } from '../support/postgres/table-hashes.ts';
import type { Orders } from './projecting-worker.ts';

const WORKER = fileURLToPath(new URL('projecting-worker.ts', import.meta.url));
const WORKERS = 4;
const DEATHS_A_WORKER = 3;
/** The seed of everything that is drawn here; another one is another test. */
const SEED = Number(process.env['WORKERS_SEED'] ?? 7);

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** A linear congruence (Numerical Recipes): numbers in [0, 1). */
const luck = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

interface End {
  readonly killed: boolean;
  readonly code: number | null;
  readonly said: string;
}

/** `killAfterMs`: from outside, wherever it is by then. */
const runWorker = (orders: Orders, killAfterMs?: number): Promise<End> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [WORKER, JSON.stringify(orders)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (data) => (said += String(data)));
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ killed: signal === 'SIGKILL', code, said });
    });
  });

const DEATHS = ['committing', 'reading', 'committing', 'outside'] as const;
type Death = (typeof DEATHS)[number];

/** One worker after the other in the same place, until one of them lives to the end; how they died. */
const liveAndDie = async (orders: Orders, random: () => number): Promise<readonly Death[]> => {
  const deaths: Death[] = [];
  for (let life = 0; ; life += 1) {
    const isLast = life >= DEATHS_A_WORKER;
    const when = DEATHS[(orders.worker + life) % DEATHS.length] ?? 'outside';
    const transaction = Math.floor(random() * 8);
    const killAfterMs = 300 + random() * 1500;
    const end = await (isLast
      ? runWorker(orders)
      : when === 'outside'
        ? runWorker(orders, killAfterMs)
        : runWorker({ ...orders, dies: { transaction, when } }));
    if (end.killed) deaths.push(when);
    else if (end.code !== 0) throw new Error(end.said);
    else return deaths;
  }
};

/** The log in disorder, taken in and projected by SQLite in this process. */
const imported = async ({ dialect, ruling, arrivals }: Readings): Promise<FolderWorkspace> => {
  const workspace = await sqliteWorkspace();
  await deliver(
    workspace,
    { dialect, ruling },
    { arrivals: inDisorder(arrivals, SEED), batch: 1000, catchUpAt: [] },
  );
  return workspace;
};

const expectSameRows = async (workspace: FolderWorkspace, pageSize: number): Promise<void> => {
  const [url, alone] = [await server.fresh(), await server.fresh()];
  const logFile = join(workspace.folder, 'log.db');
  const orders = (worker: number): Orders => ({ url, logFile, worker, of: WORKERS, pageSize });
  const lives = Array.from({ length: WORKERS }, (_, worker) =>
    liveAndDie(orders(worker), luck(SEED * WORKERS + worker)),
  );
  const deaths = (await Promise.all(lives)).flat();
  expect(await runWorker({ url: alone, logFile, worker: 0, of: 1, pageSize: 10_000 })).toMatchObject({
    code: 0,
  });

  const models = await postgresReadModels(url);
  expect(await firstDifference(workspace.answers, models)).toBeUndefined();
  expect(await models.state()).toEqual(await workspace.answers.state());
  await models.close();
  expect(await tableHashes(url)).toEqual(await tableHashes(alone));
  expect((await tableHashes(url))['dangling_days']?.rows).toBe(0);
  expect(await ask(url, 'SELECT worker, workers FROM tickmark.state ORDER BY worker')).toEqual(
    Array.from({ length: WORKERS }, (_, worker) => ({ worker, workers: WORKERS })),
  );
  // Had nobody died before the end, this would prove nothing.
  const counted = `${deaths.length} deaths: ${deaths.join(', ')}`;
  console.log(counted);
  expect(new Set(deaths), counted).toEqual(new Set(DEATHS));
};

describe(`${WORKERS} workers that die again and again`, () => {
  it('give the rows of one for an invented week, delivered three times in disorder', async () => {
    const workspace = await imported({
      dialect: DOORS.tickmark,
      ruling: await readRules(join(ROOT, 'rules/standard.yaml')),
      arrivals: DOORS.demoWeek(SEED),
    });
    try {
      await expectSameRows(workspace, 150);
    } finally {
      await workspace.close();
    }
  });

  it('give the rows of one for a real log, delivered three times in disorder', async (context) => {
    needs(context, DISCO);
    const workspace = await imported(await readLog(DISCO));
    try {
      await expectSameRows(workspace, 700);
    } finally {
      await workspace.close();
    }
  });
});
