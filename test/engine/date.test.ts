/** Calendar dates: ISO weeks in years that are hard, and every day of eight centuries there and back. */
import { describe, expect, it } from 'vitest';
import {
  dateOfDay,
  datesOfWeek,
  dayOfCivil,
  dayOfDate,
  mondayOfWeek,
  weekOfDay,
  weekdayOf,
} from '../../engine/index.ts';
import { isoWeek, localDate } from '../../schemas/brand.ts';

const DAY_MS = 86_400_000;

describe('the ISO week', () => {
  it.each([
    ['2004-12-27', '2004-W53'],
    ['2005-01-01', '2004-W53'],
    ['2005-01-02', '2004-W53'],
    ['2005-01-03', '2005-W01'],
    ['2007-12-31', '2008-W01'],
    ['2008-12-28', '2008-W52'],
    ['2008-12-29', '2009-W01'],
    ['2010-01-03', '2009-W53'],
    ['2010-01-04', '2010-W01'],
    ['2020-12-28', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2000-01-02', '1999-W52'],
    ['1970-01-01', '1970-W01'],
    ['1969-12-28', '1969-W52'],
    ['2023-05-02', '2023-W18'],
    ['1999-02-08', '1999-W06'],
  ])('of %s is %s', (date, week) => {
    expect(weekOfDay(dayOfDate(localDate(date)))).toBe(week);
  });

  it('has seven dates from Monday to Sunday, also over New Year', () => {
    expect(datesOfWeek(isoWeek('2004-W53'))).toEqual([
      '2004-12-27',
      '2004-12-28',
      '2004-12-29',
      '2004-12-30',
      '2004-12-31',
      '2005-01-01',
      '2005-01-02',
    ]);
  });

  it('of any day holds that day, and begins on a Monday', () => {
    for (let day = dayOfCivil(1990, 1, 1); day < dayOfCivil(2040, 1, 1); day += 1) {
      const monday = mondayOfWeek(weekOfDay(day));
      if (weekdayOf(monday) !== 0 || monday > day || day - monday > 6) expect.fail(dateOfDay(day));
    }
  });
});

describe('a date', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2000-03-01', 11_017],
  ])('%s is day %d', (date, day) => {
    expect(dayOfDate(localDate(date))).toBe(day);
    expect(dateOfDay(day)).toBe(date);
  });

  it('counts every day from 1600 to 2400 as ECMAScript does', () => {
    // 801 years of 365 days and their 195 leap days: 1600, 2000 and 2400 have one, the other centuries have none.
    expect(dayOfCivil(2400, 12, 31) - dayOfCivil(1600, 1, 1) + 1).toBe(801 * 365 + 195);
    for (let day = dayOfCivil(1600, 1, 1); day <= dayOfCivil(2400, 12, 31); day += 1) {
      const at = new Date(day * DAY_MS);
      if (dayOfCivil(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()) !== day)
        expect.fail(at.toISOString());
      if (weekdayOf(day) !== (at.getUTCDay() + 6) % 7) expect.fail(at.toISOString());
    }
  });

  it('is the same there and back, at the edges of every month from 1600 to 2400', () => {
    for (let month = 0; month < 801 * 12; month += 1) {
      const first = dayOfCivil(1600 + Math.floor(month / 12), (month % 12) + 1, 1);
      for (const day of [first - 1, first]) {
        const date = dateOfDay(day);
        if (date !== new Date(day * DAY_MS).toISOString().slice(0, 10)) expect.fail(date);
        if (dayOfDate(date) !== day) expect.fail(date);
      }
    }
  });
});
