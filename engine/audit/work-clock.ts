/** Work clocks: those that run while somebody works, and not while something merely is theirs. */
import type { CompiledRule, Plan } from '../plan.ts';

/** The measure of the clocks that `clocks: [wall, business]` puts beside others: they run through the night. */
const WALL = 'wall';

/**
 * A call, a visit or a timer occupies a person from its start to its end. A ticket is open for days: from start to stop
 * it tells whose it was and not that they worked without a break. Bare activity (`session`) is work on a ticket too.
 */
export const isWorkClock = (plan: Plan, rule: CompiledRule): boolean => {
  const { source, measure } = rule;
  if (measure === WALL) return false;
  if (source.from === 'activity') return true;
  if (source.from === 'rules')
    return source.rules.every((name) => {
      const part = plan.rulesByName.get(name);
      return part !== undefined && isWorkClock(plan, part);
    });
  return !(plan.rulesByKind.get('ticket') ?? []).includes(rule);
};

/** The same of the rule that a record or a piece names. */
export const isOfWorkClock = (plan: Plan, { rule }: { readonly rule: string }): boolean => {
  const compiled = plan.rulesByName.get(rule);
  return compiled !== undefined && isWorkClock(plan, compiled);
};
