/** The three ways of bench/webhooks.ts: what each sends, and where to. */
import { createHmac } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { byName } from '../../adapters/dialect-of.ts';
import { openIntake } from '../../adapters/intake.ts';
import { DOORS } from '../../adapters/main.ts';
import { memoryDeadLetters, memoryEventLog } from '../../adapters/stores/memory/index.ts';
import { instantMs } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { taskOf } from '../live-tasks.ts';

/** `events`: POST /events. `signed`: POST /signals/bench, proven. `bare`: what the events become, to a route that appends it. */
export const WAYS = ['events', 'signed', 'bare'] as const;
export type Way = (typeof WAYS)[number];
export const wayOf = (text: string | undefined): Way => {
  const way = WAYS.find((one) => one === text);
  if (!way) throw new Error(`a way is one of ${WAYS.join(', ')}`);
  return way;
};

export interface Sending {
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

const PEOPLE = 1_000;
const KEY = Buffer.from('a key of a bench: 24 bytes');
export const SECRET = `whsec_${KEY.toString('base64')}`;
const SECOND_MS = 1_000;

/** One that the server of the same way takes: a JSON array of so many signals, or of the events that they become. */
const bodyOf = (request: number, signals: number): string =>
  `[${Array.from({ length: signals / 2 }, (_, at) => taskOf((request * signals) / 2 + at, PEOPLE)).join()}]`;

const signed = (id: string, body: Buffer, nowMs: number): OutgoingHttpHeaders => {
  const sent = String(Math.floor(nowMs / SECOND_MS));
  const signature = createHmac('sha256', KEY).update(`${id}.${sent}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': sent, 'webhook-signature': `v1,${signature}` };
};

/** The events of a body as the corridor makes them. */
const eventsOf = async (body: string, nowMs: number): Promise<readonly TickmarkEvent[]> => {
  const [log, deadLetters] = [await memoryEventLog(), await memoryDeadLetters()];
  const intake = openIntake({ log, deadLetters, dialectOf: byName(DOORS.tickmark) });
  const bytes = Buffer.from(body);
  await intake.take(DOORS.readDelivery({ bytes, format: 'whole', receivedAt: instantMs(nowMs) }));
  const events: TickmarkEvent[] = [];
  for await (const page of log.readAll(0)) events.push(...page.map(({ event }) => event));
  return events;
};

export const sendingOf = async (
  way: Way,
  request: number,
  signals: number,
  nowMs: number,
): Promise<Sending> => {
  const text = bodyOf(request, signals);
  const body = Buffer.from(way === 'bare' ? JSON.stringify(await eventsOf(text, nowMs)) : text);
  const length = { 'content-length': body.length };
  switch (way) {
    case 'events':
      return {
        path: '/events',
        headers: { ...length, 'content-type': 'application/cloudevents-batch+json' },
        body,
      };
    case 'signed': {
      const headers = {
        ...length,
        'content-type': 'application/json',
        ...signed(`msg_${request}`, body, nowMs),
      };
      return { path: '/signals/bench', headers, body };
    }
    case 'bare':
      return { path: '/events', headers: { ...length, 'content-type': 'application/json' }, body };
  }
};
