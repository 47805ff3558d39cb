/** POST /signals/{source}: whose messages are taken, what is kept of them, and what a repetition does. */
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Workspace } from '../../adapters/workspace.ts';
import { githubSignal } from '../dialects/github-samples.ts';
import { hourOf } from '../serve/hours.ts';
import { NOON, SECRET, TWILIO_URL, type WebhookRoom, githubSignature, webhookRoom } from './webhook-doors.ts';

const opened: WebhookRoom[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
const open: typeof webhookRoom = async (...how) => {
  const room = await webhookRoom(...how);
  opened.push(room);
  return room;
};

const post = ({ app }: WebhookRoom, url: string, body: string | Buffer, headers: OutgoingHttpHeaders) =>
  app.inject({ method: 'POST', url, body, headers });

const OPENED = githubSignal('opened').raw;

const github = (room: WebhookRoom, body = OPENED, headers: OutgoingHttpHeaders = {}) =>
  post(room, '/signals/code', body, {
    'content-type': 'application/json',
    'x-github-event': 'issues',
    'x-github-delivery': 'guid-1',
    'x-hub-signature-256': githubSignature(body),
    ...headers,
  });

const own = (room: WebhookRoom, body: string | Buffer, headers: OutgoingHttpHeaders = {}) =>
  post(room, '/signals/own', body, { 'x-tickmark-secret': SECRET, ...headers });

const problem = (code: string): unknown =>
  expect.objectContaining({ type: `https://tickmark.dev/problems/${code}` });

const failing = (workspace: Workspace): Workspace => ({
  ...workspace,
  log: { ...workspace.log, append: () => Promise.reject(new Error('the disk')) },
});

describe('a message of a source', () => {
  it('is acknowledged with counts once its events are in the log, under the name of its source', async () => {
    const room = await open();
    const answer = await github(room);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ signals: 1, accepted: 1, appended: 1, reasons: [] });
    const [found] = await room.room.workspace.log.readStream('ticket-octocat+hello+7');
    expect(found?.event).toMatchObject({
      type: 'TicketOpened',
      source: 'code',
      dialect: 'github@1',
      recordedAt: NOON,
    });
  });

  it('may be read by a mapping alone: cut, with its header, and a bad one a dead letter alone', async () => {
    const room = await open();
    const events = [
      { nr: 1, ticket: 81, at: '2026-03-02T11:00:00Z' },
      { nr: 2, ticket: 82, at: 'soon' },
      { nr: 3, ticket: 83, at: '2026-03-02T11:30:00Z' },
    ];
    const answer = await post(room, '/signals/crm', JSON.stringify({ sender: { name: 'ada' }, events }), {
      'x-tickmark-secret': SECRET,
      'X-Delivery': 'd1',
    });
    expect(answer.json()).toMatchObject({ signals: 3, accepted: 2, rejected: 1, appended: 2 });
    const [found] = await room.room.workspace.log.readStream('ticket-83');
    expect(found?.event).toMatchObject({ source: 'crm', data: { actor: 'ada' } });
    const [letter] = await room.room.workspace.deadLetters.list();
    expect(letter?.rejection.code).toBe('bad-time');
    expect(letter?.signal).toMatchObject({
      fields: { 'x-delivery': 'd1' },
      raw: JSON.stringify({ sender: { name: 'ada' }, events: [events[1]] }),
    });
  });

  it('keeps the headers that its dialect asks for, and its text to the byte', async () => {
    const room = await open();
    const body = ' {"action" : "closed", "issue": {"number": 7},\n "repository": {"full_name": "é"}} ';
    await github(room, body, { cookie: 'secret=1', authorization: 'Bearer x' });
    const [letter] = await room.room.workspace.deadLetters.list();
    expect(letter?.signal).toEqual({
      source: 'code',
      dialect: 'github',
      receivedAt: NOON,
      origin: 'http',
      raw: body,
      fields: { 'x-github-event': 'issues', 'x-github-delivery': 'guid-1' },
    });
  });

  it.each([
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/pdf',
  ])('may be of any type: %s', async (type) => {
    const answer = await own(await open(), '{"specversion":"1.0"}', { 'content-type': type });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ signals: 1, rejected: 1, reasons: [{ code: 'missing-field' }] });
  });

  it('may be a batch, of which each member stands for itself', async () => {
    const answer = await own(await open(), `[${[...hourOf('1', 9), '{}'].join()}]`, {
      'content-type': 'application/json',
    });
    expect(answer.json()).toMatchObject({ signals: 3, accepted: 2, rejected: 1, appended: 2 });
  });

  it.each([
    ['no text', Buffer.from([0xff, 0xfe, 0x00]), 'encoding'],
    ['nothing', Buffer.alloc(0), 'malformed'],
  ])('that is %s is a dead letter', async (_what, body, code) => {
    const answer = await own(await open(), body, { 'content-type': 'application/octet-stream' });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ rejected: 1, reasons: [{ code }] });
  });

  it('is proven by the address as its sender calls it, with the query of this call', async () => {
    const room = await open();
    const body = 'CallSid=CA1&CallStatus=completed';
    const signed = `${TWILIO_URL}?tenant=aCallSidCA1CallStatuscompleted`;
    const signature = createHmac('sha1', SECRET).update(signed).digest('base64');
    const ask = (query: string) =>
      post(room, `/signals/pbx${query}`, body, {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature,
      });
    expect((await ask('?tenant=a')).statusCode).toBe(202);
    expect((await ask('?tenant=b')).statusCode).toBe(401);
  });
});

describe('a request that does not prove itself', () => {
  it.each([
    [
      'signed by another',
      { 'x-hub-signature-256': githubSignature(OPENED, 'another-secret') },
      'wrong-signature',
    ],
    ['not signed', { 'x-hub-signature-256': '' }, 'no-signature'],
    [
      'signed in another way',
      { 'x-hub-signature-256': '', 'x-hub-signature': githubSignature(OPENED) },
      'no-signature',
    ],
  ])('is told nothing of why, and the log of the process is: %s', async (_what, headers, because) => {
    const room = await open();
    const answer = await github(room, OPENED, headers);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toEqual({
      type: 'https://tickmark.dev/problems/unproven',
      title: 'the request does not prove that it comes from this source',
      status: 401,
    });
    expect(room.logged).toEqual([{ source: 'code', because }]);
    expect(await room.room.workspace.deadLetters.list()).toEqual([]);
  });

  it('is refused when its moment is long over', async () => {
    const room = await open();
    const [sent, body] = ['2026-03-02T12:00:00Z', '{}'];
    const headers = {
      'x-zendesk-webhook-signature': createHmac('sha256', SECRET)
        .update(sent + body)
        .digest('base64'),
      'x-zendesk-webhook-signature-timestamp': sent,
    };
    room.at(NOON + 300_001);
    expect((await post(room, '/signals/desk', body, headers)).statusCode).toBe(401);
    room.at(NOON + 300_000);
    expect((await post(room, '/signals/desk', body, headers)).statusCode).toBe(202);
  });
});

describe('a repetition', () => {
  it('of what was acknowledged is acknowledged again, without work', async () => {
    const room = await open();
    await github(room);
    // Who repeats a message under another id would make another fact of it.
    const again = await github(room, OPENED, { 'x-github-delivery': 'guid-2' });
    expect(again.statusCode).toBe(202);
    expect(again.json()).toMatchObject({ signals: 0, appended: 0, duplicates: 0 });
    room.at(NOON + 600_001);
    expect((await github(room)).json()).toMatchObject({ signals: 1, duplicates: 1 });
  });

  it('of what was not acknowledged is taken', async () => {
    let isDown = true;
    const room = await open((workspace) => ({
      ...workspace,
      log: {
        ...workspace.log,
        append: (...appends) =>
          isDown ? Promise.reject(new Error('the disk')) : workspace.log.append(...appends),
      },
    }));
    expect((await github(room)).statusCode).toBe(503);
    isDown = false;
    await room.room.clock.pass(60_000);
    const again = await github(room);
    expect(again.statusCode).toBe(202);
    expect(again.json()).toMatchObject({ signals: 1, accepted: 1 });
  });

  it('is taken where nothing tells it from an equal message', async () => {
    const room = await open();
    await own(room, '{}');
    expect((await own(room, '{}')).json()).toMatchObject({ signals: 1 });
  });
});

describe('the door', () => {
  it('is not there for a source that nobody named, or that has no webhook', async () => {
    const answer = await post(await open(), '/signals/nobody', '{}', {});
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual(problem('not-found'));
  });

  it('says that it takes POST', async () => {
    const { app } = await open();
    const answer = await app.inject('/signals/code');
    expect(answer.statusCode).toBe(405);
    expect(answer.headers['allow']).toBe('POST');
    expect(answer.json()).toEqual(problem('method-not-allowed'));
  });

  it('takes no body that is too large, and none that is compressed', async () => {
    const room = await open();
    expect((await own(room, ' '.repeat(1024 * 1024 + 1))).statusCode).toBe(413);
    expect((await own(room, '{}', { 'content-encoding': 'gzip' })).statusCode).toBe(415);
  });

  it('acknowledges nothing while the log does not work', async () => {
    const answer = await github(await open(failing));
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual(problem('store-down'));
    expect(answer.body).not.toContain('disk');
  });

  it('opens so often for an address, and says when it is worth another attempt', async () => {
    const room = await open(undefined, { perAddress: { perSecond: 0.5, burst: 2 } });
    const asked = async () => (await post(room, '/signals/nobody', '{}', {})).statusCode;
    expect([await asked(), await asked()]).toEqual([404, 404]);
    const answer = await github(room);
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json()).toEqual(problem('too-many-requests'));
    await room.clock.pass(2_000);
    expect((await github(room)).statusCode).toBe(202);
  });

  it('opens so often for a source, whatever strangers send in its name', async () => {
    const room = await open(undefined, { perSource: { perSecond: 1, burst: 2 } });
    for (let round = 0; round < 5; round += 1)
      expect((await own(room, '{}', { 'x-tickmark-secret': 'a guess' })).statusCode).toBe(401);
    const codes = [await own(room, '{}'), await own(room, '{}'), await own(room, '{}'), await github(room)];
    expect(codes.map(({ statusCode }) => statusCode)).toEqual([202, 202, 429, 202]);
  });
});
