/** Names in a rule: of calendars, and of the rules it is made of; each must lead somewhere, and not in a circle. */
import { ALWAYS } from '../../schemas/calendar.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import type { CalendarChoice, Rule } from '../../schemas/rule.ts';
import type { RuleSet } from '../../schemas/rule-set.ts';
import { measureOf } from './defaults.ts';
import type { ConcreteRule } from './expand.ts';
import { type RuleProblem, asList } from './problem.ts';

type Path = RuleProblem['path'];

const namesIn = (at: Path, choice: CalendarChoice | undefined): readonly (readonly [Path, string])[] => {
  if (choice === undefined) return [];
  if (typeof choice === 'string') return [[at, choice]];
  return [
    [[...at, 'fallback'], choice.fallback],
    ...Object.entries(choice.use ?? {}).map(([value, name]) => [[...at, 'use', value], name] as const),
  ];
};

const calendarNames = ({ calendar, missingEnd }: Rule): readonly (readonly [Path, string])[] => [
  ...namesIn(['missingEnd', 'shift'], missingEnd?.shift),
  ...namesIn(['calendar'], calendar),
];

export const nameProblems = (ruleSet: RuleSet, { rule }: ConcreteRule, all: readonly ConcreteRule[]) => {
  const calendars = Object.keys(ruleSet.calendars);
  const problems: { readonly at: Path; readonly message: string }[] = [];
  for (const [at, name] of calendarNames(rule))
    if (name !== ALWAYS && !calendars.includes(name))
      problems.push({
        at,
        message: `no calendar "${name}" in this rule set${didYouMean(name, [...calendars, ALWAYS])}`,
      });
  for (const [place, name] of asList(rule.of).entries()) {
    const part = all.find((other) => other.rule.rule === name);
    const at = Array.isArray(rule.of) ? ['of', place] : ['of'];
    if (!part)
      problems.push({
        at,
        message: `no rule "${name}"${didYouMean(
          name,
          all.map((other) => other.rule.rule),
        )}`,
      });
    else if (part.rule.of !== undefined)
      problems.push({ at, message: `${name} is made of other rules itself: name those` });
    else if (measureOf(part.rule) === measureOf(rule))
      problems.push({
        at,
        message: `${name} counts in the measure ${measureOf(rule)} already: give this rule a measure of its own`,
      });
    else if (part.rule.on !== rule.on)
      problems.push({ at, message: `${name} is on a ${part.rule.on}, this rule on a ${rule.on}` });
  }
  return problems;
};
