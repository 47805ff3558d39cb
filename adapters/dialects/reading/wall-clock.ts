/** A wall-clock reading as milliseconds: what a clock on the wall shows, counted as if it were UTC. No zone, no Date. */

const DAY_MS = 86_400_000;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysIn = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);

/**
 * Days from 1970-01-01 in the proleptic Gregorian calendar.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
const daysFromCivil = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** Milliseconds, or what to say after the text when there is no such reading. 24:00 and second 60 are refused. */
export const wallClock = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  milli = 0,
): number | string => {
  if (month < 1 || month > 12) return `does not exist: there is no month ${month}`;
  const last = daysIn(year, month);
  if (day < 1 || day > last)
    return `does not exist: there is no day ${day} in month ${month} of ${year}, it has ${last} days`;
  if (hour > 23)
    return `does not exist: there is no hour ${hour}, a day has 0 to 23 (midnight is 0:00 of the next day)`;
  if (minute > 59) return `does not exist: there is no minute ${minute}`;
  if (second > 59) return `does not exist: there is no second ${second}`;
  const clock = (hour * 3_600 + minute * 60 + second) * 1_000 + milli;
  return daysFromCivil(year, month, day) * DAY_MS + clock;
};
