/**
 * The fault: a projector is killed between reading an event and the checkpoint, while the log goes on growing.
 *
 * Whatever it had written of its transaction must be gone, and what it had not seen must be seen by the next one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hash } from 'node:crypto';
import { memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { catchUp, firstDifference } from '../../projections/index.ts';
import type { ReadModels } from '../../projections/ports.ts';
import { localDate } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { type Pair, type Place, openPair } from './pairs.ts';
import { RULING } from './ruling.ts';

const PROGRAM = new URL('./programs/projector.ts', import.meta.url).pathname;
const PAGE_SIZE = 20;
/** So many rows at most are written before a projector dies; a page of twenty events writes about as many. */
const MOST_WRITES = 60;

export interface KilledProjectors {
  readonly kills: number;
  /** Of the log, in the end. */
  readonly position: number;
  /** Rows that differ from those of a rebuild from the first event, the first of them named. */
  readonly difference: unknown;
  /** SHA-256 over every table: as it came to be, and rebuilt. */
  readonly live: string;
  readonly rebuilt: string;
}

/** Whether it was killed; it exits by itself where the log ended first. */
const project = async (place: Place, writes: number): Promise<boolean> => {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(place), String(writes), String(PAGE_SIZE)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code, signal]: (number | string | null)[] = await once(child, 'close');
  if (signal === 'SIGKILL') return true;
  if (code !== 0) throw new Error(`the projector failed (${code}): ${stderr}`);
  return false;
};

const ALWAYS = [localDate('0000-01-01'), localDate('9999-12-31')] as const;

async function* everything(rows: ReadModels): AsyncIterable<unknown> {
  yield* rows.allRecords();
  yield* rows.allPersonDays();
  yield await rows.personWeeks();
  yield await rows.teams();
  yield [...(await rows.merges())].sort();
  yield await rows.findings();
  for (const measure of new Set([...RULING.plan.rulesByName.values()].map((rule) => rule.measure)))
    yield* rows.pieces(measure, ...ALWAYS);
}

const digestOf = async (rows: ReadModels): Promise<string> => {
  const parts: string[] = [];
  // Pages may be cut anywhere.
  for await (const page of everything(rows)) parts.push(...[page].flat().map((row) => JSON.stringify(row)));
  return hash('sha256', parts.join('\n'), 'hex');
};

/** Opens the pair for a while. */
const within = async <Result>(place: Place, work: (stores: Pair) => Promise<Result>): Promise<Result> => {
  const stores = await openPair(place);
  try {
    return await work(stores);
  } finally {
    await stores.rows.close();
    await stores.log.close();
  }
};

const append = ({ log }: Pair, events: readonly TickmarkEvent[]): Promise<unknown> =>
  log.append(events.map((event) => ({ stream: event.subject, expected: { at: 'any' }, events: [event] })));

/** The last projector is left alone; then the rows are held against a rebuild in memory. */
const judged = async ({ log, rows }: Pair, kills: number): Promise<KilledProjectors> => {
  const { position } = await catchUp({ ...RULING, log, rows, pageSize: PAGE_SIZE });
  const beside = await memoryReadModels();
  await catchUp({ ...RULING, log, rows: beside });
  return {
    kills,
    position,
    difference: await firstDifference(rows, beside),
    live: await digestOf(rows),
    rebuilt: await digestOf(beside),
  };
};

/** The log grows by a few events before each projector; one that gets to its end before it dies has helped, too. */
export const killProjectors = async (
  where: Place,
  kills: number,
  events: readonly TickmarkEvent[],
  luck: () => number,
  onKill: (done: number) => void = () => undefined,
): Promise<KilledProjectors> => {
  const step = Math.max(1, Math.floor(events.length / (kills * 2)));
  let done = 0;
  for (let at = 0; at < events.length && done < kills; at += step) {
    await within(where, (stores) => append(stores, events.slice(at, at + step)));
    if (await project(where, Math.floor(luck() * MOST_WRITES))) onKill((done += 1));
  }
  await within(where, (stores) => append(stores, events));
  return within(where, (stores) => judged(stores, done));
};
