/**
 * The projecting thread: brings the answers up while the main thread takes signals in, so that an import uses two
 * cores. The second composition root: it opens stores of its own on the same files.
 */
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { catchUp } from '../projections/index.ts';
import type { ProjectionState } from '../projections/ports.ts';
import { RuleSet } from '../schemas/rule-set.ts';
import type { Projector } from './projector.ts';
import { ruleOn } from './rule-file.ts';
import { sqliteEventLog, sqliteReadModels } from './stores/sqlite/index.ts';

const Assignment = z.strictObject({ logFile: z.string(), answersFile: z.string(), ruleSet: RuleSet });
type Assignment = z.infer<typeof Assignment>;

/** It reads the log once, from front to back. */
const READER_CACHE_MB = 4;

type Order = 'more' | 'finish';

/** Smaller steps would add the same days up again and again while an import goes on. */
const EVENTS_PER_STEP = 10_000;

const work = async (assignment: Assignment): Promise<void> => {
  const log = await sqliteEventLog(assignment.logFile, { cacheMb: READER_CACHE_MB });
  const rows = await sqliteReadModels(assignment.answersFile);
  const ruling = ruleOn(assignment.ruleSet);
  const bringUp = (): Promise<ProjectionState> => catchUp({ ...ruling, log, rows });
  let last: Promise<unknown> = Promise.resolve();
  parentPort?.on('message', (order: Order) => {
    last = last.then(bringUp).then(async (state) => {
      if (order === 'more') return;
      await rows.close();
      await log.close();
      parentPort?.postMessage(state);
      parentPort?.close();
    });
  });
};

/** Starts the thread. What goes wrong in it comes out of `finish`. */
export const startProjector = (assignment: Assignment): Projector => {
  const worker = new Worker(new URL(import.meta.url), { workerData: assignment });
  const finished = new Promise<ProjectionState>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the projecting thread ended before it had finished')));
  });
  // Whoever fails before finish() has its own error to tell.
  finished.catch(() => undefined);
  let waiting = 0;
  const send = (order: Order): void => worker.postMessage(order);
  return {
    nudge: (events) => {
      waiting += events;
      if (waiting < EVENTS_PER_STEP) return;
      waiting = 0;
      send('more');
    },
    finish: () => {
      send('finish');
      return finished;
    },
    stop: async () => void (await worker.terminate()),
  };
};

if (!isMainThread && parentPort) await work(Assignment.parse(workerData));
