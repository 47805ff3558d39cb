/**
 * Good requests beside slow sockets: how long they take with none, and with so many that dribble headers and bodies.
 *
 *     node bench/slow-sockets.ts [--sockets 500] [--seconds 10] [--rate 100]
 *
 * The slow clients are a process of their own, as they would be. See bench/README.md.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { taskOf } from './live-tasks.ts';
import { holdOpen } from './slow-clients.ts';

const HERE = import.meta.dirname;
const { values } = parseArgs({
  options: {
    sockets: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '100' },
    /** Set for the process of the slow clients. */
    url: { type: 'string' },
  },
});
const [sockets = 0, seconds = 0, rate = 0] = [values.sockets, values.seconds, values.rate].map(Number);

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const headers = { 'content-type': 'application/cloudevents-batch+json' };

/** Milliseconds until the 202; throws for any other answer. */
const post = (url: string, number: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const asked = request(`${url}/events`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 202) resolve(performance.now() - startedMs);
        else reject(new Error(`answered ${answer.statusCode}`));
      });
    });
    asked.on('error', reject).end(`[${taskOf(number, 1_000)}]`);
  });

/** At a steady rate, whatever the answers take. */
const sendGood = async (url: string, from: number): Promise<readonly number[]> => {
  const startedMs = performance.now();
  const underWay: Promise<number>[] = [];
  for (let number = 0; number < rate * seconds; number += 1) {
    await sleep(Math.max(0, startedMs + (number * 1_000) / rate - performance.now()));
    underWay.push(post(url, from + number));
  }
  return Promise.all(underWay);
};

const share = (latenciesMs: readonly number[], part: number): string => {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN)
    .toFixed(1)
    .padStart(9);
};

const print = (name: string, latenciesMs: readonly number[]): void =>
  void process.stdout.write(
    `${name.padEnd(28)}${[0.5, 0.99, 1].map((part) => share(latenciesMs, part)).join('')}\n`,
  );

const startServer = async (folder: string) => {
  const program = join(HERE, '../adapters/cli/tickmark.js');
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--data', folder], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve) =>
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString('utf8');
      const [, found] = /serves (http:\S+)[^]*Ready\./.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    }),
  );
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { url, stop: () => (child.kill('SIGTERM'), ended) };
};

const startSlow = async (url: string) => {
  const child = spawn(
    process.execPath,
    [join(HERE, 'slow-sockets.ts'), '--url', url, '--sockets', String(sockets)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString('utf8')));
  // Long enough that the first of them have been cut off and are there again.
  await sleep(3_000);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { stop: async () => (child.kill('SIGTERM'), await ended, said.trim()) };
};

const measure = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-slow-'));
  const server = await startServer(join(folder, 'data'));
  try {
    await sendGood(server.url, 0);
    const alone = await sendGood(server.url, rate * seconds);
    const slow = await startSlow(server.url);
    const beside = await sendGood(server.url, 2 * rate * seconds);
    const cutOff = await slow.stop();
    process.stdout.write(`${rate} requests/s, all answered 202; load ${loadavg()[0]?.toFixed(1)}; ms\n`);
    process.stdout.write(`${''.padEnd(28)}      p50      p99      max\n`);
    print('no slow socket', alone);
    print(`beside ${sockets} slow sockets`, beside);
    process.stdout.write(`cut off: ${cutOff}\n`);
  } finally {
    agent.destroy();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

if (values.url === undefined) await measure();
else {
  const slow = holdOpen(values.url, sockets);
  process.once('SIGTERM', () => {
    void slow.stop().then(() => process.stdout.write(`${JSON.stringify(Object.fromEntries(slow.ended))}\n`));
  });
}
