/** The one corridor: translate -> check -> stamp -> append -> acknowledge. Every source comes through here. */
import type { EventId, InstantMs } from '../schemas/brand.ts';
import { EventDraft, type TickmarkEvent, stampDraft } from '../schemas/event.ts';
import type { DeadLetter, Dialect, Rejection, Signal, Translation } from '../schemas/signal.ts';
import { zoneProblem } from '../engine/index.ts';
import type { AppendResult, DeadLetters, EventLog, StreamAppend } from '../projections/ports.ts';
import type { DialectOf } from './dialect-of.ts';
import { deadLetterIdOf, identityOf, signalHashOf } from './event-id.ts';

/** A source's clock may run ahead this far before its word on the future is put aside. */
const FUTURE_TOLERANCE_MS = 5 * 60_000;

/** A signal as a carrier hands it over; some are unreadable before any dialect sees them. */
export type Arrival =
  | { readonly status: 'signal'; readonly signal: Signal }
  | { readonly status: 'rejected'; readonly signal: Signal; readonly rejection: Rejection };

/** Where one delivery holds many messages, each is a signal of its own. */
export const splitArrival = ({ split }: Pick<Dialect, 'split'>, arrival: Arrival): readonly Arrival[] => {
  if (arrival.status === 'rejected' || !split) return [arrival];
  return split(arrival.signal).map((signal) => ({ status: 'signal', signal }));
};

/** What became of the signals so far. signals = accepted + ignored + rejected. */
export interface IntakeCounts {
  readonly signals: number;
  /** Signals whose events are in the log. */
  readonly accepted: number;
  readonly ignored: Readonly<Record<string, number>>;
  readonly rejected: number;
  /** Events written, and events that the log had already. */
  readonly appended: number;
  readonly duplicates: number;
}

/** What became of one signal. */
export type Outcome = Written &
  (
    | { readonly status: 'accepted' }
    | { readonly status: 'ignored'; readonly because: string }
    | { readonly status: 'rejected'; readonly letter: DeadLetter }
  );

/** Events of a signal that were written, and those that the log had already. */
interface Written {
  readonly appended: number;
  readonly duplicates: number;
}

export interface Intake {
  /** Resolves when every signal is durable: as events or as a dead letter. Then the carrier may acknowledge. */
  take(arrivals: readonly Arrival[]): Promise<IntakeCounts>;
  /** The same, told signal by signal, in their order. */
  settle(arrivals: readonly Arrival[]): Promise<readonly Outcome[]>;
}

export interface IntakeSetup {
  readonly log: Pick<EventLog, 'append'>;
  readonly deadLetters: Pick<DeadLetters, 'put' | 'list' | 'resolve'>;
  readonly dialectOf: DialectOf;
  /** What counts as the future; the moment of each signal's receipt when absent. A retry comes later than that. */
  readonly now?: () => InstantMs;
}

type Understood =
  | { readonly status: 'events'; readonly signal: Signal; readonly events: readonly TickmarkEvent[] }
  | { readonly status: 'ignored'; readonly signal: Signal; readonly because: string }
  | { readonly status: 'rejected'; readonly signal: Signal; readonly rejection: Rejection };

const rejected = (signal: Signal, rejection: Rejection): Understood => ({
  status: 'rejected',
  signal,
  rejection,
});

/** What the schema of an event cannot see: a time that has not come, a zone that nobody knows. */
const unfitFor = ({ type, data, occurredAt }: EventDraft, nowMs: InstantMs): Rejection | undefined => {
  const aheadMs = occurredAt - nowMs;
  if (aheadMs > FUTURE_TOLERANCE_MS)
    return {
      code: 'future-dated',
      message: `${type} lies ${Math.round(aheadMs / 1000)} s after its receipt; check the time zone and the source's clock, then retry`,
    };
  const zone = type === 'PersonMovedToZone' ? zoneProblem(data.zone) : undefined;
  return zone === undefined ? undefined : { code: 'invalid-event', message: `${type}: ${zone}` };
};

/** What the schema has against a draft that nobody has held against it yet. */
const misfitOf = (draft: EventDraft): Rejection | undefined => {
  const [issue] = EventDraft.safeParse(draft).error?.issues ?? [];
  return (
    issue && { code: 'invalid-event', message: `${draft.type}: ${issue.path.join('.')} ${issue.message}` }
  );
};

/** All events of a signal, or the first reason why it has none. */
const stampAll = (
  signal: Signal,
  dialect: Dialect,
  { events: drafts, checked }: Extract<Translation, { status: 'events' }>,
  nowMs: InstantMs,
): Understood => {
  const name = `${dialect.name}@${dialect.version}`;
  const signalHash = signalHashOf(signal.raw);
  const events: TickmarkEvent[] = [];
  for (const draft of drafts) {
    const unfit = (checked === true ? undefined : misfitOf(draft)) ?? unfitFor(draft, nowMs);
    if (unfit) return rejected(signal, unfit);
    events.push(
      stampDraft(draft, {
        ...identityOf(signal.source, draft),
        source: signal.source,
        recordedAt: signal.receivedAt,
        dialect: name,
        signalHash,
      }),
    );
  }
  return { status: 'events', signal, events };
};

/** A translator that fails on one signal must not hold up the others behind it. */
const translate = (dialect: Dialect, signal: Signal): Translation => {
  try {
    return dialect.translate(signal);
  } catch (error) {
    const message = `${dialect.name}@${dialect.version} failed on it: ${error instanceof Error ? error.message : String(error)}`;
    return { status: 'rejected', rejection: { code: 'translator-failed', message } };
  }
};

const understand = (arrival: Arrival, dialectOf: DialectOf, now: IntakeSetup['now']): Understood => {
  if (arrival.status === 'rejected') return arrival;
  const { signal } = arrival;
  const dialect = dialectOf(signal);
  if ('code' in dialect) return rejected(signal, dialect);
  const translation = translate(dialect, signal);
  switch (translation.status) {
    case 'events':
      return stampAll(signal, dialect, translation, now?.() ?? signal.receivedAt);
    case 'ignored':
      return { ...translation, signal };
    case 'rejected':
      return rejected(signal, translation.rejection);
  }
};

const letterOf = (signal: Signal, rejection: Rejection): DeadLetter => ({
  id: deadLetterIdOf(signal),
  signal,
  rejection,
  receivedAt: signal.receivedAt,
  status: 'waiting',
});

type Accepted = Extract<Understood, { status: 'events' }>;

/** One append for each signal and subject, so that a signal that contradicts the log leaves nothing there. */
const appendsOf = ({ events }: Accepted): readonly StreamAppend[] =>
  [...Map.groupBy(events, ({ subject }) => subject)].map(([stream, own]) => ({
    stream,
    expected: { at: 'any' },
    events: own,
  }));

interface Appended extends Written {
  /** The event of the log that the signal contradicts. */
  readonly conflict?: EventId;
}

const NOTHING_APPENDED: Appended = { appended: 0, duplicates: 0 };

const add = (sum: Appended, result: AppendResult): Appended => {
  switch (result.status) {
    case 'appended':
      return {
        ...sum,
        appended: sum.appended + result.appended,
        duplicates: sum.duplicates + result.duplicates,
      };
    case 'conflicting':
      return { ...sum, conflict: result.id };
    case 'wrong-expected-version':
      throw new Error('an append without expectation was refused');
  }
};

/** What the log says to each of them, in their order. */
const append = async (
  log: IntakeSetup['log'],
  understood: readonly Understood[],
): Promise<readonly Appended[]> => {
  const appends = understood.flatMap((one, index) =>
    one.status === 'events' ? appendsOf(one).map((own) => ({ own, index })) : [],
  );
  const results = appends.length === 0 ? [] : await log.append(appends.map(({ own }) => own));
  const sums = understood.map(() => NOTHING_APPENDED);
  for (const [at, result] of results.entries()) {
    const index = appends[at]?.index ?? 0;
    sums[index] = add(sums[index] ?? NOTHING_APPENDED, result);
  }
  return sums;
};

const conflictOf = (id: EventId): Rejection => ({
  code: 'conflicting-duplicate',
  message: `the log holds event ${id} with other content: either its ids are not unique (with a mapping: the id columns), or the source corrected itself and needs a revision`,
});

const outcomeOf = (one: Understood, { conflict, ...written }: Appended): Outcome => {
  if (one.status === 'ignored') return { ...written, status: 'ignored', because: one.because };
  if (one.status === 'rejected')
    return { ...written, status: 'rejected', letter: letterOf(one.signal, one.rejection) };
  return conflict === undefined
    ? { ...written, status: 'accepted' }
    : { ...written, status: 'rejected', letter: letterOf(one.signal, conflictOf(conflict)) };
};

/** Letters whose signal has been understood after all, by a better mapping or a second look, need no retry. */
const letterBox = (deadLetters: IntakeSetup['deadLetters']) => {
  let waiting: Set<string> | undefined;
  const known = async (): Promise<Set<string>> =>
    (waiting ??= new Set((await deadLetters.list('waiting')).map(({ id }) => id)));
  return {
    put: async (letters: readonly DeadLetter[]): Promise<void> => {
      if (letters.length === 0) return;
      await deadLetters.put(letters);
      for (const { id } of letters) waiting?.add(id);
    },
    resolve: async (understood: readonly Signal[]): Promise<void> => {
      const ids = await known();
      if (ids.size === 0) return;
      const resolved = understood.map(deadLetterIdOf).filter((id) => ids.has(id));
      if (resolved.length > 0) await deadLetters.resolve(resolved);
      for (const id of resolved) ids.delete(id);
    },
  };
};

/** Opens the corridor. Calls must not overlap: order within a source is kept. */
export const openIntake = ({ log, deadLetters, dialectOf, now }: IntakeSetup): Intake => {
  const letters = letterBox(deadLetters);
  const settle = async (arrivals: readonly Arrival[]): Promise<readonly Outcome[]> => {
    const understood = arrivals.map((arrival) => understand(arrival, dialectOf, now));
    const appended = await append(log, understood);
    const outcomes = understood.map((one, index) => outcomeOf(one, appended[index] ?? NOTHING_APPENDED));
    const isRejected = (index: number): boolean => outcomes[index]?.status === 'rejected';
    await letters.resolve(understood.flatMap(({ signal }, index) => (isRejected(index) ? [] : [signal])));
    await letters.put(outcomes.flatMap((one) => (one.status === 'rejected' ? [one.letter] : [])));
    return outcomes;
  };
  return { settle, take: async (arrivals) => countsOf(await settle(arrivals)) };
};

export const NO_COUNTS: IntakeCounts = {
  signals: 0,
  accepted: 0,
  ignored: {},
  rejected: 0,
  appended: 0,
  duplicates: 0,
};

export const countsOf = (outcomes: readonly Outcome[]): IntakeCounts => {
  const counts = { ...NO_COUNTS, signals: outcomes.length };
  const ignored: Record<string, number> = {};
  for (const outcome of outcomes) {
    counts.appended += outcome.appended;
    counts.duplicates += outcome.duplicates;
    if (outcome.status === 'accepted') counts.accepted += 1;
    else if (outcome.status === 'rejected') counts.rejected += 1;
    else ignored[outcome.because] = (ignored[outcome.because] ?? 0) + 1;
  }
  return { ...counts, ignored };
};

export const addCounts = (a: IntakeCounts, b: IntakeCounts): IntakeCounts => {
  const ignored: Record<string, number> = { ...a.ignored };
  for (const [because, count] of Object.entries(b.ignored))
    ignored[because] = (ignored[because] ?? 0) + count;
  return {
    signals: a.signals + b.signals,
    accepted: a.accepted + b.accepted,
    ignored,
    rejected: a.rejected + b.rejected,
    appended: a.appended + b.appended,
    duplicates: a.duplicates + b.duplicates,
  };
};
