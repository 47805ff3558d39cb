/** The records: what the engine concludes, and how it knows. */
import { z } from 'zod';
import { ActorId, DurationMs, EventId, InstantMs, LocalDate, RecordId, SubjectId } from './brand.ts';
import { Attributes } from './event.ts';

/** How a second is known, strongest first. Never upgraded silently. */
export const GRADES = ['observed', 'inferred', 'declared', 'assumed', 'unknown'] as const;
export const Grade = z.enum(GRADES).meta({
  description:
    'observed: bounded by signals; inferred: one end is a declared policy; declared: a person said so; assumed: allocation or default; unknown: named, not filled',
});
export type Grade = z.infer<typeof Grade>;

export const Method = z
  .enum(['auto', 'manual'])
  .describe('auto: timed from signals; manual: timed by a person');
export type Method = z.infer<typeof Method>;

/** What ended (or began) a stretch: an event, or a clause of the rule that stood in for one. */
export const Because = z.strictObject({
  /** The clause at work: `start`, `resume`, `stop`, `missingEnd.cap`, `interruption.keepUpTo`, `calendar`... */
  clause: z.string(),
  /** The event that proves it; absent where a policy did. */
  event: EventId.optional(),
  /** The record that the same person began, where its beginning stood in for an end that never came. */
  record: RecordId.optional(),
});
export type Because = Readonly<z.infer<typeof Because>>;

const stretch = {
  /** Half-open: `[fromMs, toMs)`. */
  fromMs: InstantMs,
  toMs: InstantMs,
  opened: Because,
  closed: Because,
};

/** Time that counts. */
export const Span = z.strictObject({ ...stretch, grade: Grade });
export type Span = Readonly<z.infer<typeof Span>>;

export const SUBTRACTIONS = ['paused', 'off-calendar', 'handed-over'] as const;
/** Time between a record's first and last instant that does not count, and why. */
export const Subtraction = z.strictObject({ ...stretch, reason: z.enum(SUBTRACTIONS) });
export type Subtraction = Readonly<z.infer<typeof Subtraction>>;

export const GradesMs = z.strictObject({
  observed: DurationMs,
  inferred: DurationMs,
  declared: DurationMs,
  assumed: DurationMs,
  unknown: DurationMs,
});
export type GradesMs = Readonly<z.infer<typeof GradesMs>>;

/** The end that has not come: since when, and until when at the latest the rule would assume it. */
export const Tail = z.strictObject({
  state: z.enum(['running', 'paused']),
  fromMs: InstantMs,
  opened: Because,
  /** When the cap would close it; absent where the rule has none. */
  closesAtMs: InstantMs.optional(),
});
export type Tail = Readonly<z.infer<typeof Tail>>;

/**
 * A time record: one cycle of one subject for one actor under one rule.
 *
 *     fromMs                                                 toMs
 *     |== span ==|-- subtraction --|===== span =====|...tail
 *
 * Always: toMs - fromMs = countedMs + every subtraction, to the millisecond.
 */
export const TimeRecord = z.strictObject({
  id: RecordId,
  subject: SubjectId,
  kind: z.string(),
  rule: z.string(),
  measure: z.string(),
  actor: ActorId,
  /** From 1, in order of time. */
  cycle: z.int().min(1),
  /** closed: its end is known or was inferred; running and paused: the end has not come. */
  status: z.enum(['closed', 'running', 'paused']),
  method: Method,
  fromMs: InstantMs,
  /** The last instant that is accounted for; a running record may go on. */
  toMs: InstantMs,
  countedMs: DurationMs,
  /** After the rule's rounding of scope `record`; equal to countedMs without it. */
  roundedMs: DurationMs,
  gradesMs: GradesMs,
  spans: z.array(Span).readonly(),
  subtracted: z.array(Subtraction).readonly(),
  tail: Tail.optional(),
  attributes: Attributes,
  /** How many facts the subject had when this was derived. */
  facts: z.int().min(1),
});
export type TimeRecord = Readonly<z.infer<typeof TimeRecord>>;

/** The part of one span that falls on one local day: what days and weeks are added up from. */
export const Piece = z.strictObject({
  record: RecordId,
  actor: ActorId,
  day: LocalDate,
  fromMs: InstantMs,
  toMs: InstantMs,
  /** Whether the record begins with this piece: a record is counted on the day on which it begins. */
  first: z.boolean(),
  /** What rounding the record alone adds or takes; on its last piece only. */
  roundingMs: DurationMs,
  grade: Grade,
  rule: z.string(),
  kind: z.string(),
  measure: z.string(),
  method: Method,
});
export type Piece = Readonly<z.infer<typeof Piece>>;
