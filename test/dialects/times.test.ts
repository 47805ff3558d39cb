/** Times as vendors write them: real values, real sentinels, clocks that change. Expected instants are worked by hand. */
import { describe, expect, it } from 'vitest';
import { checkMapping } from '../../adapters/dialects/eventlog/check-mapping.ts';
import { localZone } from '../../adapters/dialects/reading/local-zone.ts';
import { compilePattern } from '../../adapters/dialects/eventlog/time-pattern.ts';
import { instantMs } from '../../schemas/brand.ts';
import { eventsOf, mappingOf, readTime, rejectionOf, timeMapping, translateRow } from './signals.ts';

const READ: readonly (readonly [format: string, text: string, instant: string])[] = [
  // Berlin is UTC+1 in winter and UTC+2 in summer.
  ['iso', '2026-02-09T08:30:00', '2026-02-09T07:30:00.000Z'],
  ['iso', '2026-07-09 08:30', '2026-07-09T06:30:00.000Z'],
  ['iso', '2019-02-15T19:01:52.971-0800', '2019-02-16T03:01:52.971Z'],
  ['iso', '2019-02-15T19:01:52.971-08:00', '2019-02-16T03:01:52.971Z'],
  ['iso', '2019-02-15T19:01:52+01', '2019-02-15T18:01:52.000Z'],
  ['iso', '2019-02-15T19:01:52 +05:30', '2019-02-15T13:31:52.000Z'],
  ['iso', '2015-08-27T08:00:00Z', '2015-08-27T08:00:00.000Z'],
  ['iso', '2015-08-27t08:00:00.Z', '2015-08-27T08:00:00.000Z'],
  ['iso', '2023-01-01T00:00:00.1Z', '2023-01-01T00:00:00.100Z'],
  ['iso', '2023-01-01T00:00:00.123456Z', '2023-01-01T00:00:00.123Z'],
  ['iso', '2023-01-01T00:00:00.1234567Z', '2023-01-01T00:00:00.123Z'],
  ['iso', '2023-12-31T23:59:59.999999999Z', '2023-12-31T23:59:59.999Z'],
  ['iso', '2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
  ['epoch-s', '1167421685', '2006-12-29T19:48:05.000Z'],
  ['epoch-s', '1335310195.531291', '2012-04-24T23:29:55.531Z'],
  ['epoch-ms', '1550286862039', '2019-02-16T03:14:22.039Z'],
  ['epoch-us', '1515666344534355', '2018-01-11T10:25:44.534Z'],
  ['d.m.yy h:mm', '9.3.10 8:05', '2010-03-09T07:05:00.000Z'],
  ['d.m.yy h:mm', '31.12.69 23:59', '2069-12-31T22:59:00.000Z'],
  ['d.m.yy h:mm', '1.1.70 1:00', '1970-01-01T00:00:00.000Z'],
  ['d.m.yy h:mm', '1.2.99 0:00', '1999-01-31T23:00:00.000Z'],
  ['dd/mm/yyyy hh:mm', '29/02/2016 01:23', '2016-02-29T00:23:00.000Z'],
  ['d/m/yyyy hh:mm', '29/2/2016 01:23', '2016-02-29T00:23:00.000Z'],
  ['yymmdd h:mm:ss', '990201 7:02:47', '1999-02-01T06:02:47.000Z'],
  ['yyyymmddThhmmss', '20260209T083000', '2026-02-09T07:30:00.000Z'],
  ['h:mm d.m.yyyy', '8:05 9.3.2010', '2010-03-09T07:05:00.000Z'],
  ['yyyy-mm-dd', '2026-02-09', '2026-02-08T23:00:00.000Z'],
];

const BAD: readonly (readonly [format: string, text: string])[] = [
  ['iso', '2026-02-30T08:00:00Z'],
  ['iso', '2023-02-29T08:00:00Z'],
  ['iso', '1900-02-29T08:00:00Z'],
  ['iso', '2026-13-01T08:00:00Z'],
  ['iso', '2026-00-01T08:00:00Z'],
  ['iso', '2026-02-01T25:00:00Z'],
  ['iso', '2026-02-01T24:00:00Z'],
  ['iso', '2026-02-01T08:60:00Z'],
  ['iso', '2026-02-01T08:59:60Z'],
  ['iso', '2026-02-01T08:00:00+25:00'],
  ['iso', '2026-02-01T08:00:00+1'],
  ['iso', '2026-02-01T08:00:00.1234567890Z'],
  ['iso', '2026-02-01'],
  ['iso', '2026-2-1T08:00:00Z'],
  ['iso', '2026-02-01T08:00:00Zulu'],
  ['iso', '?'],
  // The unit is wrong: milliseconds as seconds, seconds as milliseconds, and so on.
  ['epoch-s', '1550286862039'],
  ['epoch-ms', '1550286862'],
  ['epoch-ms', '1515666344534355'],
  ['epoch-us', '1550286862039'],
  ['epoch-s', '-100'],
  ['epoch-s', '0'],
  ['epoch-s', '1e9'],
  ['epoch-s', 'NaN'],
  ['d.m.yy h:mm', '30.2.10 8:05'],
  ['d.m.yy h:mm', '9.3.2010 8:05'],
  ['d.m.yy h:mm', '9.3.10 8:5'],
  ['d.m.yy h:mm', '9.3.10 24:00'],
  ['d.m.yy h:mm', '9.3.10 8:05:00'],
  ['yymmdd h:mm:ss', '990230 7:02:47'],
];

describe('a time', () => {
  it.each(READ)('%s reads %s as %s', (format, text, instant) => {
    expect(readTime(format, text)).toBe(instant);
  });

  it.each(BAD)('%s rejects %s', (format, text) => {
    expect(readTime(format, text)).toBe('bad-time');
  });

  it('says which unit an epoch probably has', () => {
    const translation = translateRow(timeMapping('epoch-s'), { id: '1', t: '1550286862039' });
    expect(rejectionOf(translation).message).toContain('probably milliseconds: write epoch-ms');
  });

  it('says what the calendar has instead', () => {
    const translation = translateRow(timeMapping('d.m.yy h:mm'), { id: '1', t: '30.2.10 8:05' });
    expect(rejectionOf(translation).message).toBe(
      't: "30.2.10 8:05" does not exist: there is no day 30 in month 2 of 2010, it has 28 days',
    );
  });

  it('is absent where it holds a sentinel', () => {
    const times = { t: { column: 't', format: 'iso', none: ['?', -100, '0:00:00'] } };
    for (const text of ['', ' ', '?', '-100', '0:00:00'])
      expect(readTime('iso', text, { times })).toBe('missing-field');
    expect(readTime('iso', '2026-02-09T08:30:00Z', { times })).toBe('2026-02-09T08:30:00.000Z');
  });

  it('joins a date column and a clock column, and is absent when one of them is', () => {
    const mapping = timeMapping('', {
      times: { t: { column: ['date', 'clock'], format: 'yymmdd h:mm:ss', none: '0:00:00' } },
    });
    const read = (date: string, clock: string) => translateRow(mapping, { id: '1', date, clock });
    expect(eventsOf(read('990201', '7:02:47'))[0]?.occurredAt).toBe(Date.UTC(1999, 1, 1, 6, 2, 47));
    expect(rejectionOf(read('990201', '0:00:00')).code).toBe('missing-field');
    expect(rejectionOf(read('', '7:02:47')).code).toBe('missing-field');
  });
});

describe('a local time when the clocks change in Berlin', () => {
  it.each([
    ['2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T02:30:00', 'nonexistent-local-time'],
    ['2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T01:59:59', '2026-10-24T23:59:59.000Z'],
    ['2026-10-25T02:30:00', 'ambiguous-local-time'],
    ['2026-10-25T02:30:00+02:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(readTime('iso', text)).toBe(expected);
  });

  it('takes the earlier or the later of the two where the mapping says so', () => {
    expect(readTime('iso', '2026-10-25T02:30:00', { ambiguous: 'earlier' })).toBe('2026-10-25T00:30:00.000Z');
    expect(readTime('iso', '2026-10-25T02:30:00', { ambiguous: 'later' })).toBe('2026-10-25T01:30:00.000Z');
  });

  it.each([
    ['UTC', '2012-04-03T16:55:38.000Z'],
    ['UTC+10', '2012-04-03T06:55:38.000Z'],
    // Half an hour forward and back, at two o'clock.
    ['Australia/Lord_Howe', '2012-04-03T06:25:38.000Z'],
  ])('in %s 2012-04-03 16:55:38 is %s', (zone, expected) => {
    expect(readTime('iso', '2012-04-03 16:55:38', { zone })).toBe(expected);
  });

  it.each([
    ['2026-04-05T01:29:59', '2026-04-04T14:29:59.000Z'],
    ['2026-04-05T01:45:00', 'ambiguous-local-time'],
    ['2026-04-05T02:00:00', '2026-04-04T15:30:00.000Z'],
    ['2026-10-04T02:15:00', 'nonexistent-local-time'],
    ['2026-10-04T02:30:00', '2026-10-03T15:30:00.000Z'],
  ])('on Lord Howe, where half hours change, %s is %s', (text, expected) => {
    expect(readTime('iso', text, { zone: 'Australia/Lord_Howe' })).toBe(expected);
  });
});

describe('the memory of local hours', () => {
  it('does not hold over a change in the middle of an hour', () => {
    // Twenty minutes vanish at 10:20: the hour has one instant at both ends, and two offsets.
    const skipFrom = Date.UTC(2026, 0, 5, 10, 20);
    const skipTo = Date.UTC(2026, 0, 5, 10, 40);
    const toInstants = (_zone: string, localMs: number) => {
      if (localMs < skipFrom) return [instantMs(localMs)];
      return localMs < skipTo ? [] : [instantMs(localMs - (skipTo - skipFrom))];
    };
    const resolve = localZone({ toInstants }, 'Test/Zone', 'reject');
    const at = (minute: number) => resolve(Date.UTC(2026, 0, 5, 10, minute));
    expect([at(10), at(30), at(50)]).toEqual([
      Date.UTC(2026, 0, 5, 10, 10),
      'nonexistent-local-time',
      Date.UTC(2026, 0, 5, 10, 30),
    ]);
  });
});

describe('a clock that passed midnight', () => {
  const clock = (column: string, extra = {}) => ({
    column: ['date', column],
    format: 'yymmdd h:mm:ss',
    ...extra,
  });
  const mapping = mappingOf({
    zone: 'UTC',
    times: {
      entry: clock('entry'),
      start: clock('start', { nextDayIf: { earlierThan: 'entry', byMoreThan: '12h' } }),
      end: clock('end', { nextDayIf: { earlierThan: 'start' } }),
    },
  });
  const read = (entry: string, start: string, end: string) =>
    eventsOf(translateRow(mapping, { id: '1', date: '990211', entry, start, end, agent: 'YITZ' })).map(
      ({ occurredAt }) => new Date(occurredAt).toISOString().slice(8, 19),
    );

  it.each([
    // A row of the bank's log: entry 23:59:55, service 0:00:07 to 0:02:13.
    ['23:59:55', '0:00:07', '0:02:13', ['12T00:00:07', '12T00:02:13']],
    ['23:50:00', '23:58:00', '0:02:13', ['11T23:58:00', '12T00:02:13']],
    // Twelve hours and not a second more: the same day.
    ['23:00:00', '11:00:00', '11:00:00', ['11T11:00:00', '11T11:00:00']],
    ['23:00:00', '10:59:59', '11:00:00', ['12T10:59:59', '12T11:00:00']],
    // An end equal to its start is no passing of midnight.
    ['8:00:00', '8:00:00', '8:00:00', ['11T08:00:00', '11T08:00:00']],
  ])('entry %s, start %s, end %s', (entry, start, end, expected) => {
    expect(read(entry, start, end)).toEqual(expected);
  });

  it('stays as it is where the other time is not there', () => {
    const row = { id: '1', date: '990211', entry: '', start: '0:00:07', end: '0:02:13', agent: 'YITZ' };
    expect(eventsOf(translateRow(mapping, row))[0]?.occurredAt).toBe(Date.UTC(1999, 1, 11, 0, 0, 7));
  });

  it('is rejected where the other time cannot be read', () => {
    const row = {
      id: '1',
      date: '990211',
      entry: '99:00:00',
      start: '0:00:07',
      end: '0:02:13',
      agent: 'YITZ',
    };
    expect(rejectionOf(translateRow(mapping, row)).message).toContain('entry: "990211 99:00:00"');
  });

  it('goes to the next calendar day, though that day has 23 hours', () => {
    const berlin = { ...mapping, zone: 'Europe/Berlin' };
    const row = { id: '1', date: '260328', entry: '23:00:00', start: '23:30:00', end: '4:00:00', agent: 'A' };
    const [start, end] = eventsOf(translateRow(berlin, row));
    // 23:30 is 22:30Z; 4:00 of the 29th is summer time, 2:00Z: 3.5 h, not the 4.5 h that the clocks show.
    expect((end?.occurredAt ?? 0) - (start?.occurredAt ?? 0)).toBe(3.5 * 3_600_000);
  });
});

describe('a time pattern', () => {
  it.each([
    ['d.m.yy HH:mm', '"HH"'],
    ['YYYY-mm-dd hh:mm', '"YYYY"'],
    ['h:mm:ss', 'no year'],
    ['d.m.yy h', 'incomplete clock'],
    ['d.m.yy mm.dd h:mm', 'two tokens for the month'],
    ['ymd h:mm', '"y"'],
    ['yyyymd h:mm', 'needs a separator'],
    ['d.m.yy h:mm a', '"a"'],
  ])('%s is refused: %s', (pattern, why) => {
    const compiled = compilePattern(pattern);
    expect(compiled).toMatchObject({ ok: false, message: expect.stringContaining(why) });
    expect(checkMapping(timeMapping(pattern))).toMatchObject([{ path: ['times', 't', 'format'] }]);
  });

  it('of a mistyped format says the name that was meant', () => {
    expect(checkMapping(timeMapping('epoch_ms'))[0]?.message).toContain('did you mean epoch-ms?');
  });
});
