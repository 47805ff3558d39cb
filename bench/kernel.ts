/**
 * The kernel on typed columns measured against the same derivation as SQL in DuckDB and as a fold over objects.
 *
 *     node bench/kernel.ts [--events 1000000,10000000] [--objects-up-to 10000000] [--passes 5] [--json]
 *
 * Each way derives the clocks of rules/service-desk.yaml, in a process of its own, on one thread, over the same seeded
 * traffic; their totals must be equal, by rule and person, to the millisecond. See bench/README.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Usage } from './figures.ts';
import { RULES } from './kernel/recipe.ts';
import { Measured } from './kernel/totals.ts';
import { shown } from './shown.ts';

const HERE = import.meta.dirname;
/** What must be reached, and by how much the cost of an event may grow from the first size to the last. */
const GOALS = { duckdb: 8, objects: 20, growth: 1.2 } as const;

/** The ways, with what Node needs for each: ten million parsed objects are some gigabytes. */
const WAYS = {
  kernel: ['kernel/columns.ts'],
  duckdb: ['kernel/duckdb.ts'],
  objects: ['--max-old-space-size=16000', 'kernel/objects.ts'],
} as const;
type Way = keyof typeof WAYS;

interface Run extends Measured {
  readonly nsAnEvent: number;
  readonly leastNs: number;
  readonly mostNs: number;
  readonly peakRssMb: number;
}

const run = (way: Way, events: number, passes: number): Run => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-bench-'));
  try {
    const file = join(folder, 'usage.json');
    const program = WAYS[way].map((arg) => (arg.endsWith('.ts') ? join(HERE, arg) : arg));
    const child = spawnSync(
      process.execPath,
      ['--import', join(HERE, 'usage.ts'), ...program, `${events}`, `${passes}`],
      { encoding: 'utf8', env: { ...process.env, BENCH_USAGE: file } },
    );
    if (child.status !== 0) throw new Error(`${way} ended with ${child.status}:\n${child.stderr}`);
    const measured = Measured.parse(JSON.parse(child.stdout));
    const { peakRssMb } = Usage.parse(JSON.parse(readFileSync(file, 'utf8')));
    const costs = measured.passesMs.map((ms) => (ms * 1e6) / events).toSorted((a, b) => a - b);
    const at = (index: number): number => costs.at(index) ?? NaN;
    return { ...measured, nsAnEvent: at(costs.length >> 1), leastNs: at(0), mostNs: at(-1), peakRssMb };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Comparison {
  readonly events: number;
  readonly kernel: Run;
  readonly duckdb: Run;
  /** Absent where there are more events than --objects-up-to. */
  readonly objects: Run | undefined;
}

const agree = (a: Run, b: Run | undefined, way: Way): void => {
  if (b && a.digest !== b.digest)
    throw new Error(`${way} differs:\n${JSON.stringify(a.sums)}\n${JSON.stringify(b.sums)}`);
};

const compare = (events: number, passes: number, objectsUpTo: number): Comparison => {
  // What takes seconds a pass needs fewer of them.
  const fewer = events > 1_000_000 ? Math.min(3, passes) : passes;
  const kernel = run('kernel', events, passes);
  const duckdb = run('duckdb', events, fewer);
  const objects = events > objectsUpTo ? undefined : run('objects', events, fewer);
  agree(kernel, duckdb, 'duckdb');
  agree(kernel, objects, 'objects');
  return { events, kernel, duckdb, objects };
};

const print = (cells: readonly string[]): void => {
  const [name = '', ...figures] = cells;
  process.stdout.write(`${name.padEnd(34)}${figures.map((figure) => figure.padStart(22)).join('')}\n`);
};

const report = ({ events, kernel, duckdb, objects }: Comparison): void => {
  print([
    `${shown(events)} events, ${RULES.length} rules`,
    'ns an event',
    'times the kernel',
    'goal',
    'peak MB',
  ]);
  const told = (name: string, own: Run | undefined, goal: number | undefined): void => {
    if (!own) return;
    const { nsAnEvent, leastNs, mostNs, peakRssMb } = own;
    const ratio = goal === undefined ? '' : shown(nsAnEvent / kernel.nsAnEvent, 1);
    const cost = `${shown(nsAnEvent, 1)} (${shown(leastNs, 0)}-${shown(mostNs, 0)})`;
    print([name, cost, ratio, goal === undefined ? '' : `${goal}`, shown(peakRssMb)]);
  };
  told('kernel on typed columns', kernel, undefined);
  told('DuckDB, window functions, 1 thread', duckdb, GOALS.duckdb);
  told('immutable fold over objects', objects, GOALS.objects);
  process.stdout.write('\n');
};

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000,10000000' },
    'objects-up-to': { type: 'string', default: '10000000' },
    passes: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const machine = `Node ${process.versions.node}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
if (!values.json) process.stdout.write(`${machine}\n\n`);
const comparisons = values.events.split(',').map((events) => {
  const comparison = compare(Number(events), Number(values.passes), Number(values['objects-up-to']));
  if (!values.json) report(comparison);
  return comparison;
});
const [least, most] = [comparisons.at(0), comparisons.at(-1)];
const growth = least && most ? most.kernel.nsAnEvent / least.kernel.nsAnEvent : NaN;
if (values.json) process.stdout.write(`${JSON.stringify({ machine, growth, comparisons }, null, 2)}\n`);
else
  process.stdout.write(
    `Cost of an event at the last size against the first: ${shown(growth, 2)} (goal ${GOALS.growth}).\n`,
  );
