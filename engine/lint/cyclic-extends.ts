/** cyclic-extends: rules that extend each other in a circle. */
import type { Rule } from '../../schemas/rule.ts';
import { type Check, error } from './finding.ts';

/** The names from a rule up to the first that comes again; undefined where the chain ends. */
const circleFrom = (rule: Rule, byName: ReadonlyMap<string, Rule>): readonly string[] | undefined => {
  const chain = [rule.rule];
  for (let at: Rule | undefined = rule; at?.extends !== undefined; at = byName.get(at.extends)) {
    if (chain.includes(at.extends)) return [...chain, at.extends];
    chain.push(at.extends);
  }
  return undefined;
};

export const cyclicExtends: Check = ({ ruleSet }) => {
  const byName = new Map(ruleSet.rules.map((rule) => [rule.rule, rule]));
  return ruleSet.rules.flatMap((rule, index) => {
    const circle = circleFrom(rule, byName);
    if (!circle) return [];
    return [
      error(
        ['rules', index, 'extends'],
        `${circle.join(' extends ')}: that never ends; leave extends out in one of them`,
      ),
    ];
  });
};
