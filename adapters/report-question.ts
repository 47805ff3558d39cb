/** A question for a report as people write it: week, columns and measure as text, by whatever door they come in. */
import {
  NO_SEALS,
  NO_VALUE,
  type ReportQuestion,
  type Seals,
  buildReport,
  readSeals,
  unanswerable,
} from '../projections/index.ts';
import type { EventLog, RowReader } from '../projections/ports.ts';
import type { Plan } from '../engine/index.ts';
import { IsoWeek } from '../schemas/brand.ts';
import { didYouMean } from '../schemas/nearest.ts';
import type { Report } from '../schemas/report.ts';
import { InputError } from './input-error.ts';

export interface Asked {
  /** An ISO week, `latest`, or `all`. */
  readonly week?: string | undefined;
  /** Names with commas between. */
  readonly by?: string | undefined;
  readonly measure?: string | undefined;
  /** What the log says today, also of weeks that are sealed. */
  readonly live?: boolean | undefined;
}

/** From whom the answer comes. */
export interface Answers {
  readonly rows: RowReader;
  /** Where the seals stand. */
  readonly log: Pick<EventLog, 'readStream'>;
  readonly plan: Plan;
}

export const readWeek = (text: string): IsoWeek => {
  const parsed = IsoWeek.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InputError(`"${text}" is not a week: write an ISO week such as 2026-W46`);
};

/** The measure that is meant: `work` where a rule has it, or the first of the rule set. */
export const measureOf = (text: string | undefined, { rulesByName }: Plan): string => {
  const measures = [...new Set([...rulesByName.values()].map(({ measure }) => measure))];
  if (text !== undefined && !measures.includes(text))
    throw new InputError(`no rule has the measure "${text}"; this rule set has: ${measures.join(', ')}`);
  return text ?? (measures.includes('work') ? 'work' : (measures[0] ?? 'work'));
};

/** One week, or undefined for all of them. `latest`, and nothing, mean the last week with any row. */
const weekOf = (text: string | undefined, weeks: readonly IsoWeek[]): IsoWeek | undefined => {
  if (text === 'all') return undefined;
  if (text === undefined || text === 'latest') return weeks.at(-1);
  return readWeek(text);
};

const namesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** People under their teams, where anybody has told which. */
const usualBy = async (kind: Report['report'], rows: RowReader): Promise<readonly string[]> =>
  kind === 'week' && (await rows.teams()).length > 0 ? ['team', 'agent'] : ['agent'];

const COLUMNS: ReadonlySet<string> = new Set(['agent', 'team', 'kind', 'rule', 'grade', 'method', 'day']);

/** As many records as are asked for their attributes, to say what can be written instead. */
const SAMPLE = 1_000;

/** A misspelt attribute would group everything under nothing, which looks like an answer. */
const checkBy = async ({ by }: ReportQuestion, { lines }: Report, rows: RowReader): Promise<void> => {
  for (const name of by) {
    if (COLUMNS.has(name) || lines.length === 0 || lines.some((line) => line.by[name] !== NO_VALUE)) continue;
    const sample = await rows.records({ limit: SAMPLE });
    const known = new Set([...COLUMNS, ...sample.flatMap(({ attributes }) => Object.keys(attributes))]);
    if (!known.has(name))
      throw new InputError(`nothing has the attribute "${name}"${didYouMean(name, [...known])}`);
  }
};

const questionOf = async (
  report: Report['report'],
  { week, by, measure }: Asked,
  { rows, plan }: Answers,
): Promise<ReportQuestion> => {
  const meant = report === 'week' || week !== undefined ? weekOf(week, await rows.weeks()) : undefined;
  return {
    report,
    measure: measureOf(measure, plan),
    by: by === undefined ? await usualBy(report, rows) : namesOf(by),
    ...(meant === undefined ? {} : { week: meant }),
  };
};

/** What was issued does not say everything that the records do. */
const refuseUnanswerable = (question: ReportQuestion, seals: Seals): void => {
  const week = unanswerable(question, seals);
  if (week !== undefined)
    throw new InputError(
      `${week} is sealed, and its timesheets tell agent, team, kind and day, not ${question.by.join(', ')}: add --live for what the log says today`,
    );
};

export interface Answer {
  readonly question: ReportQuestion;
  readonly report: Report;
  readonly seals: Seals;
}

/** Throws an InputError where the question cannot be meant. */
export const askReport = async (kind: Report['report'], asked: Asked, answers: Answers): Promise<Answer> => {
  const question = await questionOf(kind, asked, answers);
  const seals = asked.live === true ? NO_SEALS : await readSeals(answers.log);
  refuseUnanswerable(question, seals);
  const report = await buildReport(answers.rows, answers.plan, question, seals);
  await checkBy(question, report, answers.rows);
  return { question, report, seals };
};
