/** The HTTP door: what its routes take, what they answer, and that a failure tells nothing of the inside. */
import { afterEach, describe, expect, it } from 'vitest';
import { readRoles } from '../../adapters/serve/roles.ts';
import { Report } from '../../schemas/report.ts';
import { hourOf } from '../serve/hours.ts';
import { BATCH, RECEIVED, batchOf, doors, post, untilCaughtUp } from './door.ts';

const PROBLEM: unknown = expect.stringMatching(/^application.problem.json\b/);

const { doorTo, openRoom, close } = doors();
afterEach(close);

describe('POST /events', () => {
  it.each([
    ['a batch', BATCH, batchOf(...hourOf('1', 9))],
    ['a batch with a charset', `${BATCH}; charset=utf-8`, batchOf(...hourOf('1', 9))],
    ['lines', 'application/x-ndjson', `${hourOf('1', 9).join('\r\n')}\n\n`],
  ])('acknowledges %s with counts, once it is in the log', async (_what, type, body) => {
    const { room, app } = await openRoom();
    const answer = await post(app, body, type);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      signals: 2,
      accepted: 2,
      ignored: {},
      rejected: 0,
      appended: 2,
      duplicates: 0,
      reasons: [],
    });
    expect(await room.workspace.log.readStream('task-1')).toMatchObject([
      { event: { type: 'TaskStarted', source: 'crm', recordedAt: RECEIVED } },
      { event: { type: 'TaskCompleted' } },
    ]);
  });

  it('acknowledges a single event', async () => {
    const { app } = await openRoom();
    const [one = ''] = hourOf('1', 9);
    const answer = await post(app, one, 'application/cloudevents+json');
    expect(answer.json()).toMatchObject({ signals: 1, appended: 1 });
  });

  it('says of a repetition that it added nothing', async () => {
    const { app } = await openRoom();
    await post(app, batchOf(...hourOf('1', 9)));
    const again = await post(app, batchOf(...hourOf('1', 9)));
    expect(again.json()).toMatchObject({ signals: 2, accepted: 2, appended: 0, duplicates: 2 });
  });

  it('keeps what cannot be understood, tells why, and takes the rest', async () => {
    const { room, app } = await openRoom();
    const answer = await post(app, batchOf('{"specversion":"1.0"}', ...hourOf('1', 9)));
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({
      signals: 3,
      accepted: 2,
      rejected: 1,
      reasons: [{ signal: 1, code: 'missing-field', message: 'id is absent or empty' }],
    });
    const letters = await room.workspace.deadLetters.list('waiting');
    expect(letters).toMatchObject([{ signal: { raw: '{"specversion":"1.0"}', origin: 'http' } }]);
    expect(answer.json()).toMatchObject({ reasons: [{ deadLetter: letters[0]?.id }] });
  });

  it.each([
    ['what is no JSON', Buffer.from('{"id":'), 'malformed'],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0x7d]), 'encoding'],
    ['nothing but a number', Buffer.from('7'), 'malformed'],
    ['an object that reaches for its prototype', Buffer.from('{"__proto__":{"a":1}}'), 'missing-field'],
  ])('keeps %s as a dead letter', async (_what, body, code) => {
    const { app } = await openRoom();
    const answer = await post(app, body, 'application/cloudevents+json');
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ signals: 1, rejected: 1, reasons: [{ code }] });
  });

  it('answers each of many requests with its own counts', async () => {
    const { app } = await openRoom();
    const answers = await Promise.all(
      [1, 2, 3].map((count) =>
        post(app, batchOf(...Array.from({ length: count }, (_, n) => hourOf(`${count}-${n}`, n)).flat())),
      ),
    );
    expect(answers.map((answer) => answer.json<{ appended: number }>().appended)).toEqual([2, 4, 6]);
  });

  it('acknowledges nothing while the log does not work', async () => {
    const { app } = await openRoom((workspace) => ({
      ...workspace,
      log: { ...workspace.log, append: () => Promise.reject(new Error('secret of the store')) },
    }));
    const answer = await post(app, batchOf(...hourOf('1', 9)));
    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({ 'content-type': PROBLEM, 'retry-after': '5' });
    expect(answer.json()).toMatchObject({ type: 'https://tickmark.dev/problems/store-down', status: 503 });
    expect(answer.body).not.toContain('secret');
    const ready = await app.inject('/readyz');
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toMatchObject({ status: 'not-ready', checks: { intake: { status: 'failed' } } });
  });

  it('is refused with 503 before the stores are open', async () => {
    const answer = await post(doorTo(undefined), batchOf(...hourOf('1', 9)));
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ type: 'https://tickmark.dev/problems/not-open' });
  });

  it('is not there in a process without that role', async () => {
    const { room } = await openRoom();
    const answer = await post(doorTo(room.station, { roles: readRoles('query') }), '[]');
    expect(answer.statusCode).toBe(404);
  });
});

describe('GET /reports/weekly', () => {
  it('is the report of the command line', async () => {
    const { room, app } = await openRoom();
    await post(app, batchOf(...hourOf('1', 9), ...hourOf('2', 11, 'bob')));
    await untilCaughtUp(room, 4);
    const answer = await app.inject('/reports/weekly?week=2020-W02&by=agent&measure=work');
    expect(answer.statusCode).toBe(200);
    const report = Report.parse(answer.json());
    expect(report).toMatchObject({
      position: 4,
      weeks: ['2020-W02'],
      total: { sumMs: 7_200_000, records: 2 },
    });
    expect(report.lines.map(({ by }) => by['agent'])).toEqual(['ann', 'bob']);
    expect((await app.inject('/reports/weekly')).json()).toMatchObject({ lines: report.lines });
  });

  it.each([
    ['week=2020-W60', '"2020-W60" is not a week'],
    ['wek=2020-W02', 'what can be asked for is week, by, measure'],
    ['measure=wrok', 'no rule has the measure "wrok"'],
    ['by=custmer', 'nothing has the attribute "custmer"'],
    ['week=2020-W02&week=2020-W03', 'each once'],
  ])('says what is wrong with ?%s', async (query, says) => {
    const { room, app } = await openRoom();
    await post(app, batchOf(...hourOf('1', 9)));
    await untilCaughtUp(room, 2);
    const answer = await app.inject(`/reports/weekly?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toEqual(PROBLEM);
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining(says) });
  });

  it('tells nothing of what went wrong inside', async () => {
    const { app } = await openRoom((workspace) => ({
      ...workspace,
      answers: { ...workspace.answers, weeks: () => Promise.reject(new Error('secret of the store')) },
    }));
    const answer = await app.inject('/reports/weekly');
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      type: 'https://tickmark.dev/problems/internal-error',
      title: expect.any(String),
      status: 500,
    });
  });
});

describe('a request that does not fit', () => {
  it.each([
    ['no such address', { method: 'GET', url: '/nowhere' }, 404, 'not-found'],
    ['no such method', { method: 'DELETE', url: '/events' }, 404, 'not-found'],
    [
      'a body of another type',
      { method: 'POST', url: '/events', body: '{}', headers: { 'content-type': 'application/json' } },
      415,
      'unsupported-media-type',
    ],
    ['no body', { method: 'POST', url: '/events' }, 415, 'unsupported-media-type'],
    [
      'a body too large',
      {
        method: 'POST',
        url: '/events',
        body: ' '.repeat(1024 * 1024 + 1),
        headers: { 'content-type': BATCH },
      },
      413,
      'body-too-large',
    ],
    ['an address that cannot be read', { method: 'GET', url: '/%E0%A4%A' }, 400, 'malformed-request'],
  ] as const)('is answered as a problem: %s', async (_what, request, status, code) => {
    const answer = await doorTo(undefined).inject(request);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toEqual(PROBLEM);
    expect(answer.json()).toMatchObject({ type: `https://tickmark.dev/problems/${code}`, status });
  });
});

describe('a request for another host', () => {
  const asked = async (host: string, isExposed: boolean): Promise<number> =>
    (await doorTo(undefined, { isExposed }).inject({ url: '/healthz', headers: { host } })).statusCode;

  it.each(['localhost:8470', '127.0.0.1:8470', '127.0.0.1', '[::1]:8470', 'LOCALHOST'])(
    'is none when it names this machine: %s',
    async (host) => {
      expect(await asked(host, false)).toBe(200);
    },
  );

  it.each(['attacker.example', '127.0.0.1.attacker.example', 'localhost.attacker.example:8470', '10.0.0.7'])(
    'is refused unless others are meant to reach this: %s',
    async (host) => {
      expect(await asked(host, false)).toBe(421);
      expect(await asked(host, true)).toBe(200);
    },
  );
});

describe('health', () => {
  it('is up before the stores are open, and ready after that', async () => {
    const closed = doorTo(undefined);
    expect((await closed.inject('/healthz')).statusCode).toBe(200);
    const notYet = await closed.inject('/readyz');
    expect(notYet.statusCode).toBe(503);
    expect(notYet.json()).toMatchObject({ status: 'not-ready', checks: { log: { status: 'failed' } } });
    const { room, app } = await openRoom();
    await untilCaughtUp(room, 0);
    const ready = await app.inject('/readyz');
    expect(ready.statusCode).toBe(200);
    const { checks } = ready.json<{ checks: object }>();
    expect(Object.keys(checks)).toEqual(['log', 'answers', 'intake', 'projector']);
  });
});
