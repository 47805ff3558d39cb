/** The sums of a case: what each person's days and ISO weeks add up to, and what is each record's share in them. */
import {
  type Plan,
  addTallies,
  attributed,
  dayOfDate,
  piecesOf,
  tally,
  weekOfDay,
} from '../../engine/index.ts';
import { type DurationMs, NO_TIME, type RecordId, durationMs } from '../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../schemas/record.ts';
import type { Tally } from '../../schemas/report.ts';
import { tallyRow } from './columns.ts';
import type { TableRow } from './table.ts';

export interface DaySum {
  readonly who: string;
  readonly measure: string;
  readonly day: string;
  readonly week: string;
  readonly sum: Tally;
}

const keyOf = ({ actor, measure, day }: Piece): string => `${actor}\n${measure}\n${day}`;

/** What each person has in a measure on a day, by person, then measure, then day. */
const shared = (records: readonly TimeRecord[], plan: Plan): readonly ReturnType<typeof attributed>[] =>
  [
    ...Map.groupBy(
      records.flatMap((record) => piecesOf(record, plan)),
      keyOf,
    ),
  ]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => attributed(own, plan));

export const daySums = (records: readonly TimeRecord[], plan: Plan): readonly DaySum[] =>
  shared(records, plan).flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { actor: who, measure, day } = first;
    return [{ who, measure, day, week: weekOfDay(dayOfDate(day)), sum: tally(own, plan.rulesByName) }];
  });

/** What is left of each record under its measure's overlap policy, over all of its days. */
export const recordShares = (
  records: readonly TimeRecord[],
  plan: Plan,
): ReadonlyMap<RecordId, DurationMs> => {
  const shares = new Map<RecordId, DurationMs>();
  for (const { record, attributedMs } of shared(records, plan).flat())
    shares.set(record, durationMs((shares.get(record) ?? NO_TIME) + attributedMs));
  return shares;
};

export const dayRows = (days: readonly DaySum[]): readonly TableRow[] =>
  days.map(({ sum, ...keys }) => ({ ...keys, ...tallyRow(sum) }));

export const weekRows = (days: readonly DaySum[]): readonly TableRow[] =>
  [...Map.groupBy(days, ({ who, measure, week }) => `${who}\n${measure}\n${week}`).values()].map((own) => ({
    who: own[0]?.who ?? '',
    measure: own[0]?.measure ?? '',
    week: own[0]?.week ?? '',
    ...tallyRow(addTallies(own.map(({ sum }) => sum))),
  }));
