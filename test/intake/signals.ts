/** Signals for the corridor, in a dialect that says what it is told to. */
import { byName } from '../../adapters/dialect-of.ts';
import { memoryDeadLetters, memoryEventLog } from '../../adapters/stores/memory/index.ts';
import { type Intake, openIntake } from '../../adapters/intake.ts';
import type { DeadLetters, EventLog } from '../../projections/ports.ts';
import { actorId, instantMs, subjectId } from '../../schemas/brand.ts';
import type { EventDraft, TickmarkEvent } from '../../schemas/event.ts';
import type { Dialect, Signal, Translation } from '../../schemas/signal.ts';

/** 2020-01-06T10:00:00Z */
export const TEN = 1_578_304_800_000;
export const MINUTE = 60_000;

export const signalOf = (raw: string, line = 1, more: Partial<Signal> = {}): Signal => ({
  source: 'crm',
  dialect: 'told',
  receivedAt: instantMs(TEN),
  origin: 'items.txt',
  line,
  raw,
  ...more,
});

/** A task of Ann's that started `atMs`. */
export const started = (vendorId: string, atMs = TEN, actor = 'ann'): EventDraft => ({
  type: 'TaskStarted',
  vendorId,
  subject: subjectId(`task-${vendorId}`),
  occurredAt: instantMs(atMs),
  data: { actor: actorId(actor) },
});

export const completed = (vendorId: string, atMs = TEN): EventDraft => ({
  type: 'TaskCompleted',
  vendorId,
  subject: subjectId(`task-${vendorId}`),
  occurredAt: instantMs(atMs),
  data: {},
});

export const told = (translations: Readonly<Record<string, Translation>>, version = 3): Dialect => ({
  name: 'told',
  version,
  translate: ({ raw }) =>
    translations[raw] ?? {
      status: 'rejected',
      rejection: { code: 'unknown-type', message: `nothing is known of ${raw}` },
    },
});

export const events = (...drafts: readonly EventDraft[]): Translation => ({
  status: 'events',
  events: drafts,
});

export interface Corridor {
  readonly intake: Intake;
  readonly deadLetters: DeadLetters;
  readonly log: EventLog;
  /** What is in the log, in its order. */
  stored(): Promise<readonly TickmarkEvent[]>;
}

export const corridor = async (
  translations: Readonly<Record<string, Translation>>,
  more: readonly Dialect[] = [],
): Promise<Corridor> => {
  const [log, deadLetters] = [await memoryEventLog(), await memoryDeadLetters()];
  return {
    intake: openIntake({ log, deadLetters, dialectOf: byName(told(translations), ...more) }),
    log,
    deadLetters,
    stored: async () => {
      const found: TickmarkEvent[] = [];
      for await (const page of log.readAll(0)) found.push(...page.map(({ event }) => event));
      return found;
    },
  };
};

/** Takes the signals, all in one batch. */
export const takeAll = ({ intake }: Corridor, ...signals: readonly Signal[]) =>
  intake.take(signals.map((signal) => ({ status: 'signal', signal })));
