/** Selection: the clock ran, and the record is not this rule's: another time, another rule, nobody's. */
import { actorKindsOf } from '../language/defaults.ts';
import type { SubjectId } from '../../schemas/brand.ts';
import type { AnyOf } from '../../schemas/condition.ts';
import { type TickmarkEvent, kindOfSubject } from '../../schemas/event.ts';
import type { Rule } from '../../schemas/rule.ts';
import { dateOfDay } from '../calendar/date.ts';
import type { Cycle } from '../cycle.ts';
import { derive } from '../derive.ts';
import { expand } from '../language/expand.ts';
import type { Plan } from '../plan.ts';
import { startOf } from '../settle.ts';
import type { Obstacle } from './answer.ts';
import { distanceOf } from './condition.ts';
import { stateOf } from './state.ts';
import { always, appearsInPlace, bare, cyclesUnder, withAnybody, withUnassigned } from './variant.ts';

const validityObstacle = ({ zone }: Plan, rule: Rule, cycles: readonly Cycle[]): Obstacle => {
  const dates = cycles.map((cycle) => dateOfDay(zone.dayOf(startOf(cycle))));
  const { validFrom, validUntil } = rule;
  const early = validFrom === undefined ? undefined : dates.find((date) => date < validFrom);
  if (early !== undefined && validFrom !== undefined)
    return {
      clause: 'validFrom',
      failing: `${early} < ${validFrom}`,
      says: `it begins on ${early}, and the rule is valid from ${validFrom} on`,
    };
  const late = dates[0] ?? '';
  return {
    clause: 'validUntil',
    failing: `${late} ≥ ${validUntil ?? ''}`,
    says: `it begins on ${late}, and the rule is valid until before ${validUntil ?? ''}`,
  };
};

const kindObstacle = (rule: Rule, facts: readonly TickmarkEvent[]): Obstacle => {
  const wanted = actorKindsOf(rule).join(' or ');
  const kinds: readonly string[] = actorKindsOf(rule);
  const fact = facts.find(({ data }) => 'actorKind' in data && !kinds.includes(data.actorKind ?? 'human'));
  const kind = fact && 'actorKind' in fact.data ? (fact.data.actorKind ?? 'human') : 'human';
  const who = fact && 'actor' in fact.data ? (fact.data.actor ?? 'whoever worked') : 'whoever worked';
  return {
    clause: 'actorKinds',
    failing: `${kind} ≠ ${wanted}`,
    says: `${who} is ${kind}, must be ${wanted}`,
    ...(fact ? { event: fact.id } : {}),
  };
};

/** The rule of the group that has the subject: one that times it, or the strongest that fits in the end. */
const winnerOf = (
  plan: Plan,
  rule: Rule,
  subject: SubjectId,
  facts: readonly TickmarkEvent[],
): string | undefined => {
  const group = expand(plan.ruleSet)
    .rules.map((one) => one.rule)
    .filter((one) => one.oneOf === rule.oneOf && one.on === rule.on && one.rule !== rule.rule);
  const timing = derive(plan, subject, facts).cycles.find((cycle) =>
    group.some((one) => one.rule === cycle.rule.name),
  );
  if (timing) return timing.rule.name;
  const values = stateOf(facts);
  return group
    .filter(({ onReassign }) => onReassign !== 'restart' && onReassign !== 'carry')
    .filter(({ when }) => when === undefined || distanceOf(when, values).failing.length === 0)
    .toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0))[0]?.rule;
};

const groupObstacle = (rule: Rule, winner: string): Obstacle => ({
  clause: 'oneOf',
  failing: `oneOf ${rule.oneOf ?? ''}: ${winner}`,
  says:
    rule.onReassign === 'carry'
      ? `the clock of ${rule.oneOf ?? ''} went on under ${winner}, which has it`
      : `${winner} comes first among the rules of ${rule.oneOf ?? ''} and has it`,
});

const UNASSIGNED: Obstacle = {
  clause: 'unassigned',
  failing: 'nobody named',
  says: 'nobody was named for it, and the rule skips what is unassigned',
};

/** The condition is looked at while the clock runs: `known` is what was known by then. */
const neverWhile = (when: AnyOf, subject: SubjectId, known: readonly TickmarkEvent[]): Obstacle => {
  const [first] = distanceOf(when, stateOf(known)).failing;
  const says = 'it never ran while the condition held';
  if (!first) return { clause: 'when', says };
  const failing = `${kindOfSubject(subject)}.${first.field} ${first.short}`;
  return { clause: 'when', failing, says: `${says}: ${first.says}` };
};

/** A clock that is carried between rules runs otherwise than the rule alone: the whole set with one thing taken out. */
const inPlaceObstacle = (
  plan: Plan,
  rule: Rule,
  subject: SubjectId,
  facts: readonly TickmarkEvent[],
  cycles: readonly Cycle[],
): Obstacle => {
  const appears = (variant: Rule): boolean => appearsInPlace(plan, variant, subject, facts);
  if (appears(withAnybody(rule))) return kindObstacle(rule, facts);
  if (appears(withUnassigned(rule))) return UNASSIGNED;
  if (appears(always(rule))) return validityObstacle(plan, rule, cycles);
  const startMs = Math.min(...cycles.map(startOf));
  const known = facts.filter(({ occurredAt }) => occurredAt <= startMs);
  if (rule.when !== undefined && rule.onReassign === 'carry') return neverWhile(rule.when, subject, known);
  return { clause: 'unexplained', says: 'its clock runs, and no clause alone keeps it from a record' };
};

/** Puts what `bare` took away back, a part at a time; what makes the last record vanish is the answer. */
export const selectionObstacle = (
  plan: Plan,
  rule: Rule,
  subject: SubjectId,
  facts: readonly TickmarkEvent[],
  cycles: readonly Cycle[],
): Obstacle => {
  const actorKinds = [...actorKindsOf(rule)];
  const { validFrom, validUntil, unassigned, when, onReassign } = rule;
  const vanishes = (variant: Rule): boolean =>
    (cyclesUnder(plan, variant, subject, facts) ?? []).length === 0;
  const clock = bare(rule);
  const restarts = onReassign === 'restart' && when !== undefined ? { when, onReassign } : {};
  if (when !== undefined && onReassign === 'restart' && vanishes({ ...clock, ...restarts }))
    return neverWhile(when, subject, facts);
  const valid = {
    ...clock,
    ...restarts,
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
  if (vanishes(valid)) return validityObstacle(plan, rule, cycles);
  if (vanishes({ ...valid, actorKinds })) return kindObstacle(rule, facts);
  if (unassigned !== undefined && vanishes({ ...valid, actorKinds, unassigned })) return UNASSIGNED;
  const winner = rule.oneOf === undefined ? undefined : winnerOf(plan, rule, subject, facts);
  if (winner !== undefined) return groupObstacle(rule, winner);
  return inPlaceObstacle(plan, rule, subject, facts, cycles);
};
