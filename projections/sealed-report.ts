/** The report of a sealed week: what was issued, and nothing that was learned since. */
import type { IsoWeek } from '../schemas/brand.ts';
import type { PersonDay, Report, ReportLine, Tally } from '../schemas/report.ts';
import { addTallies, dayOfDate, weekOfDay, weekdayOf } from '../engine/index.ts';
import { NO_DAYS, NO_VALUE, addDays, newLines } from './report-lines.ts';
import type { Seal, Seals } from './seals.ts';
import type { ReportQuestion } from './report-question.ts';

/** What timesheets say, and so what a sealed week can be grouped by. */
export const SHEET_COLUMNS: ReadonlySet<string> = new Set(['agent', 'team', 'kind', 'day']);

/** The sealed week whose sheets cannot answer the question, or undefined. */
export const unanswerable = ({ report, by, week }: ReportQuestion, seals: Seals): IsoWeek | undefined => {
  if (by.every((name) => SHEET_COLUMNS.has(name))) return undefined;
  if (week !== undefined) return seals.has(week) ? week : undefined;
  return report === 'week' ? [...seals.keys()].at(-1) : undefined;
};

const measured = ({ sheets }: Seal, measure: string): readonly PersonDay[] =>
  sheets.flatMap(({ days }) => days).filter((day) => day.measure === measure);

const partsOf = ({ all, kinds }: PersonDay, byKind: boolean): readonly (readonly [string, Tally])[] =>
  byKind ? Object.entries(kinds) : [['', all]];

/** As the live report adds them up, from days instead of pieces. */
export const linesOfSheets = (seal: Seal, { by, measure, report }: ReportQuestion): readonly ReportLine[] => {
  const lines = newLines();
  const weekly = report === 'week';
  for (const personDay of measured(seal, measure))
    for (const [kind, tally] of partsOf(personDay, by.includes('kind'))) {
      const { actor, day, team } = personDay;
      const values: Readonly<Record<string, string>> = { agent: actor, team: team ?? NO_VALUE, day, kind };
      const number = dayOfDate(day);
      const line = lines.at(
        weekly ? weekOfDay(number) : undefined,
        Object.fromEntries(by.map((name) => [name, values[name] ?? NO_VALUE])),
      );
      line.days.push(tally);
      if (weekly)
        line.daysMs = addDays(
          line.daysMs,
          NO_DAYS.map((none, index) => (index === weekdayOf(number) ? tally.sumMs : none)),
        );
    }
  return lines.finish();
};

export const totalOfSheets = (seal: Seal, measure: string): Tally =>
  addTallies(measured(seal, measure).map(({ all }) => all));

/** The same bytes for ever: nothing here comes from the live rows, the live rules or the end of the log. */
export const sealedReport = (seal: Seal, question: ReportQuestion): Report => {
  const { said, atMs, sheets } = seal;
  const adjustments = sheets
    .flatMap((sheet) => sheet.adjustments)
    .filter(({ measure }) => measure === question.measure);
  return {
    report: question.report,
    zone: said.zone,
    measure: question.measure,
    ruleSet: said.ruleSet,
    position: said.position,
    asOfMs: said.asOfMs,
    by: question.by,
    weeks: [said.week],
    lines: linesOfSheets(seal, question),
    total: totalOfSheets(seal, question.measure),
    sealed: { by: said.by, atMs, ...(said.note === undefined ? {} : { note: said.note }) },
    ...(question.report === 'week' && adjustments.length > 0 ? { adjustments } : {}),
  };
};
