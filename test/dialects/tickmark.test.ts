/** Our own signals: CloudEvents JSON, alone and in batches, good and hostile. */
import { describe, expect, it } from 'vitest';
import { splitBatch, tickmark } from '../../adapters/dialects/tickmark.ts';
import { EVENT_TYPES, isEventType, kindOf } from '../../schemas/event.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';

const EVENT = {
  specversion: '1.0',
  id: 'e-1',
  source: 'test',
  type: 'CallConnected',
  subject: 'call-4711',
  time: '2026-02-09T08:30:00.123456789+01:00',
  data: { actor: 'Ada', attributes: { queue: 'sales' } },
};
const translate = (value: unknown) => tickmark.translate(signalOf(JSON.stringify(value)));
const without = (key: string) => Object.fromEntries(Object.entries(EVENT).filter(([name]) => name !== key));

describe('a CloudEvent', () => {
  it('becomes the event that it names', () => {
    expect(translate({ ...EVENT, sequence: '0012', revision: 1, traceparent: 'kept by others' })).toEqual({
      status: 'events',
      events: [
        {
          type: 'CallConnected',
          vendorId: 'e-1',
          subject: 'call-4711',
          occurredAt: Date.UTC(2026, 1, 9, 7, 30, 0, 123),
          sequence: 12,
          revision: 1,
          data: { actor: 'Ada', attributes: { queue: 'sales' } },
        },
      ],
      checked: true,
    });
  });

  it('of another source than its carrier says keeps its source in its id', () => {
    expect(eventsOf(translate({ ...EVENT, source: 'crm|a' }))[0]?.vendorId).toBe('crm\\|a|e-1');
  });

  it('may lie in the year 9999: whether that is the future is for intake to say', () => {
    expect(eventsOf(translate({ ...EVENT, time: '9999-12-31T23:59:59Z' }))[0]?.occurredAt).toBe(
      253402300799000,
    );
  });

  it.each([
    ['unknown-type', { ...EVENT, type: 'CallConected' }, 'did you mean CallConnected?'],
    ['unknown-type', { ...EVENT, type: 'constructor' }, 'no event type "constructor"'],
    ['unknown-type', { ...EVENT, type: 'RuleSetApplied', subject: 'ruleset-live' }, 'rules apply'],
    ['unknown-type', { ...EVENT, type: 'WeekSealed', subject: 'seal-weeks' }, 'seal week'],
    ['unknown-type', { ...EVENT, type: 'constructor' }, 'no event type'],
    ['missing-field', without('id'), 'id is absent or empty'],
    ['missing-field', { ...EVENT, subject: '' }, 'subject is absent or empty'],
    ['missing-field', { ...EVENT, type: 'CallTransferred', data: {} }, 'data.actor is absent or empty'],
    ['missing-field', { ...EVENT, data: { actor: '' } }, 'data.actor is absent or empty'],
    ['malformed', { ...EVENT, id: 5 }, 'id: '],
    ['malformed', { ...EVENT, specversion: '0.3' }, 'specversion: '],
    ['malformed', { ...EVENT, data: [1] }, 'data: '],
    ['malformed', { ...EVENT, sequence: -1 }, 'sequence: '],
    ['malformed', 7, 'a CloudEvent is a JSON object'],
    ['bad-time', { ...EVENT, time: '2026-02-09T08:30:00' }, 'names no offset'],
    ['bad-time', { ...EVENT, time: '2026-02-30T08:30:00Z' }, 'it has 28 days'],
    ['bad-time', { ...EVENT, time: 'soon' }, 'is not written like'],
    ['invalid-event', { ...EVENT, subject: 'ticket-9' }, 'call-<id>'],
    ['invalid-event', { ...EVENT, subject: 'call-' }, 'subject: '],
    [
      'invalid-event',
      { ...EVENT, data: { actr: 'Ada' } },
      'data.actr is not a field of CallConnected (did you mean actor?)',
    ],
    ['invalid-event', { ...EVENT, data: { actor: 'x'.repeat(201) } }, 'data.actor: '],
    [
      'invalid-event',
      { ...EVENT, data: { attributes: { queue: 'sales', n: 5 } } },
      'data.attributes.n: an attribute is text',
    ],
    [
      'invalid-event',
      { ...EVENT, data: { attributes: { n: null } } },
      'data.attributes.n: an attribute is text',
    ],
    ['invalid-event', { ...EVENT, data: { durationMs: '1800000' } }, 'data.durationMs: '],
    ['invalid-event', { ...EVENT, data: { durationMs: 1.5 } }, 'data.durationMs: '],
    [
      'invalid-event',
      { ...EVENT, type: 'NoteAttached', data: { text: 'x', by: 'Ada', evidence: ['call-1', 5] } },
      'data.evidence.1: ',
    ],
    [
      'invalid-event',
      { ...EVENT, type: 'TimeAllocated', data: { actor: 'Ada', over: { north: 50 } } },
      'data.over: the shares add up to 50 %',
    ],
    ['invalid-event', { ...EVENT, sequence: '9'.repeat(400) }, 'sequence: '],
    ['invalid-event', { ...EVENT, data_base64: 'e30=' }, 'data_base64'],
  ])('%s: %#', (code, value, message) => {
    const rejection = rejectionOf(translate(value));
    expect(rejection.message).toContain(message);
    expect(rejection.code).toBe(code);
  });

  it.each([
    ['', 'malformed'],
    ['{', 'malformed'],
    ['null', 'malformed'],
    ['\ufffd\u0000', 'malformed'],
    ['1'.repeat(100_000), 'malformed'],
    ['['.repeat(10_000) + ']'.repeat(10_000), 'malformed'],
    [
      JSON.stringify(EVENT).replace('"Ada"', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
      'invalid-event',
    ],
    [JSON.stringify(EVENT).replace('"actor"', '"__proto__"'), 'invalid-event'],
    [JSON.stringify(EVENT).replace('"queue"', '"__proto__"'), 'invalid-event'],
    [JSON.stringify(EVENT).replace('"attributes":{"queue"', '"over":{"__proto__"'), 'invalid-event'],
  ])('text %# is rejected, not thrown', (raw, code) => {
    expect(rejectionOf(tickmark.translate(signalOf(raw))).code).toBe(code);
  });
});

/** One value for every field that any event type has. */
const VALUES: Readonly<Record<string, unknown>> = {
  actor: 'Ada',
  actorKind: 'bot',
  attributes: { queue: 'sales' },
  by: 'Bo',
  category: 'training',
  claimedMs: 5_400_000,
  durationMs: 1_800_000,
  effect: 'add',
  evidence: ['call-1', 'ticket-2'],
  exemption: 'x-1',
  fromMs: Date.UTC(2026, 1, 9, 7),
  into: 'call-2',
  note: 'seen',
  over: { north: '62.5%', south: 37.5 },
  reason: 'fire drill',
  rule: 'call.talk',
  status: 'open',
  team: 'blue',
  text: 'three calls',
  timedBy: 'receipt',
  toMs: Date.UTC(2026, 1, 9, 8),
  zone: 'America/Toronto',
};
const TYPES = Object.keys(EVENT_TYPES)
  .filter(isEventType)
  .filter((type) => !['RuleSetApplied', 'TimesheetSealed', 'WeekSealed'].includes(type));

describe('an event type', () => {
  it.each(TYPES)('%s is carried with all that it can say', (type) => {
    const data = Object.fromEntries(
      Object.keys(EVENT_TYPES[type].data.shape).map((field) => [field, VALUES[field]]),
    );
    const kind = kindOf(type);
    const subject = `${kind === 'any' ? 'call' : kind}-Ada`;
    expect(eventsOf(translate({ ...EVENT, type, subject, data }))).toMatchObject([{ type, subject, data }]);
  });
});

describe('a batch', () => {
  const second = { ...EVENT, id: 'e-2', source: 'crm', type: 'CallEnded', data: {} };

  it('is all its events in order', () => {
    const ids = eventsOf(translate([EVENT, second])).map(({ vendorId }) => vendorId);
    expect(ids).toEqual(['e-1', 'crm|e-2']);
  });

  it('as one signal is rejected as a whole, and the bad member is named', () => {
    expect(rejectionOf(translate([EVENT, { ...second, type: 'X' }])).message).toMatch(
      /^event 2 of 2 in the batch: there is no event type "X"/,
    );
  });

  it('that is empty is ignored', () => {
    expect(translate([]).status).toBe('ignored');
    expect(splitBatch(signalOf(' [ ] '))).toHaveLength(1);
  });

  it('is split into signals with exactly the text of each member, under its own source', () => {
    const texts = ['{"id": "a,]}\\"", "source":"crm", "n": 1.50}', '[1, [2]]', '"x"', '{"source":5}'];
    const signals = splitBatch(signalOf(`\n[ ${texts.join(' ,\n')} ]\n`));
    expect(signals.map(({ raw, source }) => [raw, source])).toEqual([
      [texts[0], 'crm'],
      [texts[1], 'test'],
      [texts[2], 'test'],
      [texts[3], 'test'],
    ]);
    expect(signals[0]).toMatchObject({ line: 2, dialect: 'test' });
  });

  it('splits so that a bad member is rejected alone', () => {
    const raw = JSON.stringify([EVENT, { ...second, time: 'soon' }, second]);
    const statuses = splitBatch(signalOf(raw)).map((signal) => tickmark.translate(signal).status);
    expect(statuses).toEqual(['events', 'rejected', 'events']);
  });

  it('gives an event the same id whatever carried it', () => {
    const ids = [signalOf(JSON.stringify(second)), signalOf(JSON.stringify([second]))].map((signal) => {
      const [only] = splitBatch(signal);
      if (!only) throw new Error('nothing');
      return [only.source, eventsOf(tickmark.translate(only))[0]?.vendorId];
    });
    expect(ids).toEqual([
      ['crm', 'e-2'],
      ['crm', 'e-2'],
    ]);
  });

  it('that is no JSON stays one signal', () => {
    const signal = signalOf('[{"id":');
    expect(splitBatch(signal)).toEqual([signal]);
  });
});
