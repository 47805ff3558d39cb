/** compile: from a rule set to a plan, or to the list of what is wrong with it. */
import { durationOf } from '../schemas/duration.ts';
import type { AnyOf, Values } from '../schemas/condition.ts';
import type { RuleSet } from '../schemas/rule-set.ts';
import { type Calendars, openCalendars } from './calendar/business-hours.ts';
import { dayOfDate } from './calendar/date.ts';
import { zoneOf } from './calendar/zone.ts';
import { newDictionary } from './clock/dictionary.ts';
import { carriedClock } from './language/carry.ts';
import { compileClock } from './language/clauses.ts';
import { type Vocabulary, compileCondition } from './language/condition.ts';
import { ENGINE_VERSION, does } from './flags.ts';
import { actorKindsOf, measureOf } from './language/defaults.ts';
import { type ConcreteRule, expand } from './language/expand.ts';
import { asksPerson, compileHours } from './language/hours.ts';
import { byStrength, strengthOf } from './language/strength.ts';
import { compilePolicies } from './language/policies.ts';
import { type RuleProblem, asList } from './language/problem.ts';
import { problemsOf } from './language/problems.ts';
import type { CompiledRule, HoursOf, Plan, Selection, TimeSource } from './plan.ts';
import { localDate } from '../schemas/brand.ts';

const DEFAULT_SKEW = '5s';

export type Compilation =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

type Written = ConcreteRule['rule'];

/** What all rules of a set are compiled with. */
interface Workshop {
  readonly ruleSet: RuleSet;
  readonly rules: readonly ConcreteRule[];
  readonly engine: number;
  readonly words: Vocabulary;
  readonly calendars: Calendars;
  readonly calendarNames: ReadonlySet<string>;
}

const dayOf = (date: string | undefined): number | undefined =>
  date === undefined ? undefined : dayOfDate(localDate(date));

const selectionOf = ({ words, rules }: Workshop, rule: Written): Selection => ({
  fits:
    rule.when === undefined || rule.onReassign === 'restart' ? undefined : compileCondition(rule.when, words),
  fromDay: dayOf(rule.validFrom),
  untilDay: dayOf(rule.validUntil),
  oneOf: rule.oneOf,
  strength: strengthOf(
    rule,
    rules.findIndex((one) => one.rule === rule),
  ),
  actorKinds: actorKindsOf(rule),
});

/** Where early ends are not brought to their start, nothing is early enough. */
const skewOf = ({ ruleSet, engine }: Workshop): number =>
  does(engine, 'bringsEarlyEnds') ? durationOf(ruleSet.clockSkew ?? DEFAULT_SKEW) : -1;

/** When the stronger rules of the same group fit: by priority, then by their order. */
const strongerThan = ({ rules }: Workshop, own: Written): readonly AnyOf[] => {
  if (own.oneOf === undefined) return [];
  const strength = strengthOf(
    own,
    rules.findIndex(({ rule }) => rule === own),
  );
  return rules.flatMap(({ rule: other }, place) =>
    other.oneOf === own.oneOf &&
    other.when !== undefined &&
    byStrength(strengthOf(other, place), strength) < 0
      ? [other.when]
      : [],
  );
};

const sourceOf = (workshop: Workshop, rule: Written): TimeSource => {
  const { words } = workshop;
  if (rule.of !== undefined) return { from: 'rules', rules: asList(rule.of) };
  const { session } = rule;
  if (session === undefined)
    return {
      from: 'clock',
      clock: compileClock(rule, words, skewOf(workshop), strongerThan(workshop, rule)),
      perParticipant: rule.per === 'participant',
    };
  return {
    from: 'activity',
    activity: {
      clock: compileClock({ rule: rule.rule, start: session.events }, words, 0),
      gapMs: durationOf(session.gap),
      beforeMs: durationOf(session.before ?? '0s'),
      afterMs: durationOf(session.after ?? '0s'),
    },
  };
};

const compileRule = (workshop: Workshop, { rule }: ConcreteRule): CompiledRule => {
  const { ruleSet, calendars, calendarNames } = workshop;
  const hours = (choice: NonNullable<Written['calendar']>): HoursOf =>
    compileHours(choice, calendars, calendarNames);
  const own = rule.calendar === undefined ? undefined : hours(rule.calendar);
  return {
    name: rule.rule,
    kind: rule.kind ?? rule.on,
    measure: measureOf(rule),
    namesOuterEnds: does(workshop.engine, 'namesOuterEnds'),
    selection: selectionOf(workshop, rule),
    source: sourceOf(workshop, rule),
    ...compilePolicies(ruleSet, rule, own, hours),
    asksPerson: asksPerson(rule, calendars),
  };
};

/** The rules of a group whose clock is carried from one to the other: the strongest has the clock of all. */
const carry = (rules: readonly CompiledRule[], written: readonly ConcreteRule[]): readonly CompiledRule[] => {
  const carriedIn = (name: string) =>
    written.find(({ rule }) => rule.rule === name && rule.onReassign === 'carry')?.rule.oneOf;
  const groups = Map.groupBy(
    rules.filter(({ name, source }) => source.from === 'clock' && carriedIn(name) !== undefined),
    ({ name }) => carriedIn(name),
  );
  const sources = new Map<string, TimeSource>();
  for (const own of groups.values()) {
    const members = own
      .toSorted((a, b) => byStrength(a.selection.strength, b.selection.strength))
      .flatMap(({ name, source, selection: { fits } }) =>
        source.from === 'clock' && fits ? [{ name, clock: source.clock, fits }] : [],
      );
    for (const [place, { name }] of members.entries())
      sources.set(name, {
        from: 'carried',
        clock: carriedClock(members),
        group: place === 0 ? members : [],
      });
  }
  return rules.map((rule) => ({ ...rule, source: sources.get(rule.name) ?? rule.source }));
};

const newVocabulary = (fields: string[], dictionary: Plan['dictionary']): Vocabulary => ({
  fieldOf: (name) => {
    const known = fields.indexOf(name);
    return known >= 0 ? known : fields.push(name) - 1;
  },
  codesOf: (values: Values) => asList(values).map((value) => dictionary.codeOf(String(value))),
});

const reachOf = ({ missingEnd: { nextStart, capMs } }: CompiledRule): number =>
  nextStart ? (capMs ?? Infinity) : 0;

/** Compiles a rule set that has passed its schema. `engine`: an older one gives the answers that it gave. */
export const compile = (ruleSet: RuleSet, engine: number = ENGINE_VERSION): Compilation => {
  const { rules, problems } = expand(ruleSet);
  const all = [...problems, ...problemsOf(ruleSet, rules)];
  if (all.length > 0) return { ok: false, problems: all };
  const fields: string[] = [];
  const dictionary = newDictionary();
  const calendars = openCalendars(ruleSet.calendars, { zone: ruleSet.zone, reference: ruleSet.reference });
  const workshop: Workshop = {
    ruleSet,
    rules,
    engine,
    words: newVocabulary(fields, dictionary),
    calendars,
    calendarNames: new Set(Object.keys(ruleSet.calendars)),
  };
  const made = carry(
    rules.map((rule) => compileRule(workshop, rule)),
    rules,
  );
  const compiled = made.map((rule, place) => ({ on: rules[place]?.rule.on ?? '', rule }));
  return {
    ok: true,
    plan: {
      ruleSet,
      engine,
      zone: zoneOf(ruleSet.zone),
      rulesByKind: new Map<string, readonly CompiledRule[]>(
        [...Map.groupBy(compiled, ({ on }) => on)].map(([on, own]) => [on, own.map(({ rule }) => rule)]),
      ),
      rulesByName: new Map(compiled.map(({ rule }) => [rule.name, rule])),
      fields,
      dictionary,
      overlaps: new Map(
        Object.entries(ruleSet.measures ?? {}).flatMap(([name, { overlap }]) =>
          overlap === undefined ? [] : [[name, overlap]],
        ),
      ),
      longestReachMs: Math.max(0, ...compiled.map(({ rule }) => reachOf(rule))),
      asksPresence: rules.some(({ rule }) => rule.idle !== undefined),
      asksPerson: compiled.some(({ rule }) => rule.asksPerson),
    },
  };
};
