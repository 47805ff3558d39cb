/** Person-days and person-weeks: the rows that reports are made of. */
import type { ActorId, DurationMs, IsoWeek, LocalDate } from '../schemas/brand.ts';
import { NO_TIME } from '../schemas/brand.ts';
import type { Piece } from '../schemas/record.ts';
import type { PersonDay, PersonWeek, Tally } from '../schemas/report.ts';
import { addTallies, datesOfWeek, dayOfDate, type Plan, attributed, tally } from '../engine/index.ts';
import type { PersonTeam } from './ports.ts';

const sorted = <Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The team of a person on a day: the last one joined before the day is over. */
export const teamOn = (day: LocalDate, teams: readonly PersonTeam[], zone: Plan['zone']): string | null => {
  const endMs = zone.startOfDay(dayOfDate(day) + 1);
  return teams.filter(({ fromMs }) => fromMs < endMs).at(-1)?.team ?? null;
};

/** One row for each measure that has a piece on the day, in order of measure. */
export const personDays = (
  plan: Plan,
  actor: ActorId,
  day: LocalDate,
  team: string | null,
  pieces: readonly Piece[],
): readonly PersonDay[] =>
  Object.entries(sorted(Map.groupBy(pieces, ({ measure }) => measure))).map(([measure, measured]) => {
    const own = attributed(measured, plan);
    const all = tally(own, plan.rulesByName);
    const byKind = [...Map.groupBy(own, ({ kind }) => kind)];
    // Most people do one kind of work on a day: that is all of it, and need not be added up again.
    const kinds = byKind.map(
      ([kind, ofKind]) => [kind, byKind.length === 1 ? all : tally(ofKind, plan.rulesByName)] as const,
    );
    return { actor, day, measure, team, all, kinds: sorted(kinds) };
  });

type Week = PersonWeek['all'];

/** The tallies of some days of one week, each with its date. */
const weekOf = (
  dates: readonly LocalDate[],
  days: readonly (readonly [LocalDate, Tally | undefined])[],
): Week => {
  const sumOn = (date: LocalDate | undefined): DurationMs =>
    days.find(([day]) => day === date)?.[1]?.sumMs ?? NO_TIME;
  const [mon, tue, wed, thu, fri, sat, sun] = dates;
  return {
    daysMs: [sumOn(mon), sumOn(tue), sumOn(wed), sumOn(thu), sumOn(fri), sumOn(sat), sumOn(sun)],
    tally: addTallies(days.flatMap(([, one]) => (one ? [one] : []))),
  };
};

/** One row for each measure that the person has in the week, in order of measure. `days` in order of day. */
export const personWeeks = (
  actor: ActorId,
  week: IsoWeek,
  days: readonly PersonDay[],
): readonly PersonWeek[] => {
  const dates = datesOfWeek(week);
  return Object.entries(sorted(Map.groupBy(days, ({ measure }) => measure))).map(([measure, own]) => {
    const kinds = new Set(own.flatMap((row) => Object.keys(row.kinds)));
    return {
      actor,
      week,
      measure,
      team: own.at(-1)?.team ?? null,
      all: weekOf(
        dates,
        own.map((row) => [row.day, row.all] as const),
      ),
      kinds: sorted(
        [...kinds].map(
          (kind) =>
            [
              kind,
              weekOf(
                dates,
                own.map((row) => [row.day, row.kinds[kind]] as const),
              ),
            ] as const,
        ),
      ),
    };
  });
};
