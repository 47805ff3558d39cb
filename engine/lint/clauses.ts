/** The clauses of a rule as the linter compares them: when one acts, does another act too? */
import type { Clause } from '../../schemas/clause.ts';
import type { AnyOf, Values, Where } from '../../schemas/condition.ts';
import type { Rule } from '../../schemas/rule.ts';
import type { CLAUSE_KEYS } from '../language/clauses.ts';
import { asList } from '../language/problem.ts';
import { excludes, implies, toldBy } from './certainty.ts';

export type Act =
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly where: Where | undefined;
      readonly after: readonly string[];
    }
  | {
      readonly kind: 'change';
      readonly field: string;
      readonly from: Values | undefined;
      readonly to: Values | undefined;
    }
  | { readonly kind: 'level'; readonly while: AnyOf };

/** A clause and where it is written. */
export interface Placed {
  readonly act: Act;
  readonly path: readonly (string | number)[];
}

export type ClauseKey = (typeof CLAUSE_KEYS)[number];

const actOf = (clause: Clause): Act => {
  if (typeof clause === 'string') return { kind: 'event', event: clause, where: undefined, after: [] };
  if ('event' in clause)
    return { kind: 'event', event: clause.event, where: clause.where, after: asList<string>(clause.after) };
  if ('changed' in clause) return { kind: 'change', field: clause.changed, from: clause.from, to: clause.to };
  return { kind: 'level', while: clause.while };
};

/** One clause or a list, each with its path below `base`. */
export const placed = (
  clauses: Clause | readonly Clause[] | undefined,
  base: readonly (string | number)[],
): readonly Placed[] =>
  asList<Clause>(clauses).map((clause, place) => ({
    act: actOf(clause),
    path: Array.isArray(clauses) ? [...base, place] : base,
  }));

export const clausesOf = (rule: Rule, index: number, key: ClauseKey): readonly Placed[] =>
  placed(rule[key], ['rules', index, key]);

/** What begins a record: the starts, or the level that it runs in, or the signs of activity. */
export const beginningsOf = (rule: Rule, index: number): readonly Placed[] => {
  if (rule.start !== undefined) return clausesOf(rule, index, 'start');
  if (rule.session) return placed(rule.session.events, ['rules', index, 'session', 'events']);
  if (rule.runWhile === undefined) return [];
  return [{ act: { kind: 'level', while: rule.runWhile }, path: ['rules', index, 'runWhile'] }];
};

const valuesIn = (field: string, values: Values | undefined): AnyOf | undefined =>
  values === undefined ? undefined : { [field]: asList<string | number | boolean>(values).slice() };

/** What the subject's fields are for sure when it acts. */
const stateAt = (act: Act): AnyOf | undefined => {
  switch (act.kind) {
    case 'event':
      return toldBy(act.where);
    case 'change':
      return valuesIn(act.field, act.to);
    case 'level':
      return act.while;
  }
};

const sameChange = (a: Act & { kind: 'change' }, b: Act & { kind: 'change' }): boolean =>
  a.field === b.field &&
  implies(valuesIn(a.field, a.from), valuesIn(a.field, b.from)) &&
  implies(valuesIn(a.field, a.to), valuesIn(a.field, b.to));

/** Whenever `a` acts, `b` does too, or its level holds. */
export const alsoActs = (a: Act, b: Act): boolean => {
  if (b.kind === 'level') return implies(stateAt(a), b.while);
  if (a.kind === 'event' && b.kind === 'event')
    return (
      a.event === b.event &&
      implies(a.where, b.where) &&
      (b.after.length === 0 || a.after.some((type) => b.after.includes(type)))
    );
  return a.kind === 'change' && b.kind === 'change' && sameChange(a, b);
};

/** Both can act at one instant, as far as their own words go; an event and a level are not compared. */
export const mayMeet = (a: Act, b: Act): boolean => {
  if (a.kind === 'event' && b.kind === 'event') return a.event === b.event && !excludes(a.where, b.where);
  if (a.kind === 'change' && b.kind === 'change')
    return a.field === b.field && !excludes(valuesIn(a.field, a.to), valuesIn(b.field, b.to));
  return a.kind === 'level' && b.kind === 'level' && !excludes(a.while, b.while);
};

/** When it acts, the level cannot hold. */
export const cannotHoldAt = (act: Act, level: AnyOf): boolean => excludes(stateAt(act), level);

const valueText = (value: Where[string]): string => {
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  const tests = Object.entries(value).map(([name, test]) => `${name}: ${String(test)}`);
  return `{ ${tests.join(', ')} }`;
};

export const conditionText = (condition: AnyOf): string =>
  asList<Where>(condition)
    .map((where) =>
      Object.entries(where)
        .map(([field, value]) => `${field}: ${valueText(value)}`)
        .join(', '),
    )
    .join(' or ');

/** As its writer would recognise it. */
export const actText = (act: Act): string => {
  switch (act.kind) {
    case 'event':
      return act.where ? `${act.event} with ${conditionText(act.where)}` : act.event;
    case 'change':
      return act.to === undefined
        ? `a change of ${act.field}`
        : `a change of ${act.field} to ${asList<string | number | boolean>(act.to).join(' or ')}`;
    case 'level':
      return `while ${conditionText(act.while)}`;
  }
};
