/** Variants of a rule: the rule without one of its clauses, run over the same facts. What then appears was kept away by it. */
import type { SubjectId } from '../../schemas/brand.ts';
import type { Clause } from '../../schemas/clause.ts';
import { type TickmarkEvent, kindOf } from '../../schemas/event.ts';
import type { Rule } from '../../schemas/rule.ts';
import { TYPES } from '../clock/columns.ts';
import { compile } from '../compile.ts';
import type { Cycle } from '../cycle.ts';
import { derive } from '../derive.ts';
import { expand } from '../language/expand.ts';
import { asList } from '../language/problem.ts';
import type { Plan } from '../plan.ts';

const without = (rule: Rule, ...keys: readonly (keyof Rule)[]): Rule => {
  const names = new Set<string>(keys);
  const left = Object.fromEntries(Object.entries(rule).filter(([name]) => !names.has(name)));
  return { ...left, rule: rule.rule };
};

/** A rule as it is after `expand`: what it extends is in it, and of two clocks it is one. */
export const alone = (rule: Rule): Rule => without(rule, 'extends', 'clocks', 'abstract');

/** Only the clock: whatever subject, whenever, whoever. */
export const bare = (rule: Rule): Rule => ({
  ...without(
    alone(rule),
    ...(['when', 'onReassign', 'oneOf', 'priority', 'validFrom', 'validUntil', 'unassigned'] as const),
  ),
  actorKinds: ['human', 'bot', 'system'],
});

/** Never happens: what nobody has told is no number. It keeps a rule a rule whose only stop is taken out. */
const never = ({ on }: Rule): readonly Clause[] =>
  TYPES.filter((type) => kindOf(type) === on)
    .slice(0, 1)
    .map((event) => ({ event, where: { actor: { known: false, atLeast: 0 } } }));

export const withoutLevelStops = (rule: Rule): Rule => {
  const edges = asList<Clause>(rule.stop).filter(
    (clause) => typeof clause === 'string' || !('while' in clause),
  );
  return rule.stop === undefined ? rule : { ...rule, stop: edges.length > 0 ? [...edges] : [...never(rule)] };
};
export const withoutCancel = (rule: Rule): Rule => without(rule, 'cancel');
export const withoutRunWhile = (rule: Rule): Rule =>
  rule.start === undefined ? rule : without(rule, 'runWhile', 'whenFalse');
export const withoutParticipants = (rule: Rule): Rule => without(rule, 'per');

/** What a variant makes of the subject's facts; undefined where it is no rule any more. */
export const cyclesUnder = (
  plan: Plan,
  variant: Rule,
  subject: SubjectId,
  facts: readonly TickmarkEvent[],
): readonly Cycle[] | undefined => {
  const compiled = compile({ ...plan.ruleSet, rules: [variant] });
  return compiled.ok ? derive(compiled.plan, subject, facts).cycles : undefined;
};

export const withAnybody = (rule: Rule): Rule => ({ ...rule, actorKinds: ['human', 'bot', 'system'] });
export const withUnassigned = (rule: Rule): Rule => without(rule, 'unassigned');
export const always = (rule: Rule): Rule => without(rule, 'validFrom', 'validUntil');

/** Whether the rule has a cycle with the variant in its place among all the others. */
export const appearsInPlace = (
  plan: Plan,
  variant: Rule,
  subject: SubjectId,
  facts: readonly TickmarkEvent[],
): boolean => {
  const rules = expand(plan.ruleSet).rules.map(({ rule }) =>
    alone(rule.rule === variant.rule ? variant : rule),
  );
  const compiled = compile({ ...plan.ruleSet, rules });
  return (
    compiled.ok && derive(compiled.plan, subject, facts).cycles.some(({ rule }) => rule.name === variant.rule)
  );
};
