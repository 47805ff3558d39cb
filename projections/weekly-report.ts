/** The reports: person-weeks or pieces, grouped by whatever was asked for. */
import { type LocalDate, earlier, later, localDate } from '../schemas/brand.ts';
import type { Attributes } from '../schemas/event.ts';
import type { Piece } from '../schemas/record.ts';
import { compareText } from '../schemas/text-order.ts';
import type { PersonWeek, Report, ReportLine } from '../schemas/report.ts';
import {
  addTallies,
  attributed,
  datesOfWeek,
  dayOfDate,
  type Plan,
  tally,
  weekdayOf,
  weekOfDay,
} from '../engine/index.ts';
import { teamOn } from './person-day.ts';
import type { PersonTeam, RowReader } from './ports.ts';
import { adjustmentsIn, allAdjustments } from './adjustments.ts';
import { NO_DAYS, NO_VALUE, addDays, newLines } from './report-lines.ts';
import type { ReportQuestion } from './report-question.ts';
import { linesOfSheets, sealedReport, totalOfSheets } from './sealed-report.ts';
import { NO_SEALS, type Seals } from './seals.ts';

type AttributedPiece = Piece & { readonly attributes: Attributes };

/** What person-weeks can be grouped by. Not the team: whoever changes it in mid-week has days in both. */
const WEEK_COLUMNS: ReadonlySet<string> = new Set(['agent', 'kind']);

const fromPersonWeeks = (
  rows: readonly PersonWeek[],
  { by, measure }: ReportQuestion,
): readonly ReportLine[] => {
  const lines = newLines();
  for (const { actor, week, measure: own, all, kinds } of rows) {
    if (own !== measure) continue;
    const parts = by.includes('kind') ? Object.entries(kinds) : [['', all] as const];
    for (const [kind, part] of parts) {
      const values: Readonly<Record<string, string>> = { agent: actor, kind };
      const line = lines.at(week, Object.fromEntries(by.map((name) => [name, values[name] ?? NO_VALUE])));
      line.days.push(part.tally);
      line.daysMs = addDays(line.daysMs, part.daysMs);
    }
  }
  return lines.finish();
};

const valueOf = (piece: AttributedPiece, name: string, team: string | null): string => {
  switch (name) {
    case 'agent':
      return piece.actor;
    case 'team':
      return team ?? NO_VALUE;
    case 'day':
      return piece.day;
    case 'kind':
    case 'rule':
    case 'grade':
    case 'method':
      return piece[name];
    default:
      return piece.attributes[name] ?? NO_VALUE;
  }
};

/** Adds the pieces of one person and one day to the lines that they belong to. */
const addPersonDay = (
  pieces: readonly AttributedPiece[],
  question: ReportQuestion,
  plan: Plan,
  teams: readonly PersonTeam[],
  lines: ReturnType<typeof newLines>,
): void => {
  const [first] = pieces;
  if (!first) return;
  const dayNumber = dayOfDate(first.day);
  const team = question.by.includes('team')
    ? teamOn(
        first.day,
        teams.filter(({ actor }) => actor === first.actor),
        plan.zone,
      )
    : null;
  const weekly = question.report === 'week';
  const key = (piece: AttributedPiece): string =>
    JSON.stringify(question.by.map((name) => valueOf(piece, name, team)));
  for (const own of Map.groupBy(attributed(pieces, plan), key).values()) {
    const [any] = own;
    if (!any) continue;
    const by = Object.fromEntries(question.by.map((name) => [name, valueOf(any, name, team)]));
    const line = lines.at(weekly ? weekOfDay(dayNumber) : undefined, by);
    const sum = tally(own, plan.rulesByName);
    line.days.push(sum);
    if (weekly)
      line.daysMs = addDays(
        line.daysMs,
        NO_DAYS.map((none, index) => (index === weekdayOf(dayNumber) ? sum.sumMs : none)),
      );
    else
      for (const { fromMs, toMs } of own) {
        line.fromMs = line.fromMs === undefined ? fromMs : earlier(line.fromMs, fromMs);
        line.toMs = line.toMs === undefined ? toMs : later(line.toMs, toMs);
      }
  }
};

const ALWAYS: readonly [LocalDate, LocalDate] = [localDate('0000-01-01'), localDate('9999-12-31')];

const fromPieces = async (
  rows: RowReader,
  question: ReportQuestion,
  plan: Plan,
): Promise<readonly ReportLine[]> => {
  const lines = newLines();
  const teams = await rows.teams();
  const dates = question.week === undefined ? ALWAYS : datesOfWeek(question.week);
  let personDay: AttributedPiece[] = [];
  for await (const page of rows.pieces(question.measure, dates[0] ?? ALWAYS[0], dates.at(-1) ?? ALWAYS[1]))
    for (const piece of page) {
      const [first] = personDay;
      if (first && (first.actor !== piece.actor || first.day !== piece.day)) {
        addPersonDay(personDay, question, plan, teams, lines);
        personDay = [];
      }
      personDay.push(piece);
    }
  addPersonDay(personDay, question, plan, teams, lines);
  return lines.finish();
};

/** Whatever the log says today, of sealed weeks too. The same rows give the same report, byte for byte. */
const liveReport = async (rows: RowReader, plan: Plan, question: ReportQuestion): Promise<Report> => {
  const state = await rows.state();
  const weekColumns = question.report === 'week' && question.by.every((name) => WEEK_COLUMNS.has(name));
  const personWeeks = await rows.personWeeks(question.week);
  const lines = weekColumns ? fromPersonWeeks(personWeeks, question) : await fromPieces(rows, question, plan);
  const { ruleSet } = plan;
  return {
    report: question.report,
    zone: ruleSet.zone,
    measure: question.measure,
    ruleSet: `${ruleSet.ruleSet}@${ruleSet.version}`,
    position: state?.position ?? 0,
    asOfMs: state?.horizonMs ?? null,
    by: question.by,
    weeks: question.week === undefined ? await rows.weeks() : [question.week],
    lines,
    // Not the sum of the lines: a person's union over two lines is less than the two unions.
    total: addTallies(
      personWeeks.filter(({ measure }) => measure === question.measure).map(({ all }) => all.tally),
    ),
  };
};

const byWeek = (a: ReportLine, b: ReportLine): number => compareText(a.week ?? '', b.week ?? '');

/** Every week as it is to be read: sealed ones as issued, open ones live. What was learned since stands beside both. */
const withSeals = async (
  live: Report,
  question: ReportQuestion,
  rows: RowReader,
  seals: Seals,
): Promise<Report> => {
  const { week, measure } = question;
  const all = week === undefined ? await allAdjustments(seals, rows) : await adjustmentsIn(week, seals, rows);
  const adjustments = all.filter((one) => one.measure === measure);
  const beside = adjustments.length === 0 ? {} : { adjustments };
  if (week !== undefined) return { ...live, ...beside };
  const issued = [...seals.values()];
  const open = (await rows.personWeeks()).filter((row) => row.measure === measure && !seals.has(row.week));
  return {
    ...live,
    weeks: [...new Set([...live.weeks, ...seals.keys()])].sort(compareText),
    lines: [
      ...live.lines.filter((line) => line.week === undefined || !seals.has(line.week)),
      ...issued.flatMap((seal) => linesOfSheets(seal, question)),
    ].sort(byWeek),
    total: addTallies([
      ...open.map((row) => row.all.tally),
      ...issued.map((seal) => totalOfSheets(seal, measure)),
    ]),
    ...beside,
  };
};

/**
 * Answers a question from the rows and the seals. A sealed week is answered as it was issued; `unanswerable` tells
 * beforehand where its timesheets cannot. A total over all weeks is what the log says today: issued and adjusted.
 */
export const buildReport = async (
  rows: RowReader,
  plan: Plan,
  question: ReportQuestion,
  seals: Seals = NO_SEALS,
): Promise<Report> => {
  const seal = question.week === undefined ? undefined : seals.get(question.week);
  if (seal) return sealedReport(seal, question);
  const live = await liveReport(rows, plan, question);
  return question.report === 'week' && seals.size > 0 ? withSeals(live, question, rows, seals) : live;
};
