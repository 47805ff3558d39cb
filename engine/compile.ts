/** compile: from a rule set to a plan, or to the list of what is wrong with it. */
import { durationMs } from '../schemas/brand.ts';
import { durationOf } from '../schemas/duration.ts';
import {
  type Attributes,
  EVENT_TYPES,
  type EventType,
  type TickmarkEvent,
  isEventType,
  kindOf,
} from '../schemas/event.ts';
import { didYouMean } from '../schemas/nearest.ts';
import type { Clause, Rule, RuleSet, Where } from '../schemas/rule-set.ts';
import { type OpenHours, openHours } from './calendar/business-hours.ts';
import { zoneOf } from './calendar/zone.ts';
import { type CompiledRule, type Plan, ROLES, type Role, type RoleTest } from './plan.ts';
import { compileRounding } from './rounding.ts';

/** Where in the rule set, and what to write instead. */
export interface RuleProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export type Compilation =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

const asList = <Item>(value: Item | readonly Item[] | undefined): readonly Item[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Item];

const zoneProblem = (name: string): string | undefined => {
  try {
    zoneOf(name);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
};

const clauseProblem = (rule: Rule, clause: Clause): string | undefined => {
  const type = typeof clause === 'string' ? clause : clause.event;
  if (!isEventType(type)) return `unknown event type "${type}"${didYouMean(type, Object.keys(EVENT_TYPES))}`;
  if (kindOf(type) === rule.on) return undefined;
  const fitting = Object.keys(EVENT_TYPES).filter((name) => isEventType(name) && kindOf(name) === rule.on);
  return `${type} is about a ${kindOf(type)}, this rule is on a ${rule.on}; use one of ${fitting.join(', ')}`;
};

const ruleProblems = (ruleSet: RuleSet, rule: Rule, index: number): readonly RuleProblem[] => {
  const at = (...path: readonly (string | number)[]) => ['rules', index, ...path];
  const problems: RuleProblem[] = [];
  for (const role of ROLES)
    for (const [place, clause] of asList<Clause>(rule[role]).entries()) {
      const message = clauseProblem(rule, clause);
      if (message) problems.push({ path: at(role, ...(Array.isArray(rule[role]) ? [place] : [])), message });
    }
  if (rule.calendar !== undefined && !Object.hasOwn(ruleSet.calendars, rule.calendar))
    problems.push({
      path: at('calendar'),
      message: `no calendar "${rule.calendar}" in this rule set${didYouMean(rule.calendar, Object.keys(ruleSet.calendars))}`,
    });
  if (ruleSet.rules.findIndex(({ rule: name }) => name === rule.rule) !== index)
    problems.push({ path: at('rule'), message: `two rules are called ${rule.rule}; rename one` });
  if (rule.round && durationOf(rule.round.unit) === 0)
    problems.push({ path: at('round', 'unit'), message: 'the smallest unit must be longer than 0' });
  return problems;
};

const problemsOf = (ruleSet: RuleSet): readonly RuleProblem[] => {
  const problems: RuleProblem[] = [];
  const zone = zoneProblem(ruleSet.zone);
  if (zone) problems.push({ path: ['zone'], message: zone });
  for (const [name, calendar] of Object.entries(ruleSet.calendars)) {
    const message = calendar.zone === undefined ? undefined : zoneProblem(calendar.zone);
    if (message) problems.push({ path: ['calendars', name, 'zone'], message });
  }
  if (ruleSet.round && durationOf(ruleSet.round.unit) === 0)
    problems.push({ path: ['round', 'unit'], message: 'the smallest unit must be longer than 0' });
  return [...problems, ...ruleSet.rules.flatMap((rule, index) => ruleProblems(ruleSet, rule, index))];
};

/** A field of an event: its own data first, then its attributes. What is absent equals no value. */
const fieldOf = (event: TickmarkEvent, field: string): string | undefined => {
  const own: unknown = Reflect.get(event.data, field);
  if (typeof own === 'string') return own;
  const attributes = 'attributes' in event.data ? event.data.attributes : undefined;
  return attributes?.[field];
};

const fits = (where: Where, read: (field: string) => string | undefined): boolean =>
  Object.entries(where).every(([field, values]) => {
    const value = read(field);
    return value !== undefined && asList(values).includes(value);
  });

const compileRoles = (rule: Rule): ReadonlyMap<EventType, readonly RoleTest[]> => {
  const roles = new Map<EventType, RoleTest[]>();
  const add = (role: Role, clause: Clause): void => {
    const { event: type, where } = typeof clause === 'string' ? { event: clause, where: undefined } : clause;
    if (!isEventType(type)) return;
    const test: RoleTest = {
      role,
      fits: where ? (event) => fits(where, (field) => fieldOf(event, field)) : () => true,
    };
    roles.set(type, [...(roles.get(type) ?? []), test]);
  };
  for (const role of ROLES) for (const clause of asList<Clause>(rule[role])) add(role, clause);
  return roles;
};

const compileRule = (
  ruleSet: RuleSet,
  rule: Rule,
  calendars: ReadonlyMap<string, OpenHours>,
): CompiledRule => {
  const { when, missingEnd, interruption } = rule;
  return {
    name: rule.rule,
    kind: rule.kind ?? rule.on,
    measure: rule.measure,
    appliesTo: when ? (attributes: Attributes) => fits(when, (field) => attributes[field]) : () => true,
    roles: compileRoles(rule),
    startResumes: rule.resume === undefined,
    skipsUnassigned: rule.unassigned === 'skip',
    missingEnd: {
      closeAt: missingEnd?.closeAt,
      capMs: missingEnd?.cap === undefined ? undefined : durationOf(missingEnd.cap),
    },
    keepUpToMs: interruption && durationOf(interruption.keepUpTo),
    calendar: rule.calendar === undefined ? undefined : calendars.get(rule.calendar),
    rounding: compileRounding(rule.round ?? ruleSet.round),
  };
};

const reachOf = ({ missingEnd: { closeAt, capMs } }: CompiledRule): number =>
  closeAt === 'nextStart' ? (capMs ?? Infinity) : durationMs(0);

/** Compiles a rule set that has passed its schema. */
export const compile = (ruleSet: RuleSet): Compilation => {
  const problems = problemsOf(ruleSet);
  if (problems.length > 0) return { ok: false, problems };
  const calendars = new Map(
    Object.entries(ruleSet.calendars).map(([name, calendar]) => [name, openHours(calendar, ruleSet.zone)]),
  );
  const rules = ruleSet.rules.map((rule) => ({
    on: rule.on,
    compiled: compileRule(ruleSet, rule, calendars),
  }));
  const rulesByKind = Map.groupBy(rules, ({ on }) => on as string);
  return {
    ok: true,
    plan: {
      ruleSet,
      zone: zoneOf(ruleSet.zone),
      rulesByKind: new Map(
        [...rulesByKind].map(([on, members]) => [on, members.map(({ compiled }) => compiled)]),
      ),
      rulesByName: new Map(rules.map(({ compiled }) => [compiled.name, compiled])),
      longestReachMs: Math.max(0, ...rules.map(({ compiled }) => reachOf(compiled))),
    },
  };
};
