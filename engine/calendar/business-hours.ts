/** Business hours: the calendars of a rule set, opened by name. */
import { ALWAYS, type Calendar, OWNER } from '../../schemas/calendar.ts';
import { adjusted, intersectionOf, unionOf } from './combined-hours.ts';
import type { Reference } from './dated-days.ts';
import { type OpenHours, type OpenSource, openHoursOf } from './open-hours.ts';
import { partsOf } from './parts.ts';
import { weeklyHours } from './weekly-hours.ts';
import { wholeDays } from './whole-days.ts';
import { zoneOf } from './zone.ts';

export interface Opening {
  /** The zone of calendars that name none. */
  readonly zone: string;
  /** asCorrected when absent. */
  readonly reference?: Reference | undefined;
}

export interface Calendars {
  /** Whether its hours depend on whose time it is. */
  followsOwner(name: string): boolean;
  /**
   * The hours of a calendar or of `24x7`; always the same object for the same hours. `ownerZone`, the zone of
   * whoever's time it is, counts only where the calendar follows its owner; the rule set's zone when absent.
   * Throws for a name that is no calendar, and RangeError for an unknown zone.
   */
  get(name: string, ownerZone?: string): OpenHours;
}

const always: OpenSource = (fromMs, toMs) => [{ fromMs, toMs }];

type Named = ReadonlyMap<string, Calendar>;

const calendarOf = (name: string, calendars: Named): Calendar => {
  const calendar = calendars.get(name);
  if (!calendar) throw new Error(`no calendar "${name}"`);
  return calendar;
};

interface Zones {
  /** Of calendars that name none. */
  readonly fallback: string;
  readonly owner: string;
}

const sourceOf = (name: string, calendars: Named, zones: Zones, reference: Reference): OpenSource => {
  if (name === ALWAYS) return always;
  const calendar = calendarOf(name, calendars);
  const zone = calendar.zone === OWNER ? zones.owner : (calendar.zone ?? zones.fallback);
  if ('hours' in calendar) return weeklyHours(calendar, zoneOf(zone), reference);
  if ('days' in calendar) return wholeDays(calendar, zoneOf(zone), reference);
  const sources = (names: readonly string[] = []): readonly OpenSource[] =>
    names.map((part) => sourceOf(part, calendars, { ...zones, fallback: zone }, reference));
  const base =
    'intersect' in calendar ? intersectionOf(sources(calendar.intersect)) : unionOf(sources(calendar.union));
  return adjusted(base, unionOf(sources(calendar.minus)), unionOf(sources(calendar.plus)));
};

/** Opens calendars that `calendarProblems` has nothing to say about. */
export const openCalendars = (
  calendars: Readonly<Record<string, Calendar>>,
  { zone, reference = 'asCorrected' }: Opening,
): Calendars => {
  const byName: Named = new Map(Object.entries(calendars));
  const opened = new Map<string, Map<string, OpenHours>>();

  const followsOwner = (name: string): boolean => {
    if (name === ALWAYS) return false;
    const calendar = calendarOf(name, byName);
    return calendar.zone === OWNER || partsOf(calendar).some((part) => followsOwner(part.name));
  };
  const followers = new Set([...byName.keys()].filter(followsOwner));

  return {
    followsOwner: (name) => followers.has(name),
    get: (name, ownerZone = zone) => {
      const owner = followers.has(name) ? ownerZone : zone;
      const byZone = opened.get(name) ?? new Map<string, OpenHours>();
      const known = byZone.get(owner);
      if (known) return known;
      const hours = openHoursOf(sourceOf(name, byName, { fallback: zone, owner }, reference));
      opened.set(name, byZone.set(owner, hours));
      return hours;
    },
  };
};
