/** tickmark report: the weekly report, and totals by anything. */
import { Command, Option } from 'commander';
import { type ReportQuestion, buildReport, openWeekAfter } from '../../../projections/index.ts';
import type { Report } from '../../../schemas/report.ts';
import { openRecords } from '../../questions/timers.ts';
import { type Answer, askReport } from '../../report-question.ts';
import { type Answering, type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG } from '../flags.ts';
import { localTime } from '../local-time.ts';
import { counted } from '../render/figures.ts';
import { reportCsv } from '../render/report-csv.ts';
import { renderLines } from '../render/report-lines.ts';
import { renderWeek } from '../render/week-report.ts';

interface ReportOptions extends DataOption {
  readonly week?: string;
  readonly by?: string;
  readonly measure?: string;
  readonly format: 'table' | 'csv' | 'json';
  /** What the log says today, of sealed weeks too. */
  readonly live?: boolean;
}

const render = async (
  context: Context,
  { workspace, ruling }: Answering,
  { question, report, seals }: Answer,
): Promise<string> => {
  const { color, width } = context.terminal;
  const local = localTime(report.zone);
  const isUsual =
    question.report === 'week' && question.by.at(-1) === 'agent' && !question.by.includes('kind');
  if (!isUsual || question.week === undefined) return renderLines(report, { color, width }, local);
  const byKind = await buildReport(workspace.answers, ruling.plan, { ...question, by: ['kind'] }, seals);
  return renderWeek({ report, byKind, width, color, local });
};

const running = async ({ workspace: { answers } }: Answering): Promise<number> =>
  (await openRecords(answers)).length;

/** Why a report has no line. */
const emptiness = async ({ week, measure }: ReportQuestion, answering: Answering): Promise<string> => {
  const weeks = await answering.workspace.answers.weeks();
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first !== undefined && last !== undefined)
    return `Nothing of measure ${measure}${week === undefined ? '' : ` in ${week}`}; weeks with records: ${first === last ? first : `${first} to ${last}`}.`;
  const open = await running(answering);
  return open > 0
    ? `Nothing counts yet: ${counted(open, 'record')} still without an end. What runs: tickmark timers`
    : 'Nothing is timed yet. Bring signals in: tickmark import --help, or look around: tickmark demo';
};

/** A figure that signals are missing from says so. */
const tellMissing = async ({ terminal }: Context, { workspace }: Answering): Promise<void> => {
  const waiting = await workspace.deadLetters.list('waiting');
  if (waiting.length > 0)
    terminal.talk(
      `${counted(waiting.length, 'signal')} could not be understood, so what they say is missing here: tickmark deadletters ls`,
    );
};

/** Who reads a sealed week is told where what was learned since stands. */
const tellAdjusted = async (
  { terminal }: Context,
  { workspace, ruling }: Answering,
  { question: { week, measure }, report, seals }: Answer,
): Promise<void> => {
  if (week === undefined || report.sealed === undefined) return;
  const open = openWeekAfter(week, seals);
  const question = { report: 'week', measure, by: ['agent'], week: open } as const;
  const { adjustments = [] } = await buildReport(workspace.answers, ruling.plan, question, seals);
  const own = adjustments.filter((one) => one.week === week);
  if (own.length > 0)
    terminal.talk(
      `${week} is sealed; ${counted(own.length, 'adjustment')} since: tickmark report week --week ${open}`,
    );
};

const run = (context: Context, kind: Report['report'], options: ReportOptions): Promise<void> =>
  withAnswers(context, options, async (answering) => {
    const { workspace, ruling } = answering;
    const answer = await askReport(kind, options, {
      rows: workspace.answers,
      log: workspace.log,
      plan: ruling.plan,
    });
    const { question, report } = answer;
    const isEmpty = report.lines.length === 0 && report.adjustments === undefined;
    if (isEmpty) context.terminal.talk(await emptiness(question, answering));
    await tellMissing(context, answering);
    await tellAdjusted(context, answering, answer);
    if (options.format === 'json') context.terminal.out(JSON.stringify(report));
    else if (options.format === 'csv') context.terminal.out(reportCsv(report).trimEnd());
    else if (!isEmpty) context.terminal.out(await render(context, answering, answer));
  });

const withOptions = (command: Command): Command =>
  command
    .option('--week <week>', 'an ISO week such as 1999-W06, `latest`, or `all`')
    .option(
      '--by <names>',
      'what a line is: agent, team, kind, rule, grade, method, day, or attributes such as customer',
    )
    .option('--measure <name>', 'which measure of the rule set (default: work)')
    .option('--live', 'what the log says today, also of weeks that are sealed')
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['table', 'csv', 'json']).default('table'),
    )
    .option(...DATA_FLAG);

export const reportCommand = (context: Context): Command => {
  const command = new Command('report')
    .summary('who worked how long on what')
    .description('Answers over the time records.')
    .addHelpText('after', '\nExamples:\n  $ tickmark report week\n  $ tickmark report total --by customer');
  withOptions(
    command
      .command('week')
      .description(
        'The weekly report: days, sum, union and rounded time. The latest week when none is named.',
      ),
  )
    .addHelpText(
      'after',
      `
Sum counts everything in full; union counts time in which two things ran at once only once.
Examples:
  $ tickmark report week
  $ tickmark report week --week 1999-W06 --by agent,kind
  $ tickmark report week --week all --by agent --format csv > weeks.csv`,
    )
    .action((options: ReportOptions) => run(context, 'week', options));
  withOptions(
    command.command('total').description('Totals over all weeks, or one, by anything that the signals name.'),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ tickmark report total --by customer --format csv
  $ tickmark report total --by kind,grade
  $ tickmark report total --by case --measure backlog`,
    )
    .action((options: ReportOptions) => run(context, 'total', options));
  return command;
};
