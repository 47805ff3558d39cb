/** Accuracy of the rows: what they count, against a truth that somebody wrote down. */
import {
  type ActorId,
  type DurationMs,
  type InstantMs,
  type IsoWeek,
  type LocalDate,
  type SubjectId,
  durationMs,
  earlier,
  elapsed,
  later,
  shift,
} from '../schemas/brand.ts';
import { compareText } from '../schemas/text-order.ts';
import {
  type Accuracy,
  type DurationAccuracy,
  type Plan,
  dateOfDay,
  durationAccuracy,
  mondayOfWeek,
  overlapAccuracy,
  subjectOf,
} from '../engine/index.ts';
import type { RowReader } from './ports.ts';

/** Half-open: `[fromMs, toMs)`. */
interface Interval {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

/** What somebody really did, and when; the subject is said of all of them or of none. */
export interface TrueTime extends Interval {
  readonly actor: ActorId;
  readonly subject: SubjectId | undefined;
}

export interface AccuracyQuestion {
  readonly measure: string;
  /** Only this week; every day from the first to the last of the truth when absent. */
  readonly week?: IsoWeek;
}

export interface AccuracyLine {
  readonly trueMs: DurationMs;
  readonly recordedMs: DurationMs;
  readonly duration: DurationAccuracy;
  readonly overlap: Accuracy;
}

export interface AccuracyReport {
  readonly measure: string;
  /** The first and the last local day that were compared. */
  readonly days: readonly [LocalDate, LocalDate];
  readonly people: readonly (AccuracyLine & { readonly actor: ActorId })[];
  readonly all: AccuracyLine;
}

interface KeyedTime extends TrueTime {
  readonly key: string;
}

const keyed = (time: TrueTime): KeyedTime => ({ ...time, key: JSON.stringify([time.actor, time.subject]) });

const byKey = (times: readonly KeyedTime[]): ReadonlyMap<string, readonly Interval[]> =>
  Map.groupBy(times, ({ key }) => key);

const sumOf = (times: readonly Interval[]): DurationMs =>
  durationMs(times.reduce((sum, { fromMs, toMs }) => sum + elapsed(fromMs, toMs), 0));

const lineOf = (truth: readonly KeyedTime[], recorded: readonly KeyedTime[]): AccuracyLine => ({
  trueMs: sumOf(truth),
  recordedMs: sumOf(recorded),
  duration: durationAccuracy(byKey(truth), byKey(recorded)),
  overlap: overlapAccuracy(byKey(truth), byKey(recorded)),
});

/** Day numbers, both included. What ends at midnight has nothing of the next day. */
const daysAsked = (
  { zone }: Plan,
  truth: readonly TrueTime[],
  week: IsoWeek | undefined,
): readonly [number, number] => {
  if (week !== undefined) return [mondayOfWeek(week), mondayOfWeek(week) + 6];
  const days = truth.flatMap(({ fromMs, toMs }) => [
    zone.dayOf(fromMs),
    zone.dayOf(later(fromMs, shift(toMs, -1))),
  ]);
  return [Math.min(...days), Math.max(...days)];
};

/** The part of the truth that lies in `[fromMs, toMs)`. */
const within = (truth: readonly TrueTime[], bounds: Interval): readonly TrueTime[] =>
  truth
    .map((time) => ({
      ...time,
      fromMs: later(time.fromMs, bounds.fromMs),
      toMs: earlier(time.toMs, bounds.toMs),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);

/**
 * Compares the people whom the truth names, and nobody else: of others nothing true is known. Where it names subjects,
 * time is right only under its subject; time under a subject that it does not name is recorded too much.
 */
export const buildAccuracy = async (
  rows: RowReader,
  plan: Plan,
  truth: readonly TrueTime[],
  { measure, week }: AccuracyQuestion,
): Promise<AccuracyReport> => {
  const [first, last] = daysAsked(plan, truth, week);
  const days = [dateOfDay(first), dateOfDay(last)] as const;
  const bounds = { fromMs: plan.zone.startOfDay(first), toMs: plan.zone.startOfDay(last + 1) };
  const bySubject = truth.some(({ subject }) => subject !== undefined);
  const actors = new Set(truth.map(({ actor }) => actor));
  const recorded: KeyedTime[] = [];
  for await (const page of rows.pieces(measure, ...days))
    for (const piece of page) {
      const { actor, fromMs, toMs } = piece;
      if (!actors.has(actor)) continue;
      recorded.push(keyed({ actor, fromMs, toMs, subject: bySubject ? subjectOf(piece) : undefined }));
    }
  const known = within(truth, bounds).map(keyed);
  const people = [...actors].sort(compareText).map((actor) => {
    const own = (time: TrueTime): boolean => time.actor === actor;
    return { actor, ...lineOf(known.filter(own), recorded.filter(own)) };
  });
  return { measure, days, people, all: lineOf(known, recorded) };
};
