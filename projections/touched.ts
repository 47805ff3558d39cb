/** What a page of events has touched: the actor-days to be added up again, and the starts that may end something. */
import type { ActorId, InstantMs, LocalDate } from '../schemas/brand.ts';
import { earlier, later } from '../schemas/brand.ts';
import type { Piece, TimeRecord } from '../schemas/record.ts';

export interface StartWindow {
  readonly actor: ActorId;
  readonly measure: string;
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

export interface Touched {
  /** A record appeared, vanished or changed. */
  record(record: TimeRecord, pieces: readonly Piece[]): void;
  day(actor: ActorId, day: LocalDate): void;
  days(): Iterable<readonly [ActorId, ReadonlySet<LocalDate>]>;
  /** For every actor and measure, between which instants records that changed begin. */
  starts(): Iterable<StartWindow>;
}

export const newTouched = (): Touched => {
  const days = new Map<ActorId, Set<LocalDate>>();
  const starts = new Map<string, StartWindow>();

  const day = (actor: ActorId, date: LocalDate): void => {
    const known = days.get(actor);
    if (known) known.add(date);
    else days.set(actor, new Set([date]));
  };

  const start = ({ actor, measure, fromMs }: TimeRecord): void => {
    const key = JSON.stringify([actor, measure]);
    const known = starts.get(key);
    starts.set(
      key,
      known
        ? { actor, measure, fromMs: earlier(known.fromMs, fromMs), toMs: later(known.toMs, fromMs) }
        : { actor, measure, fromMs, toMs: fromMs },
    );
  };

  return {
    record: (record, pieces) => {
      start(record);
      for (const piece of pieces) day(piece.actor, piece.day);
    },
    day,
    days: () => days,
    starts: () => starts.values(),
  };
};
