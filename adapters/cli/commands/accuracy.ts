/** tickmark accuracy: recorded time against the true one; without a truth, how time is known. */
import { Command, Option } from 'commander';
import { type AccuracyQuestion, buildAccuracy } from '../../../projections/index.ts';
import { type Answering, type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG, readWeek } from '../flags.ts';
import { accuracyCsv, accuracyTable } from '../render/audit-accuracy.ts';
import { readTruth } from '../truth-file.ts';
import { measureOf } from '../../report-question.ts';
import { showCoverage } from './audit.ts';

interface AccuracyOptions extends DataOption {
  readonly week?: string;
  readonly measure?: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

const compare = async (
  context: Context,
  answering: Answering,
  file: string,
  options: AccuracyOptions,
): Promise<void> => {
  const { plan } = answering.ruling;
  const truth = await readTruth(context, file, plan.ruleSet.zone);
  const question: AccuracyQuestion = {
    measure: measureOf(options.measure, plan),
    ...(options.week === undefined ? {} : { week: readWeek(options.week) }),
  };
  const report = await buildAccuracy(answering.workspace.answers, plan, truth, question);
  const { terminal } = context;
  if (options.json) terminal.out(JSON.stringify(report));
  else if (options.csv) terminal.out(accuracyCsv(report).trimEnd());
  else terminal.out(accuracyTable(report, terminal));
  const [first, last] = report.days;
  terminal.talk(
    `Compared: measure ${report.measure}, ${first === last ? first : `${first} to ${last}`}, the people whom ${file} names.`,
  );
};

export const accuracyCommand = (context: Context): Command =>
  new Command('accuracy')
    .summary('recorded time against the true one')
    .description(
      'How near the records come to a truth that somebody wrote down, in two definitions: duration (1 - (missed + over) / true) ' +
        'and overlap (what both cover, of what either covers). Without a file: how everybody’s time is known.',
    )
    .argument('[truth.csv]', 'who,from,to or who,subject,from,to; ISO times, local in the rule set’s zone')
    .option('--week <week>', 'only this ISO week (default: from the first to the last day of the file)')
    .option('--measure <name>', 'which measure of the rule set (default: work)')
    .option('--json', 'as JSON: whole milliseconds')
    .addOption(
      new Option('--csv', 'as CSV: whole milliseconds, and percent with one decimal').conflicts('json'),
    )
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark accuracy truth.csv --week 2026-W10\n  $ tickmark accuracy',
    )
    .action((file: string | undefined, options: AccuracyOptions) =>
      withAnswers(context, options, (answering) =>
        file === undefined
          ? showCoverage(context, answering, options)
          : compare(context, answering, file, options),
      ),
    );
