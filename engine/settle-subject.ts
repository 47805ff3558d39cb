/** All records of one subject: every cycle settled, and what is made of the records of several rules. */
import type { ActorId, SubjectId } from '../schemas/brand.ts';
import type { Span, TimeRecord } from '../schemas/record.ts';
import { compose } from './compose.ts';
import type { Cycle } from './cycle.ts';
import type { CountedTime } from './merge.ts';
import type { Derivation } from './derive.ts';
import type { Plan } from './plan.ts';
import type { Surroundings } from './policy/missing-end.ts';
import { settle } from './settle.ts';

/** What surrounds a cycle of the person; of a record that is made of others there is no cycle. */
export type SurroundingsOf = (actor: ActorId, cycle?: Cycle) => Surroundings;

const keyOf = ({ rule, actor }: Pick<TimeRecord, 'rule' | 'actor'>): string => `${rule}\n${actor}`;

/**
 * Where subjects were merged, or time was put beside a record, what an earlier record counts is not counted again by a
 * later one: what no cycle knows is the end that a policy supplies.
 */
const settleApart = (
  cycles: readonly Cycle[],
  reason: CountedTime['reason'],
  around: SurroundingsOf,
): readonly TimeRecord[] => {
  const counted = new Map<string, Span[]>();
  return cycles.map((cycle) => {
    const key = keyOf({ rule: cycle.rule.name, actor: cycle.actor });
    const before = counted.get(key) ?? [];
    const record = settle(cycle, { ...around(cycle.actor, cycle), counted: { spans: before, reason } });
    counted.set(key, [...before, ...record.spans]);
    return record;
  });
};

export const settleSubject = (
  plan: Plan,
  subject: SubjectId,
  { cycles, words, isMerged }: Derivation,
  around: SurroundingsOf,
): readonly TimeRecord[] => {
  if (cycles.length === 0 && words.corrections.length === 0) return [];
  const isAdded = words.corrections.some(({ effect }) => effect === 'add');
  const records =
    isMerged || isAdded
      ? settleApart(cycles, isMerged ? 'merged' : 'counted-already', around)
      : cycles.map((cycle) => settle(cycle, around(cycle.actor, cycle)));
  return [...records, ...compose(plan, subject, records, words, around)];
};
