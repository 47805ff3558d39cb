/** A rehearsal: what would become of signals, told by the corridor itself over a log that nobody keeps. */
import type { TickmarkEvent } from '../schemas/event.ts';
import type { Dialect, Signal } from '../schemas/signal.ts';
import { byName } from './dialect-of.ts';
import { type Arrival, type IntakeSetup, type Outcome, openIntake } from './intake.ts';

/** Stores that are empty and gone afterwards. */
export type RehearsalStores = Pick<IntakeSetup, 'log' | 'deadLetters'>;

export interface Rehearsed {
  readonly signal: Signal;
  readonly outcome: Outcome;
  /** What it told the log; of a contradiction, what the log refused. */
  readonly events: readonly TickmarkEvent[];
}

/** What became of all of them. */
export interface Totals {
  readonly messages: number;
  readonly accepted: number;
  readonly facts: number;
  /** How many, by the reason. */
  readonly ignored: Readonly<Record<string, number>>;
  /** How many, by the code. */
  readonly rejected: Readonly<Record<string, number>>;
}

export const NO_TOTALS: Totals = { messages: 0, accepted: 0, facts: 0, ignored: {}, rejected: {} };

const oneMore = (counts: Totals['ignored'], name: string): Totals['ignored'] => ({
  ...counts,
  [name]: (counts[name] ?? 0) + 1,
});

export const addRehearsed = (totals: Totals, { outcome, events }: Rehearsed): Totals => {
  const sum = { ...totals, messages: totals.messages + 1 };
  switch (outcome.status) {
    case 'accepted':
      return { ...sum, accepted: sum.accepted + 1, facts: sum.facts + events.length };
    case 'ignored':
      return { ...sum, ignored: oneMore(sum.ignored, outcome.because) };
    case 'rejected':
      return { ...sum, rejected: oneMore(sum.rejected, outcome.letter.rejection.code) };
  }
};

/** Call by call: repetitions and contradictions among the signals show as they would in a log. */
export const openRehearsal = (
  { log, deadLetters }: RehearsalStores,
  dialect: Dialect,
): ((arrival: Arrival) => Promise<Rehearsed>) => {
  let told: readonly TickmarkEvent[] = [];
  const listening: RehearsalStores['log'] = {
    append: (appends) => {
      told = appends.flatMap(({ events }) => events);
      return log.append(appends);
    },
  };
  const intake = openIntake({ log: listening, deadLetters, dialectOf: byName(dialect) });
  return async (arrival) => {
    told = [];
    const [outcome] = await intake.settle([arrival]);
    if (!outcome) throw new Error('a signal was taken in and nothing became of it');
    return { signal: arrival.signal, outcome, events: told };
  };
};
