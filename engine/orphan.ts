/** Orphans: ends that have no start. There is no record of them; they are findings. */
import type { ActorId, EventId, InstantMs, SubjectId } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import { START } from './clock/clock.ts';
import { typeCode } from './clock/columns.ts';
import { UNASSIGNED } from './clock/read-lines.ts';
import type { CompiledRule } from './plan.ts';
import { isWord } from './words.ts';

/** An end that has no start. */
export interface Orphan {
  readonly subject: SubjectId;
  readonly rule: string;
  readonly actor: ActorId;
  readonly atMs: InstantMs;
  readonly event: EventId;
}

const startsSomething = (fact: TickmarkEvent, rules: readonly CompiledRule[]): boolean =>
  rules.some(
    ({ source }) =>
      source.from === 'clock' &&
      source.clock.edges[typeCode(fact.type)]?.some(
        // What needs something before it begins nothing where nothing was before.
        ({ role, after }) => role === START && after === undefined,
      ) === true,
  );

/**
 * A call that was offered and hung up lost no start: it had none. A check-in that ends a journey which nobody announced
 * is a beginning. So an end is an orphan where it is the first that is heard of its subject, and begins nothing itself;
 * unless the rule says that every one is.
 */
const isOrphan = (
  index: number,
  facts: readonly TickmarkEvent[],
  rule: CompiledRule,
  rules: readonly CompiledRule[],
): boolean => {
  const fact = facts[index];
  if (!fact || isWord(fact) || rule.orphans === 'ignored') return false;
  return rule.orphans === 'all' || (index === 0 && !startsSomething(fact, rules));
};

/** `ends`: the places of ends at which nothing was open. */
export const orphansAmong = (
  ends: readonly number[],
  subject: SubjectId,
  facts: readonly TickmarkEvent[],
  rule: CompiledRule,
  rules: readonly CompiledRule[],
): readonly Orphan[] =>
  ends.flatMap((index) => {
    const fact = facts[index];
    if (!fact || !isOrphan(index, facts, rule, rules)) return [];
    const actor = 'actor' in fact.data ? fact.data.actor : undefined;
    return [{ subject, rule: rule.name, actor: actor ?? UNASSIGNED, atMs: fact.occurredAt, event: fact.id }];
  });
