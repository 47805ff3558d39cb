/** Identical days: the very same times, to the millisecond, on several working days running. */
import type { Finding } from '../../schemas/audit.ts';
import { type InstantMs, type LocalDate, durationMs } from '../../schemas/brand.ts';
import { dayOfDate, weekdayOf } from '../calendar/date.ts';
import { byStart } from '../interval/interval.ts';
import { union } from '../interval/union.ts';
import type { Plan } from '../plan.ts';
import type { KnownPiece, PersonCase } from './auditor.ts';
import { clockText } from './figures.ts';
import { isOfWorkClock } from './work-clock.ts';

const USUAL_DAYS = 5;
const DAY_MS = 86_400_000;
const SATURDAY = 5;

interface Day {
  readonly date: LocalDate;
  readonly number: number;
  readonly startMs: InstantMs;
  /** The times of the local clocks: `9:00:00-12:00:00, 13:00:00-17:00:00`. */
  readonly pattern: string;
}

const clockAt = ({ zone }: Plan, at: InstantMs): string =>
  clockText(durationMs((((at + zone.offsetAt(at)) % DAY_MS) + DAY_MS) % DAY_MS));

/** Records over several days say when something was open, not when a day began. */
const withinDays = (pieces: readonly KnownPiece[]): readonly KnownPiece[] => {
  const days = new Map<string, LocalDate | undefined>();
  for (const { record, day } of pieces)
    days.set(record, days.has(record) && days.get(record) !== day ? undefined : day);
  return pieces.filter(({ record }) => days.get(record) !== undefined);
};

const daysOf = (plan: Plan, pieces: readonly KnownPiece[]): readonly Day[] =>
  [...Map.groupBy(pieces, ({ day }) => day)].flatMap(([date, own]) => {
    const runs = union(own.toSorted(byStart));
    const startMs = runs[0]?.fromMs;
    if (startMs === undefined) return [];
    const pattern = runs
      .map(({ fromMs, toMs }) => `${clockAt(plan, fromMs)}-${clockAt(plan, toMs)}`)
      .join(', ');
    return [{ date, number: dayOfDate(date), startMs, pattern }];
  });

/** Whether no working day lies between: a Saturday or Sunday without work does not break a run, any other day does. */
const follows = (before: Day, after: Day): boolean => {
  for (let day = before.number + 1; day < after.number; day += 1) if (weekdayOf(day) < SATURDAY) return false;
  return true;
};

/** Successive days with the same pattern. */
const runsOf = (days: readonly Day[]): readonly (readonly Day[])[] => {
  const runs: Day[][] = [];
  for (const day of days.toSorted((a, b) => a.number - b.number)) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last?.pattern === day.pattern && follows(last, day)) run.push(day);
    else runs.push([day]);
  }
  return runs;
};

/** One finding a run, at its beginning. */
export const identicalDays = ({ plan, actor, measure, pieces }: PersonCase): readonly Finding[] => {
  const least = plan.ruleSet.audit?.identicalDays ?? USUAL_DAYS;
  const worked = withinDays(pieces.filter((piece) => isOfWorkClock(plan, piece)));
  return runsOf(daysOf(plan, worked)).flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last || run.length < least) return [];
    return [
      {
        code: 'identical-days' as const,
        actor,
        atMs: first.startMs,
        detail: `${run.length} working days running, ${first.date} to ${last.date}, all ${first.pattern} in ${measure}`,
      },
    ];
  });
};
