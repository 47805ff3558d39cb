/** Calendars: how long they are open, until when, where clocks change, put together, and as they were known. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openCalendars } from '../../engine/calendar/business-hours.ts';
import type { Reference } from '../../engine/calendar/dated-days.ts';
import type { OpenHours } from '../../engine/calendar/open-hours.ts';
import { type InstantMs, instantMs } from '../../schemas/brand.ts';
import { Calendar } from '../../schemas/calendar.ts';
import { readTime } from '../support/scenario.ts';

const HOUR_MS = 3_600_000;

interface Given {
  readonly zone?: string;
  readonly reference?: Reference;
}

const open = (yaml: string, { zone = 'UTC', reference }: Given = {}) =>
  openCalendars(z.record(z.string(), Calendar).parse(parse(yaml)), { zone, reference });

const instant = (text: string, zone = 'UTC'): InstantMs => readTime(text, zone, '').at;

const hoursIn = (hours: OpenHours, from: string, to: string, zone = 'UTC'): number =>
  hours.openMs(instant(from, zone), instant(to, zone)) / HOUR_MS;

/** Weekdays on the same hours. */
const on = (hours: string, days = 'mon tue wed thu fri'): string =>
  `{ ${days
    .split(' ')
    .map((day) => `${day}: [${hours}]`)
    .join(', ')} }`;
const ALL_DAYS = 'mon tue wed thu fri sat sun';

describe('the length of business hours', () => {
  it('is 1 h 30 of a weekend of 60 h 30 (ServiceNow: Friday 21:00 to Monday 09:30 on 08-17)', () => {
    const calendars = open(`office: { hours: ${on('08:00-17:00')} }`);
    equal(hoursIn(calendars.get('office'), '2026-03-06 21:00', '2026-03-09 09:30'), 1.5);
    equal(hoursIn(calendars.get('24x7'), '2026-03-06 21:00', '2026-03-09 09:30'), 60.5);
  });

  it('is nothing of a night, so that 8 h from 09:00 are over at 17:00 whatever the pause (E4)', () => {
    const office = open(`office: { hours: ${on('09:00-17:00')} }`).get('office');
    equal(hoursIn(office, '2026-03-02 17:00', '2026-03-03 09:00'), 0);
    equal(hoursIn(office, '2026-03-02 09:00', '2026-03-02 17:00'), 8);
    equal(office.openMs(instant('2026-03-02 09:00'), instant('2026-03-02 16:59:59.999')), 8 * HOUR_MS - 1);
  });

  it('is nothing of no interval and of one that ends before it starts', () => {
    const always = open('{}').get('24x7');
    equal(hoursIn(always, '2026-03-02 09:00', '2026-03-02 09:00'), 0);
    equal(hoursIn(always, '2026-03-02 09:00', '2026-03-02 08:00'), 0);
  });

  it('counts hours that overlap once', () => {
    // 09-14 is 5 h; 6 h are written.
    const office = open('office: { hours: { mon: ["12:00-14:00", "09:00-13:00"] } }').get('office');
    equal(hoursIn(office, '2026-03-02 00:00', '2026-03-03 00:00'), 5);
  });

  it('is 40 h a week over the 20,871 weeks of 400 years, wider than any table', () => {
    const office = open(`office: { hours: ${on('09:00-17:00')} }`).get('office');
    equal(hoursIn(office, '1600-01-01 00:00', '2000-01-01 00:00'), 20_871 * 40);
    equal(office.within(instant('1600-01-01 00:00'), instant('2000-01-01 00:00')).length, 20_871 * 5);
  });

  it('does not suffer from a wild date that was asked about before', () => {
    const office = open(`office: { hours: ${on('09:00-17:00')} }`).get('office');
    for (const year of ['9999', '2026', '1900', '2026']) {
      // A whole week has 40 h, wherever it begins.
      const from = instant(`${year}-03-02 00:00`);
      equal(office.openMs(from, instantMs(from + 7 * 24 * HOUR_MS)), 40 * HOUR_MS);
    }
  });
});

describe('the end of a shift', () => {
  const calendars = open(`
    office: { hours: ${on('"09:00-12:00", "13:00-17:00"')} }
    night: { hours: { fri: ["22:00-24:00"], sat: ["00:00-06:00"] } }
    everyDay: { hours: ${on('00:00-24:00', ALL_DAYS)} }
  `);

  it.each([
    ['office', '2026-03-02 08:59:59.999', undefined],
    ['office', '2026-03-02 09:00', '2026-03-02 12:00'],
    ['office', '2026-03-02 11:59:59.999', '2026-03-02 12:00'],
    ['office', '2026-03-02 12:00', undefined],
    ['office', '2026-03-02 13:30', '2026-03-02 17:00'],
    ['office', '2026-03-07 10:00', undefined],
    ['night', '2026-03-06 23:00', '2026-03-07 06:00'],
    ['night', '2026-03-07 00:00', '2026-03-07 06:00'],
    // What never closes has no end to wait for.
    ['everyDay', '2026-03-02 09:00', undefined],
    ['24x7', '2026-03-02 09:00', undefined],
  ])('in %s, at %s, is %s', (name, at, end) => {
    equal(calendars.get(name).openUntil(instant(at)), end && instant(end));
  });
});

describe('the open intervals', () => {
  const night = open('night: { hours: { fri: ["22:00-24:00"], sat: ["00:00-06:00"] } }').get('night');

  it('are whole, and one over midnight', () => {
    deepEqual(night.within(instant('2026-03-07 01:00'), instant('2026-03-07 02:00')), [
      { fromMs: instant('2026-03-06 22:00'), toMs: instant('2026-03-07 06:00') },
    ]);
  });

  it('hold one that opens at the last instant, and none that closes at the first', () => {
    equal(night.within(instant('2026-03-06 22:00'), instant('2026-03-06 22:00')).length, 1);
    equal(night.within(instant('2026-03-06 12:00'), instant('2026-03-06 22:00')).length, 1);
    equal(night.within(instant('2026-03-07 06:00'), instant('2026-03-07 12:00')).length, 0);
  });
});

describe('where the clocks change', () => {
  const given = (zone: string, hours: string) =>
    open(`it: { hours: ${on(hours, ALL_DAYS)} }`, { zone }).get('it');

  it.each([
    ['spring', '2026-03-28', '2026-03-29', 5],
    ['autumn', '2026-10-24', '2026-10-25', 7],
    ['winter', '2026-01-24', '2026-01-25', 6],
  ])('a night shift from 22 to 06 has 2 h and, in %s, what the morning has', (_, day, next, morning) => {
    const zone = 'Europe/Berlin';
    const night = open('night: { hours: { sat: ["22:00-24:00"], sun: ["00:00-06:00"] } }', { zone }).get(
      'night',
    );
    equal(hoursIn(night, `${day} 12:00`, `${next} 00:00`, zone), 2);
    equal(hoursIn(night, `${next} 00:00`, `${next} 12:00`, zone), morning);
    equal(night.openUntil(instant(`${day} 23:00`, zone)), instant(`${next} 06:00`, zone));
  });

  it.each([
    // 02:00-03:00 is skipped: it opens when the clocks jump to 03:00.
    ['Europe/Berlin', '2026-03-29', '02:30-04:00', 1],
    ['Europe/Berlin', '2026-03-29', '02:15-02:45', 0],
    ['Europe/Berlin', '2026-03-29', '01:00-02:30', 1],
    // 02:00-03:00 comes twice: it opens, and closes, the first time.
    ['Europe/Berlin', '2026-10-25', '02:30-03:30', 2],
    ['Europe/Berlin', '2026-10-25', '02:15-02:45', 0.5],
    // 02:00 becomes 01:30 in April and 02:30 in October.
    ['Australia/Lord_Howe', '2026-04-05', '00:00-06:00', 6.5],
    ['Australia/Lord_Howe', '2026-04-05', '01:30-01:45', 0.25],
    ['Australia/Lord_Howe', '2026-04-05', '01:00-02:00', 1.5],
    ['Australia/Lord_Howe', '2026-10-04', '00:00-06:00', 5.5],
    ['Australia/Lord_Howe', '2026-10-04', '02:00-02:30', 0],
    ['Australia/Lord_Howe', '2026-10-04', '02:15-03:00', 0.5],
  ])('in %s on %s, %s are %f h', (zone, day, hours, expected) => {
    equal(hoursIn(given(zone, hours), `${day} 00:00`, `${day} 23:59`, zone), expected);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ])('in %s the whole day %s has %f h', (zone, day, expected) => {
    const calendar = open(`it: { days: [${day}] }`, { zone }).get('it');
    equal(hoursIn(calendar, '2026-01-01 00:00', '2027-01-01 00:00', zone), expected);
  });

  it('a day that the zone skipped has no hours', () => {
    // Samoa went from Thursday 2011-12-29 to Saturday 2011-12-31.
    const zone = 'Pacific/Apia';
    const [from, to] = ['2011-12-29 00:00', '2012-01-01 00:00'];
    equal(hoursIn(given(zone, '09:00-17:00'), from, to, zone), 16);
    equal(hoursIn(given(zone, '00:00-24:00'), from, to, zone), 48);
    equal(hoursIn(open('it: { days: [2011-12-30] }', { zone }).get('it'), from, to, zone), 0);
    equal(hoursIn(open('it: { days: [2011-12-31] }', { zone }).get('it'), from, to, zone), 24);
  });
});

describe('a holiday that became known late (E29)', () => {
  const monday = (knownFrom: string, reference: Reference): number => {
    const holiday = `{ date: 2026-03-09, knownFrom: ${knownFrom} }`;
    const calendars = open(`office: { hours: ${on('09:00-17:00')}, holidays: [${holiday}] }`, { reference });
    return hoursIn(calendars.get('office'), '2026-03-09 00:00', '2026-03-10 00:00');
  };

  it.each([
    ['2026-03-12', 'asWas', 8],
    ['2026-03-10', 'asWas', 8],
    ['2026-03-09', 'asWas', 0],
    ['2025-12-01', 'asWas', 0],
    ['2026-03-12', 'asCorrected', 0],
    ['2025-12-01', 'asCorrected', 0],
  ] as const)('known from %s leaves, %s, %d h', (knownFrom, reference, hours) => {
    equal(monday(knownFrom, reference), hours);
  });

  it('closes when nothing is said, and is as late where it is subtracted', () => {
    const yaml = `
      office: { hours: ${on('09:00-17:00')} }
      holidays: { days: [{ date: 2026-03-09, knownFrom: 2026-03-12 }] }
      support: { intersect: [office], minus: [holidays] }
    `;
    const day = ['2026-03-09 00:00', '2026-03-10 00:00'] as const;
    equal(hoursIn(open(yaml).get('support'), ...day), 0);
    equal(hoursIn(open(yaml, { reference: 'asWas' }).get('support'), ...day), 8);
  });
});

describe('dated changes', () => {
  const office = open(`
    office:
      hours: ${on('09:00-17:00')}
      holidays: [2026-06-30, 2026-07-02]
      changes:
        - { from: 2026-07-01, hours: ${on('08:00-12:00')} }
        - { from: 2026-07-06, holidays: [2026-07-07, 2026-07-03] }
  `).get('office');

  it.each([
    ['2026-06-29', 8, 'as before'],
    ['2026-06-30', 0, 'a holiday'],
    ['2026-07-01', 4, 'the new hours'],
    ['2026-07-02', 0, 'the holidays go on'],
    ['2026-07-03', 4, 'the new holidays do not hold yet'],
    ['2026-07-06', 4, 'the hours go on'],
    ['2026-07-07', 0, 'the new holidays'],
  ])('%s has %d h: %s', (day, hours) => {
    equal(hoursIn(office, `${day} 00:00`, `${day} 23:59`), hours);
  });
});
