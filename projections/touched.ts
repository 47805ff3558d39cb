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
  /** A record appeared, vanished or changed. */
  record(record: TimeRecord, pieces: readonly Piece[]): void;
  day(actor: ActorId, day: LocalDate): void;
  days(): Iterable<readonly [ActorId, ReadonlySet<LocalDate>]>;
  starts(): readonly Starts[];
}

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
    record: (record, pieces) => {
      start(record);
      for (const piece of pieces) day(piece.actor, piece.day);
    },
    day,
    days: () => days,
    starts: () =>
      [...starts.values()].map((one) => ({ ...one, instants: [...one.instants].sort((a, b) => a - b) })),
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
