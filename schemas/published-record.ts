/** What is published of a time record: a CloudEvent of ours, whose data is the record as it is now. */
import { z } from 'zod';
import { RecordId } from './brand.ts';
import { TimeRecord } from './record.ts';

export const PUBLISHED_TYPES = ['TimeRecordFinished', 'TimeRecordCorrected'] as const;

/**
 * `data` is all of the record, and takes the place of what was published of it before.
 * Source of the attribute names: CloudEvents 1.0.2, sections "Context Attributes" and "Extension: Sequence".
 */
export const PublishedRecord = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).describe('another one whenever anything is published of the record'),
  source: z.literal('tickmark'),
  type: z
    .enum(PUBLISHED_TYPES)
    .describe('TimeRecordFinished: the first word about the record; TimeRecordCorrected: a later one'),
  subject: RecordId.describe('the record; the key of the message'),
  time: z.iso.datetime({ offset: true }).describe('when the work ended, not when this was published'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.url(),
  sequence: z
    .string()
    .regex(/^\d{10}$/)
    .describe(
      'how often something was published of this record, removals included, as ten digits: the higher one holds',
    ),
  ruleset: z.string().describe('the rules under which it was derived'),
  rulesetversion: z.int(),
  data: TimeRecord,
});
export type PublishedRecord = Readonly<z.infer<typeof PublishedRecord>>;
