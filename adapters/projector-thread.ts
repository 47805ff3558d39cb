/**
 * The projecting thread: brings the answers up while the main thread takes signals in, so that both have a core. The
 * second composition root: it opens stores of its own on the same files.
 */
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { catchUp } from '../projections/index.ts';
import type { ProjectionState } from '../projections/ports.ts';
import { RuleSet } from '../schemas/rule-set.ts';
import { follow } from './follow.ts';
import { BEAT_MS, type Follower, type Following, type Projector, stepCounter } from './projector.ts';
import { ruleOn } from './rule-file.ts';
import { type CheckedEventLog, sqliteEventLog, sqliteReadModels } from './stores/sqlite/index.ts';

const Assignment = z.strictObject({
  /** Other threads load this file too, for instance those of a test runner. */
  thread: z.literal('projector'),
  logFile: z.string(),
  answersFile: z.string(),
  ruleSet: RuleSet,
  /** Follows the log and the rules until it is stopped; otherwise it goes as far as it is told to, under these rules. */
  follows: z.boolean(),
});
type Assignment = z.infer<typeof Assignment>;
type Files = Pick<Assignment, 'logFile' | 'answersFile'>;
type Orders = Pick<Assignment, 'ruleSet' | 'follows'>;

const isOurs = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'thread' in data && data.thread === 'projector';

/** It reads the log once, from front to back. */
const READER_CACHE_MB = 4;

/** `more`: the log has grown. `finish`: nothing more is to come; a follower stops after the page in hand. */
type Order = 'more' | 'finish';

type Rows = Awaited<ReturnType<typeof sqliteReadModels>>;

const workInSteps = (log: CheckedEventLog, rows: Rows, ruleSet: RuleSet): void => {
  const ruling = ruleOn(ruleSet);
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

const workFollowing = async (log: CheckedEventLog, rows: Rows, ruleSet: RuleSet): Promise<void> => {
  const stop = new AbortController();
  let reached = 0;
  const beat = (position: number): void => parentPort?.postMessage((reached = position));
  const beating = setInterval(() => beat(reached), BEAT_MS);
  parentPort?.on('message', (order: Order) => {
    if (order === 'finish') stop.abort();
    else log.wake();
  });
  await follow({ log, rows, fallback: ruleOn(ruleSet), onPage: beat }, stop.signal);
  clearInterval(beating);
  await rows.close();
  await log.close();
  parentPort?.close();
};

const work = async ({ logFile, answersFile, ruleSet, follows }: Assignment): Promise<void> => {
  const log = await sqliteEventLog(logFile, { cacheMb: READER_CACHE_MB });
  const rows = await sqliteReadModels(answersFile);
  if (follows) await workFollowing(log, rows, ruleSet);
  else workInSteps(log, rows, ruleSet);
};

const startThread = ({ logFile, answersFile }: Files, orders: Orders) => {
  const workerData: Assignment = { thread: 'projector', logFile, answersFile, ...orders };
  const worker = new Worker(new URL(import.meta.url), { workerData });
  return { worker, send: (order: Order): void => worker.postMessage(order) };
};

/** Starts the thread. What goes wrong in it comes out of `finish`. */
export const startProjector = (files: Files, ruleSet: RuleSet): Projector => {
  const { worker, send } = startThread(files, { ruleSet, follows: false });
  const finished = new Promise<ProjectionState>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the projecting thread ended before it had finished')));
  });
  // Whoever fails before finish() has its own error to tell.
  finished.catch(() => undefined);
  const isStep = stepCounter();
  return {
    nudge: (events) => {
      if (isStep(events)) send('more');
    },
    finish: () => {
      send('finish');
      return finished;
    },
    stop: async () => void (await worker.terminate()),
  };
};

/** Starts a thread that follows the log. */
export const startFollower = (files: Files, { ruleSet, onBeat }: Following): Follower => {
  const { worker, send } = startThread(files, { ruleSet, follows: true });
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the projecting thread ended with ${code}`)),
    );
  });
  ended.catch(() => undefined);
  worker.on('message', onBeat);
  return {
    wake: () => send('more'),
    ended,
    stop: async () => {
      send('finish');
      await ended.catch(() => undefined);
    },
    kill: async () => void (await worker.terminate()),
  };
};

if (!isMainThread && isOurs(workerData)) await work(Assignment.parse(workerData));
