/** The rule guide and its reference: rules compile, facts give the records that are printed, tables know every word. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COLUMNS } from '../../adapters/cases/columns.ts';
import { runCases } from '../../adapters/cases/run-case.ts';
import { ROLES } from '../../engine/clock/clock.ts';
import { compile } from '../../engine/index.ts';
import { CHECKS, lint } from '../../engine/lint/index.ts';
import { FINDING_CODES } from '../../schemas/audit.ts';
import { SUBJECT_KINDS } from '../../schemas/kinds.ts';
import { GRADES, METHODS, SUBTRACTIONS } from '../../schemas/record.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { type ScenarioAnswer, given, planOf } from '../support/scenario.ts';
import { type Block, pageAt, tableOf } from './page.ts';
import { ruleSetKeys } from './schema-keys.ts';

const guide = pageAt('docs/rules.md');
const reference = pageAt('docs/rule-reference.md');

/** A block may be a list of rules; scenarios want them under their key. */
const rulesOf = ({ text }: Block): string =>
  text.startsWith('- ') ? `rules:\n${text.replace(/^/gm, '  ')}` : text;

const zoneOf = (rules: string): string => {
  const { zone }: { zone?: string } = parse(rules);
  return zone ?? 'UTC';
};

const ruleSetOf = (block: Block): RuleSet =>
  RuleSet.parse({ ruleSet: 'page', version: 1, zone: 'UTC', ...Object(parse(rulesOf(block))) });

const lastBefore = (block: Block, language: string): Block => {
  const found = guide.blocks.findLast((one) => one.language === language && one.line < block.line);
  if (!found) throw new Error(`line ${block.line}: no ${language} block before it`);
  return found;
};

const at = (block: Block) => [`line ${block.line}`, block] as const;
const of = (language: string) => guide.blocks.filter((block) => block.language === language).map(at);

/** Rules that the page shows to be wrong have what is said against them right behind. */
const isRefused = (block: Block): boolean =>
  guide.blocks[guide.blocks.indexOf(block) + 1]?.language === 'refused';
const hasFindings = (block: Block): boolean =>
  guide.blocks[guide.blocks.indexOf(block) + 1]?.language === 'findings';

const sound = of('yaml').filter(([, block]) => !isRefused(block));

/** A comment in the facts, `# as of 15:00`, is the log's own clock. */
const AS_OF = /^# as of (.+)$/m;

const answerTo = (block: Block): ScenarioAnswer => {
  const rules = rulesOf(lastBefore(block, 'yaml'));
  const { text } = lastBefore(block, 'facts');
  const asOf = AS_OF.exec(text)?.[1];
  return given(text, { zone: zoneOf(rules), ...(asOf === undefined ? {} : { asOf }) }).under(rules);
};

const problemsOf = (block: Block): string => {
  const compiled = compile(ruleSetOf(block));
  return compiled.ok ? '' : compiled.problems.map(({ message }) => message).join('\n');
};

/** The first column of a table of the reference. */
const wordsOf = (...columns: readonly string[]): readonly string[] =>
  tableOf(reference, ...columns).map(([word = '']) => word);

describe('the rules of docs/rules.md', () => {
  it('are more than a few', () => expect(sound.length).toBeGreaterThan(40));

  it('begin with five of at most three lines', () => {
    const first = sound.slice(0, 5).map(([, { text }]) => text.split('\n').length);
    expect(Math.max(...first)).toBeLessThanOrEqual(3);
  });

  it.each(sound)('%s compile', (_, block) => {
    expect(() => planOf(rulesOf(block))).not.toThrow();
  });

  it.each(sound.filter(([, block]) => !hasFindings(block)))('%s are no error to the linter', (_, block) => {
    expect(lint(ruleSetOf(block)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(of('records'))('%s: the facts before it give these records', (_, block) =>
    answerTo(block).then(block.text),
  );
  it.each(of('days'))('%s: the facts before it add up to these days', (_, block) =>
    answerTo(block).days(block.text),
  );
  it.each(of('weeks'))('%s: the facts before it add up to these weeks', (_, block) =>
    answerTo(block).weeks(block.text),
  );

  it.each(of('audit'))('%s: the audit finds this in the facts before it', (_, block) =>
    answerTo(block).findings(block.text),
  );

  it.each(of('refused'))('%s: the rules before it are refused with these words', (_, block) => {
    expect(problemsOf(lastBefore(block, 'yaml'))).toBe(block.text);
  });

  it.each(of('findings'))('%s: the linter says this of the rules before it', (_, block) => {
    const findings = lint(ruleSetOf(lastBefore(block, 'yaml')));
    expect(findings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`).join('\n')).toBe(
      block.text,
    );
  });

  const withCases = sound.filter(([, block]) => block.text.includes('cases:'));

  it('bring cases of their own', () => expect(withCases).not.toEqual([]));

  it.each(withCases)('%s pass their own cases', (_, block) => {
    const results = runCases(planOf(rulesOf(block)));
    expect(results.map(({ status }) => status)).toEqual(results.map(() => 'passed'));
  });

  it('leave no facts without an answer', () => {
    const unanswered = guide.blocks.filter(
      ({ language }, place) =>
        language === 'facts' && !/^(records|days|weeks|audit)$/.test(guide.blocks[place + 1]?.language ?? ''),
    );
    expect(unanswered.map(({ line }) => line)).toEqual([]);
  });
});

describe('docs/rule-reference.md', () => {
  it('has a row for every key of the schema', () => {
    expect(wordsOf('key', 'needed').toSorted()).toEqual(ruleSetKeys());
  });

  it('has the precedence of one instant in its order', () => {
    expect(wordsOf('acts', 'on an open record')).toEqual(ROLES.filter((role) => role !== 'anchor'));
  });

  it.each([
    ['kinds of subject', ['kind', 'its facts'], SUBJECT_KINDS],
    ['grades', ['grade', 'the time'], GRADES],
    ['methods', ['method', 'the time'], METHODS],
    ['reasons of subtraction', ['reason', 'the time'], SUBTRACTIONS],
    ['codes of findings', ['finding', 'what is remarkable'], FINDING_CODES],
    ['checks of the linter', ['check', 'the mistake'], Object.keys(CHECKS)],
    ['columns of then', ['column of then', 'what it shows'], COLUMNS.then],
    ['columns of days', ['column of days', 'what it shows'], COLUMNS.days],
    ['columns of findings', ['column of findings', 'what it shows'], COLUMNS.findings],
  ] as const)('lists the %s, each once, in their order', (_, columns, words) => {
    expect(wordsOf(...columns)).toEqual(words);
  });
});
