/** What a page of events has touched: the actor-days to be added up again, and the starts that may end something. */
import type { ActorId, InstantMs, LocalDate } from '../schemas/brand.ts';
import type { Piece, TimeRecord } from '../schemas/record.ts';

/** When the records of one person and measure that changed begin. */
export interface Starts {
  readonly actor: ActorId;
  readonly measure: string;
  /** Ascending, each once. */
  readonly instants: readonly InstantMs[];
}

export interface Touched {
  /** A record appeared, vanished or changed; the days on which its pieces are as they were are left alone. */
  record(
    after: TimeRecord | undefined,
    before: TimeRecord | undefined,
    pieces: readonly Piece[],
    former: readonly Piece[],
  ): void;
  day(actor: ActorId, day: LocalDate): void;
  days(): Iterable<readonly [ActorId, ReadonlySet<LocalDate>]>;
  /** Those since it was asked last. */
  takeStarts(): readonly Starts[];
}

/** Whether both begin alike, as far as the end of another record can depend on it. */
const sameStart = (a: TimeRecord | undefined, b: TimeRecord | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.fromMs === b.fromMs &&
  a.measure === b.measure &&
  a.actor === b.actor &&
  a.tail?.fromMs === b.tail?.fromMs &&
  (a.status === 'retracted') === (b.status === 'retracted');

/** The pieces of each day as text. */
const daysOf = (pieces: readonly Piece[]): ReadonlyMap<LocalDate, string> =>
  new Map([...Map.groupBy(pieces, ({ day }) => day)].map(([day, own]) => [day, JSON.stringify(own)]));

export const newTouched = (): Touched => {
  const days = new Map<ActorId, Set<LocalDate>>();
  const starts = new Map<string, Omit<Starts, 'instants'> & { readonly instants: Set<InstantMs> }>();

  const day = (actor: ActorId, date: LocalDate): void => {
    const known = days.get(actor);
    if (known) known.add(date);
    else days.set(actor, new Set([date]));
  };

  const start = ({ actor, measure, fromMs }: TimeRecord): void => {
    const key = JSON.stringify([actor, measure]);
    const known = starts.get(key);
    if (known) known.instants.add(fromMs);
    else starts.set(key, { actor, measure, instants: new Set([fromMs]) });
  };

  return {
    record: (after, before, pieces, former) => {
      if (!sameStart(after, before)) for (const one of [after, before]) if (one) start(one);
      const [now, then] = [daysOf(pieces), daysOf(former)];
      for (const { actor, day: date } of [...pieces, ...former])
        if (now.get(date) !== then.get(date)) day(actor, date);
    },
    day,
    days: () => days,
    takeStarts: () => {
      const taken = [...starts.values()].map((one) => ({
        ...one,
        instants: [...one.instants].sort((a, b) => a - b),
      }));
      starts.clear();
      return taken;
    },
  };
};

/** Whether any of the ascending instants lies in `[fromMs, toMs]`. */
export const anyWithin = (instants: readonly InstantMs[], fromMs: number, toMs: number): boolean => {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? Infinity) < fromMs) low = middle + 1;
    else high = middle;
  }
  return (instants[low] ?? Infinity) <= toMs;
};
