/**
 * All answers of a log derived anew: in pages and row by row, and in bulk on one core and on two, in the same run;
 * and what reading the log and writing the rows would take if nothing had to be derived.
 *
 *     node bench/rebuild.ts [--rows 369000] [--times 1]
 *
 * Every figure comes from a process of its own; the run fails unless all rows are the same. See bench/README.md.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { bankLines } from './bank-rows.ts';
import { Derived, Floor, Usage } from './figures.ts';
import { type Fingerprint, fingerprintOf } from './rebuild/fingerprint.ts';
import { shown } from './shown.ts';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..');
const BANK = join(ROOT, 'examples/bank');
const RULES = join(BANK, 'rules.yaml');
const SEED = 1999;

const WAYS = {
  naive: 'pages, row by row',
  one: 'bulk, one thread',
  two: 'bulk, two threads',
  parsed: 'floor: reads and writes, derives nothing',
  unparsed: 'floor, bodies not even parsed',
} as const;
type Way = keyof typeof WAYS;

/** In this order: the rows of the floor are those of two threads. */
const DERIVING = ['naive', 'one', 'two'] as const;

interface Measured extends Derived, Pick<Usage, 'peakRssMb'> {
  readonly fingerprint: Fingerprint;
}
type Measuring<Figures extends Derived> = (way: Way, answersFile: string) => Figures;

const node = (folder: string, ...args: readonly string[]): string => {
  const child = spawnSync(process.execPath, ['--import', join(HERE, 'usage.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, BENCH_USAGE: join(folder, 'usage.json') },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (child.status !== 0) throw new Error(`${args.join(' ')} ended with ${child.status}:\n${child.stderr}`);
  return child.stdout;
};

/** A folder with a log of so many calls; its answers are thrown away. */
const importedLog = async (folder: string, rows: number): Promise<string> => {
  const file = join(folder, 'calls.txt');
  await pipeline(Readable.from(bankLines({ rows, seed: SEED })), createWriteStream(file));
  const how = ['--mapping', join(BANK, 'mapping.yaml'), '--rules', RULES];
  node(
    folder,
    join(ROOT, 'adapters/cli/tickmark.js'),
    'import',
    file,
    ...how,
    '--data',
    join(folder, 'data'),
  );
  rmSync(file);
  rmSync(join(folder, 'data/answers.db'));
  return join(folder, 'data/log.db');
};

const answersOf = (folder: string, way: Way): string => join(folder, `${way}.db`);

const derive =
  (folder: string, logFile: string): Measuring<Derived> =>
  (way, answersFile) =>
    Derived.parse(
      JSON.parse(node(folder, join(HERE, 'rebuild/answers.ts'), way, logFile, answersFile, RULES)),
    );

const touchFloor =
  (folder: string, logFile: string): Measuring<Floor> =>
  (way, answersFile) => {
    const files = [logFile, answersOf(folder, 'two'), answersFile];
    return Floor.parse(JSON.parse(node(folder, join(HERE, 'rebuild/floor.ts'), way, ...files)));
  };

const median = <Figures extends Measured>(all: readonly Figures[]): Figures => {
  const middle = all.toSorted((a, b) => a.wallS - b.wallS)[all.length >> 1];
  if (!middle) throw new Error('nothing was measured');
  return middle;
};

/** The median of so many times; the answers of the last one stay. */
const measure = <Figures extends Derived>(
  { folder, times }: { readonly folder: string; readonly times: number },
  way: Way,
  run: Measuring<Figures>,
): Figures & Measured => {
  const answersFile = answersOf(folder, way);
  const all = Array.from({ length: times }, () => {
    rmSync(answersFile, { force: true });
    const figures = run(way, answersFile);
    const { peakRssMb } = Usage.parse(JSON.parse(readFileSync(join(folder, 'usage.json'), 'utf8')));
    return { ...figures, peakRssMb, fingerprint: fingerprintOf(answersFile) };
  });
  return median(all);
};

const print = ([name = '', ...figures]: readonly string[]): void =>
  void process.stdout.write(`${name.padEnd(41)}${figures.map((figure) => figure.padStart(13)).join('')}\n`);

const report = (results: ReadonlyMap<Way, Measured>): void => {
  const naive = results.get('naive');
  if (!naive) throw new Error('the naive way was not measured');
  print(['', 'wall s', 'cpu s', 'events/s', 'us cpu/event', 'peak MB', 'wall ratio', 'cpu ratio']);
  for (const [way, { wallS, cpuS, events, peakRssMb, fingerprint }] of results) {
    if (fingerprint.sha256 !== naive.fingerprint.sha256) throw new Error(`other rows: ${WAYS[way]}`);
    const ratios = [shown(naive.wallS / wallS, 2), shown(naive.cpuS / cpuS, 2)];
    const figures = [shown(events / wallS), shown((cpuS / events) * 1e6, 1), shown(peakRssMb)];
    print([WAYS[way], shown(wallS, 2), shown(cpuS, 2), ...figures, ...ratios]);
  }
  const { rows, sha256 } = naive.fingerprint;
  process.stdout.write(`the same ${shown(rows)} rows each time: SHA-256 ${sha256.slice(0, 16)}...\n`);
};

/** What the floor is made of, in seconds of whichever thread does it. */
const reportFloor = (parsed: Floor, unparsed: Floor): void => {
  const parts = {
    'reading rows': unparsed.readS,
    'parsing bodies': parsed.readS - unparsed.readS,
    'writing rows': parsed.rowsS,
    'indexes and flush': parsed.indexesS,
  };
  const shares = Object.entries(parts).map(([name, seconds]) => `${name} ${shown(seconds, 2)} s`);
  process.stdout.write(`the floor by its parts: ${shares.join(', ')}\n`);
};

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '369000' }, times: { type: 'string', default: '1' } },
});
const folder = mkdtempSync(join(tmpdir(), 'tickmark-bench-'));
try {
  process.stdout.write(
    `Node ${process.versions.node}, SQLite ${process.versions.sqlite}, ${cpus().length} x ${cpus()[0]?.model}\n`,
  );
  const logFile = await importedLog(folder, Number(values.rows));
  const request = { folder, times: Number(values.times) };
  const results = new Map<Way, Measured>();
  for (const way of DERIVING) results.set(way, measure(request, way, derive(folder, logFile)));
  const floor = (way: Way) => measure(request, way, touchFloor(folder, logFile));
  const [parsed, unparsed] = [floor('parsed'), floor('unparsed')];
  results.set('parsed', parsed).set('unparsed', unparsed);
  process.stdout.write(`${shown(parsed.events)} events; load of the machine ${loadavg()[0]?.toFixed(1)}\n\n`);
  report(results);
  reportFloor(parsed, unparsed);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
