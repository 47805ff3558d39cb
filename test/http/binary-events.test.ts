/** POST /events in binary mode: the attributes are headers, the body is the data. */
import { afterEach, describe, expect, it } from 'vitest';
import { type WebhookRoom, webhookRoom } from './webhook-doors.ts';

const opened: WebhookRoom[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** CloudEvents 1.0.2, "HTTP Protocol Binding", 3.1.4, with an event of ours. */
const HEADERS = {
  'ce-specversion': '1.0',
  'ce-id': '1',
  'ce-source': 'pbx',
  'ce-type': 'CallConnected',
  'ce-subject': 'call-9',
  'ce-time': '2020-01-06T09:00:00Z',
  'content-type': 'application/json; charset=utf-8',
};

const post = async (headers: Readonly<Record<string, string>>, body?: string | Buffer) => {
  const room = await webhookRoom();
  opened.push(room);
  const answer = await room.app.inject({
    method: 'POST',
    url: '/events',
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { room: room.room, answer };
};

describe('an event in binary mode', () => {
  it('is the one that it would be in structured mode', async () => {
    const { answer, room } = await post(HEADERS, '{"actor":"lena"}');
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ signals: 1, appended: 1 });
    const structured = {
      specversion: '1.0',
      id: '1',
      source: 'pbx',
      type: 'CallConnected',
      subject: 'call-9',
      time: '2020-01-06T09:00:00Z',
      data: { actor: 'lena' },
    };
    const [found] = await room.workspace.log.readStream('call-9');
    const other = await post({ 'content-type': 'application/cloudevents+json' }, JSON.stringify(structured));
    const [expected] = await other.room.workspace.log.readStream('call-9');
    const { signalHash: _text, ...rest } = expected?.event ?? {};
    expect(found?.event).toMatchObject(rest);
  });

  it('may have no data, and numbers and codes in its headers', async () => {
    const { 'content-type': _type, ...rest } = HEADERS;
    const headers = {
      ...rest,
      'ce-type': 'CallEnded',
      'ce-revision': '2',
      'ce-sequence': '7',
      'ce-source': 'pbx%20east',
    };
    const { answer, room } = await post(headers);
    expect(answer.json()).toMatchObject({ appended: 1 });
    expect(await room.workspace.log.readStream('call-9')).toMatchObject([
      { event: { type: 'CallEnded', source: 'pbx east', sequence: 7 } },
    ]);
  });

  it.each([
    ['no JSON', '{"actor":', 'malformed'],
    ['a way out of the data', '{"actor":"lena"},"subject":"call-10"', 'malformed'],
    ['no text', Buffer.from([0xff]), 'encoding'],
  ])('with data that are %s is a dead letter', async (_what, body, code) => {
    const { answer } = await post(HEADERS, body);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ appended: 0, reasons: [{ code }] });
  });

  it('needs its attributes', async () => {
    const { 'ce-subject': _subject, ...headers } = HEADERS;
    const { answer } = await post(headers, '{}');
    expect(answer.json()).toMatchObject({
      reasons: [{ code: 'missing-field', message: 'subject is absent or empty' }],
    });
  });

  it.each([
    [{ 'content-type': 'application/json' }],
    [{ ...HEADERS, 'content-type': 'application/x-www-form-urlencoded' }],
  ])('is none of another type: %o', async (headers) => {
    const { answer } = await post(headers, '{}');
    expect(answer.statusCode).toBe(415);
  });
});
