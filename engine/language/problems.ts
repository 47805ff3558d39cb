/** The problems of a rule set that its schema cannot see: names that lead nowhere, keys that do not go together. */
import type { Clause } from '../../schemas/clause.ts';
import { durationOf } from '../../schemas/duration.ts';
import { EVENT_TYPES, isEventType, kindOf } from '../../schemas/event.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import type { RoundPolicy, Rule } from '../../schemas/rule.ts';
import type { RuleSet } from '../../schemas/rule-set.ts';
import { calendarProblems, zoneProblem } from '../calendar/problems.ts';
import { CLAUSE_KEYS, LEVEL_KEYS } from './clauses.ts';
import type { ConcreteRule } from './expand.ts';
import { fieldProblems } from './fields.ts';
import { nameProblems } from './names.ts';
import { type RuleProblem, asList } from './problem.ts';

type Path = RuleProblem['path'];
type Told = readonly (string | undefined)[];

const typeProblem = ({ on }: ConcreteRule['rule'], type: string): string | undefined => {
  if (!isEventType(type)) return `unknown event type "${type}"${didYouMean(type, Object.keys(EVENT_TYPES))}`;
  if (kindOf(type) === on) return undefined;
  const fitting = Object.keys(EVENT_TYPES).filter((name) => isEventType(name) && kindOf(name) === on);
  const about = kindOf(type) === 'any' ? 'what is said about time afterwards' : `a ${kindOf(type)}`;
  return `${type} is about ${about}, this rule is on a ${on}; use one of ${fitting.join(', ')}`;
};

const clauseProblem = (rule: ConcreteRule['rule'], key: string, clause: Clause): string | undefined => {
  if (typeof clause === 'string') return typeProblem(rule, clause);
  if ('event' in clause)
    return [clause.event, ...asList(clause.after)]
      .map((type) => typeProblem(rule, type))
      .find((problem) => problem !== undefined);
  if ('while' in clause && !LEVEL_KEYS.some((one) => one === key))
    return key === 'start'
      ? 'a start happens at an instant: write runWhile for what holds for a while'
      : `${key} happens at an instant: write an event or a change`;
  return undefined;
};

const clausesProblems = ({ rule, index }: ConcreteRule): readonly RuleProblem[] =>
  [...CLAUSE_KEYS, 'session' as const].flatMap((key) => {
    const written = key === 'session' ? rule.session?.events : rule[key];
    const at: Path = ['rules', index, key, ...(key === 'session' ? ['events'] : [])];
    return asList<Clause>(written).flatMap((clause, place) => {
      const message = clauseProblem(rule, key, clause);
      return message === undefined ? [] : [{ path: Array.isArray(written) ? [...at, place] : at, message }];
    });
  });

/** What a rule's time comes from: exactly one of clauses, bare activity, or other rules. */
const sourceProblem = (rule: Rule): string | undefined => {
  const clauses = [...CLAUSE_KEYS, 'runWhile' as const].filter((key) => rule[key] !== undefined);
  const others = [rule.session && 'session', rule.of && 'of'].filter((key) => key !== undefined);
  if (others.length === 2) return 'session and of exclude each other: write two rules';
  if (others.length === 1)
    return clauses.length > 0
      ? `${others.join()} stands in place of ${clauses.join(', ')}: take one side out`
      : undefined;
  if (rule.start === undefined && rule.runWhile === undefined)
    return rule.stop !== undefined && rule.missingStart === 'duration'
      ? undefined
      : '"start" is missing: what begins a record (or runWhile, session, of; or missingStart: duration with a stop)';
  return rule.stop === undefined && rule.runWhile === undefined && rule.reset === undefined
    ? '"stop" is missing: what ends a record'
    : undefined;
};

const isPositive = (text: string | undefined): boolean => text === undefined || durationOf(text) > 0;

const roundProblem = ({ unit, scope, by }: RoundPolicy): string | undefined => {
  if (!isPositive(unit)) return 'the smallest unit must be longer than 0';
  return by !== undefined && scope === 'record'
    ? '"by" goes with scope day: a record has one value'
    : undefined;
};

const togetherProblems = (rule: Rule): Told => [
  sourceProblem(rule),
  rule.onReassign !== undefined && rule.when === undefined
    ? 'onReassign needs when: the fields that may change'
    : undefined,
  rule.onReassign === 'carry' && rule.oneOf === undefined
    ? 'onReassign: carry needs oneOf: the rules that the clock is carried between'
    : undefined,
  rule.whenFalse !== undefined && rule.runWhile === undefined
    ? 'whenFalse needs runWhile: what ceases to hold'
    : undefined,
  rule.resetCloses !== undefined && rule.reset === undefined ? 'resetCloses needs reset' : undefined,
  rule.priority !== undefined && rule.oneOf === undefined
    ? 'priority needs oneOf: the rules that it orders'
    : undefined,
  rule.validFrom !== undefined && rule.validUntil !== undefined && rule.validFrom >= rule.validUntil
    ? 'validUntil must be later than validFrom'
    : undefined,
  asList(rule.missingEnd?.closeAt).includes('shiftEnd') &&
  rule.missingEnd?.shift === undefined &&
  rule.calendar === undefined
    ? 'closeAt shiftEnd needs a calendar: the rule’s own, or missingEnd.shift'
    : undefined,
];

const ruleProblems = (
  ruleSet: RuleSet,
  one: ConcreteRule,
  all: readonly ConcreteRule[],
): readonly RuleProblem[] => {
  const { rule, index } = one;
  const at = (...path: Path): Path => ['rules', index, ...path];
  const problems: RuleProblem[] = [...clausesProblems(one), ...fieldProblems(ruleSet, one)];
  for (const message of togetherProblems(rule))
    if (message !== undefined) problems.push({ path: at(), message });
  for (const { at: path, message } of nameProblems(ruleSet, one, all))
    problems.push({ path: at(...path), message });
  for (const type of asList(rule.retro?.startAt)) {
    const message = typeProblem(rule, type);
    if (message !== undefined) problems.push({ path: at('retro', 'startAt'), message });
  }
  if (all.find((other) => other.rule.rule === rule.rule) !== one)
    problems.push({ path: at('rule'), message: `two rules are called ${rule.rule}; rename one` });
  const round = rule.round && roundProblem(rule.round);
  if (round !== undefined) problems.push({ path: at('round', 'unit'), message: round });
  if (!isPositive(rule.allocate?.unit))
    problems.push({ path: at('allocate', 'unit'), message: 'the unit must be longer than 0' });
  return problems;
};

/** Everything that keeps the rule set from being compiled. */
export const problemsOf = (ruleSet: RuleSet, rules: readonly ConcreteRule[]): readonly RuleProblem[] => {
  const problems: RuleProblem[] = [];
  const zone = zoneProblem(ruleSet.zone);
  if (zone !== undefined) problems.push({ path: ['zone'], message: zone });
  const round = ruleSet.round && roundProblem(ruleSet.round);
  if (round !== undefined) problems.push({ path: ['round', 'unit'], message: round });
  for (const [place, type] of (ruleSet.audit?.counterpartTypes ?? []).entries())
    if (!isEventType(type))
      problems.push({
        path: ['audit', 'counterpartTypes', place],
        message: `unknown event type "${type}"${didYouMean(type, Object.keys(EVENT_TYPES))}`,
      });
  return [
    ...problems,
    ...calendarProblems(ruleSet.calendars),
    ...rules.flatMap((rule) => ruleProblems(ruleSet, rule, rules)),
  ];
};
