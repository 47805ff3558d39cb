/**
 * The import measured against bare inserts of the same rows, in the same run.
 *
 *     node bench/import.ts [--rows 33344,1000000]
 *
 * Every figure comes from a process of its own; up to 100,000 rows it is the median of three. See bench/README.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { bankLines } from './bank-rows.ts';
import { Imported, Inserted, Usage } from './figures.ts';
import { shown } from './shown.ts';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..');
const TICKMARK = join(ROOT, 'adapters/cli/tickmark.js');
const SEED = 1999;
const REPEATED_UP_TO = 100_000;

interface Run {
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakRssMb: number;
  readonly out: string;
}

/** One node process from its start to its end. Exit code 3 is an import with dead letters. */
const run = (folder: string, ...args: readonly string[]): Run => {
  const usageFile = join(folder, 'usage.json');
  const startedMs = performance.now();
  const child = spawnSync(process.execPath, ['--import', join(HERE, 'usage.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, BENCH_USAGE: usageFile },
    maxBuffer: 64 * 1024 * 1024,
  });
  const wallS = (performance.now() - startedMs) / 1000;
  if (child.status !== 0 && child.status !== 3)
    throw new Error(`${args.join(' ')} ended with ${child.status}:\n${child.stderr}`);
  const usage = Usage.parse(JSON.parse(readFileSync(usageFile, 'utf8')));
  return { wallS, ...usage, out: child.stdout };
};

const median = <Item>(items: readonly Item[], of: (item: Item) => number): Item => {
  const middle = items.toSorted((a, b) => of(a) - of(b))[items.length >> 1];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
};

const repeated = <Item extends { readonly wallS: number }>(times: number, measure: () => Item): Item =>
  median(
    Array.from({ length: times }, () => measure()),
    ({ wallS }) => wallS,
  );

const importOnce = (folder: string, file: string): Run => {
  const data = join(folder, 'data');
  rmSync(data, { recursive: true, force: true });
  const examples = join(ROOT, 'examples/bank');
  const how = ['--mapping', join(examples, 'mapping.yaml'), '--rules', join(examples, 'rules.yaml')];
  return run(folder, TICKMARK, 'import', file, ...how, '--data', data, '--json');
};

const bareOnce = (folder: string, what: 'events' | 'all'): Inserted & { readonly peakRssMb: number } => {
  const to = join(folder, 'bare');
  rmSync(to, { recursive: true, force: true });
  const { out, peakRssMb } = run(folder, join(HERE, 'bare-inserts.ts'), what, join(folder, 'data'), to);
  const inserted = Inserted.parse(JSON.parse(out));
  if (inserted.events.source !== inserted.events.target) throw new Error('the two logs differ');
  return { ...inserted, peakRssMb };
};

const print = (cells: readonly string[]): void => {
  const [name = '', ...figures] = cells;
  process.stdout.write(`${name.padEnd(34)}${figures.map((figure) => figure.padStart(12)).join('')}\n`);
};

const measure = async (rows: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-bench-'));
  try {
    const file = join(folder, 'calls.txt');
    await pipeline(Readable.from(bankLines({ rows, seed: SEED })), createWriteStream(file));
    const times = rows <= REPEATED_UP_TO ? 3 : 1;
    const start = repeated(3, () => run(folder, TICKMARK, '--version'));
    const imported = repeated(times, () => importOnce(folder, file));
    const { signals, rejected, appended } = Imported.parse(JSON.parse(imported.out));
    const bare = repeated(times, () => bareOnce(folder, 'events'));
    const all = repeated(times, () => bareOnce(folder, 'all'));
    // The rule set that the import applied is an event too.
    if (signals !== rows || bare.rows['event'] !== appended + 1)
      throw new Error(`${rows} rows became ${signals} signals and ${bare.rows['event']} events`);
    report({ rows, rejected, events: appended + 1, start, imported, bare, all });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

type Cost = Pick<Run, 'wallS' | 'cpuS' | 'peakRssMb'>;
interface Results {
  readonly rows: number;
  readonly rejected: number;
  readonly events: number;
  readonly start: Cost;
  readonly imported: Cost;
  readonly bare: Cost;
  readonly all: Cost & Inserted;
}

const report = ({ rows, rejected, events, start, imported, bare, all }: Results): void => {
  const allRows = Object.values(all.rows).reduce((sum, count) => sum + count, 0);
  const told = (name: string, count: number, { wallS, cpuS, peakRssMb }: Cost): void =>
    print([name, shown(count), shown(wallS, 2), shown(cpuS, 2), shown(count / wallS), shown(peakRssMb)]);
  print([
    `${shown(rows)} rows, ${shown(rejected)} rejected`,
    'written',
    'wall s',
    'cpu s',
    'per s',
    'peak MB',
  ]);
  told('(a) import: events', events, imported);
  told('    of which starting the program', 0, start);
  told('(b) bare inserts: events', events, bare);
  told('(c) bare inserts: all rows', allRows, all);
  const ratios = (name: string, own: number, b: number, c: number): void =>
    print([name, `b/a ${shown(b / own, 2)}`, `c/a ${shown(c / own, 2)}`]);
  ratios('ratio of rates by wall time', imported.wallS, bare.wallS, all.wallS);
  ratios('  without starting the program', imported.wallS - start.wallS, bare.wallS, all.wallS);
  ratios('ratio of rates by CPU time', imported.cpuS, bare.cpuS, all.cpuS);
  process.stdout.write('\n');
};

const { values } = parseArgs({ options: { rows: { type: 'string', default: '33344,1000000' } } });
const cpu = execFileSync(process.execPath, ['-p', 'os.cpus()[0].model'], { encoding: 'utf8' }).trim();
process.stdout.write(`Node ${process.versions.node}, SQLite ${process.versions.sqlite}, ${cpu}\n\n`);
for (const rows of values.rows.split(',').map(Number)) await measure(rows);
