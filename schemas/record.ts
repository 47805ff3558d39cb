/** The records: what the engine concludes, and how it knows. */
import { z } from 'zod';
import { ActorId, DurationMs, EventId, InstantMs, LocalDate, RecordId, SubjectId } from './brand.ts';
import { FINDING_CODES } from './audit.ts';
import { Attributes } from './attributes.ts';

/** How a second is known, strongest first. Never upgraded silently. */
export const GRADES = ['observed', 'inferred', 'declared', 'assumed', 'unknown'] as const;
export const Grade = z.enum(GRADES).meta({
  description:
    'observed: bounded by signals; inferred: one end is a declared policy, or the time of its receipt; declared: a person said so; assumed: allocation or default; unknown: named, not filled',
});
export type Grade = z.infer<typeof Grade>;

export const METHODS = ['auto', 'manual', 'preset', 'adjustment'] as const;
export const Method = z
  .enum(METHODS)
  .describe(
    'auto: timed from signals; manual: timed, typed or planned by a person; preset: booked by the rule; adjustment: corrected afterwards',
  );
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

/** Why time does not count. */
export const SUBTRACTIONS = [
  'paused',
  'off-calendar',
  'handed-over',
  /** No sign of the person for longer than the rule allows. */
  'idle',
  /** Left out by the rule, or by an exemption that was granted. */
  'exempt',
  /** Between a stop and the start that went on with the record. */
  'closed',
  /** Between the parts that the record is made of. */
  'between',
  'over-maximum',
  'under-minimum',
  /** Declared, and waiting for approval. */
  'unapproved',
  'corrected',
  'retracted',
  /** Counted already by another subject that this one was merged with. */
  'merged',
  /** Put beside a record that turned out to count it by itself. */
  'counted-already',
  /** The source was down and nothing was recovered. */
  'unknown',
] as const;
export type SubtractionReason = (typeof SUBTRACTIONS)[number];

/** Time between a record's first and last instant that does not count, and why. */
export const Subtraction = z.strictObject({
  ...stretch,
  reason: z.enum(SUBTRACTIONS),
  /** The rule's own code for it: customer, vendor... */
  code: z.string().optional(),
  /** The clause, and the fact, for which it does not count; absent where what opened it says so. */
  by: Because.optional(),
});
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
  /** What a rule ended it by in its first instant, which leaves no stretch that would say so. */
  closed: Because.optional(),
});
export type Tail = Readonly<z.infer<typeof Tail>>;

const Finding = z.enum(FINDING_CODES);

/** A target's part of a record. */
export const Allocated = z.strictObject({ target: z.string(), ms: DurationMs });
export type Allocated = Readonly<z.infer<typeof Allocated>>;

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
  /** closed: its end is known or was inferred; running and paused: the end has not come; retracted: it counts nothing. */
  status: z.enum(['closed', 'running', 'paused', 'retracted']),
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
  /** What is remarkable about it; absent when nothing is. */
  flags: z.array(Finding).readonly().optional(),
  /** Its rounded time shared out over targets, in the order declared; the parts add up to it. */
  allocation: z.array(Allocated).readonly().optional(),
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
  /** When the stretch began that a midnight cut; absent where it begins here. */
  beganMs: InstantMs.optional(),
  /** Whether the record begins with this piece: a record is counted on the day on which it begins. */
  first: z.boolean(),
  /** What rounding the record alone adds or takes; on its last piece only. */
  roundingMs: DurationMs,
  grade: Grade,
  rule: z.string(),
  kind: z.string(),
  measure: z.string(),
  method: Method,
  /** The value of the attribute that its rule rounds by; absent where it rounds by none, or the record has none. */
  group: z.string().optional(),
});
export type Piece = Readonly<z.infer<typeof Piece>>;
