/** The hours of a rule: which calendar counts for a record, and whose. */
import { ALWAYS } from '../../schemas/calendar.ts';
import type { CalendarChoice } from '../../schemas/rule.ts';
import type { Calendars } from '../calendar/business-hours.ts';
import { type HoursFrom, changingHours } from '../calendar/changing-hours.ts';
import type { OpenHours } from '../calendar/open-hours.ts';
import type { Membership, Person } from '../person.ts';
import type { HoursOf } from '../plan.ts';
import { instantMs } from '../../schemas/brand.ts';

/** The team of whoever's time it is, in `calendar: { by: ... }`. */
export const OWNER_TEAM = 'owner.team';

const BEGINNING = instantMs(Number.MIN_SAFE_INTEGER);

/** Before the first membership nothing is known. */
const during = (
  held: readonly Membership[],
  hoursOf: (value?: string) => OpenHours,
): readonly HoursFrom[] => [
  { fromMs: BEGINNING, hours: hoursOf() },
  ...held.map(({ fromMs, value }) => ({ fromMs, hours: hoursOf(value) })),
];

/** A calendar by name, in the zone of its owner where it follows one. */
const named =
  (calendars: Calendars, name: string): ((person: Person) => OpenHours) =>
  (person) =>
    calendars.followsOwner(name)
      ? changingHours(during(person.zones, (zone) => calendars.get(name, zone)))
      : calendars.get(name);

export const compileHours = (
  choice: CalendarChoice,
  calendars: Calendars,
  known: ReadonlySet<string>,
): HoursOf => {
  if (typeof choice === 'string') {
    const hours = named(calendars, choice);
    return (_attributes, person) => hours(person);
  }
  const { by, use = {}, fallback } = choice;
  const isCalendar = (name: string): boolean => name === ALWAYS || known.has(name);
  const nameFor = (value: string | undefined): string => {
    if (value === undefined) return fallback;
    const written = Object.hasOwn(use, value) ? use[value] : undefined;
    return written ?? (isCalendar(value) ? value : fallback);
  };
  if (by !== OWNER_TEAM) return (attributes, person) => named(calendars, nameFor(attributes[by]))(person);
  return (_attributes, person) =>
    changingHours(during(person.teams, (team) => named(calendars, nameFor(team))(person)));
};
