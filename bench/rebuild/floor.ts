/**
 * A measured process: the floor under every rebuild. It reads every event of a log and writes rows that were derived
 * before, by the same reader and the same loader as a rebuild, and derives nothing.
 *
 *     node bench/rebuild/floor.ts parsed|unparsed LOG DERIVED ANSWERS
 *
 * One thread reads; the other writes, and then reads what is left. Taking the rows out of DERIVED and starting the
 * reader are not counted.
 */
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { integerCell, textCell } from '../../adapters/stores/cells.ts';
import { stateOf } from '../../adapters/stores/row-body.ts';
import type { CellBatch } from '../../adapters/stores/sqlite/cell-batch.ts';
import { freshAnswers, freshFileOf } from '../../adapters/stores/sqlite/fresh-answers.ts';
import { RECORD_COLUMNS, type Cells } from '../../adapters/stores/sqlite/row-cells.ts';
import { type Floor, Read } from '../figures.ts';
import { Reading, openReading } from './floor-reading.ts';

const [what = '', logFile = '', derivedFile = '', answersFile = ''] = process.argv.slice(2);

/** About as many as a rebuild writes at once. */
const BATCH_RECORDS = 200;

const rowsOf = (database: DatabaseSync, query: string): readonly Cells[] =>
  database
    .prepare(query, { returnArrays: true })
    .all()
    .map((row) =>
      Object.values(row).map((cell) => (cell === null || typeof cell === 'number' ? cell : textCell(cell))),
    );

const NOTHING: CellBatch = {
  records: [],
  recordDays: [],
  findings: [],
  personDays: [],
  personWeeks: [],
  teams: [],
  merges: [],
};

/** Records without their numbers, and days with the places of their records, as a rebuild hands them over. */
const recordBatches = (records: readonly Cells[], days: readonly Cells[]): readonly CellBatch[] => {
  const batches: CellBatch[] = [];
  const daysOf = Map.groupBy(days, ([key]) => Math.floor((integerCell(key) - 1) / BATCH_RECORDS));
  for (let at = 0; at * BATCH_RECORDS < records.length; at += 1) {
    const first = at * BATCH_RECORDS;
    const recordDays = (daysOf.get(at) ?? []).map(([key, ...day]): Cells => [
      integerCell(key) - 1 - first,
      ...day,
    ]);
    batches.push({ ...NOTHING, records: records.slice(first, first + BATCH_RECORDS), recordDays });
  }
  return batches;
};

const derived = (file: string) => {
  const database = new DatabaseSync(file, { readOnly: true });
  const all = (query: string) => rowsOf(database, query);
  const records = all(`SELECT ${RECORD_COLUMNS} FROM time_record ORDER BY key`);
  const days = all('SELECT record, actor, day FROM record_day ORDER BY record, day');
  const rest: CellBatch = {
    ...NOTHING,
    findings: all('SELECT * FROM finding'),
    personDays: all('SELECT * FROM person_day'),
    personWeeks: all('SELECT * FROM person_week'),
    teams: all('SELECT * FROM person_team'),
    merges: all('SELECT * FROM merge'),
  };
  const state = stateOf(database.prepare('SELECT body FROM state').get()?.body);
  database.close();
  return { batches: [...recordBatches(records, days), rest], state };
};

const cpuS = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const { batches, state } = derived(derivedFile);
const dealt = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
const request = Reading.parse({ what, logFile, dealt });
const [reader, reading] = [
  new Worker(new URL('floor-reader.ts', import.meta.url), { workerData: request }),
  await openReading(request),
];
await once(reader, 'message');

const before = { cpuS: cpuS(), ms: performance.now() };
const sinceS = (): number => (performance.now() - before.ms) / 1000;
reader.postMessage('begin');
const told = once(reader, 'message');
const fresh = freshAnswers(freshFileOf(answersFile));
for (const batch of batches) fresh.put(batch);
const rowsS = sinceS();
await fresh.complete(state);
fresh.close();
renameSync(freshFileOf(answersFile), answersFile);
const indexesS = sinceS() - rowsS;
const own = await reading.read();
const theirs = Read.parse((await told)[0]);
const figures: Floor = {
  wallS: sinceS(),
  cpuS: cpuS() - before.cpuS,
  events: own.events + theirs.events,
  readS: own.readS + theirs.readS,
  rowsS,
  indexesS,
};
await reading.close();
process.stdout.write(JSON.stringify(figures));
