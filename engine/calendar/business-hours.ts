/** Business hours: the intervals in which a calendar is open. */
import { type InstantMs, localDate } from '../../schemas/brand.ts';
import { type Calendar, WEEKDAYS } from '../../schemas/rule-set.ts';
import { type Interval, byStart } from '../interval/interval.ts';
import { union } from '../interval/union.ts';
import { dayOfDate, weekdayOf } from './date.ts';
import { type Zone, zoneOf } from './zone.ts';

const DAY_MS = 86_400_000;

export interface OpenHours {
  /** The open intervals that touch `[fromMs, toMs]`, ordered and disjoint. */
  within(fromMs: InstantMs, toMs: InstantMs): readonly Interval[];
}

/** `09:30` as milliseconds after local midnight; `24:00` is the next midnight. */
const clockMs = (text: string): number => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * 60_000;

const openHoursOfDay = (calendar: Calendar, zone: Zone, dayNumber: number): readonly Interval[] => {
  const weekday = WEEKDAYS[weekdayOf(dayNumber)];
  const hours = (weekday && calendar.hours[weekday]) ?? [];
  // An opening time that the clocks skip opens when they jump; one that happens twice opens the first time.
  return hours.map((text) => ({
    fromMs: zone.firstInstantAt(dayNumber * DAY_MS + clockMs(text.slice(0, 5))),
    toMs: zone.firstInstantAt(dayNumber * DAY_MS + clockMs(text.slice(6))),
  }));
};

/** Throws RangeError for an unknown zone. */
export const openHours = (calendar: Calendar, fallbackZone: string): OpenHours => {
  const zone = zoneOf(calendar.zone ?? fallbackZone);
  const holidays = new Set(calendar.holidays.map((date) => dayOfDate(localDate(date))));
  const days = new Map<number, readonly Interval[]>();

  const ofDay = (dayNumber: number): readonly Interval[] => {
    const known = days.get(dayNumber);
    if (known) return known;
    const open = holidays.has(dayNumber) ? [] : openHoursOfDay(calendar, zone, dayNumber);
    days.set(dayNumber, open);
    return open;
  };

  return {
    within: (fromMs, toMs) => {
      const open: Interval[] = [];
      const last = zone.dayOf(toMs);
      for (let day = zone.dayOf(fromMs); day <= last; day += 1) open.push(...ofDay(day));
      return union(open.filter((hours) => hours.toMs > fromMs && hours.fromMs <= toMs).sort(byStart));
    },
  };
};
