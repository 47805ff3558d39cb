/** The figures of report lines: how they are added up for groups and written into cells. */
import { type DurationMs, NO_TIME, plus } from '../../../schemas/brand.ts';
import { type GradesMs, GRADES } from '../../../schemas/record.ts';
import type { Report, ReportLine, Tally } from '../../../schemas/report.ts';
import { inTable } from './duration.ts';
import { percent } from './share.ts';

/** What a row of the weekly table shows. */
export interface Figures {
  readonly daysMs: readonly DurationMs[];
  readonly sumMs: DurationMs;
  /** Absent where the unions of the parts do not add up to the union of the whole. */
  readonly unionMs: DurationMs | undefined;
  readonly roundedMs: DurationMs;
  readonly attributedMs: DurationMs;
  readonly records: number;
  readonly gradesMs: GradesMs;
}

const NO_GRADES: GradesMs = {
  observed: NO_TIME,
  inferred: NO_TIME,
  declared: NO_TIME,
  assumed: NO_TIME,
  unknown: NO_TIME,
};

const NO_DAYS: readonly DurationMs[] = Array.from({ length: 7 }, () => NO_TIME);

const addGrades = (a: GradesMs, b: GradesMs): GradesMs => {
  const sum = { ...a };
  for (const grade of GRADES) sum[grade] = plus(a[grade], b[grade]);
  return sum;
};

export const addDays = (lines: readonly ReportLine[]): readonly DurationMs[] =>
  NO_DAYS.map((start, day) => lines.reduce((sum, { daysMs }) => plus(sum, daysMs?.[day] ?? NO_TIME), start));

export const figuresOf = (tally: Tally, daysMs: readonly DurationMs[]): Figures => ({
  daysMs,
  sumMs: tally.sumMs,
  unionMs: tally.unionMs,
  roundedMs: tally.roundedMs,
  attributedMs: tally.attributedMs,
  records: tally.records,
  gradesMs: tally.gradesMs,
});

/** Whether an overlap policy took anything from a line: otherwise what is attributed is the sum, and says nothing. */
export const isShed = ({ lines }: Pick<Report, 'lines'>): boolean =>
  lines.some(({ tally }) => tally.attributedMs !== tally.sumMs);

/** Unions add up over people and days, and over nothing else: two kinds of work at once are one time. */
const UNION_ADDS = new Set(['agent', 'team', 'week', 'day']);
export const unionsAdd = (by: readonly string[]): boolean =>
  by.includes('agent') && by.every((key) => UNION_ADDS.has(key));

export const addFigures = (lines: readonly ReportLine[], by: readonly string[]): Figures => {
  const sum = (of: (tally: Tally) => DurationMs): DurationMs =>
    lines.reduce((all, { tally }) => plus(all, of(tally)), NO_TIME);
  return {
    daysMs: addDays(lines),
    sumMs: sum((tally) => tally.sumMs),
    unionMs: unionsAdd(by) ? sum((tally) => tally.unionMs) : undefined,
    roundedMs: sum((tally) => tally.roundedMs),
    attributedMs: sum((tally) => tally.attributedMs),
    records: lines.reduce((all, { tally }) => all + tally.records, 0),
    gradesMs: lines.reduce((all, { tally }) => addGrades(all, tally.gradesMs), NO_GRADES),
  };
};

export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 record`, `2,000 records`. */
export const counted = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

export const durationCell = (ms: DurationMs | undefined): string => (ms === undefined ? '' : inTable(ms));
export const countCell = (count: number): string => (count === 0 ? inTable(NO_TIME) : grouped(count));

/** The share that two signals bound. */
export const observedCell = ({ sumMs, gradesMs }: Pick<Tally, 'sumMs' | 'gradesMs'>): string =>
  percent(gradesMs.observed, sumMs);
