/** The lines of a report while they are added up: by their key, in order of week and then of the grouped values. */
import { type InstantMs, type IsoWeek, NO_TIME, plus } from '../schemas/brand.ts';
import type { ReportLine, Tally } from '../schemas/report.ts';
import { addTallies } from '../engine/index.ts';

/** What is printed for a piece that has no such attribute. */
export const NO_VALUE = '(none)';

interface Line {
  readonly week: IsoWeek | undefined;
  readonly by: Record<string, string>;
  readonly days: Tally[];
  daysMs: ReportLine['daysMs'];
  fromMs: InstantMs | undefined;
  toMs: InstantMs | undefined;
}

export const newLines = () => {
  const lines = new Map<string, Line>();
  const at = (week: IsoWeek | undefined, by: Record<string, string>): Line => {
    const key = JSON.stringify([week ?? '', ...Object.values(by)]);
    const known = lines.get(key);
    if (known) return known;
    const line: Line = { week, by, days: [], daysMs: undefined, fromMs: undefined, toMs: undefined };
    lines.set(key, line);
    return line;
  };
  const finish = (): readonly ReportLine[] =>
    [...lines]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { week, by, days, daysMs, fromMs, toMs }]) => ({
        ...(week === undefined ? {} : { week }),
        by,
        ...(daysMs === undefined ? {} : { daysMs }),
        tally: addTallies(days),
        ...(fromMs === undefined ? {} : { fromMs }),
        ...(toMs === undefined ? {} : { toMs }),
      }));
  return { at, finish };
};

export const NO_DAYS: NonNullable<ReportLine['daysMs']> = [0, 1, 2, 3, 4, 5, 6].map(() => NO_TIME);

export const addDays = (
  a: ReportLine['daysMs'],
  b: NonNullable<ReportLine['daysMs']>,
): ReportLine['daysMs'] => (a ?? NO_DAYS).map((value, index) => plus(value, b[index] ?? NO_TIME));
