/** Whatever is sent to whatever door: an answer that says what is wrong with it, and never that something broke. */
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { random } from '../../adapters/demo/random.ts';
import { githubSignal } from '../dialects/github-samples.ts';
import { SECRET, type WebhookRoom, githubSignature, webhookRoom } from './webhook-doors.ts';

const { between, pick, chance } = random(10_007);

const EVENT =
  '{"specversion":"1.0","id":"1","source":"pbx","type":"CallConnected","subject":"call-9","time":"2025-03-03T09:00:00Z","data":{"actor":"lena"}}';
const SEEDS = [
  EVENT,
  `[${EVENT},${EVENT}]`,
  githubSignal('opened').raw,
  'a=1&b=%zz',
  '{"__proto__":{"a":1}}',
  '',
];

const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => between(0, 255)));

const damaged = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const at = between(0, bytes.length);
  return Buffer.concat([bytes.subarray(0, at), noise(between(0, 4)), bytes.subarray(at + between(0, 9))]);
};

const deep = (): Buffer => Buffer.from(pick(['[', '{"a":', '[{"data":']).repeat(between(1, 5_000)));

const bodyOf = (): Buffer =>
  pick<() => Buffer>([
    () => noise(between(0, 300)),
    () => damaged(pick(SEEDS)),
    () => damaged(pick(SEEDS)),
    () => Buffer.from(pick(SEEDS)),
    deep,
  ])();

const TYPES = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'text/plain; charset=latin1',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  '*/*',
  ';',
];

const headersOf = (body: Buffer): Record<string, string> => ({
  ...(chance(0.9) ? { 'content-type': pick(TYPES) } : {}),
  ...(chance(0.8) ? { 'x-tickmark-secret': SECRET, 'x-hub-signature-256': githubSignature(body) } : {}),
  ...(chance(0.3) ? { 'ce-specversion': '1.0', 'ce-id': '%', 'ce-time': 'x'.repeat(between(0, 99)) } : {}),
  ...(chance(0.3) ? { 'x-github-event': pick(['issues', '', '\u00e9']), 'x-twilio-signature': 'x' } : {}),
});

const PLACES = [
  '/signals/code',
  '/signals/own',
  '/signals/pbx?bodySHA256=%',
  '/signals/desk',
  '/signals/nobody',
  '/events',
];

const requestOf = (): InjectOptions => {
  const body = bodyOf();
  return { method: 'POST', url: pick(PLACES), body, headers: headersOf(body) };
};

/** All of them where CI runs it. */
const REQUESTS = process.env['CI'] === undefined ? 2_000 : 10_000;
const AT_ONCE = 100;

let room: WebhookRoom;
beforeAll(async () => {
  const free = { perSecond: 1e6, burst: 1e6 };
  room = await webhookRoom(undefined, { perAddress: free, perSource: free });
});
afterAll(() => room.close());

it(`of ${REQUESTS} broken requests none breaks anything, and what was taken is all there`, async () => {
  const statuses = new Map<number, number>();
  const letters = new Set<string>();
  for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
    const requests = Array.from({ length: AT_ONCE }, requestOf);
    const answers = await Promise.all(requests.map((request) => room.app.inject(request)));
    for (const { statusCode, body } of answers) {
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      const answer: { reasons?: { deadLetter: string }[]; type?: string } = JSON.parse(body);
      if (statusCode === 202) for (const { deadLetter } of answer.reasons ?? []) letters.add(deadLetter);
      else expect(answer.type).toMatch(/^https:..tickmark\.dev.problems./);
    }
  }
  expect([...statuses.keys()].toSorted()).toEqual([202, 401, 404, 415]);
  expect(statuses.get(202)).toBeGreaterThan(REQUESTS / 5);
  const kept = (await room.room.workspace.deadLetters.list()).map(({ id }) => id);
  expect(letters.size).toBeGreaterThan(REQUESTS / 10);
  expect(new Set(kept)).toEqual(letters);
  expect((await room.app.inject('/readyz')).json()).toMatchObject({
    checks: { intake: { status: 'ok', waiting: 0 } },
  });
});
