/** expand: from the rules as written to the rules that are meant. What they extend is filled in, two clocks are two rules. */
import { didYouMean } from '../../schemas/nearest.ts';
import type { SUBJECT_KINDS } from '../../schemas/kinds.ts';
import type { Rule } from '../../schemas/rule.ts';
import type { RuleSet } from '../../schemas/rule-set.ts';
import type { RuleProblem } from './problem.ts';

export interface ConcreteRule {
  /** Where it is written: its place in the rule set's list. */
  readonly index: number;
  readonly rule: Rule & { readonly on: (typeof SUBJECT_KINDS)[number] };
}

export interface Expansion {
  readonly rules: readonly ConcreteRule[];
  readonly problems: readonly RuleProblem[];
}

/** A rule with all that it takes from the rules it extends; or why that has no end or no beginning. */
const inherit = (
  rule: Rule,
  byName: ReadonlyMap<string, Rule>,
  seen: readonly string[] = [],
): Rule | string => {
  if (rule.extends === undefined) return rule;
  const chain = [...seen, rule.rule];
  if (chain.includes(rule.extends))
    return `${[...chain, rule.extends].join(' extends ')}: that never ends; take one extends out`;
  const base = byName.get(rule.extends);
  if (!base) return `no rule "${rule.extends}" to extend${didYouMean(rule.extends, [...byName.keys()])}`;
  const whole = inherit(base, byName, chain);
  if (typeof whole === 'string') return whole;
  // What a rule is called, what it is for and when it is valid are its own.
  const { describe: _1, abstract: _2, validFrom: _3, validUntil: _4, ...given } = whole;
  return { ...given, ...rule };
};

/** The name of the rule that `clocks` puts beside a rule. */
const besides = (rule: Rule): string => `${rule.rule}.wall`;

/** The wall clock has no calendar; a shift is over at the same time by both. */
const onTheWall = ({ calendar, ...rule }: Rule): Rule =>
  rule.missingEnd === undefined || calendar === undefined
    ? rule
    : { ...rule, missingEnd: { shift: calendar, ...rule.missingEnd } };

const clocksOf = (rule: Rule): readonly Rule[] => {
  const { clocks = ['business'] } = rule;
  const wall = clocks.includes('wall') ? [onTheWall(rule)] : [];
  return clocks.includes('business')
    ? [rule, ...wall.map((other) => ({ ...other, rule: besides(rule), measure: 'wall' }))]
    : wall;
};

/** The rules in the order of the file, without those that are only there to be extended. */
export const expand = (ruleSet: RuleSet): Expansion => {
  const byName = new Map(ruleSet.rules.map((rule) => [rule.rule, rule]));
  const rules: ConcreteRule[] = [];
  const problems: RuleProblem[] = [];
  for (const [index, written] of ruleSet.rules.entries()) {
    const whole = inherit(written, byName);
    if (typeof whole === 'string') problems.push({ path: ['rules', index, 'extends'], message: whole });
    else if (written.abstract === true) continue;
    else if (whole.on === undefined)
      problems.push({
        path: ['rules', index],
        message: '"on" is missing: the kind of subject that the rule times',
      });
    else for (const rule of clocksOf(whole)) rules.push({ index, rule: { ...rule, on: whole.on } });
  }
  return { rules, problems };
};
