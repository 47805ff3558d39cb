/** derive: from the facts of one subject to its cycles. Closed over the subject: nothing else is looked at. */
import type { SubjectId } from '../schemas/brand.ts';
import { type Attributes, EVENT_TYPES, type TickmarkEvent, kindOfSubject } from '../schemas/event.ts';
import { UNASSIGNED, runClock } from './clock.ts';
import { type Cycle, shareOut } from './cycle.ts';
import { tolerate } from './interruption.ts';
import type { Plan } from './plan.ts';

/** The order of facts, whatever the order of their arrival: when, the source's own sequence, the id. */
export const byFactOrder = (a: TickmarkEvent, b: TickmarkEvent): number =>
  a.occurredAt - b.occurredAt || (a.sequence ?? 0) - (b.sequence ?? 0) || (a.id < b.id ? -1 : 1);

const NONE: Attributes = {};

const holds = (all: Attributes, some: Attributes): boolean => {
  for (const name in some) if (all[name] !== some[name]) return false;
  return true;
};

const byName = (attributes: Attributes): Attributes => {
  const names = Object.keys(attributes);
  if (names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name)) return attributes;
  return Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** All that the facts say the subject is known by; a later fact overrules an earlier one. Sorted by name. */
const mergeAttributes = (facts: readonly TickmarkEvent[]): Attributes => {
  let merged = NONE;
  // Most sources say the same with every fact: then there is nothing to copy.
  for (const { data } of facts)
    if ('attributes' in data && data.attributes && !holds(merged, data.attributes))
      merged = { ...merged, ...data.attributes };
  return byName(merged);
};

const byInstant = (ordered: readonly TickmarkEvent[]): readonly (readonly TickmarkEvent[])[] => {
  const instants: TickmarkEvent[][] = [];
  for (const event of ordered) {
    const last = instants.at(-1);
    if (last?.[0]?.occurredAt === event.occurredAt) last.push(event);
    else instants.push([event]);
  }
  return instants;
};

/**
 * The cycles of one subject under every rule of its kind, by rule, in order of time.
 * `facts` may come in any order but each only once.
 */
export const derive = (plan: Plan, subject: SubjectId, facts: readonly TickmarkEvent[]): readonly Cycle[] => {
  const rules = plan.rulesByKind.get(kindOfSubject(subject)) ?? [];
  if (rules.length === 0 || facts.length === 0) return [];
  const ordered = facts.length === 1 ? facts : [...facts].sort(byFactOrder);
  const instants = byInstant(ordered);
  const attributes = mergeAttributes(ordered);
  const method = ordered.some(({ type }) => EVENT_TYPES[type].testimony === 'person') ? 'manual' : 'auto';
  const cycles = rules
    .filter((rule) => rule.appliesTo(attributes))
    .flatMap((rule) =>
      tolerate(runClock(rule, instants), rule.keepUpToMs).flatMap((line, index) =>
        shareOut(line, { subject, rule, number: index + 1, method, attributes, facts: facts.length }),
      ),
    );
  return cycles.filter(({ rule, actor }) => actor !== UNASSIGNED || !rule.skipsUnassigned);
};
