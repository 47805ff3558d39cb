/** The calendar days of an ISO week, for headings. */
import type { IsoWeek } from '../../../schemas/brand.ts';

const DAY_MS = 86_400_000;
export const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Midnights in UTC that stand for the calendar days, Monday first. Week 1 is the one with 4 January (ISO 8601). */
const datesOf = (week: IsoWeek): readonly Date[] => {
  const fourth = Date.UTC(Number(week.slice(0, 4)), 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
  const start = monday + (Number(week.slice(6)) - 1) * 7 * DAY_MS;
  return DAY_NAMES.map((_, index) => new Date(start + index * DAY_MS));
};

/** Day of the month, Monday first: `['9', '10', ...]`. */
export const daysOfMonth = (week: IsoWeek): readonly string[] =>
  datesOf(week).map((date) => String(date.getUTCDate()));

const monthOf = (date: Date): string => MONTHS[date.getUTCMonth()] ?? '';

/** `Mon 9 – Sun 15 Nov 2026`; month and year are said twice only where they change. */
export const spanOfWeek = (week: IsoWeek): string => {
  const dates = datesOf(week);
  const [first, last] = [dates[0], dates[6]];
  if (first === undefined || last === undefined) return '';
  const year = first.getUTCFullYear() === last.getUTCFullYear() ? '' : ` ${first.getUTCFullYear()}`;
  const month = year === '' && first.getUTCMonth() === last.getUTCMonth() ? '' : ` ${monthOf(first)}`;
  const end = `${last.getUTCDate()} ${monthOf(last)} ${last.getUTCFullYear()}`;
  return `Mon ${first.getUTCDate()}${month}${year} – Sun ${end}`;
};
