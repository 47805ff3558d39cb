/** The reports: person-weeks or pieces, grouped by whatever was asked for. */
import {
  type InstantMs,
  type IsoWeek,
  type LocalDate,
  NO_TIME,
  earlier,
  later,
  localDate,
  plus,
} from '../schemas/brand.ts';
import type { Attributes } from '../schemas/event.ts';
import type { Piece } from '../schemas/record.ts';
import type { PersonWeek, Report, ReportLine, Tally } from '../schemas/report.ts';
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

export interface ReportQuestion {
  readonly report: 'week' | 'total';
  readonly measure: string;
  /** `agent`, `team`, `kind`, `rule`, `grade`, `method`, `day`, or the name of an attribute. */
  readonly by: readonly string[];
  /** Which weeks; all of them when absent. */
  readonly week?: IsoWeek;
}

type AttributedPiece = Piece & { readonly attributes: Attributes };

/** What person-weeks can be grouped by. Not the team: whoever changes it in mid-week has days in both. */
const WEEK_COLUMNS: ReadonlySet<string> = new Set(['agent', 'kind']);

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

/** Lines by their key, in order of week and then of the grouped values. */
const newLines = () => {
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

const NO_DAYS: NonNullable<ReportLine['daysMs']> = [0, 1, 2, 3, 4, 5, 6].map(() => NO_TIME);

const addDays = (a: ReportLine['daysMs'], b: NonNullable<ReportLine['daysMs']>): ReportLine['daysMs'] =>
  (a ?? NO_DAYS).map((value, index) => plus(value, b[index] ?? NO_TIME));

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

/** Answers a question from the rows. The same rows give the same report, byte for byte. */
export const buildReport = async (rows: RowReader, plan: Plan, question: ReportQuestion): Promise<Report> => {
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
