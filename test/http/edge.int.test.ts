/** The edge before hostile clients: what is slow, too large or no HTTP is cut off with a problem, and others are served. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { holdOpen } from '../../bench/slow-clients.ts';
import { hourOf } from '../serve/hours.ts';
import { type Served, ask, postEvents, startServe, untilReady } from '../serve/served.ts';

const folders = temporaryFolder();
let served: Served;
beforeAll(async () => {
  served = await startServe(['--data', folders.fresh('edge')]);
  await untilReady(served);
});
afterAll(async () => {
  served.signal('SIGTERM');
  const { code } = await served.ended;
  folders.remove();
  expect(code).toBe(0);
});

interface Raw {
  readonly text: string;
  readonly tookMs: number;
}

/** Sends these bytes, then nothing more; resolves when the server has closed the connection. */
const raw = (bytes: string): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(served.url);
    const startedMs = performance.now();
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (more: string) => (text += more));
    socket.on('error', reject);
    socket.on('close', () => resolve({ text, tookMs: performance.now() - startedMs }));
  });

const POST = [
  'POST /events HTTP/1.1',
  'host: localhost',
  'content-type: application/x-ndjson',
  'content-length: 10',
  '',
  '',
].join('\r\n');

describe('a client that', () => {
  it.each([
    ['never finishes its headers', 'GET /healthz HTTP/1.1\r\nhost: localhost\r\n', 408, 'request-too-slow'],
    ['never sends its body', POST, 408, 'request-too-slow'],
    ['speaks no HTTP', 'EHLO tickmark\r\n\r\n', 400, 'malformed-request'],
    [
      'sends headers without end',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('%s is cut off', async (_what, bytes, status, code) => {
    const { text, tookMs } = await raw(bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toContain('content-type: application/problem+json');
    expect(text).toContain(`https://tickmark.dev/problems/${code}`);
    expect(tookMs).toBeLessThan(10_000);
  });

  it('holds two hundred connections open keeps nobody else waiting', async () => {
    const slow = Array.from({ length: 200 }, () => raw('GET /healthz HTTP/1.1\r\nhost: localhost\r\n'));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, hour) => postEvents(served, hourOf(`slow-${hour}`, hour))),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect((await Promise.all(slow)).every(({ text }) => text.startsWith('HTTP/1.1 408'))).toBe(true);
  });

  it('dribbles headers or bodies over five hundred sockets keeps nobody else waiting, and is cut off', async () => {
    const slow = holdOpen(served.url, 500);
    const answered: number[] = [];
    const tookMs: number[] = [];
    // Until each of them could have been cut off twice: 408 after 2 s, then the next.
    for (
      let round = 0;
      round < 40 || (slow.ended.get('HTTP/1.1 408 request-too-slow') ?? 0) < 500;
      round += 1
    ) {
      const startedMs = performance.now();
      const { status } = await postEvents(served, hourOf(`beside-${round}`, round % 24));
      answered.push(status);
      tookMs.push(performance.now() - startedMs);
    }
    await slow.stop();
    expect(new Set(answered)).toEqual(new Set([202]));
    const p99Ms = tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? NaN;
    // A figure and no promise: the machine may be busy. bench/slow-sockets.ts measures it.
    process.stdout.write(
      `beside 500 slow sockets: ${tookMs.length} good requests, p99 ${p99Ms.toFixed(0)} ms\n`,
    );
    expect((await ask(`${served.url}/readyz`)).status).toBe(200);
  });

  it('sends two thousand broken bodies finds all of them kept, and the process well', async () => {
    const post = (body: string) =>
      ask(`${served.url}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        body,
      });
    const bodies = [
      (n: number) => '['.repeat(n),
      (n: number) => `{"specversion":"1.0","id":"${n}"}`,
      (n: number) => `{"a":${'{"b":'.repeat(n % 2_000)}1`,
      (n: number) => `"${'\\u0000'.repeat(n % 50)}${n}"`,
      (n: number) =>
        `{"specversion":"1.0","id":"${n}","source":"s","type":"TaskStarted","subject":"task-${n}","time":"9999-13-99"}`,
    ];
    for (let round = 0; round < 20; round += 1) {
      const sent = Array.from({ length: 100 }, (_, at) => round * 100 + at + 1);
      const answers = await Promise.all(sent.map((n) => post(bodies[n % bodies.length]?.(n) ?? '')));
      for (const { status, body } of answers) {
        expect(status, body).toBe(202);
        expect(JSON.parse(body)).toMatchObject({ signals: 1, rejected: 1 });
      }
    }
    expect((await ask(`${served.url}/readyz`)).status).toBe(200);
  });
});
