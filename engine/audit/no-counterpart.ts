/** Records without a counterpart: nothing of the customer lies near them. */
import type { Finding } from '../../schemas/audit.ts';
import { durationMs, shift } from '../../schemas/brand.ts';
import { durationOf } from '../../schemas/duration.ts';
import { type EventType, isEventType, kindOf, kindOfSubject } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { Plan } from '../plan.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { clockText } from './figures.ts';

/** What has the customer on its other end, where a rule set does not say. */
const USUAL: readonly EventType[] = [
  'CallQueued',
  'CallOffered',
  'CallConnected',
  'ChatStarted',
  'EmailReceived',
  'TicketOpened',
  'TicketReopened',
];

const typesOf = ({ ruleSet }: Plan): readonly EventType[] =>
  ruleSet.audit?.counterpartTypes?.filter(isEventType) ?? USUAL;

/** A record that is retracted, or counts nothing yet, claims nothing. */
const claims = ({ countedMs }: TimeRecord): boolean => countedMs > 0;

/**
 *     within     |----|=== record ===|----|
 *     customer      x                         near: no finding
 *     customer  x                           x far: a finding
 *
 * Only kinds of subject that can have such a signal are judged: nothing comes from a customer to a timer.
 */
export const noCounterpart = ({ plan, subject, records, facts }: SubjectCase): readonly Finding[] => {
  const within = plan.ruleSet.audit?.counterpartWithin;
  if (within === undefined) return [];
  const types = typesOf(plan).filter((type) => kindOf(type) === kindOfSubject(subject));
  if (types.length === 0) return [];
  const withinMs = durationOf(within);
  const signals = facts.filter(({ type }) => types.includes(type)).map(({ occurredAt }) => occurredAt);
  return records
    .filter(claims)
    .filter(
      ({ fromMs, toMs }) =>
        !signals.some((at) => at >= shift(fromMs, -withinMs) && at <= shift(toMs, withinMs)),
    )
    .map((record) => ({
      code: 'no-counterpart' as const,
      ...onRecord(record),
      detail: `${clockText(record.countedMs)} counted, and none of ${types.join(', ')} within ${clockText(durationMs(withinMs))} of it`,
    }));
};
