/** tickmark rules lint: the mistakes in a rule file, those that keep it from loading and those that do not. */
import { Command } from 'commander';
import { type LintFinding, compile, lint } from '../../../engine/index.ts';
import { InputError } from '../../input-error.ts';
import { type ReadableRules, readableRules } from '../../readable-rules.ts';
import { type PlaceOf, type YamlPlace, problemText, readYamlSource } from '../../yaml-file.ts';
import type { Finding } from '../../yaml-findings.ts';
import type { Context } from '../context.ts';
import { counted } from '../render/figures.ts';

/** `unusable`: the file does not load because of it, and no check has a name for it. */
type FileFinding = Finding & {
  readonly code: LintFinding['code'] | 'unusable';
  readonly severity: LintFinding['severity'];
};

/** What the schema refuses under the name of the check that would have found it. */
const codeOf = ({ path, message }: Finding): FileFinding['code'] => {
  if (path.includes('allocate') && path.includes('over')) return 'shares-not-100';
  return message.startsWith('a duration is written') ? 'unit-trap' : 'unusable';
};

const samePath = (a: Finding, b: Finding): boolean => a.path.join('\n') === b.path.join('\n');

/** Where a part of the file is broken, a rule without an heir may have one there. */
const isSure =
  ({ findings }: ReadableRules) =>
  ({ path }: Finding): boolean =>
    findings.length === 0 || path.at(-1) !== 'abstract';

const findingsIn = (readable: ReadableRules): readonly FileFinding[] => {
  const { ruleSet, findings, pathAsWritten } = readable;
  const refused = findings.map((finding): FileFinding => ({
    ...finding,
    code: codeOf(finding),
    severity: 'error',
  }));
  if (!ruleSet) return refused;
  const linted: readonly FileFinding[] = lint(ruleSet)
    .map((finding) => ({ ...finding, path: pathAsWritten(finding.path) }))
    .filter(isSure(readable));
  // What is left of a broken file lacks names that the rest may refer to.
  const compiled = findings.length === 0 ? compile(ruleSet) : undefined;
  const problems = compiled && !compiled.ok ? compiled.problems : [];
  const unnamed = problems
    .filter((problem) => !linted.some((finding) => samePath(finding, problem)))
    .map((problem): FileFinding => ({ ...problem, code: 'unusable', severity: 'error' }));
  return [...refused, ...linted, ...unnamed];
};

type PlacedFinding = FileFinding & YamlPlace;

const inOrder = (findings: readonly FileFinding[], placeOf: PlaceOf): readonly PlacedFinding[] =>
  findings
    .map((finding) => ({ ...finding, ...placeOf(finding) }))
    .sort((a, b) => a.line - b.line || a.column - b.column);

const lineOf = ({ code, severity, message, ...place }: PlacedFinding): string =>
  problemText({ ...place, message: `${severity} ${code}: ${message}` });

const run = async (context: Context, file: string, { json }: { readonly json?: boolean }): Promise<void> => {
  const source = await readYamlSource(file);
  if (source.faults.length > 0)
    throw new InputError(`${file} is not a usable rule set:`, source.faults.map(problemText));
  const findings = inOrder(findingsIn(readableRules(source.written)), source.placeOf);
  const { out } = context.terminal;
  if (json) out(JSON.stringify({ file, findings: findings.map(({ file: _file, ...told }) => told) }));
  else if (findings.length === 0) out(`${file}: no finding.`);
  else out([...findings.map(lineOf), `${file}: ${counted(findings.length, 'finding')}.`].join('\n'));
  context.exit(findings.length === 0 ? 0 : 3);
};

export const lintCommand = (context: Context): Command =>
  new Command('lint')
    .summary('finds mistakes in a rule file')
    .description(
      'Finds mistakes in a rule file, also those with which it loads: rules that nothing reaches, clocks that nothing\n' +
        'ends, pauses that never hold, seconds that count twice. Exit code 3 with findings.',
    )
    .argument('<file>', 'a rule set (YAML)')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', '\nExample:\n  $ tickmark rules lint my-rules.yaml')
    .action((file: string, options: { readonly json?: boolean }) => run(context, file, options));
