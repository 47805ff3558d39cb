/** Problems of calendars: what their schema cannot see. */
import { ALWAYS, type Calendar, OWNER, WEEKDAYS, type WeekHours } from '../../schemas/calendar.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import { type Part, partsOf } from './parts.ts';
import { zoneOf } from './zone.ts';

/** Where in the rule set, and what to write instead. */
export interface CalendarProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Calendars = ReadonlyMap<string, Calendar>;
type Path = CalendarProblem['path'];

const pathOf = (name: string, { role, place }: Part): Path => ['calendars', name, role, place];

/** What is wrong with the name of a zone; undefined: nothing. */
export const zoneProblem = (name: string): string | undefined => {
  try {
    zoneOf(name);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
};

const zoneProblems = (name: string, { zone }: Calendar): readonly CalendarProblem[] => {
  const message = zone === undefined || zone === OWNER ? undefined : zoneProblem(zone);
  return message === undefined ? [] : [{ path: ['calendars', name, 'zone'], message }];
};

const unknownParts = (name: string, calendar: Calendar, calendars: Calendars): readonly CalendarProblem[] => {
  const known = [...calendars.keys(), ALWAYS].filter((other) => other !== name);
  return partsOf(calendar)
    .filter((part) => part.name !== ALWAYS && !calendars.has(part.name))
    .map((part) => ({
      path: pathOf(name, part),
      message: `no calendar "${part.name}" in this rule set${didYouMean(part.name, known)}`,
    }));
};

/** Each circle once, where it comes back to a calendar that it went through. */
const circles = (calendars: Calendars): readonly CalendarProblem[] => {
  const problems: CalendarProblem[] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    const calendar = calendars.get(name);
    if (!calendar || done.has(name)) return;
    const here = [...trail, name];
    for (const part of partsOf(calendar)) {
      const began = here.indexOf(part.name);
      if (began < 0) visit(part.name, here);
      else
        problems.push({
          path: pathOf(name, part),
          message: `a calendar cannot be made of itself: ${[...here.slice(began), part.name].join(' -> ')}`,
        });
    }
    done.add(name);
  };
  for (const name of calendars.keys()) visit(name, []);
  return problems;
};

const disorderlyChanges = (name: string, calendar: Calendar): readonly CalendarProblem[] => {
  const changes = 'hours' in calendar ? (calendar.changes ?? []) : [];
  return changes.flatMap(({ from }, index) => {
    const before = changes[index - 1]?.from;
    if (before === undefined || before < from) return [];
    const message = `changes stand in order of date: ${from} does not come after ${before}`;
    return [{ path: ['calendars', name, 'changes', index, 'from'], message }];
  });
};

/** What keeps calendars from being opened. The zone of the rule set is not looked at. */
export const calendarProblems = (
  calendars: Readonly<Record<string, Calendar>>,
): readonly CalendarProblem[] => {
  const byName: Calendars = new Map(Object.entries(calendars));
  const own = [...byName].flatMap(([name, calendar]) => [
    ...zoneProblems(name, calendar),
    ...disorderlyChanges(name, calendar),
    ...unknownParts(name, calendar, byName),
  ]);
  const reserved = byName.has(ALWAYS)
    ? [{ path: ['calendars', ALWAYS], message: `${ALWAYS} is always open and cannot be written; rename it` }]
    : [];
  return [...reserved, ...own, ...circles(byName)];
};

/** Each opening of a day that begins before one above it has ended, or the other way round. */
const overlapsOfWeek = (week: WeekHours, at: Path): readonly CalendarProblem[] =>
  WEEKDAYS.flatMap((weekday) => {
    const openings = week[weekday] ?? [];
    return openings.flatMap((text, index) => {
      const overlapped = openings
        .slice(0, index)
        .find((other) => other.slice(0, 5) < text.slice(6) && text.slice(0, 5) < other.slice(6));
      if (overlapped === undefined) return [];
      const message = `${text} overlaps ${overlapped}; what overlaps counts once`;
      return [{ path: [...at, weekday, index], message }];
    });
  });

/** Openings of one day that overlap: nothing counts twice, but somebody may have meant another day. */
export const overlappingHours = (calendars: Readonly<Record<string, Calendar>>): readonly CalendarProblem[] =>
  Object.entries(calendars).flatMap(([name, calendar]) => {
    if (!('hours' in calendar)) return [];
    const changes = (calendar.changes ?? []).flatMap(({ hours }, index) =>
      hours ? overlapsOfWeek(hours, ['calendars', name, 'changes', index, 'hours']) : [],
    );
    return [...overlapsOfWeek(calendar.hours, ['calendars', name, 'hours']), ...changes];
  });
