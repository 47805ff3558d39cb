/** A rule set: how time is measured, as data. Written by an analyst, checked here, compiled by the engine. */
import { z } from 'zod';
import { DurationText } from './duration.ts';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/i, 'a name is letters and digits, joined by dots or dashes');
const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);

/** `field: value` or `field: [values]`; every field must fit. Fields are the event's own data or its attributes. */
export const Where = z.record(z.string().min(1), oneOrMany(z.string()));
export type Where = Readonly<z.infer<typeof Where>>;

/** An event type, or an event type under a condition. */
export const Clause = z.union([
  z.string().min(1),
  z.strictObject({ event: z.string().min(1), where: Where }),
]);
export type Clause = Readonly<z.infer<typeof Clause>>;

const Clauses = oneOrMany(Clause);

export const RoundPolicy = z.strictObject({
  unit: DurationText.describe('the smallest unit, for instance 15m'),
  mode: z.enum(['up', 'down', 'nearest']).describe('nearest: a half goes up'),
  scope: z
    .enum(['record', 'day'])
    .default('day')
    .describe('record: each record alone; day: the sum of a person, a day and this rule'),
});
export type RoundPolicy = Readonly<z.infer<typeof RoundPolicy>>;

export const MissingEnd = z
  .strictObject({
    closeAt: z
      .enum(['nextStart', 'lastSignal'])
      .optional()
      .describe(
        "nextStart: when the person starts on another subject; lastSignal: at the subject's own last sign of work",
      ),
    cap: DurationText.optional().describe('never assume more than this after the last sign of work'),
  })
  .refine((policy) => policy.closeAt !== undefined || policy.cap !== undefined, {
    message: 'missingEnd needs closeAt, cap or both',
  });
export type MissingEnd = Readonly<z.infer<typeof MissingEnd>>;

export const Rule = z.strictObject({
  rule: name.describe('what the rule is called in reports and explanations, for instance call.talk'),
  describe: z.string().optional(),
  on: z
    .enum(['call', 'ticket', 'visit', 'meeting', 'email', 'task', 'timer'])
    .describe('the kind of subject that it times'),
  kind: name.optional().describe('the kind of work in reports; the kind of subject when absent'),
  measure: name
    .default('work')
    .describe('times of one measure are added up and compared; other measures stay apart'),
  when: Where.optional().describe('only subjects with these attributes'),
  start: Clauses,
  pause: Clauses.optional(),
  resume: Clauses.optional(),
  stop: Clauses,
  cancel: Clauses.optional().describe('the open record disappears; its history stays in the log'),
  handOver: Clauses.optional().describe('from here on it is the time of the actor whom the event names'),
  unassigned: z
    .enum(['count', 'skip'])
    .default('count')
    .describe('skip: time that nobody has been named for (a ticket in the queue) makes no record'),
  missingEnd: MissingEnd.optional(),
  interruption: z
    .strictObject({ keepUpTo: DurationText })
    .optional()
    .describe('a gap up to this long is counted and marked; a longer one makes two records'),
  calendar: name.optional().describe('only time within this calendar counts'),
  round: RoundPolicy.optional(),
});
export type Rule = Readonly<z.infer<typeof Rule>>;

const hours = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'hours are written 09:00-17:00 (an end of 24:00 is midnight)',
  )
  .refine((text) => text.slice(0, 5) < text.slice(6), {
    message: 'hours must end after they start; write a night as 22:00-24:00 and 00:00-06:00',
  });

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const open = z.array(hours).optional();

export const Calendar = z.strictObject({
  zone: z.string().optional().describe("IANA zone of the hours; the rule set's zone when absent"),
  hours: z.strictObject({ mon: open, tue: open, wed: open, thu: open, fri: open, sat: open, sun: open }),
  holidays: z.array(z.iso.date()).default([]),
});
export type Calendar = Readonly<z.infer<typeof Calendar>>;

export const RuleSet = z.strictObject({
  ruleSet: name,
  version: z.int().min(1),
  describe: z.string().optional(),
  zone: z.string().min(1).describe('IANA zone of the report: its midnights cut days, its Mondays cut weeks'),
  calendars: z.record(name, Calendar).default({}),
  round: RoundPolicy.optional().describe('for rules that say nothing themselves'),
  rules: z.array(Rule).min(1),
});
export type RuleSet = Readonly<z.infer<typeof RuleSet>>;
