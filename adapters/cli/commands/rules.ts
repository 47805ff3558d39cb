/** tickmark rules: what rules the live answers. */
import { Command } from 'commander';
import { stringify } from 'yaml';
import { applyRules } from '../../live.ts';
import { readRules } from '../../rule-file.ts';
import { type Context, type DataOption, bringUpWithProgress, liveRules, withWorkspace } from '../context.ts';
import { counted } from '../render/figures.ts';
import { DATA_FLAG } from '../flags.ts';

const applyCommand = (context: Context): Command =>
  new Command('apply')
    .description('Appends the rule set to the log as an event and moves the live answers to it.')
    .argument('<file>', 'a rule set (YAML)')
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark rules apply my-rules.yaml')
    .action((file: string, options: DataOption) =>
      withWorkspace(context, options, async (workspace) => {
        const ruling = await readRules(file);
        const changed = await applyRules(workspace, ruling, context.now());
        const state = await bringUpWithProgress(context, workspace, ruling);
        const name = `${ruling.lens.ruleSet}@${ruling.lens.version}`;
        context.terminal.out(
          changed
            ? `${name} rules the live answers now (log position ${state.position}).`
            : `${name} ruled the live answers already; nothing was added.`,
        );
      }),
    );

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
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark rules show > my-rules.yaml\n  $ tickmark rules check my-rules.yaml\n  $ tickmark rules apply my-rules.yaml',
    );
