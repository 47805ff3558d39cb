/** double-booking: two rules that add the same seconds to one measure. */
import { actorKindsOf, measureOf } from '../language/defaults.ts';
import type { ConcreteRule } from '../language/expand.ts';
import { asList } from '../language/problem.ts';
import { excludes } from './certainty.ts';
import { actText, beginningsOf, mayMeet } from './clauses.ts';
import { type Check, type Complaint, warning } from './finding.ts';
import { validTogether } from './validity.ts';

const areApart = (a: ConcreteRule, b: ConcreteRule): boolean =>
  a.rule.on !== b.rule.on ||
  measureOf(a.rule) !== measureOf(b.rule) ||
  (a.rule.oneOf !== undefined && a.rule.oneOf === b.rule.oneOf) ||
  !validTogether(a.rule, b.rule) ||
  !actorKindsOf(a.rule).some((kind) => actorKindsOf(b.rule).includes(kind)) ||
  excludes(a.rule.when, b.rule.when) ||
  (a.rule.runWhile !== undefined &&
    b.rule.runWhile !== undefined &&
    excludes(a.rule.runWhile, b.rule.runWhile));

const bothBegin = (a: ConcreteRule, b: ConcreteRule): string | undefined => {
  const others = beginningsOf(b.rule, b.index);
  const shared = beginningsOf(a.rule, a.index).find(({ act }) =>
    others.some((other) => mayMeet(act, other.act)),
  );
  return shared && actText(shared.act);
};

const pair = (a: ConcreteRule, b: ConcreteRule): readonly Complaint[] => {
  const shared = a.index === b.index || areApart(a, b) ? undefined : bothBegin(a, b);
  if (shared === undefined) return [];
  return [
    warning(
      ['rules', b.index],
      `${b.rule.rule} begins with ${shared} as ${a.rule.rule} does, and both add to the measure ${measureOf(b.rule)}: the same seconds count twice; write another measure in one, a when in each that excludes the other, or the same oneOf in both`,
    ),
  ];
};

/** A rule that puts others together counts their seconds again. */
const whole = (rules: readonly ConcreteRule[], { rule, index }: ConcreteRule): readonly Complaint[] => {
  const parts = asList<string>(rule.of);
  const part = rules.find(
    (other) => parts.includes(other.rule.rule) && measureOf(other.rule) === measureOf(rule),
  );
  if (!part) return [];
  return [
    warning(
      ['rules', index, 'of'],
      `${part.rule.rule} is part of it and adds to the same measure ${measureOf(part.rule)}: the same seconds count twice; write another measure here`,
    ),
  ];
};

export const doubleBooking: Check = ({ rules }) =>
  rules.flatMap((rule, place) => [
    ...rules.slice(0, place).flatMap((before) => pair(before, rule)),
    ...whole(rules, rule),
  ]);
