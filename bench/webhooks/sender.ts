/**
 * The sender of bench/webhooks.ts, in a process of its own: as fast as it is answered, over so many connections.
 *
 *     node bench/webhooks/sender.ts URL WAY REQUESTS SIGNALS-A-REQUEST CONNECTIONS
 */
import { Agent, request } from 'node:http';
import type { Delivered } from '../figures.ts';
import { type Sending, sendingOf, wayOf } from './ways.ts';

const [url = '', wayName, ...numbers] = process.argv.slice(2);
const [requests = 0, signals = 0, connections = 0] = numbers.map(Number);
const way = wayOf(wayName);
const agent = new Agent({ keepAlive: true, maxSockets: connections });

/** Milliseconds until the answer; throws for any but 202 with all of it new. */
const send = ({ path, headers, body }: Sending): Promise<number> =>
  new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const asked = request(`${url}${path}`, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (more: string) => (text += more));
      answer.on('end', () => {
        if (answer.statusCode === 202 && new RegExp(`"appended":${signals}\\b`).test(text))
          resolve(performance.now() - startedMs);
        else reject(new Error(`answered ${answer.statusCode}: ${text}`));
      });
    });
    asked.on('error', reject).end(body);
  });

/** Made beforehand: only sending is measured. */
const sendings: Sending[] = [];
const nowMs = Date.now();
for (let number = 0; number < requests; number += 1)
  sendings.push(await sendingOf(way, number, signals, nowMs));

const latenciesMs: number[] = [];
const next = sendings.values();
const startedMs = performance.now();
await Promise.all(
  Array.from({ length: connections }, async () => {
    for (const sending of next) latenciesMs.push(await send(sending));
  }),
);
const wallS = (performance.now() - startedMs) / 1_000;
agent.destroy();
const sorted = latenciesMs.toSorted((a, b) => a - b);
const share = (part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
const delivered: Delivered = { wallS, p50Ms: share(0.5), p99Ms: share(0.99) };
process.stdout.write(`${JSON.stringify(delivered)}\n`);
