/** Fields: what conditions may look at. Where a rule set declares them, anything else is a mistake. */
import type { Clause } from '../../schemas/clause.ts';
import { type FieldTest, type Where } from '../../schemas/condition.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import type { RuleSet } from '../../schemas/rule-set.ts';
import type { CalendarChoice } from '../../schemas/rule.ts';
import { CLAUSE_KEYS } from './clauses.ts';
import type { ConcreteRule } from './expand.ts';
import { OWNER_TEAM } from './hours.ts';
import { type RuleProblem, asList } from './problem.ts';

/** Every event may tell these. */
const OWN = ['actor', 'actorKind', 'status', 'reason', 'team', 'durationMs', 'timedBy'] as const;

interface Mention {
  readonly path: readonly (string | number)[];
  readonly field: string;
  readonly values: readonly string[];
  readonly number: boolean;
}

const isTest = (wanted: Where[string]): wanted is FieldTest =>
  typeof wanted === 'object' && !Array.isArray(wanted);

const mentionsIn = (path: Mention['path'], where: Where): readonly Mention[] =>
  Object.entries(where).map(([field, wanted]) => ({
    path: [...path, field],
    field,
    values: asList(isTest(wanted) ? (wanted.not ?? []) : wanted).map(String),
    number: isTest(wanted) && (wanted.atLeast !== undefined || wanted.atMost !== undefined),
  }));

const anyOf = (path: Mention['path'], condition: Where | readonly Where[] | undefined): readonly Mention[] =>
  asList<Where>(condition).flatMap((where, place) =>
    mentionsIn(Array.isArray(condition) ? [...path, place] : path, where),
  );

const inClause = (path: Mention['path'], clause: Clause): readonly Mention[] => {
  if (typeof clause === 'string') return [];
  if ('event' in clause) return anyOf([...path, 'where'], clause.where);
  if ('while' in clause) return anyOf([...path, 'while'], clause.while);
  return [
    {
      path: [...path, 'changed'],
      field: clause.changed,
      values: [...asList(clause.from ?? []), ...asList(clause.to ?? [])].map(String),
      number: false,
    },
  ];
};

const inClauses = (
  path: Mention['path'],
  written: Clause | readonly Clause[] | undefined,
): readonly Mention[] =>
  asList<Clause>(written).flatMap((clause, place) =>
    inClause(Array.isArray(written) ? [...path, place] : path, clause),
  );

/** A field that is named alone. */
const named = (path: Mention['path'], field: string | undefined): readonly Mention[] =>
  field === undefined ? [] : [{ path, field, values: [], number: false }];

/** The field by which a calendar is chosen; the team of the owner is none of the subject. */
const chosenBy = (choice: CalendarChoice | undefined): string | undefined =>
  typeof choice === 'object' && choice.by !== OWNER_TEAM ? choice.by : undefined;

const mentionsOf = ({ rule, index }: ConcreteRule): readonly Mention[] => {
  const at = ['rules', index];
  return [
    ...anyOf([...at, 'when'], rule.when),
    ...anyOf([...at, 'runWhile'], rule.runWhile),
    ...anyOf([...at, 'exempt', 'when'], rule.exempt?.when),
    ...CLAUSE_KEYS.flatMap((key) => inClauses([...at, key], rule[key])),
    ...inClauses([...at, 'session', 'events'], rule.session?.events),
    ...named([...at, 'calendar', 'by'], chosenBy(rule.calendar)),
    ...named([...at, 'missingEnd', 'shift', 'by'], chosenBy(rule.missingEnd?.shift)),
    ...named([...at, 'round', 'by'], rule.round?.by),
  ];
};

const problemOf = (
  declared: NonNullable<RuleSet['fields']>,
  { field, values, number }: Mention,
): string | undefined => {
  if (OWN.some((own) => own === field)) return undefined;
  const known = declared[field];
  if (known === undefined)
    return `no field "${field}" is declared in fields${didYouMean(field, [...Object.keys(declared), ...OWN])}`;
  if (number && known !== 'number')
    return `${field} is no number: declare it as number, or ask for its values`;
  if (typeof known === 'string') return undefined;
  const stranger = values.find((value) => !known.includes(value));
  return stranger === undefined
    ? undefined
    : `${field} is never "${stranger}"${didYouMean(stranger, known)}; it is one of ${known.join(', ')}`;
};

export const fieldProblems = ({ fields }: RuleSet, rule: ConcreteRule): readonly RuleProblem[] =>
  fields === undefined
    ? []
    : mentionsOf(rule).flatMap((mention) => {
        const message = problemOf(fields, mention);
        return message === undefined ? [] : [{ path: mention.path, message }];
      });
