/** Exempt time: shown and not counted, because the rule says so of the subject or the team, or because it was granted. */
import { type EventId, instantMs } from '../../schemas/brand.ts';
import type { Because } from '../../schemas/record.ts';
import type { Cycle } from '../cycle.ts';
import type { Person } from '../person.ts';
import type { ExemptPolicy } from '../plan.ts';
import { type Account, type Hole, moveOut } from './account.ts';

const ALWAYS = { fromMs: instantMs(Number.MIN_SAFE_INTEGER), toMs: instantMs(Number.MAX_SAFE_INTEGER) };
const BY_RULE = { clause: 'exempt.when' };

/** The stretches of time in which the person's team makes the condition true. */
const byRule = (
  { when }: ExemptPolicy,
  { attributes, rule: { namesOuterEnds } }: Cycle,
  { teams }: Person,
): readonly Hole[] => {
  if (when === undefined) return [];
  const held = [{ fromMs: ALWAYS.fromMs, value: undefined, event: undefined }, ...teams];
  // Where it is true of whoever has no team, no team made it so.
  const asksTeam = !when(attributes, undefined);
  const told = (event: EventId | undefined): Because =>
    namesOuterEnds && asksTeam && event !== undefined ? { ...BY_RULE, event } : BY_RULE;
  return held.flatMap(({ fromMs, value, event }, index) => {
    const next = held[index + 1];
    const toMs = next?.fromMs ?? ALWAYS.toMs;
    return when(attributes, value) ? [{ fromMs, toMs, because: told(event), until: told(next?.event) }] : [];
  });
};

const byGrant = ({ granted }: ExemptPolicy, { exemptions }: Person): readonly Hole[] =>
  exemptions
    .filter(({ category }) => granted.includes(category))
    .map(({ fromMs, toMs, category, event }) => ({
      fromMs,
      toMs,
      because: { clause: 'exempt.granted', event },
      code: category,
    }));

export const withoutExempt = (account: Account, cycle: Cycle, person: Person): Account => {
  const { exempt } = cycle.rule;
  return exempt === undefined
    ? account
    : moveOut(account, [...byRule(exempt, cycle, person), ...byGrant(exempt, person)], 'exempt', cycle.rule);
};
