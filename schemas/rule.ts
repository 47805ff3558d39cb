/** A rule: how the time of one kind of subject is measured. */
import { z } from 'zod';
import { Clauses } from './clause.ts';
import { AnyOf } from './condition.ts';
import { DurationText } from './duration.ts';
import { SUBJECT_KINDS } from './kinds.ts';
import { name } from './name.ts';
import { Shares } from './shares.ts';

const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);
const date = z.iso.date();

export const RoundPolicy = z.strictObject({
  unit: DurationText.describe('the smallest unit, for instance 15m'),
  mode: z.enum(['up', 'down', 'nearest']).describe('nearest: a half goes up'),
  scope: z
    .enum(['record', 'day'])
    .default('day')
    .describe('record: each record alone; day: the sum of a person, a day and this rule'),
  by: z
    .string()
    .min(1)
    .optional()
    .describe('with scope day: each value of this attribute (a project, a customer) is a sum of its own'),
  minCharge: DurationText.optional().describe('what counts at all counts at least this much, after rounding'),
});
export type RoundPolicy = Readonly<z.infer<typeof RoundPolicy>>;

/** A calendar by name, or chosen by a field of the subject, the team of whoever's time it is, or the person. */
export const CalendarChoice = z.union([
  name,
  z.strictObject({
    by: z
      .string()
      .min(1)
      .describe('an attribute of the subject, or owner.team: the team of the person, as it was at the time'),
    use: z
      .record(z.string(), name)
      .optional()
      .describe('which calendar for which value; its own name when absent'),
    fallback: name.describe('where the field is unknown or names no calendar'),
  }),
]);
export type CalendarChoice = Readonly<z.infer<typeof CalendarChoice>>;

const closing = z
  .enum(['nextStart', 'lastSignal', 'shiftEnd'])
  .describe(
    "nextStart: when the person starts on another subject; lastSignal: at the subject's own last sign of work; shiftEnd: when the open hours end in which that sign lies",
  );

export const MissingEnd = z
  .strictObject({
    closeAt: oneOrMany(closing).optional().describe('of several the earliest'),
    cap: DurationText.optional().describe('never assume more than this after the last sign of work'),
    flag: z.boolean().optional().describe('true: a supplied end is a finding, end-supplied'),
    shift: CalendarChoice.optional().describe(
      'the calendar whose hours shiftEnd means; the rule’s own when absent',
    ),
  })
  .refine((policy) => policy.closeAt !== undefined || policy.cap !== undefined, {
    message: 'missingEnd needs closeAt, cap or both',
  });
export type MissingEnd = Readonly<z.infer<typeof MissingEnd>>;

/** A stretch of bare activity: whatever follows within the gap belongs together. */
export const Activity = z.strictObject({
  events: Clauses.describe('each is a sign of work at an instant'),
  gap: DurationText.describe('signs up to this far apart are one stretch of work'),
  before: DurationText.optional().describe('assumed before the first sign'),
  after: DurationText.optional().describe('assumed after the last sign'),
});
export type Activity = Readonly<z.infer<typeof Activity>>;

const selection = {
  extends: name.optional().describe('takes every key from that rule which it does not write itself'),
  abstract: z.boolean().optional().describe('true: times nothing, is there to be extended'),
  describe: z.string().optional(),
  on: z.enum(SUBJECT_KINDS).optional().describe('the kind of subject that it times'),
  kind: name.optional().describe('the kind of work in reports; the kind of subject when absent'),
  measure: name
    .optional()
    .describe('times of one measure are added up and compared; other measures stay apart; work when absent'),
  validFrom: date.optional().describe('only records that begin on or after this local date'),
  validUntil: date.optional().describe('only records that begin before this local date'),
  when: AnyOf.optional().describe('only subjects with these fields'),
  oneOf: name
    .optional()
    .describe('of the rules with the same oneOf only the first that fits times a subject'),
  priority: z
    .int()
    .optional()
    .describe('within oneOf the higher goes first; 0 when absent, then the order of the file'),
  onReassign: z
    .enum(['retro', 'restart', 'carry'])
    .optional()
    .describe(
      'when the fields that `when` looks at change: retro (default): what fits in the end counts from the beginning; restart: each rule counts while it fits; carry: one clock goes on under the rule that fits',
    ),
  per: z
    .enum(['subject', 'participant'])
    .optional()
    .describe(
      'participant: everybody who is named has a clock of their own; subject (default): one clock, handed over',
    ),
  actorKinds: z
    .array(z.enum(['human', 'bot', 'system']))
    .min(1)
    .optional()
    .describe('whose time counts; [human] when absent'),
} as const;

const clock = {
  start: Clauses.optional().describe('edges that begin a record'),
  runWhile: AnyOf.optional().describe(
    'the clock runs while this holds; without a start it begins the record too',
  ),
  whenFalse: z
    .enum(['pause', 'stop', 'cancel', 'keep'])
    .optional()
    .describe(
      'what a runWhile that ceases to hold does; pause where the rule has a stop, stop where it has none',
    ),
  pause: Clauses.optional(),
  resume: Clauses.optional().describe(
    'what lets it run again; a start, or the end of the level, when absent',
  ),
  stop: Clauses.optional().describe(
    'what ends the record; a level stop that holds keeps a start from beginning one',
  ),
  cancel: Clauses.optional().describe('the open record disappears; its history stays in the log'),
  reset: Clauses.optional().describe('ends the open record and begins the next in the same instant'),
  resetCloses: z
    .enum(['completed', 'cancelled'])
    .optional()
    .describe('what becomes of the record that a reset ends; completed when absent'),
  handOver: Clauses.optional().describe('from here on it is the time of the actor whom the event names'),
  session: Activity.optional().describe('bare activity in place of start and stop'),
  of: oneOrMany(name).optional().describe('the time of these rules together, in place of start and stop'),
  retro: z
    .strictObject({
      startAt: oneOrMany(z.string().min(1)).describe('the event type at which the record begins instead'),
      applyPauses: z
        .boolean()
        .optional()
        .describe('pauses before the start are subtracted too; true when absent'),
    })
    .optional()
    .describe('a record that starts late begins at an earlier fact of its subject'),
  reopen: z
    .enum(['newCycle', 'continue', 'ignore'])
    .optional()
    .describe('a start after a stop: the next record (default), the same record with a gap, or nothing'),
} as const;

const policies = {
  unassigned: z
    .enum(['count', 'skip'])
    .optional()
    .describe('skip: time that nobody has been named for (a ticket in the queue) makes no record'),
  missingStart: z
    .enum(['flag', 'ignore', 'duration'])
    .optional()
    .describe(
      'an end without a start; flag: always a finding; ignore: never; duration: a record of the length that the event itself reports; when absent a finding only where it is the first that is heard of the subject',
    ),
  missingEnd: MissingEnd.optional(),
  reported: z
    .strictObject({
      of: z
        .enum(['elapsed', 'counted'])
        .optional()
        .describe('elapsed (default): from start to end; counted: what counts, before rounding'),
      within: DurationText.optional().describe('up to this far apart both are the same; 1s when absent'),
    })
    .optional()
    .describe(
      'the length that the event which ends the record reports is held against it; further apart is a finding, reported-off',
    ),
  interruption: z
    .strictObject({ keepUpTo: DurationText })
    .optional()
    .describe('a gap up to this long is counted and marked; a longer one makes two records'),
  minSpan: DurationText.optional().describe('a record that counts less than this counts nothing'),
  maxSpan: DurationText.optional().describe('a record is cut this long after it began, and flagged'),
  idle: z
    .strictObject({
      threshold: DurationText.describe(
        'no sign of the person for longer than this is idle from the last sign on',
      ),
    })
    .optional()
    .describe('needs presence signals (PersonActive) of the person'),
  calendar: CalendarChoice.optional().describe('only time within this calendar counts; 24x7 is always open'),
  clocks: z
    .array(z.enum(['wall', 'business']))
    .min(1)
    .optional()
    .describe('[wall, business]: beside the record within the calendar, one of measure wall without it'),
  exempt: z
    .strictObject({
      when: AnyOf.optional().describe('fields of the subject, or team: the team of the person at the time'),
      granted: oneOrMany(z.string().min(1))
        .optional()
        .describe('categories of exemption that the person was granted'),
    })
    .refine((policy) => policy.when !== undefined || policy.granted !== undefined, {
      message: 'exempt needs when, granted or both',
    })
    .optional()
    .describe('time that is shown and does not count'),
  preset: z
    .strictObject({
      duration: DurationText.describe('what is booked from the start on'),
      capTo: z.enum(['observed']).optional().describe('observed: never more than was observed'),
      approval: z
        .enum(['required', 'none'])
        .optional()
        .describe('required (default): what was not observed waits for approval'),
    })
    .optional(),
  backfill: z
    .strictObject({
      withinDays: z
        .int()
        .min(0)
        .describe('declared time that was entered later than this many days needs approval'),
      reason: z
        .enum(['required', 'optional'])
        .optional()
        .describe('required: typed time without a reason needs approval too'),
    })
    .optional(),
  allocate: z
    .strictObject({
      over: Shares,
      unit: DurationText.optional().describe('whole units are shared out; 1s when absent'),
    })
    .optional()
    .describe('shares the record out over targets; the sum is exact'),
  round: RoundPolicy.optional(),
} as const;

export const Rule = z.strictObject({
  rule: name.describe('what the rule is called in reports and explanations, for instance call.talk'),
  ...selection,
  ...clock,
  ...policies,
});
/** As written: keys that are absent have their defaults, or those of the rule that it extends. */
export type Rule = Readonly<z.infer<typeof Rule>>;
