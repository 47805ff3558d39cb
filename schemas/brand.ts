/**
 * Branded units and identifiers: a number or a string that says what it is.
 *
 * The casts of the whole project live here. Elsewhere a value gets its brand by being parsed or by the
 * arithmetic below, so that an instant can never be added to an instant or passed where a duration is meant.
 */
import { z } from 'zod';

/** A point in time: integer milliseconds since 1970-01-01T00:00:00Z (POSIX time, no leap seconds). */
export const InstantMs = z
  .int()
  .min(-8_640_000_000_000_000)
  .max(8_640_000_000_000_000)
  .brand<'InstantMs'>()
  .describe('Integer milliseconds since 1970-01-01T00:00:00Z');
export type InstantMs = z.infer<typeof InstantMs>;

/** A length of time: integer milliseconds. */
export const DurationMs = z.int().brand<'DurationMs'>().describe('Integer milliseconds');
export type DurationMs = z.infer<typeof DurationMs>;

/** A calendar date of some zone, `YYYY-MM-DD`. */
export const LocalDate = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .brand<'LocalDate'>();
export type LocalDate = z.infer<typeof LocalDate>;

/** An ISO 8601 week, `YYYY-Www`. */
export const IsoWeek = z
  .string()
  .regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/, 'a week is written like 2026-W06')
  .brand<'IsoWeek'>();
export type IsoWeek = z.infer<typeof IsoWeek>;

/** A UUID, version 5, of source, vendor event id, type, subject and revision: the same fact always gets the same id. */
export const EventId = z.guid().brand<'EventId'>();
export type EventId = z.infer<typeof EventId>;

/** Who works: an agent, a technician, a sales representative. */
export const ActorId = z.string().min(1).max(200).brand<'ActorId'>();
export type ActorId = z.infer<typeof ActorId>;

/** What is worked on, and the name of its stream in the log: `call-4711`, `ticket-9`, `visit-2026-118`. */
export const SubjectId = z
  .string()
  .regex(/^[a-z]+-\S(.*\S)?$/su, 'a subject is written kind-id, for instance call-4711')
  .max(400)
  .brand<'SubjectId'>();
export type SubjectId = z.infer<typeof SubjectId>;

/** `<subject>/<rule>#<cycle>@<actor>`: the same work always gets the same id. */
export const RecordId = z.string().min(1).brand<'RecordId'>();
export type RecordId = z.infer<typeof RecordId>;

export const instantMs = (value: number): InstantMs => value as InstantMs;
export const durationMs = (value: number): DurationMs => value as DurationMs;
export const localDate = (value: string): LocalDate => value as LocalDate;
export const isoWeek = (value: string): IsoWeek => value as IsoWeek;
export const eventId = (value: string): EventId => value as EventId;
export const actorId = (value: string): ActorId => value as ActorId;
export const subjectId = (value: string): SubjectId => value as SubjectId;
export const recordId = (value: string): RecordId => value as RecordId;

/** The length of `[from, to)`. */
export const elapsed = (from: InstantMs, to: InstantMs): DurationMs => (to - from) as DurationMs;
/** The instant `by` after (or, negative, before) `at`. */
export const shift = (at: InstantMs, by: number): InstantMs => (at + by) as InstantMs;
export const earlier = (a: InstantMs, b: InstantMs): InstantMs => (a < b ? a : b);
export const later = (a: InstantMs, b: InstantMs): InstantMs => (a > b ? a : b);
/** The sum of durations. */
export const total = (durations: Iterable<DurationMs>): DurationMs => {
  let sum = 0;
  for (const duration of durations) sum += duration;
  return sum as DurationMs;
};
export const plus = (a: DurationMs, b: DurationMs): DurationMs => (a + b) as DurationMs;
export const minus = (a: DurationMs, b: DurationMs): DurationMs => (a - b) as DurationMs;
export const NO_TIME = 0 as DurationMs;

/** Reached only when a closed union was extended and a `switch` was not: a bug, not bad input. */
export const assertNever = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
};
