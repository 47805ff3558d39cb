/** A report grouped by anything, as a plain table: the groups, their days or their first and last instant, their figures. */
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Report, ReportLine } from '../../../schemas/report.ts';
import { adjustmentsPanel } from './adjustments.ts';
import { addDays, countCell, durationCell, isShed, observedCell } from './figures.ts';
import { DAY_NAMES } from './iso-week.ts';
import { minuteOf } from './local-moment.ts';
import { type Look, paint } from './paint.ts';
import { type Column, drawTable, row, type Row, rule, type Table, tableWidth, totals } from './table.ts';
import { printable } from './text-width.ts';

type WriteTime = (at: InstantMs) => string;

/** What stands between the groups and the figures. */
type Middle = 'days' | 'from-to' | 'nothing';

const middleOf = ({ lines }: Report): Middle => {
  if (lines.some(({ daysMs }) => daysMs !== undefined)) return 'days';
  return lines.some(({ fromMs }) => fromMs !== undefined) ? 'from-to' : 'nothing';
};

const hasWeeks = ({ lines }: Report): boolean => lines.some(({ week }) => week !== undefined);

const keysOf = (report: Report): readonly string[] => report.by.filter((key) => key !== 'week');

const columnsOf = (report: Report, middle: Middle): readonly Column[] => {
  const right = (header: string): Column => ({ title: header, align: 'right' });
  const middles: Readonly<Record<Middle, readonly Column[]>> = {
    days: DAY_NAMES.map(right),
    'from-to': [{ title: 'From' }, { title: 'To' }],
    nothing: [],
  };
  return [
    ...(hasWeeks(report) ? [{ title: 'Week' }] : []),
    ...keysOf(report).map((header) => ({ title: header, flexible: true })),
    ...middles[middle],
    ...['Sum', 'Union'].map(right),
    ...(isShed(report) ? [right('Attributed')] : []),
    ...['Rounded', 'Records', 'Observed'].map(right),
  ];
};

const middleCells = (line: ReportLine, middle: Middle, write: WriteTime): readonly string[] => {
  if (middle === 'days') return DAY_NAMES.map((_, day) => durationCell(line.daysMs?.[day]));
  if (middle === 'nothing') return [];
  return [line.fromMs, line.toMs].map((at) => (at === undefined ? '' : write(at)));
};

const figureCells = ({ tally }: Pick<ReportLine, 'tally'>, shed: boolean): readonly string[] => [
  durationCell(tally.sumMs),
  durationCell(tally.unionMs),
  ...(shed ? [durationCell(tally.attributedMs)] : []),
  durationCell(tally.roundedMs),
  countCell(tally.records),
  observedCell(tally),
];

const totalRow = (report: Report, middle: Middle): Row => {
  const groups = keysOf(report).length + (hasWeeks(report) ? 1 : 0);
  const names = Array.from({ length: groups }, (_, index) => (index === 0 ? 'Total' : ''));
  const days = middle === 'days' ? addDays(report.lines).map(durationCell) : [];
  const between = middle === 'from-to' ? ['', ''] : days;
  return totals(...names, ...between, ...figureCells({ tally: report.total }, isShed(report)));
};

const tableOf = (report: Report, middle: Middle, localTime: WriteTime): Table => {
  const write: WriteTime = (at) => minuteOf(localTime(at));
  const shed = isShed(report);
  const lines = report.lines.map((line) =>
    row(
      ...(hasWeeks(report) ? [line.week ?? ''] : []),
      ...keysOf(report).map((key) => line.by[key] ?? ''),
      ...middleCells(line, middle, write),
      ...figureCells(line, shed),
    ),
  );
  return { columns: columnsOf(report, middle), rows: [...lines, rule, totalRow(report, middle)] };
};

/** Where the whole does not fit, the days or instants are left out. */
const fittingTable = (report: Report, width: number, localTime: WriteTime): Table => {
  const full = tableOf(report, middleOf(report), localTime);
  return tableWidth(full) <= width ? full : tableOf(report, 'nothing', localTime);
};

const addLines = (lines: Report['lines']): { readonly unionMs: number; readonly roundedMs: number } => ({
  unionMs: lines.reduce((sum, { tally }) => sum + tally.unionMs, 0),
  roundedMs: lines.reduce((sum, { tally }) => sum + tally.roundedMs, 0),
});

/** `localTime` writes an instant in the report's zone, date first. */
export const renderLines = (report: Report, { color, width }: Look, localTime: WriteTime): string => {
  const weeks = report.weeks.length > 0 ? report.weeks.join(', ') : 'all weeks';
  const title = report.report === 'week' ? `Week ${weeks}` : 'Total';
  const facts = [
    report.zone,
    `measure ${report.measure}`,
    `rules ${report.ruleSet}`,
    ...(report.sealed === undefined
      ? []
      : [`sealed by ${report.sealed.by}, ${minuteOf(localTime(report.sealed.atMs))}`]),
  ]
    .map(printable)
    .join(' · ');
  const head = `${paint(title, 'bold', color)} · ${facts}`;
  const { unionMs, roundedMs } = report.total;
  const added = addLines(report.lines);
  const note =
    added.unionMs === unionMs && added.roundedMs === roundedMs
      ? []
      : ['Union and Rounded are worked out for each line and for the total: lines need not add up to it.'];
  return `${[head, ...drawTable(fittingTable(report, width, localTime), { color, width }), ...note, ...adjustmentsPanel(report, { color, width })].join('\n')}\n`;
};
