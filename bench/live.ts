/**
 * From a signal's 202 to its minutes in the weekly report, at steady rates, on SQLite.
 *
 *     node bench/live.ts [--rates 1000,5000] [--seconds 30] [--batch 50] [--people 1000] [--poll 50]
 *
 * Server, sender and this asker are processes of their own, on one machine. See bench/README.md.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Report } from '../schemas/report.ts';
import { Sent, Usage } from './figures.ts';
import { mostTasks } from './live-tasks.ts';
import { shown } from './shown.ts';

const HERE = import.meta.dirname;
const WARM_UP_S = 3;

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '1000,5000' },
    seconds: { type: 'string', default: '30' },
    batch: { type: 'string', default: '50' },
    people: { type: 'string', default: '1000' },
    poll: { type: 'string', default: '50' },
  },
});
const [seconds, batch, people, pollMs] = [values.seconds, values.batch, values.people, values.poll].map(
  Number,
);
if (!seconds || !batch || batch % 2 !== 0 || !people || !pollMs)
  throw new Error('numbers, and an even --batch');

const now = (): number => performance.timeOrigin + performance.now();

const textOf = async (child: ChildProcess): Promise<string> => {
  let text = '';
  for await (const more of child.stdout ?? []) text += String(more);
  return text;
};

/** Resolves with what it has said when it has said so much. */
const said = (child: ChildProcess, words: RegExp): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    child.stderr?.on('data', (more: Buffer) => {
      text += more.toString('utf8');
      if (words.test(text)) resolve(text);
    });
  });

const startServer = async (folder: string) => {
  const args = ['--import', join(HERE, 'usage.ts'), join(HERE, '../adapters/cli/tickmark.js'), 'serve'];
  const child = spawn(process.execPath, [...args, '--port', '0', '--data', join(folder, 'data')], {
    env: { ...process.env, BENCH_USAGE: join(folder, 'usage.json') },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [, url = ''] = /serves (http:\S+)/.exec(await said(child, /Ready\./)) ?? [];
  return { url, stop: () => (child.kill('SIGTERM'), ended) };
};

/** When the report first held so many tasks; polled, so each is at most one poll too late. */
interface Seen {
  readonly tasks: number;
  readonly askedMs: number;
  readonly answeredMs: number;
}

const tasksIn = async (url: string): Promise<number> => {
  const answer = await fetch(`${url}/reports/weekly?week=2020-W02&by=kind`);
  return answer.status === 200 ? Report.parse(await answer.json()).total.records : 0;
};

const watch = async (url: string, until: () => number): Promise<readonly Seen[]> => {
  const seen: Seen[] = [];
  for (;;) {
    const askedMs = now();
    const tasks = await tasksIn(url);
    seen.push({ tasks, askedMs, answeredMs: now() });
    if (tasks >= until()) return seen;
    await sleep(Math.max(0, askedMs + (pollMs ?? 0) - now()));
  }
};

const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};

/** How long after its 202 each batch was in a report: the log holds batches in the order of their answers. */
const visibleAfterMs = (sent: readonly Sent[], seen: readonly Seen[]): readonly number[] => {
  let tasks = 0;
  let at = 0;
  return sent.map((batchSent) => {
    tasks += batchSent.tasks;
    while ((seen[at]?.tasks ?? Infinity) < tasks) at += 1;
    return Math.max(0, (seen[at]?.answeredMs ?? NaN) - batchSent.ackMs);
  });
};

const sendAll = async (url: string, rate: number): Promise<readonly Sent[]> => {
  const args = [url, rate, WARM_UP_S + (seconds ?? 0), batch, people].map(String);
  const sender = spawn(process.execPath, [join(HERE, 'live-sender.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = (await textOf(sender)).split('\n').filter((line) => line !== '');
  const sent = lines.map((line) => Sent.parse(JSON.parse(line)));
  const refused = sent.filter(({ ok }) => !ok).length;
  if (refused > 0) throw new Error(`${refused} of ${sent.length} batches were not answered with 202`);
  return sent.toSorted((a, b) => a.ackMs - b.ackMs);
};

const cell = (value: number, digits = 0): string => shown(value, digits).padStart(10);

const print = (name: string, ...cells: readonly string[]): void =>
  void process.stdout.write(`${name.padEnd(44)}${cells.join('')}\n`);

interface Run {
  readonly sent: readonly Sent[];
  readonly seen: readonly Seen[];
  readonly usage: Usage;
}

const runLoad = async (folder: string, rate: number): Promise<Run> => {
  const server = await startServer(folder);
  try {
    let expected = Infinity;
    const watching = watch(server.url, () => expected);
    const sent = await sendAll(server.url, rate);
    expected = sent.reduce((sum, { tasks }) => sum + tasks, 0);
    const seen = await watching;
    const code = await server.stop();
    if (code !== 0) throw new Error(`the server ended with ${code}`);
    return { sent, seen, usage: Usage.parse(JSON.parse(readFileSync(join(folder, 'usage.json'), 'utf8'))) };
  } finally {
    await server.stop();
  }
};

const report = (rate: number, { sent, seen, usage }: Run): void => {
  const beginMs = Math.min(...sent.map(({ sentMs }) => sentMs));
  const loadMs = Math.max(...sent.map(({ ackMs }) => ackMs)) - beginMs;
  const isWarm = (one: Sent | undefined): boolean =>
    one !== undefined && one.sentMs >= beginMs + WARM_UP_S * 1000;
  const told = (name: string, ms: readonly number[]): void =>
    print(name, cell(percentile(ms, 0.5)), cell(percentile(ms, 0.99)), cell(Math.max(...ms)));
  print(`${rate} signals/s offered, batches of ${batch}`, '       p50', '       p99', '       max');
  told(
    'sent to acknowledged, ms',
    sent.filter(isWarm).map(({ sentMs, ackMs }) => ackMs - sentMs),
  );
  told(
    'acknowledged to visible in the report, ms',
    visibleAfterMs(sent, seen).filter((_, at) => isWarm(sent[at])),
  );
  told(
    'of which asking once for the report, ms',
    seen.map(({ askedMs, answeredMs }) => answeredMs - askedMs),
  );
  const signals = sent.reduce((sum, { tasks }) => sum + 2 * tasks, 0);
  print('acknowledged signals/s', cell((signals * 1000) / loadMs));
  print('CPU s of the server for each s of load', cell((usage.cpuS * 1000) / loadMs, 2));
  print('peak memory of the server, MB', cell(usage.peakRssMb));
  process.stdout.write('\n');
};

const measure = async (rate: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-live-'));
  try {
    report(rate, await runLoad(folder, rate));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

process.stdout.write(
  `Node ${process.versions.node}, SQLite ${process.versions.sqlite}, ${cpus().length} x ${cpus()[0]?.model}\n\n`,
);
for (const rate of values.rates.split(',').map(Number)) {
  if ((rate * (seconds + WARM_UP_S)) / 2 > mostTasks(people))
    throw new Error('a week of these people is too short');
  await measure(rate);
}
