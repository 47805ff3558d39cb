/** The open timers: those that nobody has stopped, and which of them were forgotten. */
import type { Plan } from '../../engine/index.ts';
import type { RecordFilter, RowReader } from '../../projections/ports.ts';
import { type ActorId, type InstantMs, type SubjectId, later, shift } from '../../schemas/brand.ts';
import { kindOfSubject } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { type SpeakingLog, historyOf } from './say.ts';
import { timerState } from './timer.ts';

export interface OpenTimer {
  readonly subject: SubjectId;
  readonly who: ActorId;
  readonly since: InstantMs;
  readonly about?: string;
  /** It was forgotten: when its rule ended it for want of a stop. Absent while it runs. */
  readonly endedAt?: InstantMs;
}

/** A timer that was forgotten before that is stopped by its name. */
const LOOK_BACK_MS = 7 * 86_400_000;

/** A timer that no rule caps is forgotten after a day. */
const LONGEST_MS = 86_400_000;

/**
 * When nobody can have meant it to run any longer: its cap. A rule that ends it at the person's next start does so for
 * the time being only; whoever takes a call beside a timer stops the timer afterwards.
 */
const forgottenFrom = (plan: Plan, since: InstantMs, records: readonly TimeRecord[]): InstantMs =>
  shift(
    since,
    Math.max(...records.map(({ rule }) => plan.rulesByName.get(rule)?.missingEnd.capMs ?? LONGEST_MS)),
  );

/** The end that the rules supply; the log's clock may not have come to the cap that the machine's has passed. */
const endOf = (records: readonly TimeRecord[], cappedAt: InstantMs): InstantMs => {
  const ends = records.map(({ status, toMs }) => (status === 'closed' ? toMs : cappedAt));
  return ends.reduce(later);
};

const timerRecords = async (
  answers: Pick<RowReader, 'records'>,
  plan: Plan,
  filter: RecordFilter,
): Promise<readonly TimeRecord[]> => {
  const found: TimeRecord[] = [];
  for (const kind of new Set((plan.rulesByKind.get('timer') ?? []).map((rule) => rule.kind)))
    found.push(...(await answers.records({ ...filter, kind })));
  return found.filter(({ subject }) => kindOfSubject(subject) === 'timer');
};

export interface Sight {
  readonly log: SpeakingLog;
  readonly answers: Pick<RowReader, 'records'>;
  readonly plan: Plan;
  readonly now: InstantMs;
}

/** Of one person or of all; the earliest first. */
export const openTimers = async (
  { log, answers, plan, now }: Sight,
  who: ActorId | undefined,
): Promise<readonly OpenTimer[]> => {
  const whose = who === undefined ? {} : { actor: who };
  const records = [
    ...(await timerRecords(answers, plan, { ...whose, status: 'running' })),
    ...(await timerRecords(answers, plan, { ...whose, status: 'closed', fromMs: shift(now, -LOOK_BACK_MS) })),
  ];
  const open: OpenTimer[] = [];
  for (const [subject, own] of Map.groupBy(records, (record) => record.subject)) {
    const state = timerState(await historyOf(log, subject));
    if (state.status !== 'running') continue;
    const { since, about } = state;
    const cappedAt = forgottenFrom(plan, since, own);
    open.push({
      subject,
      who: state.who,
      since,
      ...(about === undefined ? {} : { about }),
      ...(cappedAt > now ? {} : { endedAt: endOf(own, cappedAt) }),
    });
  }
  return open.toSorted((a, b) => a.since - b.since || (a.subject < b.subject ? -1 : 1));
};

export const isRunning = ({ endedAt }: OpenTimer): boolean => endedAt === undefined;
