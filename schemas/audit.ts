/** The audit: findings with fixed codes, and when they are raised. */
import { z } from 'zod';
import { ActorId, EventId, InstantMs, RecordId, SubjectId } from './brand.ts';
import { DurationText } from './duration.ts';

/** Codes are stable: scripts may rely on them. */
export const FINDING_CODES = [
  'overlap',
  'span-too-long',
  'late-entry',
  'orphan-end',
  'negative-span',
  'no-counterpart',
  'identical-days',
  'rounding-bias',
  'allocation-off',
  'needs-approval',
  'claim-off',
  'end-supplied',
  'rule-gone',
  'reported-off',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export const FINDINGS: Readonly<Record<FindingCode, string>> = {
  overlap: 'records of one person and measure run at the same time',
  'span-too-long': 'a record is longer than anybody works at a stretch, or was cut at its maxSpan',
  'late-entry': 'declared time was entered long after it happened',
  'orphan-end': 'an end without a start: there is no record of it',
  'negative-span': 'the end was told to lie before the start; it counts 0 s',
  'no-counterpart': 'no signal of the customer lies near the record',
  'identical-days': 'a person has the very same times on several days running',
  'rounding-bias': 'rounding gives a person much more, or much less, than was measured',
  'allocation-off': 'the declared shares are far from what was observed',
  'needs-approval': 'declared time that counts only after an approval',
  'claim-off': 'a note claims more or less than the signals show',
  'end-supplied': 'the end never came; a policy of the rule supplied it',
  'rule-gone': 'a correction names a rule that the rule set does not have: it changes nothing',
  'reported-off': 'the source says another length than its own signals come to',
};

const percent = z.number().min(0);

export const AuditPolicy = z.strictObject({
  spanOver: DurationText.optional().describe(
    'work on one subject for longer than this without a break is remarkable; 8h when absent',
  ),
  lateAfter: DurationText.optional().describe('declared time entered later than this; 24h when absent'),
  identicalDays: z.int().min(2).optional().describe('so many equal days running; 5 when absent'),
  counterpartWithin: DurationText.optional().describe(
    'a record without a signal of its customer within this time; not looked for when absent',
  ),
  counterpartTypes: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'the event types that have the customer on their other end; calls, chats, mails and ticket openings when absent',
    ),
  roundingBiasOver: percent
    .optional()
    .describe(
      'rounding of a person-week by more than so many percent, and by a unit at least; 10 when absent',
    ),
  allocationOffOver: percent
    .optional()
    .describe('declared and observed shares differ by more points; 15 when absent'),
});
export type AuditPolicy = Readonly<z.infer<typeof AuditPolicy>>;

/** Something remarkable: what, about whom, and the facts it rests on. */
export const Finding = z.strictObject({
  code: z.enum(FINDING_CODES),
  actor: ActorId,
  /** Where to look: when the record began, or the event happened. */
  atMs: InstantMs,
  subject: SubjectId.optional(),
  record: RecordId.optional(),
  event: EventId.optional(),
  /** The figures, in a sentence. */
  detail: z.string(),
});
export type Finding = Readonly<z.infer<typeof Finding>>;
