/** A program: one of several workers that project a log into PostgreSQL; it may be told where to die. */
import { z } from 'zod';
import { appliedRules } from '../../adapters/live.ts';
import { postgresWorker } from '../../adapters/stores/postgres/index.ts';
import { sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';
import { catchUpShare } from '../../projections/index.ts';
import type { SharedReadModels } from '../../projections/ports.ts';

export const Orders = z.strictObject({
  url: z.string(),
  logFile: z.string(),
  worker: z.int(),
  of: z.int(),
  pageSize: z.int(),
  /** In its transaction of this number, from 0: before it has read anything, or when all is written but the commit. */
  dies: z.strictObject({ transaction: z.int(), when: z.enum(['reading', 'committing']) }).optional(),
});
export type Orders = z.infer<typeof Orders>;

/** As the kernel ends a process that uses too much memory: nothing is told, nothing is tidied. */
const die = (): void => void process.kill(process.pid, 'SIGKILL');

const mortal = (rows: SharedReadModels, dies: Orders['dies']): SharedReadModels => {
  let transaction = 0;
  return {
    ...rows,
    transact: (work) => {
      const isLast = transaction === dies?.transaction;
      transaction += 1;
      return rows.transact(async (row) => {
        if (isLast && dies?.when === 'reading') die();
        const result = await work(row);
        if (isLast) die();
        return result;
      });
    },
  };
};

const run = async ({ url, logFile, worker, of, pageSize, dies }: Orders): Promise<void> => {
  const log = await sqliteEventLog(logFile, { cacheMb: 4 });
  const rows = await postgresWorker(url, { worker, of });
  const ruling = await appliedRules(log);
  if (!ruling) throw new Error('the log has no rules');
  await catchUpShare({ ...ruling, log, pageSize, rows: mortal(rows, dies), share: { worker, of } });
  await rows.close();
  await log.close();
};

if (import.meta.main) await run(Orders.parse(JSON.parse(process.argv[2] ?? '')));
