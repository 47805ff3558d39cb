/** Adjustments to sealed weeks, below the report in which they stand: exact and signed. */
import { total } from '../../../schemas/brand.ts';
import type { Adjustment, Report } from '../../../schemas/report.ts';
import { signed } from './changes.ts';
import { grouped } from './figures.ts';
import type { Look } from './paint.ts';
import { drawTable, row, rule, totals } from './table.ts';

const countChange = (count: number): string => (count > 0 ? `+${grouped(count)}` : String(count));

const cellsOf = ({ sumMs, unionMs, roundedMs, records }: Adjustment['change']): readonly string[] => [
  signed(sumMs),
  signed(unionMs),
  signed(roundedMs),
  countChange(records),
];

const totalCells = (changes: readonly Adjustment['change'][]): readonly string[] => [
  signed(total(changes.map(({ sumMs }) => sumMs))),
  signed(total(changes.map(({ unionMs }) => unionMs))),
  signed(total(changes.map(({ roundedMs }) => roundedMs))),
  countChange(changes.reduce((sum, { records }) => sum + records, 0)),
];

/** Nothing where there are none. */
export const adjustmentsPanel = (
  { adjustments = [] }: Pick<Report, 'adjustments'>,
  look: Look,
): readonly string[] => {
  if (adjustments.length === 0) return [];
  const right = (title: string) => ({ title, align: 'right' as const });
  const rows = adjustments.map(({ week, actor, change }) => row(week, actor, ...cellsOf(change)));
  return [
    '',
    ...drawTable(
      {
        columns: [
          { title: 'Adjustments to' },
          { title: 'Agent', flexible: true },
          right('Sum'),
          right('Union'),
          right('Rounded'),
          right('Records'),
        ],
        rows: [...rows, rule, totals('Total', '', ...totalCells(adjustments.map(({ change }) => change)))],
      },
      look,
    ),
    'What was learned of sealed weeks since; not in the figures above.',
  ];
};
