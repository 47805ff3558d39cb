/** unreachable-rule: a rule that no subject can ever fit, or that nothing ever begins. */
import type { AnyOf, Where } from '../../schemas/condition.ts';
import type { RuleSet } from '../../schemas/rule-set.ts';
import type { Rule } from '../../schemas/rule.ts';
import { asList } from '../language/problem.ts';
import { excludes, isImpossible } from './certainty.ts';
import { beginningsOf, conditionText } from './clauses.ts';
import { type Check, type Complaint, error, warning } from './finding.ts';
import { neverValid } from './validity.ts';

/** The fields whose every value is declared, as a condition on one of them. */
const declared = ({ fields = {} }: RuleSet): readonly (readonly [string, readonly string[]])[] =>
  Object.entries(fields).flatMap(([field, values]) => (Array.isArray(values) ? [[field, values]] : []));

/** The field of which a condition asks a value that it never has. */
const foreignField = (where: Where, ruleSet: RuleSet): string | undefined =>
  declared(ruleSet).find(([field, values]) => {
    const test = where[field];
    const isList = test !== undefined && (typeof test !== 'object' || Array.isArray(test));
    return isList && excludes({ [field]: test }, { [field]: [...values] });
  })?.[0];

const neverFits = (when: AnyOf, path: Complaint['path'], ruleSet: RuleSet): readonly Complaint[] => {
  if (isImpossible(when))
    return [error(path, `no subject fits ${conditionText(when)}: it contradicts itself; widen it`)];
  const foreign = asList<Where>(when).map((where) => foreignField(where, ruleSet));
  const [field] = foreign;
  if (field === undefined || foreign.includes(undefined)) return [];
  const known = declared(ruleSet).find(([name]) => name === field)?.[1] ?? [];
  return [
    error(
      path,
      `no subject fits ${conditionText(when)}: ${field} is one of ${known.join(', ')}; write one of these, or add the value to fields`,
    ),
  ];
};

const ofRule = (rule: Rule, index: number, ruleSet: RuleSet): readonly Complaint[] => {
  const at = (key: string): Complaint['path'] => ['rules', index, key];
  const complaints: Complaint[] = [];
  if (neverValid(rule))
    complaints.push(
      error(
        at('validUntil'),
        'the rule is never valid: validUntil must be a later date than validFrom; the first date on which it no longer holds',
      ),
    );
  if (rule.when !== undefined) complaints.push(...neverFits(rule.when, at('when'), ruleSet));
  if (rule.runWhile !== undefined) complaints.push(...neverFits(rule.runWhile, at('runWhile'), ruleSet));
  if (beginningsOf(rule, index).length === 0 && rule.of === undefined && rule.missingStart !== 'duration')
    complaints.push(error(['rules', index], 'nothing begins a record; write start, runWhile, session or of'));
  return complaints;
};

/** An abstract rule is there to be extended. */
const idle: Check = ({ ruleSet }) =>
  ruleSet.rules.flatMap(({ rule, abstract }, index) =>
    abstract === true && !ruleSet.rules.some((other) => other.extends === rule)
      ? [
          warning(
            ['rules', index, 'abstract'],
            `no rule extends ${rule}, so it has no effect; write extends: ${rule} in one, or leave abstract out`,
          ),
        ]
      : [],
  );

export const unreachableRule: Check = (linted) => [
  ...linted.rules.flatMap(({ rule, index }) => ofRule(rule, index, linted.ruleSet)),
  ...idle(linted),
];
