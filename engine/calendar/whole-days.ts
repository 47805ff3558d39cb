/** Whole days: a calendar that is open on the dates that it names, from midnight to midnight. */
import type { DaysCalendar } from '../../schemas/calendar.ts';
import { intersect } from '../interval/intersect.ts';
import { union } from '../interval/union.ts';
import { type Reference, daysInEffect } from './dated-days.ts';
import type { OpenSource } from './open-hours.ts';
import type { Zone } from './zone.ts';

/** A day is as long as the zone makes it: 23, 24 or 25 hours, or nothing where the zone skipped it. */
export const wholeDays = (calendar: DaysCalendar, zone: Zone, reference: Reference): OpenSource => {
  const days = [...daysInEffect(calendar.days, reference)].sort((a, b) => a - b);
  const open = union(days.map((day) => ({ fromMs: zone.startOfDay(day), toMs: zone.startOfDay(day + 1) })));
  return (fromMs, toMs) => intersect([{ fromMs, toMs }], open);
};
