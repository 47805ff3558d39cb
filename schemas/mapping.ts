/** A mapping: how the rows of somebody's export, or the messages of a webhook, become events. Written in YAML by whoever knows them. */
import { z } from 'zod';
import { DurationText } from './duration.ts';

const column = z.string().min(1);
const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);

/** A value as YAML reads it: `6`, `true` and `6a` alike; compared as text. (Coercing here would make `[a, b]` the text "a,b".) */
const cellText = z.union([z.string(), z.number(), z.boolean()]);

/** `column: value`, `column: [values]`; every column must fit. A value is compared as text, trimmed. */
export const RowCondition = z.record(column, oneOrMany(cellText));
export type RowCondition = Readonly<z.infer<typeof RowCondition>>;

export const TimeSource = z.strictObject({
  column: oneOrMany(column).describe(
    'the column, or several columns joined by a blank: [date, clock] for a date here and a clock there',
  ),
  format: z
    .string()
    .min(1)
    .describe(
      'iso (0-9 fraction digits; Z, +01:00 or -0800, or none: the zone applies), rfc2822, epoch-s, epoch-ms, epoch-us, or a pattern of yyyy yy mm m dd d hh h mm ss and literal characters, for instance d.m.yy h:mm (m after h is minutes)',
    ),
  none: oneOrMany(cellText).optional().describe('values that mean "not recorded", for instance 0:00:00 or ?'),
  nextDayIf: z
    .strictObject({
      earlierThan: z.string().min(1).describe('the name of another time of this mapping'),
      byMoreThan: DurationText.default('0s'),
    })
    .optional()
    .describe('a clock that passed midnight while its date column did not: if so, the next calendar day'),
});
export type TimeSource = Readonly<z.infer<typeof TimeSource>>;

export const MappedEvent = z.strictObject({
  type: z.string().min(1).describe('an event type, for instance CallConnected'),
  at: z
    .string()
    .min(1)
    .describe(
      'the name of a time of this mapping; of a message also `receipt`: it tells no time, and this is when we heard of it',
    ),
  actor: column.optional().describe('the column with the person'),
  status: column.optional(),
  reason: column.optional(),
  team: column.optional(),
  zone: column.optional(),
  actorKind: z
    .enum(['human', 'bot', 'system'])
    .optional()
    .describe('what the person of this event is; human when absent'),
  duration: z
    .strictObject({ column, unit: z.enum(['ms', 's', 'm']).describe('what the number counts') })
    .optional()
    .describe('how long the source itself says it took, ending with this event'),
  /** Without it an absent time or actor rejects the row; with it the event is left out. */
  optional: z.boolean().default(false).describe('leave the event out when its time or its person is absent'),
});
export type MappedEvent = Readonly<z.infer<typeof MappedEvent>>;

const subject = z.strictObject({
  kind: z
    .string()
    .min(1)
    .describe('call, chat, ticket, visit, meeting, email, task, timer, entry, person or presence'),
  id: oneOrMany(column).describe(
    'the columns that name it; rows with the same values speak of the same subject',
  ),
  hash: z.boolean().default(false).describe('use a short hash of the columns, where they make a long id'),
});

export const RowRule = z.union([
  z.strictObject({
    ignore: z.string().min(1).describe('why such rows mean nothing; counted in the summary'),
    when: RowCondition.optional(),
    unless: RowCondition.optional(),
  }),
  z.strictObject({
    when: RowCondition.optional(),
    unless: RowCondition.optional(),
    subject: subject.optional().describe("in place of the mapping's own subject"),
    events: z.array(MappedEvent).min(1),
  }),
]);
export type RowRule = Readonly<z.infer<typeof RowRule>>;

/** The time that a message has though it tells none. */
export const RECEIPT = 'receipt';

export const Mapping = z.strictObject({
  mapping: z.string().min(1),
  describe: z.string().optional(),
  source: z.string().min(1).max(200).describe('the system that the export comes from'),
  format: z
    .enum(['csv', 'tsv', 'ndjson', 'json'])
    .describe(
      'json: messages of a webhook or of Kafka; in a file one of them, a list of them, or one a line. Columns of json and ndjson are paths: ticket.owner.id, items[0].sku, header.x-event-id',
    ),
  each: column
    .optional()
    .describe('json: the path to a list that is cut into messages; what stands around it is ^.path'),
  zone: z.string().min(1).describe('the zone of times that name none: IANA, UTC or UTC+10'),
  ambiguous: z
    .enum(['reject', 'earlier', 'later'])
    .default('reject')
    .describe('what a local time means that happened twice, when the clocks went back'),
  duplicates: z
    .enum(['once', 'keep'])
    .default('once')
    .describe('once: exact repetitions of a row are one row; keep: each is a fact of its own'),
  id: oneOrMany(column).describe('the columns that together are unique for a row'),
  revision: column
    .optional()
    .describe(
      'a later word on the same id counts more: the name of a time of this mapping, or the column with a whole number',
    ),
  subject,
  none: z
    .record(column, oneOrMany(cellText))
    .default({})
    .describe('values that mean "nothing here", by column'),
  words: z
    .record(column, z.record(z.string(), z.string().min(1)))
    .default({})
    .describe("the source's words and ours, by column: { state: { wartend: pending } }"),
  attributes: z.record(z.string().min(1), column).default({}).describe('attribute name: column'),
  times: z.record(z.string().min(1), TimeSource),
  rows: z
    .array(RowRule)
    .min(1)
    .describe('the first that fits a row applies; a row that none fits is rejected'),
});
export type Mapping = Readonly<z.infer<typeof Mapping>>;
