/** Starts: when everybody began what, for open ends that the person's next start closes. */
import type { ActorId, InstantMs, RecordId, SubjectId } from '../schemas/brand.ts';
import type { TimeRecord } from '../schemas/record.ts';
import { compareText } from '../schemas/text-order.ts';
import type { NextStart } from '../engine/index.ts';

export interface Start extends NextStart {
  readonly subject: SubjectId;
  /** It has no end since: of several such in one instant each is ended only by those behind it. */
  readonly isOpen: boolean;
}

/** By measure and person. Plain data: it can be handed to another thread. */
export type StartsByPerson = Map<string, Map<ActorId, Start[]>>;

export interface Starts {
  /** Only records that begin something. */
  add(record: TimeRecord): void;
  /** All of them so far, in no order. */
  all(): StartsByPerson;
  join(others: StartsByPerson): void;
  /** As `RowTransaction.nextStart`; nothing may be added afterwards. */
  next(
    actor: ActorId,
    measure: string,
    atMs: InstantMs,
    otherThan: SubjectId,
    rank: RecordId | undefined,
  ): NextStart | undefined;
}

const byTime = (a: Start, b: Start): number => a.atMs - b.atMs || compareText(a.record, b.record);

/** The place of the first start at or after `atMs`. */
const firstFrom = (starts: readonly Start[], atMs: InstantMs): number => {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle]?.atMs ?? Infinity) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** `measures`: those in which a start can end anything. */
export const newStarts = (measures: ReadonlySet<string>): Starts => {
  const byMeasure: StartsByPerson = new Map(
    [...measures].map((measure) => [measure, new Map<ActorId, Start[]>()]),
  );
  const sorted = new WeakSet<readonly Start[]>();
  const startsOf = (actor: ActorId, measure: string): Start[] => {
    const people = byMeasure.get(measure);
    const known = people?.get(actor) ?? [];
    if (known.length === 0) people?.set(actor, known);
    return known;
  };
  return {
    add: ({ actor, measure, fromMs, id, subject, tail }) => {
      if (measures.has(measure))
        startsOf(actor, measure).push({ atMs: fromMs, record: id, subject, isOpen: tail?.fromMs === fromMs });
    },
    all: () => byMeasure,
    join: (others) => {
      for (const [measure, people] of others)
        for (const [actor, starts] of people) startsOf(actor, measure).push(...starts);
    },
    next: (actor, measure, atMs, otherThan, rank) => {
      const starts = startsOf(actor, measure);
      if (!sorted.has(starts)) sorted.add(starts.sort(byTime));
      for (let at = firstFrom(starts, atMs); at < starts.length; at += 1) {
        const start = starts[at];
        if (!start || start.subject === otherThan) continue;
        const isTied = start.atMs === atMs && start.isOpen && rank !== undefined;
        if (!isTied || compareText(start.record, rank) > 0) return { atMs: start.atMs, record: start.record };
      }
      return undefined;
    },
  };
};
