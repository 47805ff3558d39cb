/** Laws of calendars: prefix sums count what counting minute by minute counts, whatever was asked before. */
import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { describe, it, vi } from 'vitest';
import { openCalendars } from '../../engine/calendar/business-hours.ts';
import { changingHours } from '../../engine/calendar/changing-hours.ts';
import { dayOfDate, weekdayOf } from '../../engine/calendar/date.ts';
import type { OpenHours } from '../../engine/calendar/open-hours.ts';
import { type InstantMs, elapsed, instantMs, localDate, total } from '../../schemas/brand.ts';
import { type Calendar, WEEKDAYS, type WeeklyCalendar } from '../../schemas/calendar.ts';
import { RUNS } from '../support/arbitraries.ts';

// Two thousand tries on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

/** Laws over decades of hours: all of CI's tries, and a quarter of those at a desk. */
const LONG_RUNS = RUNS < 2_000 ? Math.ceil(RUNS / 4) : RUNS;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Ten days around days of 23, 24 and 25 hours, of half an hour more and less, and one that never was. */
const WINDOWS = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/St_Johns', '2010-11-07'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Pacific/Apia', '2011-12-30'],
] as const;
const WINDOW_MINUTES = 10 * 24 * 60;

const two = (value: number): string => String(value).padStart(2, '0');
/** On quarters of an hour, where clocks change too. */
const quarter = (count: number): string => `${two(Math.floor(count / 4))}:${two((count % 4) * 15)}`;
const opening = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => `${quarter(from)}-${quarter(to)}`);
const openings = fc.oneof(
  fc.array(opening, { maxLength: 3 }),
  fc.constantFrom(['00:00-24:00'], ['00:00-06:00', '22:00-24:00'], ['01:30-02:30'], []),
);
const week = fc
  .tuple(...WEEKDAYS.map(() => openings))
  .map((days) => Object.fromEntries(WEEKDAYS.map((weekday, index) => [weekday, days[index] ?? []])));

const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

/** With holidays, and perhaps with other hours and holidays from some day on, within ten days of a date. */
const weeklyAround = (date: string): fc.Arbitrary<WeeklyCalendar> => {
  const near = fc.integer({ min: -5, max: 5 }).map((days) => dateAfter(date, days));
  const holidays = fc.array(near, { maxLength: 2 });
  return fc.record({
    hours: week,
    holidays,
    changes: fc.array(fc.record({ from: near, hours: week, holidays }), { maxLength: 1 }),
  });
};

const opened = (calendars: Readonly<Record<string, Calendar>>, zone: string, name: string): OpenHours =>
  openCalendars(calendars, { zone }).get(name);

/** What a clock on the wall shows at each minute of a window, as if it were UTC. */
interface Wall {
  readonly fromMs: number;
  readonly readings: readonly number[];
}

const walls = new Map<string, Wall>();
const wallOf = (zone: string, date: string): Wall => {
  const known = walls.get(`${zone} ${date}`);
  if (known) return known;
  const clocks = IANAZone.create(zone);
  const fromMs = Date.parse(date) - 5 * DAY_MS;
  const readings = Array.from({ length: WINDOW_MINUTES }, (_, minute) => {
    const atMs = fromMs + minute * MINUTE_MS;
    return atMs + clocks.offset(atMs) * MINUTE_MS;
  });
  walls.set(`${zone} ${date}`, { fromMs, readings });
  return { fromMs, readings };
};

const readingMs = (text: string): number =>
  (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * MINUTE_MS;

/** Minute by minute: from when the clock first shows the opening time, or later, to when it first shows the other. */
const openMinutes = (calendar: WeeklyCalendar, { readings }: Wall, date: string): Uint8Array => {
  const open = new Uint8Array(readings.length);
  const firstShown = (reading: number): number => {
    const index = readings.findIndex((shown) => shown >= reading);
    return index < 0 ? readings.length : index;
  };
  const middle = dayOfDate(localDate(date));
  for (let day = middle - 7; day <= middle + 7; day += 1) {
    const version = calendar.changes?.find(({ from }) => dayOfDate(localDate(from)) <= day) ?? calendar;
    if (version.holidays?.some((holiday) => holiday === dateAfter('1970-01-01', day))) continue;
    for (const text of version.hours?.[WEEKDAYS[weekdayOf(day)] ?? 'mon'] ?? [])
      open.fill(
        1,
        firstShown(day * DAY_MS + readingMs(text)),
        firstShown(day * DAY_MS + readingMs(text.slice(6))),
      );
  }
  return open;
};

const window = fc.constantFrom(...WINDOWS);
const minute = fc.integer({ min: 0, max: WINDOW_MINUTES - 1 });
const isOpen = (hours: OpenHours, at: InstantMs): boolean =>
  hours.within(at, at).some(({ fromMs, toMs }) => fromMs <= at && at < toMs);

/** The sum of the intervals, cut at both ends. */
const lengthWithin = (hours: OpenHours, fromMs: InstantMs, toMs: InstantMs): number =>
  total(
    hours
      .within(fromMs, toMs)
      .map((open) => elapsed(instantMs(Math.max(open.fromMs, fromMs)), instantMs(Math.min(open.toMs, toMs)))),
  );

describe('business hours', () => {
  it('are the minutes that a clock on the wall shows open', () => {
    const given = window.chain(([zone, date]) => fc.tuple(fc.constant({ zone, date }), weeklyAround(date)));
    fc.assert(
      fc.property(given, minute, minute, ([{ zone, date }, calendar], a, b) => {
        const hours = opened({ it: calendar }, zone, 'it');
        const wall = wallOf(zone, date);
        const open = openMinutes(calendar, wall, date);
        const at = (index: number) => instantMs(wall.fromMs + index * MINUTE_MS);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const counted = open.subarray(from, to).reduce((sum, one) => sum + one, 0);
        equal(hours.openMs(at(from), at(to)), counted * MINUTE_MS);
        equal(lengthWithin(hours, at(from), at(to)), counted * MINUTE_MS);
        equal(isOpen(hours, at(a)), open[a] === 1);
        const closes = open.indexOf(0, a);
        if (closes >= 0) equal(hours.openUntil(at(a)), closes === a ? undefined : at(closes));
      }),
      { numRuns: RUNS },
    );
  });

  it('of two intervals that meet are those of both together', () => {
    const at = fc.integer({ min: Date.UTC(2008, 0), max: Date.UTC(2027, 0) }).map(instantMs);
    const given = window.chain(([zone, date]) => fc.tuple(fc.constant(zone), weeklyAround(date)));
    fc.assert(
      fc.property(given, fc.tuple(at, at, at), ([zone, calendar], instants) => {
        const [a, b, c] = instants.toSorted((one, other) => one - other);
        if (a === undefined || b === undefined || c === undefined)
          throw new Error('three instants are three');
        const hours = opened({ it: calendar }, zone, 'it');
        equal(hours.openMs(a, c), hours.openMs(a, b) + hours.openMs(b, c));
        equal(hours.openMs(a, c), lengthWithin(hours, a, c));
      }),
      { numRuns: LONG_RUNS },
    );
  });

  it('are the same whatever was asked before', () => {
    const asked = fc.record({
      fromMs: fc.integer({ min: Date.UTC(2018, 0), max: Date.UTC(2032, 0) }),
      lengthMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * DAY_MS }), fc.nat(900 * DAY_MS)),
    });
    const given = window.chain(([zone, date]) => fc.tuple(fc.constant(zone), weeklyAround(date)));
    fc.assert(
      fc.property(given, fc.array(asked, { minLength: 2, maxLength: 4 }), ([zone, calendar], asks) => {
        const hours = opened({ it: calendar }, zone, 'it');
        for (const { fromMs, lengthMs } of asks) {
          const [from, to] = [instantMs(fromMs), instantMs(fromMs + lengthMs)];
          const fresh = opened({ it: calendar }, zone, 'it');
          deepEqual(hours.openUntil(from), fresh.openUntil(from));
          deepEqual(hours.openMs(from, to), fresh.openMs(from, to));
          deepEqual(hours.within(from, to), fresh.within(from, to));
        }
      }),
      { numRuns: LONG_RUNS },
    );
  });
});

describe('hours that change with their owner', () => {
  it('are at each instant those that hold then, and of two intervals that meet those of both', () => {
    const given = window.chain(([zone, date]) =>
      fc.record({
        zone: fc.constant(zone),
        date: fc.constant(date),
        calendars: fc.array(weeklyAround(date), { minLength: 1, maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(given, fc.array(minute, { minLength: 5, maxLength: 5 }), (it, minutes) => {
        const at = (index = 0) => instantMs(Date.parse(it.date) - 5 * DAY_MS + index * MINUTE_MS);
        const begins = minutes.slice(0, it.calendars.length).toSorted((a, b) => a - b);
        const parts = it.calendars.map((calendar, index) => ({
          fromMs: at(begins[index]),
          hours: opened({ it: calendar }, it.zone, 'it'),
        }));
        const hours = changingHours(parts);
        const [a, b, c] = minutes
          .slice(-3)
          .toSorted((one, other) => one - other)
          .map(at);
        if (a === undefined || b === undefined || c === undefined) throw new Error('three are three');
        const inForce = parts.findLast(({ fromMs }) => fromMs <= b) ?? parts[0];
        equal(isOpen(hours, b), inForce !== undefined && isOpen(inForce.hours, b));
        equal(hours.openMs(a, c), hours.openMs(a, b) + hours.openMs(b, c));
        equal(hours.openMs(a, c), lengthWithin(hours, a, c));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('calendars put together are open', () => {
  const COMBINED = {
    all: { intersect: ['a', 'b'] },
    any: { union: ['a', 'b', 'days'] },
    but: { intersect: ['a'], minus: ['b', 'days'] },
    and: { union: ['a'], plus: ['b'] },
    whole: { intersect: ['a', 'b', '24x7'], minus: ['days', 'c'], plus: ['c'] },
    nested: { union: ['all', 'c'], minus: ['but'] },
  } as const satisfies Readonly<Record<string, Calendar>>;

  it('at the instants at which their parts say so', () => {
    const given = window.chain(([zone, date]) =>
      fc.record({
        zone: fc.constant(zone),
        date: fc.constant(date),
        a: weeklyAround(date),
        b: weeklyAround(date).map((calendar) => ({ ...calendar, zone: 'Asia/Kathmandu' })),
        c: weeklyAround(date),
        days: fc.record({
          days: fc.array(
            fc.nat(9).map((days) => dateAfter(date, days - 5)),
            { maxLength: 3 },
          ),
        }),
      }),
    );
    fc.assert(
      fc.property(given, minute, ({ zone, date, ...own }, index) => {
        const calendars = openCalendars({ ...own, ...COMBINED }, { zone });
        const at = instantMs(Date.parse(date) - 5 * DAY_MS + index * MINUTE_MS);
        const is = (name: string): boolean => calendars.get(name).openMs(at, instantMs(at + 1)) === 1;
        const [a, b, c, days] = [is('a'), is('b'), is('c'), is('days')];
        const all = a && b;
        const but = a && !b && !days;
        deepEqual(
          [is('all'), is('any'), is('but'), is('and'), is('whole'), is('nested')],
          [all, a || b || days, but, a || b, (all && !days && !c) || c, (all || c) && !but],
        );
      }),
      { numRuns: RUNS },
    );
  });
});
