/** The recipes under rules/: each loads, is clean, proves every rule that it brings, and shows its vendor's numbers. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFacts } from '../../adapters/cases/facts.ts';
import { type CaseResult, deriveTable, runCases } from '../../adapters/cases/run-case.ts';
import { type Orphan, type Plan, compile, derive } from '../../engine/index.ts';
import { lint } from '../../engine/lint/index.ts';
import { type RuleCase, RuleSet } from '../../schemas/rule-set.ts';
import { ROOT, filesBelow } from '../house/tree.ts';
import { NUMBERS } from './numbers.ts';

const FILES = filesBelow(`${ROOT}/rules`, ['.yaml']).map(({ path }) => path.replace('.yaml', ''));
const VENDORS = FILES.filter((file) => file !== 'standard');

interface Recipe {
  readonly text: string;
  readonly ruleSet: RuleSet;
  readonly plan: Plan;
  readonly cases: readonly RuleCase[];
}

const read = (file: string): Recipe => {
  const text = readFileSync(`${ROOT}/rules/${file}.yaml`, 'utf8');
  const ruleSet = RuleSet.parse(parse(text));
  const compiled = compile(ruleSet);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return { text, ruleSet, plan: compiled.plan, cases: ruleSet.cases ?? [] };
};

const READ = new Map<string, Recipe>();
const recipe = (file: string): Recipe => {
  const known = READ.get(file) ?? read(file);
  READ.set(file, known);
  return known;
};

/** Why a case does not hold, so that a failure can be read. */
const faultOf = (result: CaseResult): string => {
  if (result.status === 'passed') return 'passed';
  if (result.status === 'unusable') return result.message;
  const lines = result.tables.flatMap((table) => table.lines);
  return lines.map(({ sign, text }) => `${sign} ${text}`).join('\n');
};

const recordsOf = ({ plan }: Recipe, { given, asOf }: RuleCase) =>
  deriveTable(plan, given, plan.zone.name, asOf).records;

const orphansOf = ({ plan }: Recipe, { given }: RuleCase): readonly Orphan[] => {
  const bySubject = Map.groupBy(readFacts(given, plan.zone.name).facts, ({ subject }) => subject);
  return [...bySubject].flatMap(([subject, facts]) => derive(plan, subject, facts).orphans);
};

/** All that a case expects, with one blank where columns are aligned by more. */
const expectationOf = ({ then = '', days = '', weeks = '', findings = '' }: RuleCase): string =>
  [then, days, weeks, findings].join('\n').replace(/ +/g, ' ');

/** The rules that time something: all but those that are only there to be extended. */
const rulesOf = ({ ruleSet }: Recipe): readonly RuleSet['rules'][number][] =>
  ruleSet.rules.filter(({ abstract }) => abstract !== true);

describe('the recipes', () => {
  it('are those that the README and the issue name', () => {
    expect(FILES).toEqual([
      'asterisk-queue',
      'connect-handle-time',
      'field-sales',
      'genesys-handle-time',
      'jira-sla',
      'service-desk',
      'servicenow-sla',
      'standard',
      'zendesk-metrics',
    ]);
  });
});

describe.each(FILES)('%s', (file) => {
  it('is called as its file is', () => expect(recipe(file).ruleSet.ruleSet).toBe(file));

  it('is clean under lint', () => {
    expect(lint(recipe(file).ruleSet).map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([]);
  });

  it('has cases, and they pass', () => {
    const results = runCases(recipe(file).plan);
    expect(results.length).toBeGreaterThan(4);
    expect(results.map((one) => `${one.case}: ${faultOf(one)}`)).toEqual(
      results.map((one) => `${one.case}: passed`),
    );
  });

  it('has a case in which each of its rules counts something, and that expects all of its records', () => {
    const whole = recipe(file);
    const counted = new Set(
      whole.cases
        .filter(({ then }) => then !== undefined)
        .flatMap((one) => recordsOf(whole, one))
        .filter(({ countedMs }) => countedMs > 0)
        .map(({ rule }) => rule),
    );
    expect(rulesOf(whole).filter(({ rule }) => !counted.has(rule))).toEqual([]);
  });

  it('has cases of different names', () => {
    const names = recipe(file).cases.map((one) => one.case);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('an end without a start', () => {
  it.each(FILES)('is in the cases of %s only where they expect findings: all else begins', (file) => {
    const whole = recipe(file);
    const lost = whole.cases
      .filter(({ findings }) => findings === undefined)
      .flatMap((one) => orphansOf(whole, one).map(({ rule, subject }) => `${one.case}: ${subject} ${rule}`));
    expect(lost).toEqual([]);
  });

  /** All that was heard of a call is that it ended. */
  const HANG_UP = 'time | subject | event | who\n2026-03-02 10:00 | call-1 | CallEnded | ana';

  it.each([
    ['asterisk-queue', ['queue.call-time']],
    ['connect-handle-time', ['contact.interaction']],
    ['field-sales', ['call.conversation', 'call.talk', 'call.billable']],
    ['genesys-handle-time', ['segment.talk']],
    ['service-desk', ['call.talk']],
    ['standard', ['call.talk']],
  ])('is a finding of %s where the answer was lost, and not of hold, queue or dialing', (file, rules) => {
    const lost = orphansOf(recipe(file), { case: 'a lost answer', given: HANG_UP });
    expect(lost.map(({ rule }) => rule)).toEqual(rules);
  });
});

describe.each(VENDORS)('the head of %s', (file) => {
  const head = (): string =>
    recipe(file)
      .text.split('\n')
      .filter((line) => line.startsWith('#'))
      .join('\n');

  it('says whose definition it follows, and what it does otherwise', () => {
    expect(recipe(file).text).toMatch(/^# \S/);
    expect(head()).toContain('# Whose definition: ');
    expect(head()).toContain('# Otherwise than ');
  });

  it('has a word on each measure, or on a rule that counts in it', () => {
    const { plan } = recipe(file);
    const rules = [...plan.rulesByName.values()];
    const isTold = (word: string): boolean => new RegExp(`(?<![\\w.-])${word}(?![\\w-])`).test(head());
    const untold = rules
      .map(({ measure }) => measure)
      .filter((measure) => !isTold(measure))
      .filter((measure) => !rules.some((rule) => rule.measure === measure && isTold(rule.name)));
    expect(untold).toEqual([]);
  });
});

describe('a worked number', () => {
  it.each(NUMBERS)('%s is shown by a case of %s', (_, file, name, ...shown) => {
    const whole = recipe(file);
    const wanted = whole.cases.find((one) => one.case === name);
    if (!wanted) throw new Error(`${file} has no case "${name}"`);
    for (const text of shown) expect(expectationOf(wanted)).toContain(text);
    expect(runCases(whole.plan, name).map(({ status }) => status)).toContain('passed');
  });
});
