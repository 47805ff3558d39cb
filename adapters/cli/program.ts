/** The command line: every command, and what happens when one fails. */
import { Command, CommanderError } from 'commander';
import { InputError } from '../input-error.ts';
import { VERSION } from '../version.ts';
import { accuracyCommand } from './commands/accuracy.ts';
import { allocateCommand } from './commands/allocate.ts';
import { approveCommand } from './commands/approve.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand, restoreCommand } from './commands/backup.ts';
import { correctCommand } from './commands/correct.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { demoCommand } from './commands/demo.ts';
import { entryCommand } from './commands/entry.ts';
import { exemptionCommand } from './commands/exemption.ts';
import { importCommand } from './commands/import.ts';
import { explainCommand } from './commands/explain.ts';
import { mergeCommand } from './commands/merge.ts';
import { noteCommand } from './commands/note.ts';
import { recordsCommand } from './commands/records.ts';
import { retractCommand } from './commands/retract.ts';
import { serveCommand } from './commands/serve.ts';
import { signalsCommand } from './commands/signals.ts';
import { sourcesCommand } from './commands/sources.ts';
import { timerCommand } from './commands/timer.ts';
import { timersCommand } from './commands/timers.ts';
import { reportCommand } from './commands/report.ts';
import { sealCommand } from './commands/seal.ts';
import { rulesCommand } from './commands/rules.ts';
import { rebuildCommand, verifyCommand } from './commands/upkeep.ts';
import { whatIfCommand } from './commands/what-if.ts';
import { whyNotCommand } from './commands/why-not.ts';
import type { Context, ExitCode } from './context.ts';

/** The commands by what they are for, in the order in which a newcomer needs them. */
const groups: readonly (readonly [string, readonly ((context: Context) => Command)[]])[] = [
  ['See it:', [demoCommand, importCommand, reportCommand, recordsCommand, timersCommand]],
  ['Ask how and why:', [explainCommand, whyNotCommand, auditCommand, accuracyCommand]],
  ['Change the rules:', [whatIfCommand, rulesCommand]],
  [
    'Say something (nothing is edited, everything is kept):',
    [
      timerCommand,
      entryCommand,
      correctCommand,
      retractCommand,
      allocateCommand,
      approveCommand,
      noteCommand,
      mergeCommand,
      exemptionCommand,
      sealCommand,
    ],
  ],
  ['Run it:', [serveCommand, sourcesCommand, signalsCommand]],
  ['Keep it sound:', [deadLettersCommand, backupCommand, restoreCommand, rebuildCommand, verifyCommand]],
];

const build = (context: Context): Command => {
  const program = new Command('tickmark')
    .description(
      'Working time that can be proved: from the signals of telephony, ticketing and field systems to a weekly report.',
    )
    .version(VERSION)
    .showHelpAfterError('(add --help for what can be said here)')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.out(text.trimEnd()),
      writeErr: (text) => context.terminal.talk(text.trimEnd()),
    })
    .addHelpText(
      'after',
      `
Start here:
  $ tickmark demo
  $ tickmark import calls.txt --mapping examples/bank/mapping.yaml --rules examples/bank/rules.yaml
  $ tickmark report week
Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 failed, 2 wrong input, 3 done with findings.`,
    );
  for (const [title, makers] of groups)
    for (const make of makers) program.addCommand(make(context).helpGroup(title));
  inherit(program);
  return program;
};

/** Subcommands made on their own do not inherit these settings by themselves. */
const inherit = (parent: Command): void => {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inherit(command);
  }
};

/** A file as a whole that cannot be read is the user's to name differently; the carrier tells it by this code. */
const isFileFailure = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'unreadable-file';

/** The store could not write or read: a full disk, a damaged file. What was acknowledged before is durable. */
const isStoreFailure = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';

/** A refusal is known by its next step; it is a value of the stores, which this room does not see. */
const nextStepOf = (error: Error): string | undefined =>
  'nextStep' in error && typeof error.nextStep === 'string' ? error.nextStep : undefined;

const explainFailure = ({ terminal }: Context, error: unknown): ExitCode => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof InputError) {
    terminal.talk([`error: ${error.message}`, ...error.details.map((line) => `  ${line}`)].join('\n'));
    return 2;
  }
  if (isFileFailure(error)) {
    terminal.talk(`error: ${error.message}`);
    return 2;
  }
  if (isStoreFailure(error)) {
    terminal.talk(
      `error: the store failed: ${error.message}\nWhat was reported as done is kept. Look at the disk, then run the command again.`,
    );
    return 1;
  }
  if (error instanceof Error && nextStepOf(error) !== undefined) {
    terminal.talk(`error: ${error.message}\n${nextStepOf(error)}`);
    return 1;
  }
  throw error;
};

/** Runs one command line. What is thrown from here is a bug. */
export const runProgram = async (context: Context, argv: readonly string[]): Promise<ExitCode> => {
  let code: ExitCode = 0;
  const program = build({ ...context, exit: (asked) => (code = asked) });
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    return explainFailure(context, error);
  }
};
