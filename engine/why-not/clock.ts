/** The clock never ran, or what it measured was dropped: which clause kept it from it. */
import type { SubjectId } from '../../schemas/brand.ts';
import type { Clause } from '../../schemas/clause.ts';
import type { AnyOf } from '../../schemas/condition.ts';
import { type TickmarkEvent, kindOfSubject } from '../../schemas/event.ts';
import type { Rule } from '../../schemas/rule.ts';
import { asList } from '../language/problem.ts';
import type { Plan } from '../plan.ts';
import type { Obstacle } from './answer.ts';
import { distanceOf } from './condition.ts';
import { startObstacle } from './start.ts';
import { stateOf, statesOf, toldBy } from './state.ts';
import {
  bare,
  cyclesUnder,
  withoutCancel,
  withoutLevelStops,
  withoutParticipants,
  withoutRunWhile,
} from './variant.ts';

type Facts = readonly TickmarkEvent[];

const levelsOf = (clauses: Rule['stop']): readonly AnyOf[] =>
  asList<Clause>(clauses).flatMap((clause) =>
    typeof clause !== 'string' && 'while' in clause ? [clause.while] : [],
  );

/** The condition of a level that holds, as it is written: `status is closed`. */
const heldText = (
  condition: AnyOf,
  facts: Facts,
): { readonly text: string; readonly event: TickmarkEvent } | undefined => {
  const held = statesOf(facts).find(({ values }) => distanceOf(condition, values).failing.length === 0);
  if (!held) return undefined;
  const fields = [...new Set(asList(condition).flatMap((where) => Object.keys(where)))];
  const text = fields.map((field) => `${field} is ${held.values(field) ?? 'untold'}`).join(' and ');
  return { text, event: held.last };
};

const levelObstacle = (
  clause: 'stop' | 'cancel',
  levels: readonly AnyOf[],
  facts: Facts,
): Obstacle | undefined => {
  for (const level of levels) {
    const held = heldText(level, facts);
    if (!held) continue;
    const says =
      clause === 'stop'
        ? `a start came while the rule must not run: ${held.text}`
        : `the rule drops what it has while ${held.text}`;
    return { clause, failing: held.text, says, event: held.event.id };
  }
  return undefined;
};

const cancelObstacle = ({ cancel }: Rule, facts: Facts): Obstacle => {
  for (const clause of asList<Clause>(cancel)) {
    if (typeof clause !== 'string' && !('event' in clause)) continue;
    const [type, where] = typeof clause === 'string' ? [clause] : [clause.event, clause.where];
    const fact = facts.findLast(
      (one) =>
        one.type === type && (where === undefined || distanceOf(where, toldBy(one)).failing.length === 0),
    );
    if (fact)
      return { clause: 'cancel', failing: fact.type, says: `${fact.type} dropped it`, event: fact.id };
  }
  return (
    levelObstacle('cancel', levelsOf(cancel), facts) ?? {
      clause: 'cancel',
      says: 'a cancel clause dropped it',
    }
  );
};

const stopObstacle = ({ stop }: Rule, facts: Facts): Obstacle =>
  levelObstacle('stop', levelsOf(stop), facts) ?? {
    clause: 'stop',
    says: 'a stop that holds kept it from starting',
  };

const runWhileObstacle = ({ runWhile }: Rule, facts: Facts): Obstacle => {
  const [first] = runWhile === undefined ? [] : distanceOf(runWhile, stateOf(facts)).failing;
  const kind = facts[0] ? `${kindOfSubject(facts[0].subject)}.` : '';
  return {
    clause: 'runWhile',
    ...(first ? { failing: `${kind}${first.field} ${first.short}` } : {}),
    says: `it started and could not run${first ? `: ${first.says}` : ''}`,
  };
};

interface Removal {
  readonly remove: (rule: Rule) => Rule;
  readonly obstacle: (rule: Rule, facts: Facts) => Obstacle;
}

/** In the order in which the clauses act within one instant. */
const REMOVALS: readonly Removal[] = [
  { remove: withoutLevelStops, obstacle: stopObstacle },
  { remove: withoutCancel, obstacle: cancelObstacle },
  { remove: withoutRunWhile, obstacle: runWhileObstacle },
  {
    remove: withoutParticipants,
    obstacle: () => ({
      clause: 'per',
      failing: 'no participant',
      says: 'no fact names anybody, and the rule has a clock for each participant only',
    }),
  },
];

/** Removes one obstacle at a time, then all of them: the first whose removal brings a record is the answer. */
export const clockObstacle = (
  plan: Plan,
  rule: Rule,
  subject: SubjectId,
  facts: Facts,
  moving: Facts,
): Obstacle => {
  const clock = bare(rule);
  const appears = (variant: Rule): boolean => (cyclesUnder(plan, variant, subject, facts) ?? []).length > 0;
  const single = REMOVALS.find(({ remove }) => remove(clock) !== clock && appears(remove(clock)));
  if (single) return single.obstacle(rule, moving);
  const start = startObstacle(rule, moving);
  if (start) return start;
  // Several stand in the way at once: what the rest cannot do without comes first.
  const all = REMOVALS.reduce((left, { remove }) => remove(left), clock);
  const needed = REMOVALS.find(
    (one) =>
      !appears(REMOVALS.filter((other) => other !== one).reduce((left, { remove }) => remove(left), clock)),
  );
  if (appears(all) && needed) return needed.obstacle(rule, moving);
  return {
    clause: 'unexplained',
    says: 'it starts, and no clause alone keeps it from a record: see tickmark explain and the facts',
  };
};
