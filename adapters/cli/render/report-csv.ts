/** A report as CSV: exact seconds, one line a group, the same columns for every week. */
import { type DurationMs, type InstantMs } from '../../../schemas/brand.ts';
import { GRADES, METHODS } from '../../../schemas/record.ts';
import type { Report, ReportLine } from '../../../schemas/report.ts';
import { type Cell, csv } from './csv.ts';

const seconds = (ms: DurationMs): number => ms / 1000;
const iso = (ms: InstantMs | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString());

const DAYS = ['mon_s', 'tue_s', 'wed_s', 'thu_s', 'fri_s', 'sat_s', 'sun_s'];

const cellsOf = (report: Report, line: ReportLine): readonly Cell[] => [
  ...(report.report === 'week' ? [line.week ?? ''] : []),
  ...report.by.map((name) => line.by[name] ?? ''),
  line.tally.records,
  ...(report.report === 'week' ? (line.daysMs ?? []).map(seconds) : []),
  seconds(line.tally.sumMs),
  seconds(line.tally.unionMs),
  seconds(line.tally.attributedMs),
  line.tally.roundedMs / 60_000,
  line.tally.overlapping,
  ...GRADES.map((grade) => seconds(line.tally.gradesMs[grade])),
  ...METHODS.map((method) => seconds(line.tally.methodsMs[method])),
  ...(report.report === 'total' ? [iso(line.fromMs), iso(line.toMs)] : []),
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
      ...(report.report === 'total' ? ['first', 'last'] : []),
    ],
    report.lines.map((line) => cellsOf(report, line)),
  );
