/** Mappings of JSON messages: paths, lists that are cut, headers, and what is said where a message does not fit. */
import { describe, expect, it } from 'vitest';
import { checkMapping } from '../../adapters/dialects/eventlog/check-mapping.ts';
import { compileMapping } from '../../adapters/dialects/eventlog/compile-mapping.ts';
import type { Signal } from '../../schemas/signal.ts';
import { factLines } from './fact-lines.ts';
import { RECEIVED_AT, ZONES, eventsOf, mappingOf, rejectionOf, signalOf } from './signals.ts';

type Changes = Readonly<Record<string, unknown>>;

const deskMapping = (changes: Changes = {}) =>
  mappingOf({
    format: 'json',
    id: 'event.id',
    subject: { kind: 'ticket', id: 'ticket.id' },
    times: { at: { column: 'event.at', format: 'iso' } },
    rows: [
      {
        when: { 'event.type': 'opened' },
        events: [{ type: 'TicketOpened', at: 'at', actor: 'ticket.owner' }],
      },
      { ignore: 'a ping', when: { 'event.type': 'ping' } },
    ],
    ...changes,
  });
const desk = (changes: Changes = {}) => compileMapping(deskMapping(changes), ZONES);

const OPENED = {
  event: { id: 9, type: 'opened', at: '2026-03-02T12:00:00Z' },
  ticket: { id: 81, owner: 'ada', tags: ['vip', 'late'], custom: { 'first.reply': 'yes' } },
};

const json = (value: unknown, fields?: Readonly<Record<string, string>>): Signal =>
  signalOf(JSON.stringify(value), fields);
const tell = (changes: Changes, value: unknown = OPENED) => desk(changes).translate(json(value));

describe('a path', () => {
  const attribute = (path: string, value: unknown = OPENED): unknown => {
    const [event] = eventsOf(tell({ attributes: { found: path } }, value));
    return event && 'attributes' in event.data ? event.data.attributes?.['found'] : undefined;
  };

  it.each([
    ['ticket.owner', 'ada'],
    ['ticket.tags[1]', 'late'],
    ['ticket.tags.1', 'late'],
    ['ticket.custom.first\\.reply', 'yes'],
    ['event.id', '9'],
    ['ticket.nobody', undefined],
    ['ticket.tags.first', undefined],
    ['ticket.owner.name', undefined],
    ['ticket.constructor', undefined],
    ['ticket.__proto__', undefined],
  ])('%s is %s', (path, value) => {
    expect(attribute(path)).toBe(value);
  });

  it('reads what a name that means something else to mappings holds', () => {
    const odd = { ...OPENED, header: { from: 'body' }, '^': { here: 'yes' }, 'a[0]': 'literal' };
    expect(attribute('\\header.from', odd)).toBe('body');
    expect(attribute('\\^.here', odd)).toBe('yes');
    expect(attribute('a\\[0\\]', odd)).toBe('literal');
  });

  it.each([
    [null, undefined],
    [false, 'false'],
    [0, '0'],
    [' x ', 'x'],
    ['', undefined],
  ])('to %j gives %s', (held, value) => {
    expect(attribute('held', { ...OPENED, held })).toBe(value);
  });
});

describe('an object or a list where a value is needed', () => {
  it.each([
    [{ attributes: { owner: 'ticket' } }, 'ticket is an object', 'ticket.id'],
    [{ attributes: { tag: 'ticket.tags' } }, 'ticket.tags is a list', 'ticket.tags[0]'],
    [{ rows: [{ unless: { ticket: '' }, ignore: 'none' }] }, 'ticket is an object', 'ticket.id'],
    [{ id: 'event' }, 'event is an object', 'event.id'],
    [{ times: { at: { column: 'event', format: 'iso' } } }, 'event is an object', 'event.id'],
    [{ revision: 'ticket.tags' }, 'ticket.tags is a list', 'ticket.tags[0]'],
  ])('%j is rejected with what to write instead', (changes, fault, advice) => {
    const { code, message } = rejectionOf(tell(changes));
    expect(code).toBe('invalid-event');
    expect(message).toContain(fault);
    expect(message).toContain(advice);
  });

  it('is no fault where the rule that fits does not read it', () => {
    const ping = { event: { type: 'ping', id: { no: 'text' } }, ticket: { owner: {} } };
    expect(tell({}, ping)).toEqual({ status: 'ignored', because: 'a ping' });
    const rows = [
      { when: { 'event.type': 'opened' }, events: [{ type: 'TicketOpened', at: 'at' }] },
      { events: [{ type: 'TicketClosed', at: 'at', reason: 'ticket.custom' }] },
    ];
    expect(eventsOf(tell({ rows })).map(({ type }) => type)).toEqual(['TicketOpened']);
  });
});

describe('a delivery of many messages', () => {
  const each = desk({
    each: 'batch.events',
    id: 'id',
    subject: { kind: 'ticket', id: ['^.account', 'ticket'] },
    times: { at: { column: 'at', format: 'iso' } },
    attributes: { sender: '^.sent\\.by' },
    rows: [
      { ignore: 'a ping', when: { type: 'ping' } },
      { events: [{ type: 'TicketOpened', at: 'at', actor: 'owner' }] },
    ],
  });
  const raw =
    '{"account": 7,"batch": {"size":3.0, "events" : [ {"id":1,"ticket":81,"at":"2026-03-02T12:00:00Z","owner":"ada"},' +
    ' {"type":"ping"}, {"id":2,"ticket":82,"at":"2026-03-02T13:00:00Z","owner":"omar"}]}, "sent.by":"crm"}';

  it('is cut into messages of their own, and what stands around stays with each', () => {
    const parts = each.split?.(signalOf(raw)) ?? [];
    expect(parts.map((part) => part.raw)).toEqual([
      '{"account": 7,"batch": {"size":3.0,"events" : [{"id":1,"ticket":81,"at":"2026-03-02T12:00:00Z","owner":"ada"}]},"sent.by":"crm"}',
      '{"account": 7,"batch": {"size":3.0,"events" : [{"type":"ping"}]},"sent.by":"crm"}',
      '{"account": 7,"batch": {"size":3.0,"events" : [{"id":2,"ticket":82,"at":"2026-03-02T13:00:00Z","owner":"omar"}]},"sent.by":"crm"}',
    ]);
    expect(parts.map((part) => each.translate(part)).map(({ status }) => status)).toEqual([
      'events',
      'ignored',
      'events',
    ]);
    expect(parts.flatMap((part) => each.split?.(part))).toEqual(parts);
  });

  it('says the same uncut', () => {
    expect(factLines(each.translate(signalOf(raw)), ['sender'])).toEqual([
      '2026-03-02 12:00:00 TicketOpened ada sender=crm',
      '2026-03-02 13:00:00 TicketOpened omar sender=crm',
    ]);
    expect(eventsOf(each.translate(signalOf(raw))).map(({ subject }) => subject)).toEqual([
      'ticket-7+81',
      'ticket-7+82',
    ]);
  });

  it('of a repeated key the last counts, cut and uncut', () => {
    const twice = '{"batch":{"events":[{"id":5},{"id":6}]},"\\u0062atch":{"events":[{"type":"ping"}]}}';
    expect(each.translate(signalOf(twice))).toEqual({ status: 'ignored', because: 'a ping' });
    const parts = each.split?.(signalOf(twice)) ?? [];
    expect(parts.map((part) => each.translate(part).status)).toEqual(['ignored']);
  });

  it.each([
    ['{"batch":{"events":[]}}', 'ignored: an empty list batch.events'],
    ['{"batch":{}}', 'missing-field: the list batch.events is absent'],
    ['{"batch":{"events":{}}}', 'malformed: batch.events is no list, and "each" cuts one'],
    [
      '{"batch":{"events":[7]}}',
      'malformed: an element of batch.events must be one JSON object, and this is "7"',
    ],
    ['[]', 'ignored: an empty list'],
    ['[[]]', 'malformed: a message must be one JSON object, and this is a list'],
  ])('%s is one signal: %s', (text, said) => {
    expect(each.split?.(signalOf(text)).length).toBe(1);
    const told = each.translate(signalOf(text));
    if (told.status === 'ignored') expect(`ignored: ${told.because}`).toBe(said);
    else expect(`${rejectionOf(told).code}: ${rejectionOf(told).message}`).toBe(said);
  });

  it('that is a list needs no each', () => {
    const list = JSON.stringify([OPENED, { ...OPENED, event: { ...OPENED.event, id: 10 } }]);
    const parts = desk().split?.(signalOf(list)) ?? [];
    expect(parts.map((part) => eventsOf(desk().translate(part))[0]?.vendorId)).toEqual(['9', '10']);
  });
});

describe('a header', () => {
  const hooked = desk({
    id: 'header.X-Event-Id',
    rows: [{ when: { 'header.x-topic': 'tickets' }, events: [{ type: 'TicketOpened', at: 'at' }] }],
  });

  it('is a column, whatever the case of its name, and the carrier is told to keep it', () => {
    expect(hooked.headers?.toSorted()).toEqual(['x-event-id', 'x-topic']);
    const told = hooked.translate(json(OPENED, { 'x-event-id': 'E1', 'x-topic': 'tickets' }));
    expect(eventsOf(told)[0]?.vendorId).toBe('E1');
  });

  it('that is absent holds nothing, and the body cannot stand in for it', () => {
    const forged = { ...OPENED, header: { 'x-topic': 'tickets', 'x-event-id': 'E1' } };
    expect(rejectionOf(hooked.translate(json(forged)))).toEqual({
      code: 'unknown-type',
      message: 'no row rule of the mapping fits: header.x-topic is ""',
    });
  });
});

describe('the time of a message', () => {
  const timed = (format: string, at: unknown) =>
    factLines(
      tell({ times: { at: { column: 'event.at', format } } }, { ...OPENED, event: { ...OPENED.event, at } }),
    );

  it('may be written as mail writes it', () => {
    expect(timed('rfc2822', 'Mon, 02 Mar 2026 13:00:00 +0100')).toEqual([
      '2026-03-02 12:00:00 TicketOpened ada',
    ]);
    expect(() => timed('rfc2822', '2026-03-02')).toThrow('bad-time');
  });

  it('is that of its receipt where it tells none, and is marked so', () => {
    const rows = [{ events: [{ type: 'TicketOpened', at: 'receipt', actor: 'ticket.owner' }] }];
    const [event] = eventsOf(tell({ rows }));
    expect(event).toMatchObject({ occurredAt: RECEIVED_AT, data: { actor: 'ada', timedBy: 'receipt' } });
  });
});

describe('a later word on the same id', () => {
  const revisionOf = (changes: Changes, value: unknown = OPENED) =>
    eventsOf(tell(changes, value))[0]?.revision;
  const edited = { ...OPENED, version: 3 };

  it('has the revision that a column names, or a time', () => {
    expect(revisionOf({ revision: 'version' }, edited)).toBe(3);
    expect(revisionOf({ revision: 'at' })).toBe(Date.UTC(2026, 2, 2, 12));
    expect(revisionOf({ revision: 'version' })).toBeUndefined();
    expect(revisionOf({})).toBeUndefined();
  });

  it('is rejected where the revision is no whole number', () => {
    expect(rejectionOf(tell({ revision: 'version' }, { ...OPENED, version: 'v3' })).message).toBe(
      'the revision in version is "v3", and it is a whole number or a time of the mapping',
    );
  });
});

describe('words', () => {
  it('turn the words of a column into ours, in events and not in conditions', () => {
    const rows = [
      { when: { state: 'wartend' }, events: [{ type: 'TicketStatusChanged', at: 'at', status: 'state' }] },
    ];
    const changes = { words: { state: { wartend: 'pending' } }, rows };
    expect(factLines(tell(changes, { ...OPENED, state: 'wartend' }))).toEqual([
      '2026-03-02 12:00:00 TicketStatusChanged [pending]',
    ]);
    expect(rejectionOf(tell(changes, { ...OPENED, state: 'pending' })).code).toBe('unknown-type');
  });
});

describe('a mapping of messages is checked', () => {
  const problems = (changes: Changes) => checkMapping(deskMapping(changes), ZONES);
  const rule = (event: Changes) => ({ rows: [{ events: [{ type: 'TicketOpened', at: 'at', ...event }] }] });

  it.each([
    [{ id: 'event..id' }, 'id', 'no path: write it like ticket.owner.id'],
    [{ id: 'items[x]' }, 'id', 'no path'],
    [{ id: 'name\\' }, 'id', 'no path'],
    [{ attributes: { a: '^.account' } }, 'attributes.a', 'there is no each'],
    [{ each: '^.events' }, 'each', 'a list within the message'],
    [{ each: 'events[' }, 'each', 'no path'],
    [{ format: 'csv', each: 'events' }, 'each', 'leave it out'],
    [{ times: { at: { column: 'a', format: 'rfc822' } } }, 'times.at.format', 'did you mean rfc2822'],
    [{ times: { receipt: { column: 'a', format: 'iso' } } }, 'times.receipt', 'another name'],
    [rule({ at: 'reciept' }), 'rows.0.events.0.at', 'did you mean receipt'],
    [{ format: 'csv', ...rule({ at: 'receipt' }) }, 'rows.0.events.0.at', 'name a time of the mapping'],
    [
      {
        rows: [
          {
            subject: { kind: 'person', id: 'p' },
            events: [{ type: 'PersonJoinedTeam', at: 'receipt', actor: 'p', team: 't' }],
          },
        ],
      },
      'rows.0.events.0.at',
      'PersonJoinedTeam needs a time of its own',
    ],
  ])('%j', (changes, path, message) => {
    const found = problems(changes).filter((problem) => problem.path.join('.') === path);
    expect(found.map((problem) => problem.message).join()).toContain(message);
  });

  it('and a good one has no problem', () => {
    expect(problems({ each: 'a[0].b', attributes: { a: '^.account', h: 'header.x' } })).toEqual([]);
  });
});
