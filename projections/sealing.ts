/** Sealing: the timesheets that are issued for a week, from its live rows. */
import type { IsoWeek } from '../schemas/brand.ts';
import type { PersonDay } from '../schemas/report.ts';
import { compareText } from '../schemas/text-order.ts';
import { datesOfWeek } from '../engine/index.ts';
import { adjustmentsIn } from './adjustments.ts';
import type { RowReader } from './ports.ts';
import type { Seals, Timesheet } from './seals.ts';

const daysOfWeek = async (
  week: IsoWeek,
  rows: Pick<RowReader, 'allPersonDays'>,
): Promise<readonly PersonDay[]> => {
  const dates = datesOfWeek(week);
  const [last = ''] = dates.slice(-1);
  const found: PersonDay[] = [];
  for await (const page of rows.allPersonDays()) {
    found.push(...page.filter(({ day }) => dates.includes(day)));
    if ((page.at(-1)?.day ?? '') > last) break;
  }
  return found;
};

/** One for each person who has time in the week, or adjustments that its report shows. In order of person. */
export const timesheetsOf = async (
  week: IsoWeek,
  seals: Seals,
  rows: Pick<RowReader, 'allPersonDays' | 'personWeeks'>,
): Promise<readonly Timesheet[]> => {
  const days = await daysOfWeek(week, rows);
  const adjustments = await adjustmentsIn(week, seals, rows);
  const daysOf = Map.groupBy(days, ({ actor }) => actor);
  const adjustmentsOf = Map.groupBy(adjustments, ({ actor }) => actor);
  return [...new Set([...daysOf.keys(), ...adjustmentsOf.keys()])].sort(compareText).map((actor) => ({
    actor,
    days: daysOf.get(actor) ?? [],
    adjustments: adjustmentsOf.get(actor) ?? [],
  }));
};
