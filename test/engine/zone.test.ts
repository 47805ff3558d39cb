/** Zones: days that lack a midnight, have two, or never happened; and offsets as the rest of the world knows them. */
import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it, vi } from 'vitest';
import { dayOfDate, zoneOf } from '../../engine/index.ts';
import { type InstantMs, instantMs, localDate } from '../../schemas/brand.ts';
import { RUNS } from '../support/arbitraries.ts';
import { localText, readTime } from '../support/scenario.ts';
import { formatTable, headerOf, parseTable } from '../support/table.ts';

// Two thousand tries on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 });

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const dayNumber = (date: string): number => dayOfDate(localDate(date));
const utc = (text: string): InstantMs => readTime(text, 'UTC', '').at;
/** The reading of a local clock, as if it were UTC. */
const reading = (text: string): number => utc(text);

const dayRow = (zoneName: string, date: string) => {
  const zone = zoneOf(zoneName);
  const start = zone.startOfDay(dayNumber(date));
  const end = zone.startOfDay(dayNumber(date) + 1);
  return {
    zone: zoneName,
    day: date,
    starts: localText(start, 'UTC'),
    hours: String((end - start) / HOUR_MS),
  };
};

/** Each row asks for the day that it names. */
const expectDays = (table: string): void => {
  const expected = parseTable(table);
  const shown = expected.map((row) => dayRow(row['zone'] ?? '', row['day'] ?? ''));
  expect(formatTable(headerOf(table), shown)).toBe(formatTable(headerOf(table), expected));
};

describe('a local day', () => {
  it('begins at its midnight, whatever its offset, and is as long as the clocks make it', () => {
    // `starts` is in UTC. Offsets and changes as published in the tz database.
    expectDays(`
      zone                | day        | starts           | hours
      UTC                 | 2026-03-29 | 2026-03-29 00:00 | 24
      Europe/Berlin       | 2026-03-28 | 2026-03-27 23:00 | 24
      Europe/Berlin       | 2026-03-29 | 2026-03-28 23:00 | 23
      Europe/Berlin       | 2026-03-30 | 2026-03-29 22:00 | 24
      Europe/Berlin       | 2026-10-25 | 2026-10-24 22:00 | 25
      Europe/Berlin       | 2026-10-26 | 2026-10-25 23:00 | 24
      Asia/Kathmandu      | 2026-03-02 | 2026-03-01 18:15 | 24
      Australia/Lord_Howe | 2026-04-05 | 2026-04-04 13:00 | 24.5
      Australia/Lord_Howe | 2026-10-04 | 2026-10-03 13:30 | 23.5
      Asia/Jerusalem      | 1999-04-02 | 1999-04-01 22:00 | 23
      Asia/Jerusalem      | 1999-09-03 | 1999-09-02 21:00 | 25
      Asia/Jerusalem      | 1999-02-01 | 1999-01-31 22:00 | 24
    `);
  });

  it('begins when the clocks jump, where they skip its midnight', () => {
    expectDays(`
      zone              | day        | starts           | hours
      America/Sao_Paulo | 2018-11-03 | 2018-11-03 03:00 | 24
      America/Sao_Paulo | 2018-11-04 | 2018-11-04 03:00 | 23
      Africa/Cairo      | 2023-04-28 | 2023-04-27 22:00 | 23
      Asia/Beirut       | 2022-03-27 | 2022-03-26 22:00 | 23
      Asia/Kathmandu    | 1986-01-01 | 1985-12-31 18:30 | 23.75
    `);
  });

  it('ends at the second midnight, where the clocks go back before the first', () => {
    // They show 23:00 twice on the evening before.
    expectDays(`
      zone              | day        | starts           | hours
      America/Sao_Paulo | 2018-02-17 | 2018-02-17 02:00 | 25
      America/Sao_Paulo | 2018-02-18 | 2018-02-18 03:00 | 24
      Africa/Cairo      | 2023-10-26 | 2023-10-25 21:00 | 25
      Africa/Cairo      | 2023-10-27 | 2023-10-26 22:00 | 24
    `);
  });

  it('has begun for good, when the clocks go back over midnight a minute later', () => {
    // St. John's, 2010-11-07 00:01 -02:30 became 2010-11-06 23:01 -03:30.
    expectDays(`
      zone             | day        | starts           | hours
      America/St_Johns | 2010-11-06 | 2010-11-06 02:30 | 24
      America/St_Johns | 2010-11-07 | 2010-11-07 02:30 | 25
      America/St_Johns | 2010-11-08 | 2010-11-08 03:30 | 24
      America/St_Johns | 2010-03-14 | 2010-03-14 03:30 | 23
    `);
    const days = ['02:29:59.999', '02:30', '02:31', '03:00', '03:30', '03:31'].map((clock) =>
      zoneOf('America/St_Johns').dayOf(utc(`2010-11-07 ${clock}`)),
    );
    const [before, after] = [dayNumber('2010-11-06'), dayNumber('2010-11-07')];
    expect(days).toEqual([before, after, after, after, after, after]);
  });

  it('may never happen: Samoa had no 30 December 2011', () => {
    expectDays(`
      zone         | day        | starts           | hours
      Pacific/Apia | 2011-12-29 | 2011-12-29 10:00 | 24
      Pacific/Apia | 2011-12-30 | 2011-12-30 10:00 | 0
      Pacific/Apia | 2011-12-31 | 2011-12-30 10:00 | 24
    `);
    const apia = zoneOf('Pacific/Apia');
    expect(apia.dayOf(utc('2011-12-30 09:59:59.999'))).toBe(dayNumber('2011-12-29'));
    expect(apia.dayOf(utc('2011-12-30 10:00'))).toBe(dayNumber('2011-12-31'));
  });
});

describe('a local time', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29 02:30', []],
    ['Europe/Berlin', '2026-03-29 02:00', []],
    ['Europe/Berlin', '2026-03-29 03:00', ['2026-03-29 01:00']],
    ['Europe/Berlin', '2026-10-25 01:59:59', ['2026-10-24 23:59:59']],
    ['Europe/Berlin', '2026-10-25 02:00', ['2026-10-25 00:00', '2026-10-25 01:00']],
    ['Europe/Berlin', '2026-10-25 02:30', ['2026-10-25 00:30', '2026-10-25 01:30']],
    ['Europe/Berlin', '2026-10-25 03:00', ['2026-10-25 02:00']],
    ['America/Sao_Paulo', '2018-11-04 00:00', []],
    ['America/St_Johns', '2010-11-06 23:30', ['2010-11-07 02:00', '2010-11-07 03:00']],
    ['America/St_Johns', '2010-11-07 00:00:30', ['2010-11-07 02:30:30', '2010-11-07 03:30:30']],
    ['Pacific/Apia', '2011-12-30 12:00', []],
    ['Australia/Lord_Howe', '2026-04-05 01:45', ['2026-04-04 14:45', '2026-04-04 15:15']],
    ['Australia/Lord_Howe', '2026-10-04 02:15', []],
    ['Asia/Kathmandu', '2026-03-02 05:45', ['2026-03-02 00:00']],
    ['UTC+10', '2026-03-02 10:00', ['2026-03-02 00:00']],
  ])('in %s, %s, was at %j', (zone, local, instants) => {
    const found = zoneOf(zone).toInstants(reading(local));
    expect(found.map((at) => localText(at, 'UTC'))).toEqual(instants);
  });

  it.each([
    ['that is skipped comes when the clocks jump', '2026-03-29 02:30', '2026-03-29 01:00'],
    ['that happens twice comes the first time', '2026-10-25 02:30', '2026-10-25 00:30'],
    ['that happens once comes then', '2026-03-02 09:00', '2026-03-02 08:00'],
  ])('%s', (_, local, expected) => {
    expect(localText(zoneOf('Europe/Berlin').firstInstantAt(reading(local)), 'UTC')).toBe(expected);
  });
});

describe('a zone', () => {
  it.each(['', ' ', 'local', 'system', 'Europe/Nowhere', 'Berlin'])('called "%s" is refused', (name) => {
    expect(() => zoneOf(name)).toThrow(RangeError);
  });
});

const ZONES = [
  'Europe/Berlin',
  'America/St_Johns',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Jerusalem',
  'Asia/Tehran',
  'Africa/Casablanca',
  'Europe/Dublin',
  'America/Caracas',
  'Asia/Pyongyang',
  'Antarctica/Troll',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'America/Nuuk',
  'Africa/Monrovia',
  'UTC',
] as const;

const FROM = Date.UTC(1970, 0, 1);
const TO = Date.UTC(2037, 11, 31);
const instants = fc.integer({ min: FROM, max: TO }).map(instantMs);
const zones = fc.constantFrom(...ZONES);

/** Local minus UTC as ICU tells it, field by field. */
const formats = new Map<string, Intl.DateTimeFormat>();
const offsetByIntl = (zone: string, at: number): number => {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const field = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? NaN;
  const whole = Math.floor(at / 1000) * 1000;
  return (
    Date.UTC(
      field('year'),
      field('month') - 1,
      field('day'),
      field('hour'),
      field('minute'),
      field('second'),
    ) - whole
  );
};

describe('at any instant', () => {
  it('the offset is that of Intl and of luxon', () => {
    // Few zones and years a run, since a zone's table is read a year at a time.
    const near = fc.tuple(
      zones,
      instants,
      fc.array(fc.integer({ min: 0, max: 300 * DAY_MS }), { maxLength: 24 }),
    );
    fc.assert(
      fc.property(near, ([name, first, steps]) => {
        for (const at of [first, ...steps.map((step) => instantMs(first + step))]) {
          const offset = zoneOf(name).offsetAt(at);
          equal(offset, offsetByIntl(name, at));
          equal(offset, Math.round(DateTime.fromMillis(at, { zone: name }).offset * 60_000));
        }
      }),
      { numRuns: RUNS / 10 },
    );
  });

  /** Where clocks change, in UTC; most laws of zones hold anywhere else. */
  const changes = [
    ['Europe/Berlin', '2026-03-29 01:00'],
    ['Europe/Berlin', '2026-10-25 01:00'],
    ['America/St_Johns', '2010-03-14 03:31'],
    ['America/St_Johns', '2010-11-07 02:31'],
    ['Pacific/Apia', '2011-12-30 10:00'],
    ['America/Sao_Paulo', '2018-02-18 02:00'],
    ['America/Sao_Paulo', '2018-11-04 03:00'],
    ['Africa/Cairo', '2023-10-26 21:00'],
    ['Australia/Lord_Howe', '2026-04-04 15:00'],
    ['Asia/Kathmandu', '1985-12-31 18:30'],
  ] as const;
  const nearby = fc.oneof(
    fc.integer({ min: -2 * HOUR_MS, max: 2 * HOUR_MS }),
    fc.integer({ min: -40 * DAY_MS, max: 40 * DAY_MS }),
  );
  const places = fc
    .tuple(fc.constantFrom(...changes), nearby)
    .map(([[zone, change], by]) => [zone, instantMs(utc(change) + by)] as const);

  it('the local day is the one that has begun and not ended, and days never go back', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 3 * DAY_MS }), ([name, at], step) => {
        const zone = zoneOf(name);
        const day = zone.dayOf(at);
        ok(zone.startOfDay(day) <= at);
        ok(zone.startOfDay(day + 1) > at);
        ok(zone.dayOf(instantMs(at + step)) >= day);
      }),
      { numRuns: RUNS },
    );
  });

  it('the clock that it shows leads back to it, among all instants that show the same', () => {
    fc.assert(
      fc.property(places, ([name, at]) => {
        const zone = zoneOf(name);
        const found = zone.toInstants(at + zone.offsetAt(at));
        ok(found.includes(at));
        ok(found.length <= 2);
        for (const one of found) equal(one + zone.offsetAt(one), at + zone.offsetAt(at));
      }),
      { numRuns: RUNS },
    );
  });

  it('the first instant of a reading shows that reading or a later one, and none before it does', () => {
    fc.assert(
      fc.property(places, nearby, fc.integer({ min: 1, max: 20 * HOUR_MS }), ([name, at], by, earlierBy) => {
        const zone = zoneOf(name);
        const local = at + zone.offsetAt(at) + by;
        const first = zone.firstInstantAt(local);
        const before = instantMs(first - earlierBy);
        ok(first + zone.offsetAt(first) >= local);
        ok(before + zone.offsetAt(before) < local);
      }),
      { numRuns: RUNS },
    );
  });
});
