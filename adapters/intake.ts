/** The one corridor: translate -> check -> stamp -> append -> acknowledge. Every source comes through here. */
import type { EventId, InstantMs } from '../schemas/brand.ts';
import { EventDraft, type TickmarkEvent, stampDraft } from '../schemas/event.ts';
import type { DeadLetter, Dialect, Rejection, Signal } from '../schemas/signal.ts';
import { zoneProblem } from '../engine/index.ts';
import type { DeadLetters, EventLog, StreamAppend } from '../projections/ports.ts';
import { deadLetterIdOf, eventIdOf, signalHashOf } from './event-id.ts';

/** A source's clock may run ahead this far before its word on the future is put aside. */
const FUTURE_TOLERANCE_MS = 5 * 60_000;

/** A signal as a carrier hands it over; some are unreadable before any dialect sees them. */
export type Arrival =
  | { readonly status: 'signal'; readonly signal: Signal }
  | { readonly status: 'rejected'; readonly signal: Signal; readonly rejection: Rejection };

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

export interface Intake {
  /** Resolves when every signal is durable: as events or as a dead letter. Then the carrier may acknowledge. */
  take(arrivals: readonly Arrival[]): Promise<IntakeCounts>;
}

export interface IntakeSetup {
  readonly log: Pick<EventLog, 'append'>;
  readonly deadLetters: Pick<DeadLetters, 'put' | 'list' | 'resolve'>;
  readonly dialects: readonly Dialect[];
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

/** All events of a signal, or the first reason why it has none. */
const stampAll = (
  signal: Signal,
  dialect: Dialect,
  drafts: readonly EventDraft[],
  nowMs: InstantMs,
): Understood => {
  const name = `${dialect.name}@${dialect.version}`;
  const signalHash = signalHashOf(signal.raw);
  const events: TickmarkEvent[] = [];
  for (const draft of drafts) {
    const parsed = EventDraft.safeParse(draft);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const message = `${draft.type}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
      return rejected(signal, { code: 'invalid-event', message });
    }
    const unfit = unfitFor(parsed.data, nowMs);
    if (unfit) return rejected(signal, unfit);
    events.push(
      stampDraft(parsed.data, {
        id: eventIdOf(signal.source, parsed.data),
        source: signal.source,
        recordedAt: signal.receivedAt,
        dialect: name,
        signalHash,
      }),
    );
  }
  return { status: 'events', signal, events };
};

const understand = (
  arrival: Arrival,
  dialects: ReadonlyMap<string, Dialect>,
  now: IntakeSetup['now'],
): Understood => {
  if (arrival.status === 'rejected') return arrival;
  const { signal } = arrival;
  const dialect = dialects.get(signal.dialect);
  if (!dialect)
    return rejected(signal, {
      code: 'unknown-type',
      message: `no dialect "${signal.dialect}" here; known: ${[...dialects.keys()].join(', ')}`,
    });
  const translation = dialect.translate(signal);
  switch (translation.status) {
    case 'events':
      return stampAll(signal, dialect, translation.events, now?.() ?? signal.receivedAt);
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

interface Appended {
  readonly appended: number;
  readonly duplicates: number;
  /** The signals that contradict the log, each with the event that does. */
  readonly conflicts: ReadonlyMap<Signal, EventId>;
}

const append = async (log: Pick<EventLog, 'append'>, accepted: readonly Accepted[]): Promise<Appended> => {
  const appends = accepted.flatMap((one) => appendsOf(one).map((own) => ({ own, signal: one.signal })));
  const results = appends.length === 0 ? [] : await log.append(appends.map(({ own }) => own));
  const conflicts = new Map<Signal, EventId>();
  let appended = 0;
  let duplicates = 0;
  for (const [index, result] of results.entries()) {
    const signal = appends[index]?.signal;
    if (result.status === 'appended') {
      appended += result.appended;
      duplicates += result.duplicates;
    } else if (result.status === 'conflicting' && signal) conflicts.set(signal, result.id);
    else throw new Error('an append without expectation was refused');
  }
  return { appended, duplicates, conflicts };
};

const conflictOf = (id: EventId): Rejection => ({
  code: 'conflicting-duplicate',
  message: `the log holds event ${id} with other content: either its ids are not unique (with a mapping: the id columns), or the source corrected itself and needs a revision`,
});

/** Letters whose signal has been understood after all, by a better mapping or a second look, need no retry. */
const resolver = (deadLetters: IntakeSetup['deadLetters']) => {
  let waiting: Set<string> | undefined;
  return async (understood: readonly Signal[]): Promise<void> => {
    waiting ??= new Set((await deadLetters.list('waiting')).map(({ id }) => id));
    if (waiting.size === 0) return;
    const ids = understood.map(deadLetterIdOf).filter((id) => waiting?.has(id));
    if (ids.length > 0) await deadLetters.resolve(ids);
  };
};

/** Opens the corridor. Calls of `take` must not overlap: order within a source is kept. */
export const openIntake = ({ log, deadLetters, dialects, now }: IntakeSetup): Intake => {
  const known = new Map(dialects.map((dialect) => [dialect.name, dialect]));
  const resolve = resolver(deadLetters);
  return {
    take: async (arrivals) => {
      const ignored: Record<string, number> = {};
      const letters: DeadLetter[] = [];
      /** Signals that need nothing more. */
      const settled: Signal[] = [];
      const accepted: Accepted[] = [];
      for (const arrival of arrivals) {
        const understood = understand(arrival, known, now);
        if (understood.status === 'events') accepted.push(understood);
        else if (understood.status === 'ignored') {
          ignored[understood.because] = (ignored[understood.because] ?? 0) + 1;
          settled.push(understood.signal);
        } else letters.push(letterOf(understood.signal, understood.rejection));
      }
      const { appended, duplicates, conflicts } = await append(log, accepted);
      for (const [signal, id] of conflicts) letters.push(letterOf(signal, conflictOf(id)));
      for (const { signal } of accepted) if (!conflicts.has(signal)) settled.push(signal);
      await resolve(settled);
      if (letters.length > 0) await deadLetters.put(letters);
      return {
        signals: arrivals.length,
        accepted: arrivals.length - letters.length - Object.values(ignored).reduce((sum, n) => sum + n, 0),
        ignored,
        rejected: letters.length,
        appended,
        duplicates,
      };
    },
  };
};

export const NO_COUNTS: IntakeCounts = {
  signals: 0,
  accepted: 0,
  ignored: {},
  rejected: 0,
  appended: 0,
  duplicates: 0,
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
