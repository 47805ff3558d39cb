/** What is left of a broken rule file: everything but its broken rules, each with its own place. */
import { describe, expect, it } from 'vitest';
import { readableRules } from '../../adapters/readable-rules.ts';

const rule = (name: string) => ({ rule: name, on: 'ticket', start: 'TicketOpened', stop: 'TicketResolved' });
const file = (...rules: readonly object[]) => ({ ruleSet: 'file', version: 1, zone: 'UTC', rules });
const namesIn = (written: unknown): readonly string[] | undefined =>
  readableRules(written).ruleSet?.rules.map(({ rule: name }) => name);

describe('a rule file', () => {
  it('that is whole is all there', () => {
    const read = readableRules(file(rule('a'), rule('b')));
    expect(read.ruleSet?.rules).toHaveLength(2);
    expect(read.findings).toEqual([]);
    expect(read.pathAsWritten(['rules', 1, 'start'])).toEqual(['rules', 1, 'start']);
  });

  it('with broken rules is the others, which keep their places', () => {
    const broken = { ...rule('a'), missingEnd: { cap: '1 day' } };
    const written = file(broken, rule('b'), { ...broken, colour: 'red' }, { start: 5 }, rule('e'));
    expect(namesIn(written)).toEqual(['b', 'e']);
    const { findings, pathAsWritten } = readableRules(written);
    expect(findings.map(({ path, key }) => [...path, ...(key === undefined ? [] : [key])].join('.'))).toEqual(
      ['rules.0.missingEnd.cap', 'rules.2.missingEnd.cap', 'rules.2.colour', 'rules.3.rule', 'rules.3.start'],
    );
    expect(pathAsWritten(['rules', 0, 'start'])).toEqual(['rules', 1, 'start']);
    expect(pathAsWritten(['rules', 1])).toEqual(['rules', 4]);
    expect(pathAsWritten(['zone'])).toEqual(['zone']);
  });

  it('without a name, with a broken calendar or an unknown key is its rules', () => {
    const { ruleSet: _name, ...nameless } = file(rule('a'));
    expect(namesIn(nameless)).toEqual(['a']);
    expect(namesIn({ ...file(rule('a')), calendars: { office: { hours: { mon: ['9-5'] } } } })).toEqual([
      'a',
    ]);
    expect(namesIn({ ...file(rule('a')), colour: 'red' })).toEqual(['a']);
  });

  it.each([[file()], [file({ rule: 5 })], ['text'], [[1]], [null]])(
    'of %o has nothing to read',
    (written) => {
      const { ruleSet, findings } = readableRules(written);
      expect(ruleSet).toBeUndefined();
      expect(findings.length).toBeGreaterThan(0);
    },
  );
});
