/** A report as CSV: exact seconds, one line a group, the same columns for every week. */
import { type DurationMs, type InstantMs } from '../../../schemas/brand.ts';
import { GRADES, METHODS } from '../../../schemas/record.ts';
import type { Adjustment, Report, ReportLine, Tally } from '../../../schemas/report.ts';
import { type Cell, csv } from './csv.ts';

const seconds = (ms: DurationMs): number => ms / 1000;
const iso = (ms: InstantMs | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString());

const DAYS = ['mon_s', 'tue_s', 'wed_s', 'thu_s', 'fri_s', 'sat_s', 'sun_s'];

const figureCells = (tally: Tally): readonly Cell[] => [
  seconds(tally.sumMs),
  seconds(tally.unionMs),
  seconds(tally.attributedMs),
  tally.roundedMs / 60_000,
  tally.overlapping,
  ...GRADES.map((grade) => seconds(tally.gradesMs[grade])),
  ...METHODS.map((method) => seconds(tally.methodsMs[method])),
];

const cellsOf = (report: Report, line: ReportLine): readonly Cell[] => [
  ...(report.report === 'week' ? [line.week ?? ''] : []),
  ...report.by.map((name) => line.by[name] ?? ''),
  line.tally.records,
  ...(report.report === 'week' ? (line.daysMs ?? []).map(seconds) : []),
  ...figureCells(line.tally),
  ...(report.report === 'total' ? [iso(line.fromMs), iso(line.toMs)] : ['']),
];

/** A change that stands beside the lines of its week; what it is about is in the last column. */
const adjustmentCells = (
  report: Report,
  { week, reportedIn, actor, change }: Adjustment,
): readonly Cell[] => [
  reportedIn,
  ...report.by.map((name) => (name === 'agent' ? actor : '')),
  change.records,
  ...DAYS.map(() => ''),
  ...figureCells(change),
  week,
];

export const reportCsv = (report: Report): string =>
  csv(
    [
      ...(report.report === 'week' ? ['iso_week'] : []),
      ...report.by,
      'records',
      ...(report.report === 'week' ? DAYS : []),
      'sum_s',
      'union_s',
      'attributed_s',
      'rounded_min',
      'overlapping',
      ...GRADES.map((grade) => `${grade}_s`),
      ...METHODS.map((method) => `${method}_s`),
      ...(report.report === 'total' ? ['first', 'last'] : ['adjusts']),
    ],
    [
      ...report.lines.map((line) => cellsOf(report, line)),
      ...(report.adjustments ?? []).map((one) => adjustmentCells(report, one)),
    ],
  );
