/** No start: which clauses could have begun a record, and what the nearest one lacks. */
import type { Clause } from '../../schemas/clause.ts';
import type { AnyOf } from '../../schemas/condition.ts';
import { type TickmarkEvent, kindOfSubject } from '../../schemas/event.ts';
import type { Rule } from '../../schemas/rule.ts';
import { asList } from '../language/problem.ts';
import type { Obstacle, ObstacleName } from './answer.ts';
import { distanceOf } from './condition.ts';
import { statesOf, toldBy } from './state.ts';

/** How near a clause came: what it still lacks, and how many fields that are. */
interface Attempt {
  readonly lacks: number;
  readonly obstacle: Obstacle;
}

/** The facts of a subject in order, and the clause that is asked. */
interface Question {
  readonly clause: ObstacleName;
  readonly facts: readonly TickmarkEvent[];
}

/** `ticket.type ≠ support` */
const named = ({ facts }: Question, field: string, short: string): string => {
  const [first] = facts;
  return `${first ? `${kindOfSubject(first.subject)}.` : ''}${field} ${short}`;
};

const NEVER = Number.MAX_SAFE_INTEGER;

const afterLacks = (
  { clause, facts }: Question,
  event: TickmarkEvent,
  after: string | readonly string[] | undefined,
): Attempt | undefined => {
  const types = asList<string>(after);
  const before = facts.slice(0, facts.indexOf(event));
  if (types.length === 0 || before.some(({ type }) => types.includes(type))) return undefined;
  const says = `${event.type} came with no ${types.join(' or ')} before it`;
  return { lacks: 1, obstacle: { clause, failing: `no ${types.join(' or ')}`, says, event: event.id } };
};

const whereLacks = (question: Question, event: TickmarkEvent, where: AnyOf | undefined): Attempt => {
  const { failing } = where === undefined ? { failing: [] } : distanceOf(where, toldBy(event));
  const [first] = failing;
  const { clause } = question;
  if (!first) return { lacks: 0, obstacle: { clause, says: `${event.type} came`, event: event.id } };
  return {
    lacks: failing.length,
    obstacle: {
      clause,
      failing: named(question, first.field, first.short),
      says: `${event.type} came, but its ${first.says}`,
      event: event.id,
    },
  };
};

/** Of a type that never came there is no attempt. */
const attemptsOf = (question: Question, clause: Clause): readonly Attempt[] => {
  if (typeof clause !== 'string' && 'while' in clause) return [];
  if (typeof clause !== 'string' && 'changed' in clause) {
    const goal =
      clause.to === undefined ? '' : ` to ${asList<string | number | boolean>(clause.to).join(' or ')}`;
    const failing = `${named(question, clause.changed, 'unchanged')}${goal}`;
    const says = `${clause.changed} never changed${goal}`;
    return [{ lacks: NEVER - 1, obstacle: { clause: question.clause, failing, says } }];
  }
  const {
    event: type,
    where,
    after,
  } = typeof clause === 'string' ? { event: clause, where: undefined, after: undefined } : clause;
  return question.facts
    .filter((fact) => fact.type === type)
    .map((fact) => afterLacks(question, fact, after) ?? whereLacks(question, fact, where));
};

const typesOf = (clauses: readonly Clause[]): readonly string[] => [
  ...new Set(
    clauses.flatMap((clause) =>
      typeof clause === 'string' ? [clause] : 'event' in clause ? [clause.event] : [],
    ),
  ),
];

const neverCame = ({ clause, facts }: Question, clauses: readonly Clause[]): Obstacle => {
  const failing = `no ${typesOf(clauses).join(' or ')}`;
  const known = [...new Set(facts.map(({ type }) => type))].join(', ');
  const count = facts.length === 1 ? 'its only fact' : `its ${facts.length} facts`;
  return { clause, failing, says: `${failing} among ${count}${known === '' ? '' : ` (${known})`}` };
};

const nearest = (attempts: readonly Attempt[]): Attempt | undefined =>
  attempts.reduce<Attempt | undefined>(
    (best, one) => (best === undefined || one.lacks < best.lacks ? one : best),
    undefined,
  );

/** The state that came nearest to what the clock runs in; of equals the last. */
const neverRan = (question: Question, condition: AnyOf): Obstacle | undefined => {
  const states = statesOf(question.facts).map(({ last, values }) => ({
    last,
    failing: distanceOf(condition, values).failing,
  }));
  const best = states.reduce<(typeof states)[number] | undefined>(
    (near, one) => (near === undefined || one.failing.length <= near.failing.length ? one : near),
    undefined,
  );
  const [first] = best?.failing ?? [];
  if (!best || !first) return undefined;
  return {
    clause: 'runWhile',
    failing: named(question, first.field, first.short),
    says: `after ${best.last.type}, where it comes nearest, ${first.says}`,
    event: best.last.id,
  };
};

/** A rule that has only ends takes the length that an end reports. */
const endLacks = (question: Question, clauses: readonly Clause[]): Obstacle | undefined => {
  const best = nearest(clauses.flatMap((clause) => attemptsOf(question, clause)));
  if (!best) return neverCame(question, clauses);
  if (best.lacks > 0) return best.obstacle;
  return {
    ...best.obstacle,
    failing: 'durationMs untold',
    says: `${best.obstacle.says}, but tells no length`,
  };
};

const SILENCE = {
  failing: 'no fact',
  says: 'nothing happened to it: people only spoke of its time',
} as const;

/** Why nothing begins, or undefined where something should have. `facts`: those that move clocks. */
export const startObstacle = (rule: Rule, facts: readonly TickmarkEvent[]): Obstacle | undefined => {
  if (facts.length === 0)
    return {
      clause: rule.start === undefined && rule.runWhile !== undefined ? 'runWhile' : 'start',
      ...SILENCE,
    };
  if (rule.session === undefined && rule.start === undefined) {
    if (rule.runWhile !== undefined) return neverRan({ clause: 'runWhile', facts }, rule.runWhile);
    return endLacks({ clause: 'stop', facts }, asList<Clause>(rule.stop));
  }
  const [clause, written] =
    rule.session === undefined
      ? (['start', rule.start] as const)
      : (['session', rule.session.events] as const);
  const clauses = asList<Clause>(written);
  const question: Question = { clause, facts };
  const best = nearest(clauses.flatMap((one) => attemptsOf(question, one)));
  if (best?.lacks === 0) return undefined;
  return best?.obstacle ?? neverCame(question, clauses);
};
