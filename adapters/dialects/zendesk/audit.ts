/** Ticket audits of Zendesk, pulled from `/api/v2/tickets/{id}/audits`: all that one update changed, with one time. */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { type Fact, told } from '../reading/facts.ts';
import { id, isoInstant, maybe, text } from '../reading/fields.ts';
import { ignored, readJson } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import type { Meanings } from '../reading/ticket-status.ts';
import type { Told } from '../reading/ticket-facts.ts';
import { person } from './event.ts';
import { type Change, type Ticket, factsOf } from './ticket.ts';

const Entry = z.looseObject({
  id: maybe(id),
  type: text,
  field_name: maybe(text),
  value: z.unknown().optional(),
  previous_value: z.unknown().optional(),
});
type Entry = z.infer<typeof Entry>;

const Audit = z.looseObject({
  id,
  ticket_id: id,
  created_at: isoInstant,
  via: maybe(z.looseObject({ channel: maybe(text) })),
  events: z.array(Entry),
});
type Audit = z.infer<typeof Audit>;

/** One that was asked for by its id comes in a wrapping. */
const Message = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && 'audit' in value ? value.audit : value),
  Audit,
);

/** A list (tags) and an object (a custom field) are no value of ours. */
const scalar = (value: unknown): string | undefined => {
  const read = person.safeParse(value);
  return read.success ? read.data : undefined;
};

/** What this audit says of a field; of several entries the last. */
const fieldOf = ({ events }: Audit, name: string): string | undefined =>
  scalar(events.findLast(({ field_name }) => field_name === name)?.value);

const ticketIn = (audit: Audit): Ticket => ({
  status: fieldOf(audit, 'status'),
  priority: fieldOf(audit, 'priority'),
  group: fieldOf(audit, 'group_id'),
  requester: fieldOf(audit, 'requester_id'),
  assignee: fieldOf(audit, 'assignee_id'),
  channel: audit.via?.channel,
});

const changeOf = ({ type, field_name, value, previous_value }: Entry): Change | undefined => {
  if (type !== 'Change') return undefined;
  if (field_name === 'assignee_id') return { kind: 'assigned', current: scalar(value) };
  const current = field_name === 'status' ? scalar(value) : undefined;
  return current === undefined ? undefined : { kind: 'status', previous: scalar(previous_value), current };
};

/** A trigger may change in the same audit what a person has changed: so each entry is a message of its own. */
const entryFacts = (audit: Audit, where: Told, statuses: Meanings): readonly Fact[] =>
  audit.events.flatMap((entry, index) => {
    const change = changeOf(entry);
    if (change === undefined) return [];
    const own = { ...where, id: `${where.id}/${entry.id ?? index}`, sequence: index };
    return factsOf(change, own, ticketIn(audit), statuses);
  });

const isCreation = ({ events }: Audit): boolean => events.some(({ type }) => type === 'Create');

export const fromAudit = (signal: Signal, statuses: Meanings): Translation => {
  const read = readJson(signal.raw, Message);
  if (read.status === 'rejected') return read;
  const audit = read.message;
  const where = {
    id: `audit/${audit.id}`,
    subject: subjectOf('ticket', audit.ticket_id),
    at: audit.created_at,
  };
  const opened = isCreation(audit) ? factsOf({ kind: 'created' }, where, ticketIn(audit), statuses) : [];
  const facts = [...opened, ...entryFacts(audit, where, statuses)];
  return facts.length === 0 ? ignored('an audit that changes neither status nor assignee') : told(facts);
};
