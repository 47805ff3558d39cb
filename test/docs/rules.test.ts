/** The rule guide: its rules compile, its facts give its records, and its table knows every key. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { given, planOf } from '../support/scenario.ts';
import { type Block, pageAt, tableOf } from './page.ts';
import { schemaKeys } from './schema-keys.ts';

const page = pageAt('docs/rules.md');

/** A block may be a list of rules; scenarios want them under their key. */
const rulesOf = ({ text }: Block): string =>
  text.startsWith('- ') ? `rules:\n${text.replace(/^/gm, '  ')}` : text;

const zoneOf = (rules: string): string => {
  const { zone }: { zone?: string } = parse(rules);
  return zone ?? 'UTC';
};

const lastBefore = (block: Block, language: string): Block => {
  const found = page.blocks.findLast((one) => one.language === language && one.line < block.line);
  if (!found) throw new Error(`line ${block.line}: no ${language} block before it`);
  return found;
};

const at = (block: Block) => [`line ${block.line}`, block] as const;
const of = (language: string) => page.blocks.filter((block) => block.language === language).map(at);

describe('the rules of docs/rules.md', () => {
  it('are more than a few', () => expect(of('yaml').length).toBeGreaterThan(8));

  it.each(of('yaml'))('%s compile', (_, block) => {
    expect(() => planOf(rulesOf(block))).not.toThrow();
  });

  it.each(of('records'))('%s: the facts before it give these records', (_, block) => {
    const rules = rulesOf(lastBefore(block, 'yaml'));
    given(lastBefore(block, 'facts').text, { zone: zoneOf(rules) })
      .under(rules)
      .then(block.text);
  });

  it.each(of('days'))('%s: the facts before it add up to these days', (_, block) => {
    const rules = rulesOf(lastBefore(block, 'yaml'));
    given(lastBefore(block, 'facts').text, { zone: zoneOf(rules) })
      .under(rules)
      .days(block.text);
  });

  it('has a row for every key of the schema', () => {
    const asAbove = /\[\]\.round\.|\.(event|where)$|\.hours\./;
    const keys = schemaKeys('rule-set').filter((key) => !asAbove.test(key));
    expect(
      tableOf(page, 'key', 'needed')
        .map(([key]) => key)
        .toSorted(),
    ).toEqual(keys);
  });
});
