/** merge: subjects that turned out to be one. Their facts are read apart and their time is counted once. */
import type { SubjectId } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import type { Because, Span } from '../schemas/record.ts';
import { compareText } from '../schemas/text-order.ts';
import type { Cycle } from './cycle.ts';
import { byFactOrder } from './fact-order.ts';
import { byStart } from './interval/interval.ts';
import { latestWords } from './latest-word.ts';
import { type Account, type Hole, type Naming, moveOut } from './policy/account.ts';

/** Time that other records of the same person, rule and subject count. */
export interface CountedTime {
  readonly spans: readonly Span[];
  readonly reason: 'merged' | 'counted-already';
}

/**
 *     counted   |== a ==|        |== c ==|
 *                    |== b ==|
 *     holes     |------------|   |-------|     from what opened a until what closed b
 */
const holesOf = ({ spans, reason }: CountedTime, { namesOuterEnds }: Naming): readonly Hole[] => {
  const told = ({ event }: Because): Because =>
    namesOuterEnds && event !== undefined ? { clause: reason, event } : { clause: reason };
  const holes: Hole[] = [];
  for (const { fromMs, toMs, opened, closed } of spans.toSorted(byStart)) {
    if (fromMs === toMs) continue;
    const last = holes.at(-1);
    if (last === undefined || fromMs > last.toMs)
      holes.push({ fromMs, toMs, because: told(opened), until: told(closed) });
    else if (toMs > last.toMs) holes[holes.length - 1] = { ...last, toMs, until: told(closed) };
  }
  return holes;
};

/** What is counted already is taken out. */
export const withoutCounted = (account: Account, counted: CountedTime, naming: Naming): Account =>
  moveOut(account, holesOf(counted, naming), counted.reason, naming);

/** Where each merged subject went. The last word on a subject holds, whichever was heard first. */
export const mergesIn = (facts: readonly TickmarkEvent[]): ReadonlyMap<SubjectId, SubjectId> => {
  const words = latestWords(facts.filter(({ type }) => type === 'SubjectMerged')).toSorted(byFactOrder);
  const merges = new Map<SubjectId, SubjectId>();
  for (const { type, data, subject } of words) if (type === 'SubjectMerged') merges.set(subject, data.into);
  return merges;
};

/** The subject that a subject is read with in the end. Who is merged in a circle stays alone. */
export const rootOf = (subject: SubjectId, merges: ReadonlyMap<SubjectId, SubjectId>): SubjectId => {
  const seen = new Set([subject]);
  let root = subject;
  for (let next = merges.get(root); next !== undefined; next = merges.get(root)) {
    if (seen.has(next)) return subject;
    seen.add(next);
    root = next;
  }
  return root;
};

/** In order: the root's own facts first, then those of the others by their names. */
export const bySubject = (
  root: SubjectId,
  facts: readonly TickmarkEvent[],
): readonly (readonly TickmarkEvent[])[] =>
  [...Map.groupBy(facts, ({ subject }) => subject)]
    .sort(([a], [b]) => (a === root ? -1 : b === root ? 1 : compareText(a, b)))
    .map(([, own]) => own);

/**
 *     T1      |==========30==========|
 *     T2                          |==20==========|
 *     one     |==========30==========|-5-|==15===|
 *
 * What an earlier subject counts already for the same person and rule is taken out of the later ones.
 */
export const mergeCycles = (lists: readonly (readonly Cycle[])[]): readonly Cycle[] => {
  const merged: Cycle[] = [];
  for (const cycles of lists) {
    const before = [...merged];
    for (const cycle of cycles) {
      const same = before.filter(({ rule }) => rule === cycle.rule);
      const counted = same.filter(({ actor }) => actor === cycle.actor).flatMap(({ spans }) => spans);
      const left = withoutCounted(cycle, { spans: counted, reason: 'merged' }, cycle.rule);
      // A point that another subject counts already leaves nothing behind.
      if (left.spans.length === 0 && left.subtracted.length === 0 && !cycle.tail) continue;
      const number = cycle.number + Math.max(0, ...same.map((other) => other.number));
      merged.push({ ...cycle, ...left, number });
    }
  }
  return merged;
};
