/** unknown-event-type: an event type that no signal is ever translated into. */
import { EVENT_TYPES, isEventType } from '../../schemas/event.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import type { Rule } from '../../schemas/rule.ts';
import { asList } from '../language/problem.ts';
import { CLAUSE_KEYS } from '../language/clauses.ts';
import { type Placed, clausesOf, placed } from './clauses.ts';
import { type Check, type Complaint, error } from './finding.ts';

const unknown = (path: Complaint['path'], type: string): readonly Complaint[] =>
  isEventType(type)
    ? []
    : [error(path, `unknown event type "${type}"${didYouMean(type, Object.keys(EVENT_TYPES))}`)];

const ofList = (
  types: string | readonly string[] | undefined,
  base: Complaint['path'],
): readonly Complaint[] =>
  asList<string>(types).flatMap((type, place) =>
    unknown(Array.isArray(types) ? [...base, place] : base, type),
  );

const ofClause = ({ act, path }: Placed): readonly Complaint[] =>
  act.kind === 'event'
    ? [...unknown(path, act.event), ...act.after.flatMap((type) => unknown([...path, 'after'], type))]
    : [];

const ofRule = (rule: Rule, index: number): readonly Complaint[] => [
  ...CLAUSE_KEYS.flatMap((key) => clausesOf(rule, index, key)).flatMap(ofClause),
  ...placed(rule.session?.events, ['rules', index, 'session', 'events']).flatMap(ofClause),
  ...ofList(rule.retro?.startAt, ['rules', index, 'retro', 'startAt']),
];

export const unknownEventType: Check = ({ ruleSet }) => [
  ...ruleSet.rules.flatMap(ofRule),
  ...ofList(ruleSet.audit?.counterpartTypes, ['audit', 'counterpartTypes']),
];
