/**
 * A process that brings the answers to the end of the log and kills itself on the way, in the middle of a transaction.
 *
 *     node projector.ts PLACE WRITES PAGE_SIZE
 *
 * It dies at its write number WRITES, after events have been read and before the checkpoint is there. Exits with 0 where
 * the end of the log came first.
 */
import { z } from 'zod';
import { catchUp } from '../../../projections/index.ts';
import type { ReadModels, RowTransaction } from '../../../projections/ports.ts';
import { RULING } from '../ruling.ts';
import { openPair } from '../pairs.ts';

const Place = z.strictObject({
  folder: z.string(),
  log: z.string().optional(),
  answers: z.string().optional(),
});

const [place = '{}', writes = '1', pageSize = '20'] = process.argv.slice(2);

const WRITES: ReadonlySet<PropertyKey> = new Set([
  'putRecord',
  'removeRecord',
  'putPersonDay',
  'putPersonWeek',
  'putTeam',
  'putMerge',
  'putFindings',
  'save',
]);

let left = Number(writes);

const mortal = (rows: RowTransaction): RowTransaction =>
  new Proxy(rows, {
    get: (target, name) => {
      if (WRITES.has(name) && (left -= 1) < 0) process.kill(process.pid, 'SIGKILL');
      return Reflect.get(target, name) as unknown;
    },
  });

const { log, rows } = await openPair(Place.parse(JSON.parse(place)));
const dying: ReadModels = { ...rows, transact: (work) => rows.transact((own) => work(mortal(own))) };
await catchUp({ ...RULING, log, rows: dying, pageSize: Number(pageSize) });
await rows.close();
await log.close();
