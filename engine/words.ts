/** Words: what people said of a subject's time afterwards. They edit nothing; settling listens to them. */
import {
  type ActorId,
  type DurationMs,
  type EventId,
  type InstantMs,
  type SubjectId,
  elapsed,
  later,
} from '../schemas/brand.ts';
import { EVENT_TYPES, type TickmarkEvent } from '../schemas/event.ts';
import { byFactOrder } from './fact-order.ts';
import { latestWords } from './latest-word.ts';
import type { Shares } from '../schemas/shares.ts';
import type { Interval } from './interval/interval.ts';

export interface Correction extends Interval {
  readonly actor: ActorId;
  /** Which rule's record; all of the person when undefined. */
  readonly rule: string | undefined;
  readonly effect: 'add' | 'remove';
  readonly event: EventId;
}

export interface Words {
  readonly retracted: EventId | undefined;
  readonly corrections: readonly Correction[];
  /** The last word on how each person's time is shared out. */
  readonly allocations: ReadonlyMap<ActorId, Shares>;
  /** When somebody last approved the declared time of a person. What is told later waits anew. */
  readonly approvedMs: ReadonlyMap<ActorId, InstantMs>;
  /** When each fact was told that a person testifies to. */
  readonly toldMs: ReadonlyMap<EventId, InstantMs>;
  /** How late each fact was told that a person testifies to. */
  readonly latenessMs: ReadonlyMap<EventId, DurationMs>;
  /** Time that was typed in without a reason. */
  readonly unreasoned: ReadonlySet<EventId>;
  /** The subject that this one turned out to be. */
  readonly mergedInto: SubjectId | undefined;
}

export const NO_WORDS: Words = {
  retracted: undefined,
  corrections: [],
  allocations: new Map(),
  approvedMs: new Map(),
  toldMs: new Map(),
  latenessMs: new Map(),
  unreasoned: new Set(),
  mergedInto: undefined,
};

/** Said about time that is in the log already; it moves no clock. */
export const isWord = ({ type }: TickmarkEvent): boolean => EVENT_TYPES[type].kind === 'any';

/** A person says so. */
export const isTestimony = ({ type }: TickmarkEvent): boolean => EVENT_TYPES[type].testimony === 'person';

const correctionsOf = (facts: readonly TickmarkEvent[]): readonly Correction[] =>
  facts.flatMap(({ type, data, id }): readonly Correction[] => {
    if (type !== 'TimeCorrected' || data.fromMs >= data.toMs) return [];
    const { actor, rule, effect, fromMs, toMs } = data;
    return [{ actor, rule, effect, fromMs, toMs, event: id }];
  });

/** `facts` of one subject, and of those that were merged into it, in any order. */
export const wordsOf = (told: readonly TickmarkEvent[]): Words => {
  if (!told.some(isTestimony) && !told.some(isWord)) return NO_WORDS;
  const facts = latestWords(told).toSorted(byFactOrder);
  const allocations = new Map<ActorId, Shares>();
  const approvedMs = new Map<ActorId, InstantMs>();
  const toldMs = new Map<EventId, InstantMs>();
  const latenessMs = new Map<EventId, DurationMs>();
  const unreasoned = new Set<EventId>();
  let retracted: EventId | undefined;
  let mergedInto: SubjectId | undefined;
  for (const fact of facts) {
    const { type, data } = fact;
    if (type === 'TimeRetracted') retracted ??= fact.id;
    else if (type === 'TimeAllocated') allocations.set(data.actor, data.over);
    else if (type === 'TimeApproved')
      approvedMs.set(data.actor, later(approvedMs.get(data.actor) ?? fact.recordedAt, fact.recordedAt));
    else if (type === 'SubjectMerged') mergedInto = data.into;
    else if (type === 'TimeEntered' && data.reason === undefined) unreasoned.add(fact.id);
    if (!isTestimony(fact)) continue;
    latenessMs.set(fact.id, elapsed(fact.occurredAt, fact.recordedAt));
    toldMs.set(fact.id, fact.recordedAt);
  }
  const corrections = correctionsOf(facts);
  return { retracted, corrections, allocations, approvedMs, toldMs, latenessMs, unreasoned, mergedInto };
};
