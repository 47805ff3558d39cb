/** The hours of a rule: which calendar counts for a record, and whose. */
import { ALWAYS } from '../../schemas/calendar.ts';
import type { CalendarChoice, Rule } from '../../schemas/rule.ts';
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

/** The calendar that a value chooses: what is written for it, else the one of its name, else the fallback. */
export const calendarFor = (
  { use = {}, fallback }: Exclude<CalendarChoice, string>,
  known: ReadonlySet<string>,
  value: string | undefined,
): string => {
  if (value === undefined) return fallback;
  const written = Object.hasOwn(use, value) ? use[value] : undefined;
  return written ?? (value === ALWAYS || known.has(value) ? value : fallback);
};

export const compileHours = (
  choice: CalendarChoice,
  calendars: Calendars,
  known: ReadonlySet<string>,
): HoursOf => {
  if (typeof choice === 'string') {
    const hours = named(calendars, choice);
    return (_attributes, person) => hours(person);
  }
  const { by } = choice;
  const nameFor = (value: string | undefined): string => calendarFor(choice, known, value);
  if (by !== OWNER_TEAM) return (attributes, person) => named(calendars, nameFor(attributes[by]))(person);
  return (_attributes, person) =>
    changingHours(during(person.teams, (team) => named(calendars, nameFor(team))(person)));
};

const followsPerson = (choice: CalendarChoice | undefined, calendars: Calendars): boolean => {
  if (choice === undefined) return false;
  if (typeof choice === 'string') return calendars.followsOwner(choice);
  const used = [choice.fallback, ...Object.values(choice.use ?? {})];
  return choice.by === OWNER_TEAM || used.some((name) => calendars.followsOwner(name));
};

/** Whether a record under the rule may change because something is learned of its person. */
export const asksPerson = (rule: Rule, calendars: Calendars): boolean => {
  const { calendar, exempt, idle, missingEnd } = rule;
  if (exempt !== undefined || idle !== undefined) return true;
  return [missingEnd?.shift, calendar].some((choice) => followsPerson(choice, calendars));
};
