/** Attributes: what a subject is known by, put together from its facts. */
import type { Attributes, TickmarkEvent } from '../schemas/event.ts';

const NONE: Attributes = {};

const holds = (all: Attributes, some: Attributes): boolean => {
  for (const name in some) if (all[name] !== some[name]) return false;
  return true;
};

const byName = (attributes: Attributes): Attributes => {
  const names = Object.keys(attributes);
  if (names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name)) return attributes;
  return Object.fromEntries(names.sort().map((name) => [name, attributes[name] ?? '']));
};

/** All that the facts say the subject is known by; a later fact overrules an earlier one. Sorted by name. */
export const mergeAttributes = (facts: readonly TickmarkEvent[]): Attributes => {
  let merged = NONE;
  // Most sources say the same with every fact: then there is nothing to copy.
  for (const { data } of facts)
    if ('attributes' in data && data.attributes && !holds(merged, data.attributes))
      merged = merged === NONE ? data.attributes : { ...merged, ...data.attributes };
  return byName(merged);
};
