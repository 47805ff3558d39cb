/** Weekly hours: where a calendar of weekdays, holidays and dated changes is open. */
import { localDate } from '../../schemas/brand.ts';
import { WEEKDAYS, type WeekHours, type WeeklyCalendar } from '../../schemas/calendar.ts';
import { intersect } from '../interval/intersect.ts';
import type { Interval } from '../interval/interval.ts';
import { union } from '../interval/union.ts';
import { dayOfDate, weekdayOf } from './date.ts';
import { type Reference, daysInEffect } from './dated-days.ts';
import type { OpenSource } from './open-hours.ts';
import type { Zone } from './zone.ts';

const DAY_MS = 86_400_000;

/** An opening as milliseconds after local midnight. */
interface Opening {
  readonly opensMs: number;
  readonly closesMs: number;
}

/** Hours and holidays that hold from a day on, until the next version does. */
interface Version {
  readonly fromDay: number;
  /** In order, Monday first. */
  readonly week: readonly (readonly Opening[])[];
  readonly holidays: ReadonlySet<number>;
}

/** `09:30` as milliseconds after local midnight; `24:00` is the next midnight. */
const clockMs = (text: string): number => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * 60_000;

const weekOf = (hours: WeekHours): Version['week'] =>
  WEEKDAYS.map((weekday) =>
    (hours[weekday] ?? [])
      .toSorted()
      .map((text) => ({ opensMs: clockMs(text.slice(0, 5)), closesMs: clockMs(text.slice(6)) })),
  );

const versionsOf = (calendar: WeeklyCalendar, reference: Reference): readonly Version[] => {
  let version: Version = {
    fromDay: -Infinity,
    week: weekOf(calendar.hours),
    holidays: daysInEffect(calendar.holidays, reference),
  };
  const versions = [version];
  for (const { from, hours, holidays } of calendar.changes ?? []) {
    version = {
      fromDay: dayOfDate(localDate(from)),
      week: hours ? weekOf(hours) : version.week,
      holidays: holidays ? daysInEffect(holidays, reference) : version.holidays,
    };
    versions.push(version);
  }
  return versions;
};

const openingsOn = (day: number, versions: readonly Version[]): readonly Opening[] => {
  const version = versions.findLast(({ fromDay }) => fromDay <= day);
  return !version || version.holidays.has(day) ? [] : (version.week[weekdayOf(day)] ?? []);
};

/** In order of start: no opening of a day ends after the next midnight. */
function* openingsBetween(
  firstDay: number,
  lastDay: number,
  versions: readonly Version[],
  zone: Zone,
): Iterable<Interval> {
  for (let day = firstDay; day <= lastDay; day += 1)
    for (const { opensMs, closesMs } of openingsOn(day, versions))
      // An opening time that the clocks skip opens when they jump; one that happens twice opens the first time.
      yield {
        fromMs: zone.firstInstantAt(day * DAY_MS + opensMs),
        toMs: zone.firstInstantAt(day * DAY_MS + closesMs),
      };
}

export const weeklyHours = (calendar: WeeklyCalendar, zone: Zone, reference: Reference): OpenSource => {
  const versions = versionsOf(calendar, reference);
  return (fromMs, toMs) => {
    const open = union(openingsBetween(zone.dayOf(fromMs), zone.dayOf(toMs), versions, zone));
    return intersect([{ fromMs, toMs }], open);
  };
};
