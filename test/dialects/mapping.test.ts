/** Mappings: which rows mean what, what identifies them, and what is said when a mapping or a row is wrong. */
import { describe, expect, it } from 'vitest';
import { checkColumns, checkMapping } from '../../adapters/dialects/eventlog/check-mapping.ts';
import { compileMapping } from '../../adapters/dialects/eventlog/compile-mapping.ts';
import { shortHash } from '../../adapters/dialects/reading/hash.ts';
import type { Mapping } from '../../schemas/mapping.ts';
import { ZONES, eventsOf, mappingOf, rejectionOf, rowSignal, signalOf, translateRow } from './signals.ts';

const ROW = { id: '7', start: '2026-02-09T08:00:00Z', end: '2026-02-09T08:05:00Z', agent: 'Ada' };

describe('a row', () => {
  it('yields a start with its person and an end, in the order of the rule', () => {
    expect(translateRow(mappingOf(), ROW)).toEqual({
      status: 'events',
      events: [
        {
          type: 'CallConnected',
          vendorId: '7',
          subject: 'call-7',
          occurredAt: Date.UTC(2026, 1, 9, 8, 0),
          sequence: 0,
          data: { actor: 'Ada' },
        },
        {
          type: 'CallEnded',
          vendorId: '7',
          subject: 'call-7',
          occurredAt: Date.UTC(2026, 1, 9, 8, 5),
          sequence: 1,
          data: {},
        },
      ],
    });
  });

  it('takes the first rule that fits', () => {
    const mapping = mappingOf({
      rows: [
        { ignore: 'a test call', when: { kind: ['test', 'demo'] } },
        {
          when: { kind: 1 },
          unless: { agent: 'NO_SERVER' },
          events: [{ type: 'CallConnected', at: 'start' }],
        },
        { when: { kind: 1 }, events: [{ type: 'CallOffered', at: 'start' }] },
      ],
    });
    const translate = (kind: string, agent = 'Ada') => translateRow(mapping, { ...ROW, kind, agent });
    expect(translate('demo')).toEqual({ status: 'ignored', because: 'a test call' });
    expect(eventsOf(translate(' 1 '))[0]?.type).toBe('CallConnected');
    expect(eventsOf(translate('1', 'NO_SERVER'))[0]?.type).toBe('CallOffered');
    expect(rejectionOf(translate('2'))).toEqual({
      code: 'unknown-type',
      message: 'no row rule of the mapping fits: kind is "2", agent is "Ada"',
    });
  });

  it('is rejected when its end lies before its start, and both are named', () => {
    expect(rejectionOf(translateRow(mappingOf(), { ...ROW, end: '2026-02-09T07:59:59Z' }))).toEqual({
      code: 'end-before-start',
      message:
        'CallEnded at "2026-02-09T07:59:59Z" (end) lies before CallConnected at "2026-02-09T08:00:00Z" (start)',
    });
    expect(translateRow(mappingOf(), { ...ROW, end: ROW.start }).status).toBe('events');
  });

  it.each([
    ['end', 'CallEnded needs the time end, which holds ""'],
    ['agent', 'CallConnected needs the actor in the column "agent", which holds ""'],
    ['id', 'the row needs its id in id, which is empty'],
  ])('without %s is rejected', (column, message) => {
    expect(rejectionOf(translateRow(mappingOf(), { ...ROW, [column]: '' }))).toEqual({
      code: 'missing-field',
      message,
    });
  });

  it('leaves out an optional event, and is ignored with a reason when nothing is left', () => {
    const events = [{ type: 'CallConnected', at: 'start', actor: 'agent', optional: true }];
    const mapping = mappingOf({ rows: [{ events }] });
    expect(translateRow(mapping, { ...ROW, agent: '' }).status).toBe('ignored');
    expect(translateRow(mapping, { ...ROW, start: '' }).status).toBe('ignored');
    expect(rejectionOf(translateRow(mapping, { ...ROW, start: 'soon' })).code).toBe('bad-time');
  });

  it('carries the attributes that hold something', () => {
    const mapping = mappingOf({
      none: { cust: [0, '?'] },
      attributes: { customer: 'cust', line: 'vru+line' },
    });
    const read = (cust: string, line: string) =>
      eventsOf(translateRow(mapping, { ...ROW, cust, 'vru+line': line })).map(({ data }) => data);
    expect(read('17', 'A')[1]).toEqual({ attributes: { customer: '17', line: 'A' } });
    expect(read('0', '?')[1]).toEqual({ attributes: { line: '?' } });
    expect(read('?', '')[1]).toEqual({});
  });

  it('is rejected where a value is longer than an event may hold, never cut', () => {
    const long = 'x'.repeat(401);
    const message = (changes: object, row: object) =>
      rejectionOf(translateRow(mappingOf(changes as Record<string, unknown>), { ...ROW, ...row }));
    expect(message({}, { agent: long }).code).toBe('invalid-event');
    expect(message({ attributes: { note: 'note' } }, { note: long }).message).toContain(
      'the attribute note has 401',
    );
    expect(message({}, { id: long }).message).toContain('hash: true');
  });
});

describe('identity', () => {
  const ids = (changes: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, string>>) => {
    const [event] = eventsOf(translateRow(mappingOf(changes), { ...ROW, ...fields }));
    return { vendorId: event?.vendorId, subject: event?.subject };
  };
  const two = { id: ['a', 'b'], subject: { kind: 'call', id: ['a', 'b'] } };

  it('is readable where the values are', () => {
    expect(ids(two, { a: 'AA0101', b: '7:02:47' })).toEqual({
      vendorId: 'AA0101|7:02:47',
      subject: 'call-AA0101+7:02:47',
    });
    expect(ids({}, { id: 'Case 1/ü' }).subject).toBe('call-Case%201%2F%C3%BC');
    expect(ids({}, { id: '+49 30' }).subject).toBe('call-+49%2030');
  });

  it('keeps apart what joins to the same text', () => {
    expect(ids(two, { a: 'x|', b: 'y' })).not.toEqual(ids(two, { a: 'x', b: '|y' }));
    expect(ids(two, { a: 'x+', b: 'y' }).subject).not.toBe(ids(two, { a: 'x', b: '+y' }).subject);
    expect(ids(two, { a: 'x\\', b: '|y' })).not.toEqual(ids(two, { a: 'x\\|', b: 'y' }));
  });

  it('tells repetitions apart where they are kept, and only there', () => {
    const vendorId = (duplicates: string, occurrence: number) =>
      eventsOf(
        compileMapping(mappingOf({ duplicates }), ZONES).translate({ ...rowSignal(ROW), occurrence }),
      )[0]?.vendorId;
    expect([vendorId('keep', 1), vendorId('keep', 2), vendorId('once', 2)]).toEqual(['7', '7#2', '7']);
    expect(ids({}, { id: '7#2' }).vendorId).toBe('7\\#2');
  });

  it('gives two events of one type in a row two ids', () => {
    const events = [
      { type: 'CallHeld', at: 'start' },
      { type: 'CallHeld', at: 'end' },
    ];
    const found = eventsOf(translateRow(mappingOf({ rows: [{ events }] }), ROW));
    expect(found.map(({ vendorId }) => vendorId)).toEqual(['7', '7~2']);
  });

  it('of a very long row is its beginning and a hash', () => {
    const one = ids({ subject: { kind: 'call', id: 'id', hash: true } }, { id: `${'x'.repeat(5000)}1` });
    const other = ids({ subject: { kind: 'call', id: 'id', hash: true } }, { id: `${'x'.repeat(5000)}2` });
    expect(one.vendorId?.length).toBe(200 + 2 + 16);
    expect(one.vendorId).not.toBe(other.vendorId);
    expect(one.subject).toMatch(/^call-[0-9a-f]{16}$/);
  });

  it('hashes 100,000 similar texts without a collision, in the low and the high half alike', () => {
    const texts = Array.from(
      { length: 100_000 },
      (_, index) => `Case ${index}|Inbound Call|${index % 28}.3.10`,
    );
    expect(new Set(texts.map(shortHash)).size).toBe(100_000);
    // 32 bits: n²/2/2³² is 1.2 expected collisions in each half; 10 or more would be a weak lane.
    for (const half of [(text: string) => text.slice(0, 8), (text: string) => text.slice(8)])
      expect(new Set(texts.map((text) => half(shortHash(text)))).size).toBeGreaterThan(100_000 - 10);
  });
});

describe('an NDJSON row', () => {
  const mapping = (changes: Readonly<Record<string, unknown>> = {}): Mapping =>
    mappingOf({
      format: 'ndjson',
      id: 'id',
      subject: { kind: 'call', id: 'call.sid' },
      times: { start: { column: 'at.0', format: 'epoch-ms' } },
      rows: [
        { when: { live: 'true' }, events: [{ type: 'CallConnected', at: 'start', actor: 'agent.name' }] },
      ],
      ...changes,
    });
  const translate = (raw: string) => compileMapping(mapping(), ZONES).translate(signalOf(raw));
  const good = { id: 1, call: { sid: 'CA9' }, at: [1550286862039], live: true, agent: { name: 'Ada' } };

  it('is read by dotted names; numbers and truth values are texts', () => {
    expect(eventsOf(translate(JSON.stringify(good)))).toMatchObject([
      { vendorId: '1', subject: 'call-CA9', occurredAt: 1550286862039, data: { actor: 'Ada' } },
    ]);
  });

  it('keeps every digit of an id beyond 2^53', () => {
    const raw = JSON.stringify(good).replace('"id":1', '"id":12345678901234567891');
    expect(eventsOf(translate(raw))[0]?.vendorId).toBe('12345678901234567891');
  });

  it.each([
    ['{"id":', 'not JSON'],
    ['[1]', 'one JSON object'],
    ['"x"', 'one JSON object'],
  ])('%.20s is malformed', (raw, why) => {
    const rejection = rejectionOf(translate(raw));
    expect(rejection.code).toBe('malformed');
    expect(rejection.message).toContain(why);
  });

  it('is not led astray by names that objects have of themselves', () => {
    const raw = JSON.stringify({ ...good, agent: {} }).replace(
      '"agent":{}',
      '"__proto__":{"agent.name":"Eve"}',
    );
    expect(rejectionOf(translate(raw)).code).toBe('missing-field');
    const inherited = mapping({ id: 'constructor' });
    const translation = compileMapping(inherited, ZONES).translate(signalOf(JSON.stringify(good)));
    expect(rejectionOf(translation).code).toBe('missing-field');
  });
});

describe('a mapping is checked', () => {
  const problems = (changes: Readonly<Record<string, unknown>>) => checkMapping(mappingOf(changes), ZONES);

  it.each([
    [
      { rows: [{ events: [{ type: 'CallConected', at: 'start' }] }] },
      'rows.0.events.0.type',
      'CallConnected',
    ],
    [{ rows: [{ events: [{ type: 'CallEnded', at: 'ende' }] }] }, 'rows.0.events.0.at', 'did you mean end'],
    [
      { rows: [{ events: [{ type: 'TicketClosed', at: 'end' }] }] },
      'rows.0.events.0.type',
      'a subject of its own',
    ],
    [
      { rows: [{ events: [{ type: 'RuleSetApplied', at: 'end' }] }] },
      'rows.0.events.0.type',
      'no event type',
    ],
    [{ rows: [{ events: [{ type: 'CallTransferred', at: 'end' }] }] }, 'rows.0.events.0', 'needs "actor: "'],
    [
      { rows: [{ events: [{ type: 'CallEnded', at: 'end', status: 's' }] }] },
      'rows.0.events.0.status',
      'leave it out',
    ],
    [{ subject: { kind: 'cal', id: 'id' } }, 'subject.kind', 'did you mean call'],
    [{ zone: 'Europe/Berlín' }, 'zone', 'IANA'],
    [{ attributes: { ['x'.repeat(61)]: 'id' } }, `attributes.${'x'.repeat(61)}`, 'at most 60'],
    [
      { rows: [{ ignore: 'all' }, { events: [{ type: 'CallEnded', at: 'end' }] }] },
      'rows.1',
      'a rule above fits every row',
    ],
    [
      {
        times: {
          start: { column: 's', format: 'epoch-s', nextDayIf: { earlierThan: 'end' } },
          end: { column: 'e', format: 'iso' },
        },
      },
      'times.start.nextDayIf.earlierThan',
      'an epoch has its date',
    ],
    [
      {
        times: {
          start: { column: 's', format: 'iso', nextDayIf: { earlierThan: 'constructor' } },
          end: { column: 'e', format: 'iso' },
        },
      },
      'times.start.nextDayIf.earlierThan',
      'no time "constructor"',
    ],
  ])('%#', (changes, path, message) => {
    const found = problems(changes).filter((problem) => problem.path.join('.') === path);
    expect(found.map((problem) => problem.message).join()).toContain(message);
    expect(() => compileMapping(mappingOf(changes), ZONES)).toThrow(RangeError);
  });

  it('two times that wait for each other', () => {
    const time = (earlierThan: string) => ({ column: 'x', format: 'iso', nextDayIf: { earlierThan } });
    const found = problems({ times: { start: time('end'), end: time('start') } });
    expect(found.map(({ message }) => message)).toEqual([
      'start and end wait for each other: one of them must stand alone',
      'end and start wait for each other: one of them must stand alone',
    ]);
  });

  it('and a good one has no problem', () => {
    expect(problems({})).toEqual([]);
  });

  it('against the header of a file', () => {
    const mapping = mappingOf({ none: { Agent: '?' }, attributes: { team: 'team' } });
    expect(checkColumns(mapping, ['id', 'start', 'end', 'agent', 'team'])).toEqual([
      { path: ['none', 'Agent'], message: 'the file has no column "Agent" (did you mean agent?)' },
    ]);
    const paths = checkColumns(mapping, ['Agent', 'start', 'end', 'team']).map(({ path }) => path.join('.'));
    expect(paths).toEqual(['id', 'subject.id', 'rows.0.events.0.actor']);
  });
});
