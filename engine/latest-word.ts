/** The latest word: where a source corrects itself, only what it said last about a fact moves clocks. */
import type { EventId } from '../schemas/brand.ts';
import { type SubjectKind, type TickmarkEvent, kindOf } from '../schemas/event.ts';

/** Of people and of sources every word holds, from its instant until the next: they are not revised. */
const UNREVISED: ReadonlySet<SubjectKind> = new Set(['person', 'presence', 'source', 'ruleset', 'seal']);

/** The word without a revision is the first of all, and its id is that of the fact. */
const factOf = ({ id, fact = id }: TickmarkEvent): EventId => fact;
const revisionOf = ({ revision = 0 }: TickmarkEvent): number => revision;

const isRevised = ({ fact, type }: TickmarkEvent): boolean =>
  fact !== undefined && !UNREVISED.has(kindOf(type));

/** By fact. Two words of one revision have one id: the log holds one of them. */
const lastWords = (facts: readonly TickmarkEvent[]): ReadonlyMap<EventId, TickmarkEvent> => {
  const last = new Map<EventId, TickmarkEvent>();
  for (const word of facts) {
    if (!isRevised(word)) continue;
    const known = last.get(factOf(word));
    if (known === undefined || revisionOf(known) < revisionOf(word)) last.set(factOf(word), word);
  }
  return last;
};

/** Every word that counts no longer, with the one that stands in its place. `facts` in any order. */
export const replacements = (facts: readonly TickmarkEvent[]): ReadonlyMap<EventId, EventId> => {
  const last = lastWords(facts);
  const replaced = new Map<EventId, EventId>();
  for (const word of facts) {
    const counts = last.get(factOf(word));
    if (counts !== undefined && counts.id !== word.id) replaced.set(word.id, counts.id);
  }
  return replaced;
};

/**
 *     arrived    A, revision 2    A    A, revision 1    B
 *     ->         A, revision 2                          B
 */
export const latestWords = (facts: readonly TickmarkEvent[]): readonly TickmarkEvent[] => {
  // Most sources never correct themselves.
  if (!facts.some(isRevised)) return facts;
  const replaced = replacements(facts);
  return facts.filter(({ id }) => !replaced.has(id));
};
