/** The day book: pieces kept by person and day until all of them are there, then added up to days and weeks. */
import type { ActorId, LocalDate } from '../schemas/brand.ts';
import type { Piece } from '../schemas/record.ts';
import type { PersonDay } from '../schemas/report.ts';
import { compareText } from '../schemas/text-order.ts';
import { type Plan, dayOfDate, weekOfDay } from '../engine/index.ts';
import { personDays, personWeeks, teamOn } from './person-day.ts';
import type { PersonTeam } from './ports.ts';
import type { RowBatch } from './rebuild-ports.ts';

export interface DayBook {
  add(pieces: readonly Piece[]): void;
  /** Takes the pieces out of people for whom it is true. */
  take(isTaken: (actor: ActorId) => boolean): readonly Piece[];
  /** The days and weeks of everybody in it, a person at a time. */
  addUp(plan: Plan, teams: readonly PersonTeam[]): Iterable<RowBatch>;
}

type Days = Map<LocalDate, Piece[]>;

/** As `RowTransaction.piecesOf` gives them. */
const byPlace = (a: Piece, b: Piece): number =>
  a.fromMs - b.fromMs || compareText(a.record, b.record) || a.toMs - b.toMs;

const daysOf = (plan: Plan, actor: ActorId, days: Days, teams: readonly PersonTeam[]): readonly PersonDay[] =>
  [...days.keys()]
    .sort()
    .flatMap((day) =>
      personDays(plan, actor, day, teamOn(day, teams, plan.zone), (days.get(day) ?? []).sort(byPlace)),
    );

const rowsOf = (plan: Plan, actor: ActorId, days: Days, teams: readonly PersonTeam[]): RowBatch => {
  const rows = daysOf(plan, actor, days, teams);
  const byWeek = Map.groupBy(rows, ({ day }) => weekOfDay(dayOfDate(day)));
  return {
    personDays: rows,
    personWeeks: [...byWeek].flatMap(([week, own]) => personWeeks(actor, week, own)),
  };
};

export const newDayBook = (): DayBook => {
  const people = new Map<ActorId, Days>();
  const daysOfPerson = (actor: ActorId): Days => {
    const known = people.get(actor) ?? new Map<LocalDate, Piece[]>();
    if (known.size === 0) people.set(actor, known);
    return known;
  };
  return {
    add: (pieces) => {
      for (const piece of pieces) {
        const days = daysOfPerson(piece.actor);
        const day = days.get(piece.day);
        if (day) day.push(piece);
        else days.set(piece.day, [piece]);
      }
    },
    take: (isTaken) =>
      [...people].flatMap(([actor, days]) => {
        if (!isTaken(actor)) return [];
        people.delete(actor);
        return [...days.values()].flat();
      }),
    *addUp(plan, teams) {
      const teamsByPerson = Map.groupBy(teams, ({ actor }) => actor);
      for (const [actor, days] of people) yield rowsOf(plan, actor, days, teamsByPerson.get(actor) ?? []);
    },
  };
};
