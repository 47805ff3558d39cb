/** tickmark rules: what rules the live answers. */
import { Command } from 'commander';
import { stringify } from 'yaml';
import { applyRules } from '../../live.ts';
import { InputError } from '../../input-error.ts';
import { readRuleFile, readRules } from '../../rule-file.ts';
import { type Context, type DataOption, bringUpWithProgress, liveRules, withWorkspace } from '../context.ts';
import { counted } from '../render/figures.ts';
import { DATA_FLAG } from '../flags.ts';
import { type FileRun, failureLines, isFailed, verdictOf } from '../render/case-results.ts';
import { lintCommand } from './rules-lint.ts';
import { runFile, testCommand } from './rules-test.ts';

interface ApplyOptions extends DataOption {
  readonly force?: boolean;
}

/** A rule set whose cases fail does something else than its writer says. */
const insistOnCases = ({ terminal }: Context, run: FileRun, force: boolean): void => {
  const failed = run.results.some(isFailed);
  if (failed && !force)
    throw new InputError(
      `nothing was applied: in ${run.file} ${verdictOf(run)} (--force applies it anyway)`,
      failureLines(run, false),
    );
  if (failed) terminal.talk(`${run.file}: ${verdictOf(run)}; applied anyway, as --force says.`);
  else if (run.results.length > 0) terminal.talk(`${run.file}: ${verdictOf(run)}.`);
};

const apply = async (context: Context, file: string, options: ApplyOptions): Promise<void> => {
  const ruleFile = await readRuleFile(file);
  insistOnCases(context, runFile(file, ruleFile), options.force === true);
  const { ruling } = ruleFile;
  await withWorkspace(context, options, async (workspace) => {
    const changed = await applyRules(workspace, ruling, context.now());
    const state = await bringUpWithProgress(context, workspace, ruling);
    const name = `${ruling.lens.ruleSet}@${ruling.lens.version}`;
    context.terminal.out(
      changed
        ? `${name} rules the live answers now (log position ${state.position}).`
        : `${name} ruled the live answers already; nothing was added.`,
    );
  });
};

const applyCommand = (context: Context): Command =>
  new Command('apply')
    .description(
      'Appends the rule set to the log as an event and moves the live answers to it. Its cases are run before.',
    )
    .argument('<file>', 'a rule set (YAML)')
    .option('--force', 'apply it although a case of it fails')
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark rules apply my-rules.yaml')
    .action((file: string, options: ApplyOptions) => apply(context, file, options));

const showCommand = (context: Context): Command =>
  new Command('show')
    .description('Prints the rule set of the live answers.')
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark rules show > my-rules.yaml')
    .action((options: DataOption) =>
      withWorkspace(context, options, async (workspace) => {
        const { plan } = await liveRules(context, workspace);
        context.terminal.out(stringify(plan.ruleSet).trimEnd());
      }),
    );

const checkCommand = (context: Context): Command =>
  new Command('check')
    .description('Checks a rule file without touching any data.')
    .argument('<file>', 'a rule set (YAML)')
    .addHelpText('after', '\nExample:\n  $ tickmark rules check my-rules.yaml')
    .action(async (file: string) => {
      const { plan } = await readRules(file);
      const { ruleSet, version, rules, zone } = plan.ruleSet;
      context.terminal.out(
        `${ruleSet}@${version}: ${counted(rules.length, 'rule')}, zone ${zone}, no problem found.`,
      );
    });

export const rulesCommand = (context: Context): Command =>
  new Command('rules')
    .summary('the rule set that the answers follow')
    .description('Rule sets say how time is measured. See what a change would do first: tickmark what-if.')
    .addCommand(applyCommand(context))
    .addCommand(showCommand(context))
    .addCommand(checkCommand(context))
    .addCommand(lintCommand(context))
    .addCommand(testCommand(context))
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark rules show > my-rules.yaml\n  $ tickmark rules lint my-rules.yaml\n  $ tickmark rules test my-rules.yaml\n  $ tickmark rules apply my-rules.yaml',
    );
