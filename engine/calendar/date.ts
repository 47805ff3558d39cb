/**
 * Calendar dates by arithmetic: a day is a whole number, 0 is 1970-01-01, and no zone or clock is involved.
 *
 * Source of the civil-day conversion: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
import { type IsoWeek, type LocalDate, isoWeek, localDate } from '../../schemas/brand.ts';

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar; month from 1. */
export const dayOfCivil = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

const civilOfDay = (dayNumber: number): readonly [year: number, month: number, day: number] => {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9);
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
};

const datesByDay = new Map<number, LocalDate>();

/** `YYYY-MM-DD` of a day number. */
export const dateOfDay = (dayNumber: number): LocalDate => {
  const known = datesByDay.get(dayNumber);
  if (known !== undefined) return known;
  const [year, month, day] = civilOfDay(dayNumber);
  const date = localDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
  datesByDay.set(dayNumber, date);
  return date;
};

export const dayOfDate = (date: LocalDate): number =>
  dayOfCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));

/** 0 Monday ... 6 Sunday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 3) % 7) + 7) % 7;

export const mondayOf = (dayNumber: number): number => dayNumber - weekdayOf(dayNumber);

/** ISO 8601: a week belongs to the year of its Thursday; week 1 holds January 4. */
export const weekOfDay = (dayNumber: number): IsoWeek => {
  const thursday = mondayOf(dayNumber) + 3;
  const [year] = civilOfDay(thursday);
  const week = Math.floor((thursday - dayOfCivil(year, 1, 1)) / 7) + 1;
  return isoWeek(`${pad(year, 4)}-W${pad(week, 2)}`);
};

/** The day number of the week's Monday. */
export const mondayOfWeek = (week: IsoWeek): number =>
  mondayOf(dayOfCivil(Number(week.slice(0, 4)), 1, 4)) + (Number(week.slice(6)) - 1) * 7;

/** The seven dates of a week, Monday first. */
export const datesOfWeek = (week: IsoWeek): readonly LocalDate[] => {
  const monday = mondayOfWeek(week);
  return [0, 1, 2, 3, 4, 5, 6].map((offset) => dateOfDay(monday + offset));
};
