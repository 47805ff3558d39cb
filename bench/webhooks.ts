/**
 * Batches of signals over HTTP until they are durable, against a route that appends the same events and nothing else.
 *
 *     node bench/webhooks.ts [--requests 500] [--signals 100] [--connections 16] [--times 3]
 *
 * Server and sender are processes of their own. See bench/README.md.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type LogDigest, digestOf } from './log-digest.ts';
import { Delivered, Usage } from './figures.ts';
import { WAYS, type Way } from './webhooks/ways.ts';
import { median, shown } from './shown.ts';

const HERE = import.meta.dirname;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '500' },
    signals: { type: 'string', default: '100' },
    connections: { type: 'string', default: '16' },
    times: { type: 'string', default: '3' },
  },
});
const [requests = 0, signals = 0, connections = 0, times = 0] = [
  values.requests,
  values.signals,
  values.connections,
  values.times,
].map(Number);
if (signals % 2 !== 0) throw new Error('an even number of --signals: a task has two');

interface Run extends Delivered, Usage, LogDigest {}

const start = (program: string, ...args: readonly (string | number)[]) => {
  const child = spawn(process.execPath, [join(HERE, 'webhooks', program), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let told: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (told = resolve));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''));
    told();
  });
  const ended = new Promise<void>((resolve, reject) =>
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`)),
    ),
  );
  return { child, lines, first, ended };
};

const measure = async (way: Way): Promise<Run> => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-webhooks-'));
  try {
    const data = join(folder, 'data');
    mkdirSync(data);
    const server = start('server.ts', way, data);
    await server.first;
    const sender = start('sender.ts', server.lines[0] ?? '', way, requests, signals, connections);
    await sender.ended;
    server.child.kill('SIGTERM');
    await server.ended;
    const delivered = Delivered.parse(JSON.parse(sender.lines[0] ?? ''));
    const usage = Usage.parse(JSON.parse(server.lines[1] ?? ''));
    const file = join(data, 'log.db');
    if (!existsSync(file)) throw new Error(`${way} left no log`);
    return { ...delivered, ...usage, ...(await digestOf(file)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const cell = (value: number, digits = 0): string => shown(value, digits).padStart(12);

const runs: Readonly<Record<Way, Run[]>> = { events: [], signed: [], bare: [] };
// In turns, so that what else the machine does falls on all of them.
for (let time = 0; time < times; time += 1) for (const way of WAYS) runs[way].push(await measure(way));
const all = Object.values(runs).flat();
if (
  new Set(all.map(({ digest }) => digest)).size !== 1 ||
  all.some(({ events }) => events !== requests * signals)
)
  throw new Error('the logs differ');

const total = requests * signals;
const [load = 0] = loadavg();
process.stdout.write(
  `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model}, load ${load.toFixed(1)}; ${total} signals, ${signals} a request, ${connections} connections; equal events\n`,
);
process.stdout.write(`${'way'.padEnd(8)}  signals/s     share    by CPU  p50 ms  p99 ms    CPU s  peak MB\n`);
for (const way of WAYS) {
  const [wallS, cpuS] = [median(runs[way], (run) => run.wallS), median(runs[way], (run) => run.cpuS)];
  const bareWallS = median(runs.bare, (run) => run.wallS);
  const bareCpuS = median(runs.bare, (run) => run.cpuS);
  const cells = [
    cell(total / wallS),
    cell(bareWallS / wallS, 2),
    cell(bareCpuS / cpuS, 2),
    cell(median(runs[way], (run) => run.p50Ms)),
    cell(median(runs[way], (run) => run.p99Ms)),
    cell(cpuS, 2),
    cell(median(runs[way], (run) => run.peakRssMb)),
  ];
  process.stdout.write(`${way.padEnd(8)}${cells.map((cell) => cell.slice(-10)).join('')}\n`);
}
