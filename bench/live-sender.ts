/**
 * The sender of bench/live.ts, in a process of its own: tasks at a steady rate, whatever the server answers.
 *
 *     node bench/live-sender.ts URL SIGNALS_A_SECOND SECONDS BATCH PEOPLE
 *
 * Prints one JSON line a batch, when its 202 has come.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sent } from './figures.ts';
import { taskOf } from './live-tasks.ts';

const [url = '', ...numbers] = process.argv.slice(2);
const [perSecond = 0, seconds = 0, batch = 0, people = 0] = numbers.map(Number);

/** Milliseconds that mean the same in every process of this machine. */
const now = (): number => performance.timeOrigin + performance.now();

const tasks = batch / 2;

/** As many as a gateway would hold open. What waits for one of them waits on the clock: it counts as sent. */
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const headers = { 'content-type': 'application/cloudevents-batch+json' };

/** Whether it was acknowledged, all of it as new. */
const post = (body: string): Promise<boolean> =>
  new Promise((resolve) => {
    const asked = request(`${url}/events`, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (more: string) => (text += more));
      answer.on('end', () => resolve(answer.statusCode === 202 && text.includes(`"appended":${batch},`)));
    });
    asked.on('error', () => resolve(false)).end(body);
  });

const send = async (number: number): Promise<void> => {
  const first = number * tasks;
  const body = `[${Array.from({ length: tasks }, (_, at) => taskOf(first + at, people)).join(',')}]`;
  const sentMs = now();
  const ok = await post(body);
  const sent: Sent = { tasks, sentMs, ackMs: now(), ok };
  process.stdout.write(`${JSON.stringify(sent)}\n`);
};

const startedMs = performance.now();
const underWay: Promise<void>[] = [];
for (let number = 0; number < (perSecond / batch) * seconds; number += 1) {
  await sleep(Math.max(0, startedMs + (number * batch * 1000) / perSecond - performance.now()));
  underWay.push(send(number));
}
await Promise.all(underWay);
agent.destroy();
