/** The reports: answers over records. */
import { z } from 'zod';
import { ActorId, DurationMs, InstantMs, IsoWeek, LocalDate } from './brand.ts';
import { GradesMs } from './record.ts';

/** What a set of pieces adds up to. Everything in it is additive over days. */
export const Tally = z.strictObject({
  /** Records that begin here; a record that runs over midnight is counted once. */
  records: z.int().min(0),
  /** Records that begin while an earlier one of the same person still runs. */
  overlapping: z.int().min(0),
  /** Every piece counted in full. */
  sumMs: DurationMs,
  /** Time in which at least one piece runs: two calls at once are one time. Never more than the day is long. */
  unionMs: DurationMs,
  /** The sum after the rules' rounding, which comes last and never changes the raw figures. */
  roundedMs: DurationMs,
  /** What is left of the sum once the measure's overlap policy has spoken; the rest was shed. The sum without a policy. */
  attributedMs: DurationMs,
  gradesMs: GradesMs,
  methodsMs: z.strictObject({
    auto: DurationMs,
    manual: DurationMs,
    preset: DurationMs,
    adjustment: DurationMs,
  }),
});
export type Tally = Readonly<z.infer<typeof Tally>>;

/** By how much one tally is more than another, figure by figure. Signed. */
export const TallyChange = Tally.extend({ records: z.int(), overlapping: z.int() });
export type TallyChange = Readonly<z.infer<typeof TallyChange>>;

/** What was learned of a sealed week since: by how much one person's figures differ from what was issued for it. */
export const Adjustment = z.strictObject({
  /** The sealed week that it is about. */
  week: IsoWeek,
  /** The week in whose report it stands: the first one after it that was open. */
  reportedIn: IsoWeek,
  actor: ActorId,
  measure: z.string(),
  change: TallyChange,
});
export type Adjustment = Readonly<z.infer<typeof Adjustment>>;

/** One person, one local day, one measure. */
export const PersonDay = z.strictObject({
  actor: ActorId,
  day: LocalDate,
  measure: z.string(),
  team: z.string().nullable(),
  all: Tally,
  kinds: z.record(z.string(), Tally),
});
export type PersonDay = Readonly<z.infer<typeof PersonDay>>;

const week = {
  /** Monday to Sunday, in local days of the report's zone. */
  daysMs: z.tuple([DurationMs, DurationMs, DurationMs, DurationMs, DurationMs, DurationMs, DurationMs]),
  tally: Tally,
};

/** One person, one ISO week, one measure: the row that the weekly report is made of. */
export const PersonWeek = z.strictObject({
  actor: ActorId,
  week: IsoWeek,
  measure: z.string(),
  team: z.string().nullable(),
  all: z.strictObject(week),
  kinds: z.record(z.string(), z.strictObject(week)),
});
export type PersonWeek = Readonly<z.infer<typeof PersonWeek>>;

/** A line of a report: the values it is grouped by, in the order asked for. */
export const ReportLine = z.strictObject({
  week: IsoWeek.optional(),
  by: z.record(z.string(), z.string()),
  /** Sum per day, Monday first; only in a weekly report. */
  daysMs: z.array(DurationMs).readonly().optional(),
  tally: Tally,
  /** First and last instant of the line's records; only in a total. */
  fromMs: InstantMs.optional(),
  toMs: InstantMs.optional(),
});
export type ReportLine = Readonly<z.infer<typeof ReportLine>>;

export const Sealed = z.strictObject({ by: ActorId, atMs: InstantMs, note: z.string().optional() });
export type Sealed = Readonly<z.infer<typeof Sealed>>;

export const Report = z.strictObject({
  report: z.enum(['week', 'total']),
  zone: z.string(),
  measure: z.string(),
  ruleSet: z.string(),
  /** The log is known up to this position, and this is the latest instant in it. */
  position: z.int(),
  asOfMs: InstantMs.nullable(),
  by: z.array(z.string()).readonly(),
  weeks: z.array(IsoWeek).readonly(),
  lines: z.array(ReportLine).readonly(),
  total: Tally,
  /** By whom and when the report's one week was sealed: then it is what was issued, and never changes. */
  sealed: Sealed.optional(),
  /** Beside the lines, and not in them; absent when there are none. */
  adjustments: z.array(Adjustment).readonly().optional(),
});
export type Report = Readonly<z.infer<typeof Report>>;
