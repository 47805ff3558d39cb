/**
 * Appending through the event log measured against bare inserts of the same rows in the same transactions.
 *
 *     node bench/append.ts [--events 100000] [--alone 5000]
 *
 * Every figure is the median of three processes of its own. See bench/README.md.
 */
import { spawnSync } from 'node:child_process';
import { cpus, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Inserted } from './figures.ts';

const HERE = import.meta.dirname;
const TIMES = 3;
const Cost = z.object({ wallS: z.number(), cpuS: z.number() });
type Cost = z.infer<typeof Cost>;

const run = (program: string, ...args: readonly (string | number)[]): unknown => {
  const child = spawnSync(process.execPath, [join(HERE, program), ...args.map(String)], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${program} ended with ${child.status}:\n${child.stderr}`);
  return JSON.parse(child.stdout);
};

const median = (costs: readonly Cost[]): Cost => {
  const middle = costs.toSorted((a, b) => a.wallS - b.wallS)[costs.length >> 1];
  if (!middle) throw new Error('nothing was measured');
  return middle;
};

/** In turns, so that what else the machine does falls on both. */
const measure = (events: number, batch: number): { readonly ours: Cost; readonly bare: Cost } => {
  const [ours, bare]: [Cost[], Cost[]] = [[], []];
  for (let time = 0; time < TIMES; time += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'tickmark-bench-'));
    try {
      const [data, copy] = [join(folder, 'data'), join(folder, 'bare')];
      ours.push(Cost.parse(run('append/ours.ts', data, events, batch)));
      const inserted = Inserted.parse(run('bare-inserts.ts', 'events', data, copy, batch));
      if (inserted.rows['event'] !== events || inserted.events.source !== inserted.events.target)
        throw new Error('the two logs differ');
      bare.push(inserted);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { ours: median(ours), bare: median(bare) };
};

const shown = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const print = (cells: readonly string[]): void => {
  const [name = '', ...figures] = cells;
  process.stdout.write(`${name.padEnd(34)}${figures.map((figure) => figure.padStart(14)).join('')}\n`);
};

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    /** Of those that are committed one by one: each waits for the disk. */
    alone: { type: 'string', default: '5000' },
  },
});
process.stdout.write(
  `Node ${process.versions.node}, SQLite ${process.versions.sqlite}, ${cpus()[0]?.model.trim() ?? ''}\n\n`,
);
print(['events a commit', 'events', 'ours: per s', 'bare: per s', 'ratio', 'ratio of CPU']);
for (const [name, batch] of [
  ['1, each alone', 1],
  ['64 of one each, a group commit', 64],
  ['100', 100],
  ['1,000', 1_000],
] as const) {
  const events = Number(batch === 1 ? values.alone : values.events);
  const { ours, bare } = measure(events, batch);
  print([
    name,
    shown(events),
    shown(events / ours.wallS),
    shown(events / bare.wallS),
    shown(bare.wallS / ours.wallS, 2),
    shown(bare.cpuS / ours.cpuS, 2),
  ]);
}
