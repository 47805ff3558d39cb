/** Sealed weeks as a table. */
import { NO_TIME, plus, type InstantMs, type IsoWeek } from '../../../schemas/brand.ts';
import type { Seal, Seals } from '../../../projections/index.ts';
import { hoursMinutes } from './duration.ts';
import { grouped } from './figures.ts';
import type { Look } from './paint.ts';
import { drawTable, row } from './table.ts';

const sumsOf = ({ sheets }: Seal): string => {
  const sums = new Map<string, typeof NO_TIME>();
  for (const { measure, all } of sheets.flatMap(({ days }) => days))
    sums.set(measure, plus(sums.get(measure) ?? NO_TIME, all.sumMs));
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([measure, sumMs]) => `${measure} ${hoursMinutes(sumMs)}`)
    .join(', ');
};

/** `openWeeks`: where what is learned of each week stands. */
export const sealsTable = (
  seals: Seals,
  openWeeks: ReadonlyMap<IsoWeek, IsoWeek>,
  local: (at: InstantMs) => string,
  look: Look,
): string =>
  drawTable(
    {
      columns: [
        { title: 'Week' },
        { title: 'Sealed' },
        { title: 'By' },
        { title: 'Sheets', align: 'right' },
        { title: 'Issued', flexible: true },
        { title: 'Rules' },
        { title: 'Adjusted in' },
        { title: 'Note', flexible: true },
      ],
      rows: [...seals].map(([week, seal]) => {
        const { by, timesheets, ruleSet, note = '' } = seal.said;
        return row(
          week,
          local(seal.atMs),
          by,
          grouped(timesheets),
          sumsOf(seal),
          ruleSet,
          openWeeks.get(week) ?? '',
          note,
        );
      }),
    },
    look,
  ).join('\n');
