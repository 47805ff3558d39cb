/** tickmark rules test: the cases that rule files bring with them, run. */
import { Command } from 'commander';
import { type CaseResult, runCases } from '../../cases/run-case.ts';
import { InputError } from '../../input-error.ts';
import { type RuleFile, readRuleFile } from '../../rule-file.ts';
import type { Context, ExitCode } from '../context.ts';
import { type FileRun, lineOfCase, renderRun } from '../render/case-results.ts';

interface TestOptions {
  readonly case?: string;
  readonly json?: boolean;
}

const EXAMPLE = `Write them under the rules, for instance:
  cases:
    - case: a held call does not count the hold
      given: |
        time             | subject | event         | who
        2026-03-02 09:00 | call-1  | CallConnected | mira
        09:05            | call-1  | CallHeld      |
        09:06:30         | call-1  | CallResumed   |
        09:10            | call-1  | CallEnded     |
      then: |
        who  | counted | subtracted
        mira | 0:08:30 | paused 0:01:30`;

/** A file that cannot be run at all: it does not load, or it has no cases. */
interface Unusable {
  readonly file: string;
  readonly error: InputError;
}

export const runFile = (file: string, { ruling, placeOf }: RuleFile, text?: string): FileRun => ({
  file,
  results: runCases(ruling.plan, text),
  placeOf,
});

const tryFile = async (file: string, text: string | undefined): Promise<FileRun | Unusable> => {
  try {
    const ruleFile = await readRuleFile(file);
    if (ruleFile.ruling.plan.ruleSet.cases?.length) return runFile(file, ruleFile, text);
    return { file, error: new InputError(`${file} has no cases`, EXAMPLE.split('\n')) };
  } catch (error) {
    if (error instanceof InputError) return { file, error };
    throw error;
  }
};

const caseJson = (run: FileRun, result: CaseResult): object => {
  const { index: _index, ...told } = result;
  return { ...told, line: lineOfCase(run, result) };
};

const fileJson = (run: FileRun | Unusable): object => {
  if ('error' in run)
    return { file: run.file, status: 'unusable', error: run.error.message, details: run.error.details };
  return {
    file: run.file,
    status: codeOf(run) === 0 ? 'passed' : 'failed',
    cases: run.results.map((result) => caseJson(run, result)),
  };
};

const codeOf = (run: FileRun | Unusable): ExitCode => {
  if ('error' in run || run.results.some(({ status }) => status === 'unusable')) return 2;
  return run.results.every(({ status }) => status === 'passed') ? 0 : 3;
};

/** A file that says nothing weighs more than one that says no. */
const worst = (codes: readonly ExitCode[]): ExitCode => (codes.includes(2) ? 2 : codes.includes(3) ? 3 : 0);

const tell = ({ terminal }: Context, run: FileRun | Unusable): void => {
  if ('error' in run)
    terminal.talk(
      [`error: ${run.error.message}`, ...run.error.details.map((line) => `  ${line}`)].join('\n'),
    );
  else if (run.results.length > 0) terminal.out(renderRun(run, terminal.color));
};

const test = async (context: Context, files: readonly string[], options: TestOptions): Promise<void> => {
  const runs: (FileRun | Unusable)[] = [];
  for (const file of files) runs.push(await tryFile(file, options.case));
  if (options.case !== undefined && runs.every((run) => 'results' in run && run.results.length === 0))
    throw new InputError(`no case in ${files.join(', ')} has "${options.case}" in its name`);
  if (options.json) context.terminal.out(JSON.stringify({ files: runs.map(fileJson) }));
  else for (const run of runs) tell(context, run);
  context.exit(worst(runs.map(codeOf)));
};

export const testCommand = (context: Context): Command =>
  new Command('test')
    .summary('runs the cases of rule files')
    .description(
      'Runs the cases that rule files bring with them: facts, and the records that the rules must make of them.\n' +
        'No data folder is touched. Exit code 3 when a case fails, 2 when a file or a case cannot be read.',
    )
    .argument('<files...>', 'rule sets (YAML)')
    .option('--case <text>', 'only the cases in whose name this occurs')
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark rules test my-rules.yaml\n  $ tickmark rules test rules/*.yaml --case "held call"',
    )
    .action((files: readonly string[], options: TestOptions) => test(context, files, options));
