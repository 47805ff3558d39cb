/** A rule set: how time is measured, as data. Written by an analyst, checked here, compiled by the engine. */
import { z } from 'zod';
import { AuditPolicy } from './audit.ts';
import { Calendar } from './calendar.ts';
import { DurationText } from './duration.ts';
import { Measure } from './measure.ts';
import { name } from './name.ts';
import { RoundPolicy, Rule } from './rule.ts';

const table = z.string().min(1);

/** A case: facts, and what the rules and the audit must make of them. All are tables, written `a | b | c`. */
export const RuleCase = z.strictObject({
  case: z.string().min(1).describe('a sentence: a held call does not count the hold'),
  given: table.describe('the facts: time | subject | event | who, and any field or attribute as a column'),
  asOf: z.string().optional().describe("the log's own clock, where it has gone on after the last fact"),
  then: table
    .optional()
    .describe('the records: who | subject | rule | counted | because, any of their columns'),
  days: table.optional().describe('what days add up to: who | day | sum | union | rounded'),
  weeks: table.optional().describe('what ISO weeks add up to: who | week | sum | union | rounded'),
  findings: table
    .optional()
    .describe('what the audit finds, in its order: code | who | at | subject | record | detail'),
});
export type RuleCase = Readonly<z.infer<typeof RuleCase>>;

export const RuleSet = z.strictObject({
  ruleSet: name,
  version: z.int().min(1),
  describe: z.string().optional(),
  zone: z.string().min(1).describe('IANA zone of the report: its midnights cut days, its Mondays cut weeks'),
  fields: z
    .record(z.string().min(1), z.union([z.enum(['text', 'number']), z.array(z.string()).min(1)]))
    .optional()
    .describe('the attributes that conditions may name, with their values; any may be named when absent'),
  calendars: z.record(name, Calendar).default({}),
  reference: z
    .enum(['asCorrected', 'asWas'])
    .optional()
    .describe('holidays that became known late: asCorrected (default) closes them, asWas does not'),
  clockSkew: DurationText.optional().describe(
    'an end up to this long before its start, with no other end, is a clock that runs wrong: 0 s, and flagged; 5s when absent',
  ),
  round: RoundPolicy.optional().describe('for rules that say nothing themselves'),
  measures: z.record(name, Measure).optional().describe('what holds for all rules of a measure'),
  audit: AuditPolicy.optional().describe('when a record or a day is remarkable'),
  rules: z.array(Rule).min(1),
  cases: z.array(RuleCase).optional().describe('run by tickmark rules test'),
});
export type RuleSet = Readonly<z.infer<typeof RuleSet>>;
