/** A calendar: when time counts, as data. Weekly hours, whole days, or other calendars put together. */
import { z } from 'zod';
import { name } from './name.ts';

/** The name of the calendar that is always open; every rule set has it. */
export const ALWAYS = '24x7';
/** As a zone: that of whoever's time it is. */
export const OWNER = 'owner';

const hours = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'hours are written 09:00-17:00 (an end of 24:00 is midnight)',
  )
  .refine((text) => text.slice(0, 5) < text.slice(6), {
    message: 'hours must end after they start; write a night as 22:00-24:00 and 00:00-06:00',
  });

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const open = z
  .array(hours)
  .optional()
  .describe('wall-clock hours such as 09:00-12:00 and 13:00-24:00; closed when absent');

export const WeekHours = z.strictObject({
  mon: open,
  tue: open,
  wed: open,
  thu: open,
  fri: open,
  sat: open,
  sun: open,
});
export type WeekHours = Readonly<z.infer<typeof WeekHours>>;

const date = z.iso.date();
const dated = z.union([
  date,
  z.strictObject({
    date: date.describe('the local date itself'),
    knownFrom: date.describe(
      'the local date on which it became known; under `reference: asWas` one that is later than the date has no effect',
    ),
  }),
]);
/** A whole local day that is named: a date, or a date and since when anybody has known of it. */
export type DatedDay = z.infer<typeof dated>;

const holidays = z.array(dated);
const zone = z.string().min(1).optional();

const Change = z
  .strictObject({
    from: date.describe('the first local date on which it holds; each change is later than the one before'),
    hours: WeekHours.optional().describe('the hours from that date on; those before go on when absent'),
    holidays: holidays
      .optional()
      .describe('the holidays from that date on, in place of all others; those before go on when absent'),
  })
  .refine((change) => change.hours !== undefined || change.holidays !== undefined, {
    message: 'a change needs hours, holidays or both',
  });

/** Hours that come back every week. */
export const WeeklyCalendar = z.strictObject({
  zone: zone.describe(
    "IANA zone of the hours, or `owner` for the zone of whoever's time it is; the rule set's zone when absent",
  ),
  hours: WeekHours.describe('the hours of every weekday; a weekday that is absent is closed'),
  holidays: holidays.default([]).describe('dates on which the calendar is closed all day'),
  changes: z.array(Change).optional().describe('later versions of the hours and holidays, in order of date'),
});
export type WeeklyCalendar = Readonly<z.infer<typeof WeeklyCalendar>>;

/** Whole days: holidays to subtract, days of extra work to add. */
export const DaysCalendar = z.strictObject({
  zone: zone.describe(
    "IANA zone of the days, or `owner` for the zone of whoever's time it is; the rule set's zone when absent",
  ),
  days: z
    .array(dated)
    .describe('the dates on which it is open from midnight to midnight; closed on all others'),
});
export type DaysCalendar = Readonly<z.infer<typeof DaysCalendar>>;

const names = z.array(name).min(1);
const rest = {
  minus: names.optional().describe('calendars whose hours are taken away from that'),
  plus: names
    .optional()
    .describe('calendars whose hours are added at the end, also where minus took them away'),
  zone: zone.describe(
    "IANA zone, or `owner`, for those of the named calendars that have none; the rule set's zone when absent",
  ),
} as const;

export const CommonCalendar = z.strictObject({
  intersect: names.describe('open where all of these calendars are; 24x7 is always open'),
  ...rest,
});
export type CommonCalendar = Readonly<z.infer<typeof CommonCalendar>>;

export const UnitedCalendar = z.strictObject({
  union: names.describe('open where one of these calendars is; 24x7 is always open'),
  ...rest,
});
export type UnitedCalendar = Readonly<z.infer<typeof UnitedCalendar>>;

export const Calendar = z.union([WeeklyCalendar, DaysCalendar, CommonCalendar, UnitedCalendar]);
export type Calendar = z.infer<typeof Calendar>;
