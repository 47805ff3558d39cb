/** shadowed-rule: of the rules of one oneOf, an earlier one fits whatever this one fits. */
import type { ConcreteRule } from '../language/expand.ts';
import { implies } from './certainty.ts';
import { type Check, error } from './finding.ts';
import { isValidWithin } from './validity.ts';
import { byStrength, strengthOf } from '../language/strength.ts';

const isBefore = (a: ConcreteRule, b: ConcreteRule): boolean =>
  byStrength(strengthOf(a.rule, a.index), strengthOf(b.rule, b.index)) < 0;

const shadows = (before: ConcreteRule, after: ConcreteRule): boolean =>
  before.rule.on === after.rule.on &&
  before.rule.oneOf === after.rule.oneOf &&
  isBefore(before, after) &&
  isValidWithin(after.rule, before.rule) &&
  implies(after.rule.when, before.rule.when);

export const shadowedRule: Check = ({ rules }) =>
  rules.flatMap((after) => {
    const { oneOf } = after.rule;
    const before = oneOf === undefined ? undefined : rules.find((other) => shadows(other, after));
    if (!before) return [];
    const { rule } = before.rule;
    return [
      error(
        ['rules', after.index],
        `it never times anything: ${rule} goes first in oneOf ${oneOf} and fits every subject that this rule fits; write a higher priority here, put it before ${rule}, or narrow the when of ${rule}`,
      ),
    ];
  });
