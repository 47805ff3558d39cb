/** tickmark audit: what is remarkable, by fixed codes; how time is known; what rounding does to it. */
import { Command, Option } from 'commander';
import {
  type AuditQuestion,
  type ReportQuestion,
  buildAudit,
  buildReport,
} from '../../../projections/index.ts';
import { FINDINGS, FINDING_CODES, type FindingCode } from '../../../schemas/audit.ts';
import { didYouMean } from '../../../schemas/nearest.ts';
import type { Report } from '../../../schemas/report.ts';
import { InputError } from '../../input-error.ts';
import { type Answering, type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG, readWeek } from '../flags.ts';
import { localTime } from '../local-time.ts';
import { personMeant } from '../../questions/meant.ts';
import { measureOf } from '../../report-question.ts';
import { readPerson } from '../person-flags.ts';
import { biasCsv, biasTable, coverageCsv, coverageTable } from '../render/audit-shares.ts';
import { codesTable, findingsCsv, findingsTable, summaryOf } from '../render/audit.ts';
import type { Look } from '../render/paint.ts';

interface AuditOptions extends DataOption {
  readonly week?: string;
  readonly who?: string;
  readonly code?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

const readCode = (text: string): FindingCode => {
  const code = FINDING_CODES.find((one) => one === text);
  if (code !== undefined) return code;
  throw new InputError(
    `no finding has the code "${text}"${didYouMean(text, FINDING_CODES)}; list them: tickmark audit codes`,
  );
};

const questionOf = ({ week, who, code }: AuditOptions): AuditQuestion => ({
  ...(week === undefined ? {} : { week: readWeek(week) }),
  ...(who === undefined ? {} : { actor: readPerson('--who', who) }),
  ...(code === undefined ? {} : { code: readCode(code) }),
});

const run = (context: Context, options: AuditOptions): Promise<void> => {
  const question = questionOf(options);
  return withAnswers(context, options, async (answering) => {
    const { workspace, ruling } = answering;
    const { plan } = ruling;
    await personMeant(options.who, workspace.answers);
    const { terminal } = context;
    const audit = await buildAudit({ rows: workspace.answers, log: workspace.log, plan }, question);
    const { findings } = audit;
    const at = localTime(plan.ruleSet.zone);
    const summary = summaryOf(audit, question.week === undefined ? audit.weeks : [question.week]);
    if (options.json) for (const finding of findings) terminal.out(JSON.stringify(finding));
    else if (options.csv) terminal.out(findingsCsv(findings, at).trimEnd());
    else if (findings.length > 0) terminal.out(`${findingsTable(findings, at, terminal)}\n\n${summary}`);
    else terminal.out(summary);
    if (options.json || options.csv) terminal.talk(summary);
    if (findings.length > 0) context.exit(3);
  });
};

interface SharesOptions extends DataOption {
  readonly week?: string;
  readonly measure?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

interface Shown {
  readonly table: (report: Report, look: Look) => string;
  readonly csv: (report: Report) => string;
}
const COVERAGE: Shown = { table: coverageTable, csv: coverageCsv };
const BIAS: Shown = { table: biasTable, csv: biasCsv };

const show = ({ terminal }: Context, report: Report, shown: Shown, options: SharesOptions): void => {
  if (options.json) terminal.out(JSON.stringify(report));
  else if (options.csv) terminal.out(shown.csv(report).trimEnd());
  else if (report.lines.length === 0) terminal.talk(`Nothing of measure ${report.measure} is timed there.`);
  else terminal.out(shown.table(report, terminal));
};

const showShares = async (
  context: Context,
  answering: Answering,
  options: SharesOptions,
  shown: Shown,
): Promise<void> => {
  const question: ReportQuestion = {
    report: 'total',
    measure: measureOf(options.measure, answering.ruling.plan),
    by: ['agent'],
    ...(options.week === undefined ? {} : { week: readWeek(options.week) }),
  };
  const report = await buildReport(answering.workspace.answers, answering.ruling.plan, question);
  show(context, report, shown, options);
};

/** The share of everybody's time by how it is known. */
export const showCoverage = (context: Context, answering: Answering, options: SharesOptions): Promise<void> =>
  showShares(context, answering, options, COVERAGE);

const WEEK_FLAG = ['--week <week>', 'only this ISO week, for instance 2026-W10'] as const;
const MEASURE_FLAG = ['--measure <name>', 'which measure of the rule set (default: work)'] as const;
const JSON_FLAG = ['--json', 'as JSON'] as const;

const csvFlag = (): Option => new Option('--csv', 'as CSV').conflicts('json');

const sharesCommand = (context: Context, name: string, description: string, shown: Shown): Command =>
  new Command(name)
    .description(description)
    .option(...WEEK_FLAG)
    .option(...MEASURE_FLAG)
    .option(...JSON_FLAG)
    .addOption(csvFlag())
    .option(...DATA_FLAG)
    .addHelpText('after', `\nExample:\n  $ tickmark audit ${name} --week 2026-W10`)
    .action((_: unknown, command: Command) => {
      const options: SharesOptions = command.optsWithGlobals();
      return withAnswers(context, options, (answering) => showShares(context, answering, options, shown));
    });

const codesCommand = ({ terminal }: Context): Command =>
  new Command('codes')
    .description('Every code of a finding, and what it says.')
    .option(...JSON_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark audit codes')
    .action((_: unknown, command: Command) => {
      const { json }: SharesOptions = command.optsWithGlobals();
      terminal.out(json ? JSON.stringify(FINDINGS) : codesTable(terminal));
    });

export const auditCommand = (context: Context): Command =>
  new Command('audit')
    .summary('what is remarkable: overlaps, spans too long, late entries, bias')
    .description(
      'Findings with fixed codes, in a fixed order: the same log gives the same list. Exit code 3 with findings, 0 without.',
    )
    .option(...WEEK_FLAG)
    .option('--who <name>', 'only this person')
    .option('--code <code>', 'only findings of this code')
    .option('--json', 'as JSON, one finding a line')
    .addOption(csvFlag())
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark audit --week 2026-W10\n  $ tickmark audit --who anna --code overlap --csv\n  $ tickmark audit bias --week 2026-W10',
    )
    .action((options: AuditOptions) => run(context, options))
    .addCommand(codesCommand(context))
    .addCommand(
      sharesCommand(
        context,
        'coverage',
        'How everybody’s time is known: the share that is observed, inferred, declared, assumed.',
        COVERAGE,
      ),
    )
    .addCommand(
      sharesCommand(context, 'bias', 'What rounding adds to everybody’s time, or takes from it.', BIAS),
    );
