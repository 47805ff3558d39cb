/** The recipe that is measured: the clocks of rules/service-desk.yaml, as the peers of the kernel read them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { asList } from '../../engine/language/problem.ts';
import type { Clause } from '../../schemas/clause.ts';
import type { Rule } from '../../schemas/rule.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { TRAFFIC_KINDS, TRAFFIC_TYPES, type TrafficKind, type TrafficType } from './traffic.ts';

export const RECIPE = RuleSet.parse(
  parse(readFileSync(new URL('../../rules/service-desk.yaml', import.meta.url), 'utf8')),
);

/** An end up to this long before its start is that start's, if nothing else is; what holds as the recipe says nothing. */
export const SKEW_MS = 5_000;

/** The clock of one rule. */
export interface DeskRule {
  readonly name: string;
  readonly kind: TrafficKind;
  readonly start: readonly TrafficType[];
  /** Of which one must have happened before a start, which uses it up. */
  readonly after: readonly TrafficType[];
  readonly stop: readonly TrafficType[];
  readonly pause: readonly TrafficType[];
  readonly resume: readonly TrafficType[];
  readonly handOver: readonly TrafficType[];
}

const OF_THE_CLOCK = ['rule', 'on', 'start', 'stop', 'pause', 'resume', 'handOver'];
/** What names a record, or decides about it once the clock has run. */
const SETTLED_LATER = ['describe', 'kind', 'measure', 'missingStart', 'missingEnd', 'calendar'];

const typeOf = (told: string): TrafficType => {
  const type = TRAFFIC_TYPES.find((known) => known === told);
  if (type === undefined) throw new Error(`the traffic has no ${told}`);
  return type;
};

const edgeOf = (clause: Clause): TrafficType => {
  if (typeof clause === 'string') return typeOf(clause);
  if ('event' in clause && clause.where === undefined) return typeOf(clause.event);
  throw new Error(`the peers know no clause ${JSON.stringify(clause)}`);
};

/**
 * What a status means that comes without its step: for help desks that tell no more. The traffic has none of them. The
 * kernel compiles such clauses with the others and pays for them; the peers, which know no conditions, leave them out.
 */
const isOfOtherDesks = (clause: Clause): boolean =>
  typeof clause === 'object' &&
  'event' in clause &&
  clause.event === 'TicketStatusChanged' &&
  clause.after === undefined;

const edgesAt = (rule: Rule, key: 'start' | 'stop' | 'pause' | 'resume' | 'handOver'): TrafficType[] =>
  asList<Clause>(rule[key])
    .filter((clause) => !isOfOtherDesks(clause))
    .map(edgeOf);

/** What has to come before each of some clauses. */
const afterOf = (clauses: readonly Clause[]): TrafficType[] =>
  clauses.flatMap((clause) =>
    typeof clause === 'object' && 'event' in clause ? asList<string>(clause.after).map(typeOf) : [],
  );

/** Throws at whatever the peers would leave out: then they have to learn it first. */
const refuse = (rule: Rule): void => {
  const unknown = Object.keys(rule).filter(
    (key) => !OF_THE_CLOCK.includes(key) && !SETTLED_LATER.includes(key),
  );
  const { start, stop, pause, resume, handOver } = rule;
  const conditional = afterOf([stop, pause, resume, handOver].flatMap((clauses) => asList<Clause>(clauses)));
  if (rule.missingStart === 'duration') unknown.push('missingStart: duration');
  if (conditional.length > 0) unknown.push('after, at another clause than a start');
  if (afterOf(asList<Clause>(start)).length > 0 && asList<Clause>(start).length > 1)
    unknown.push('after, with several starts');
  if (RECIPE.clockSkew !== undefined) unknown.push(`clockSkew: ${RECIPE.clockSkew}`);
  if (unknown.length > 0) throw new Error(`${rule.rule}: the peers do not know ${unknown.join(', ')}`);
};

const deskRule = (rule: Rule): DeskRule => {
  refuse(rule);
  const kind = TRAFFIC_KINDS.find((known) => known === rule.on);
  if (kind === undefined) throw new Error(`${rule.rule}: the traffic has no ${rule.on}`);
  return {
    name: rule.rule,
    kind,
    start: edgesAt(rule, 'start'),
    after: afterOf(asList<Clause>(rule.start)),
    // Every clock ends where its subject goes on as another one.
    stop: [...edgesAt(rule, 'stop'), 'SubjectMerged'],
    pause: edgesAt(rule, 'pause'),
    resume: edgesAt(rule, 'resume'),
    handOver: edgesAt(rule, 'handOver'),
  };
};

export const RULES: readonly DeskRule[] = RECIPE.rules.map(deskRule);
