/** The weekly report as a table: people and days, teams and totals, kinds of work and grades of evidence. */
import type { InstantMs, IsoWeek } from '../../../schemas/brand.ts';
import type { Report, ReportLine } from '../../../schemas/report.ts';
import { adjustmentsPanel } from './adjustments.ts';
import { addDays, addFigures, countCell, durationCell, type Figures, figuresOf, isShed } from './figures.ts';
import { flow } from './flow.ts';
import { DAY_NAMES, daysOfMonth, spanOfWeek } from './iso-week.ts';
import { minuteOf } from './local-moment.ts';
import { type Look, paint } from './paint.ts';
import { gradesPanel, kindsPanel } from './shares-panel.ts';
import { type Column, drawTable, type Row, rule, type Table, tableWidth } from './table.ts';
import { printable } from './text-width.ts';

export interface WeekView extends Look {
  /** Grouped by agent, or by team and agent. */
  readonly report: Report;
  /** The same weeks, grouped by kind. */
  readonly byKind: Report;
  /** Writes an instant in the report's zone; needed where a week is sealed. */
  readonly local?: (at: InstantMs) => string;
}

/** What is left out when the terminal is narrow, in this order. */
interface Layout {
  readonly gap: number;
  readonly days: boolean;
  readonly rounded: boolean;
  readonly records: boolean;
}
/** What is attributed is never left out: where it is shown, it is what counts. */
interface Columns extends Layout {
  readonly attributed: boolean;
}
const LAYOUTS: readonly Layout[] = [
  { gap: 2, days: true, rounded: true, records: true },
  { gap: 1, days: true, rounded: true, records: true },
  { gap: 1, days: true, rounded: false, records: true },
  { gap: 1, days: true, rounded: false, records: false },
  { gap: 2, days: false, rounded: true, records: true },
];
const NO_TEAM = 'No team';
const INDENT = '  ';

interface Line {
  readonly kind: 'row' | 'heading' | 'total';
  readonly name: string;
  readonly figures: Figures;
}

const nameOf = ({ by }: ReportLine): string => {
  const rest = Object.entries(by).filter(([key]) => key !== 'team' && key !== 'week');
  return rest.length === 0 ? (by['team'] ?? '') : rest.map(([, value]) => value).join(' · ');
};

const personLine = (line: ReportLine, indent: string): Line => ({
  kind: 'row',
  name: indent + nameOf(line),
  figures: figuresOf(line.tally, addDays([line])),
});

const byTeam = (lines: readonly ReportLine[]): ReadonlyMap<string, readonly ReportLine[]> => {
  const teams = new Map<string, ReportLine[]>();
  for (const line of lines) {
    const team = line.by['team'] || NO_TEAM;
    teams.set(team, [...(teams.get(team) ?? []), line]);
  }
  return teams;
};

/** A team's line carries its sums; its people follow, in the order of the report. */
const bodyLines = (lines: readonly ReportLine[], by: readonly string[]): readonly Line[] => {
  if (!by.includes('team') || by.every((key) => key === 'team' || key === 'week'))
    return lines.map((line) => personLine(line, ''));
  return [...byTeam(lines)].flatMap(([team, own]) => [
    { kind: 'heading' as const, name: team, figures: addFigures(own, by) },
    ...own.map((line) => personLine(line, INDENT)),
  ]);
};

const columnsOf = (week: IsoWeek, layout: Columns): readonly Column[] => {
  const right = (header: string | readonly string[]): Column => ({ title: header, align: 'right' });
  const dates = daysOfMonth(week);
  return [
    { title: '', flexible: true },
    ...(layout.days ? DAY_NAMES.map((name, day) => right([name, dates[day] ?? ''])) : []),
    right('Sum'),
    right('Union'),
    ...(layout.attributed ? [right('Attributed')] : []),
    ...(layout.rounded ? [right('Rounded')] : []),
    ...(layout.records ? [right('Records')] : []),
  ];
};

const rowOf = ({ kind, name, figures }: Line, layout: Columns): Row => ({
  kind,
  cells: [
    name,
    ...(layout.days ? figures.daysMs.map(durationCell) : []),
    durationCell(figures.sumMs),
    durationCell(figures.unionMs),
    ...(layout.attributed ? [durationCell(figures.attributedMs)] : []),
    ...(layout.rounded ? [durationCell(figures.roundedMs)] : []),
    ...(layout.records ? [countCell(figures.records)] : []),
  ],
});

const tableOf = (week: IsoWeek, body: readonly Line[], total: Line, layout: Columns): Table => ({
  columns: columnsOf(week, layout),
  rows: [...body.map((line) => rowOf(line, layout)), rule, rowOf(total, layout)],
  gap: layout.gap,
});

/** The fullest layout that fits; when none does, the last one with names cut. */
const fittingTable = (
  week: IsoWeek,
  body: readonly Line[],
  total: Line,
  { attributed, width }: { readonly attributed: boolean; readonly width: number },
): Table => {
  const tables = LAYOUTS.map((layout) => tableOf(week, body, total, { ...layout, attributed }));
  const fitting = tables.find((table) => tableWidth(table) <= width) ?? tables.at(-1);
  if (fitting === undefined) throw new Error('there is no layout');
  return fitting;
};

const sealOf = ({ sealed }: Report, local: WeekView['local']): readonly string[] =>
  sealed === undefined
    ? []
    : [`sealed by ${sealed.by}${local === undefined ? '' : `, ${minuteOf(local(sealed.atMs))}`}`];

const titleOf = (week: IsoWeek, report: Report, look: WeekView): readonly string[] => {
  const { zone, measure, ruleSet } = report;
  const facts = [
    spanOfWeek(week),
    zone,
    `measure ${measure}`,
    `rules ${ruleSet}`,
    ...sealOf(report, look.local),
  ].map(printable);
  return flow([`Week ${week}`, ...facts], look.width).map((line) => paint(line, 'bold', look.color));
};

const ofWeek = (report: Report, week: IsoWeek): readonly ReportLine[] =>
  report.lines.filter((line) => (line.week ?? week) === week);

const totalOf = (report: Report, lines: readonly ReportLine[]): Figures =>
  report.weeks.length === 1 ? figuresOf(report.total, addDays(lines)) : addFigures(lines, report.by);

const ATTRIBUTED_NOTE = 'Attributed: what is left of the sum by the rules for things done at once';
const FOOTNOTE = [
  'h:mm to the nearest minute',
  'Sum: every record in full',
  'Union: a time once, however many records run',
];

const renderOneWeek = (week: IsoWeek, view: WeekView): string => {
  const { report, byKind, width, color } = view;
  const look: Look = { width, color };
  const lines = ofWeek(report, week);
  const figures = totalOf(report, lines);
  const total: Line = { kind: 'total', name: 'Total', figures };
  const attributed = isShed(report);
  const people = drawTable(
    fittingTable(week, bodyLines(lines, report.by), total, { attributed, width }),
    look,
  );
  const notes = [...FOOTNOTE, ...(attributed ? [ATTRIBUTED_NOTE] : [])];
  const kinds = kindsPanel(ofWeek(byKind, week), look);
  const grades = gradesPanel(figures.gradesMs, figures.sumMs, look);
  return [
    ...titleOf(week, report, view),
    ...people,
    ...flow(notes, width).map((line) => paint(line, 'dim', color)),
    '',
    ...kinds,
    '',
    ...grades,
    ...adjustmentsPanel(report, look),
  ].join('\n');
};

/** One table for each week of the report; ends with a line break. */
export const renderWeek = (view: WeekView): string => {
  const { report } = view;
  if (report.weeks.length === 0 || (report.lines.length === 0 && report.adjustments === undefined))
    return `No records of measure ${printable(report.measure)} in ${report.weeks.join(', ') || 'any week'}.\n`;
  return `${report.weeks.map((week) => renderOneWeek(week, view)).join('\n\n')}\n`;
};
