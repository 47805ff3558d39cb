/** Ticket events of Zendesk as webhooks and as EventBridge carry them: two envelopes around the same occurrences. */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { told } from '../reading/facts.ts';
import { id, isoInstant, maybe, text } from '../reading/fields.ts';
import { ignored, readJson, rejected } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import type { Meanings } from '../reading/ticket-status.ts';
import { type Change, type Ticket, factsOf } from './ticket.ts';

/** `null`, an empty text and `0` are nobody. */
export const person = z.preprocess((value) => (value === 0 || value === '0' ? undefined : value), maybe(id));

const Detail = z.looseObject({
  id,
  status: maybe(text),
  priority: maybe(text),
  group_id: person,
  requester_id: person,
  assignee_id: person,
  updated_at: maybe(isoInstant),
  via: maybe(z.looseObject({ channel: maybe(text) })),
});
type Detail = z.infer<typeof Detail>;

const Sequence = maybe(z.looseObject({ id: maybe(id) }));

const Webhook = z.looseObject({
  id: text,
  time: isoInstant,
  detail: Detail,
  event: maybe(
    z.looseObject({
      previous: z.unknown().optional(),
      current: z.unknown().optional(),
      meta: maybe(z.looseObject({ sequence: Sequence })),
    }),
  ),
});

const Bridge = z.looseObject({
  id: text,
  detail: z.looseObject({
    ticket_event: z.looseObject({
      meta: z.looseObject({ occurred_at: isoInstant, sequence: Sequence }),
      previous: z.unknown().optional(),
      current: z.unknown().optional(),
      ticket: Detail,
    }),
  }),
});

/** What both envelopes tell. */
interface Occurrence {
  readonly name: string;
  readonly id: string;
  readonly at: number;
  readonly detail: Detail;
  readonly previous: unknown;
  readonly current: unknown;
  /** All events of one action have it. Their positions are told too, but not warranted. */
  readonly action: string | undefined;
}

const wordIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const personIn = (value: unknown): string | undefined => {
  const read = person.safeParse(value);
  return read.success ? read.data : undefined;
};

const statusChange = ({ previous, current }: Occurrence): Change | undefined => {
  const word = wordIn(current);
  return word === undefined ? undefined : { kind: 'status', previous: wordIn(previous), current: word };
};

/** What moves a clock, or why it does not; undefined where a change does not say to what. */
const changeOf = (occurrence: Occurrence): Change | string | undefined => {
  switch (occurrence.name) {
    case 'created':
      return { kind: 'created' };
    case 'status_changed':
      return statusChange(occurrence);
    case 'agent_assignment_changed':
      return { kind: 'assigned', current: personIn(occurrence.current) };
    case 'group_assignment_changed':
    case 'priority_changed':
    case 'requester_changed':
      return { kind: 'attributes' };
    case 'soft_deleted':
      return { kind: 'deleted', reason: 'deleted' };
    case 'marked_as_spam':
      return { kind: 'deleted', reason: 'spam' };
    case 'undeleted':
      return { kind: 'undeleted' };
    default:
      return `a ticket's ${occurrence.name.slice(0, 40)}: it moves no clock`;
  }
};

/** The ticket's own stamp may be a moment younger than the event's: 0.3 s in Zendesk's example. */
const SAME_MOMENT_MS = 1_000;

/** The ticket is told as it is when the message is made. What was changed since says nothing of the event's moment. */
const ticketAt = ({ detail, at }: Occurrence): Ticket =>
  detail.updated_at !== undefined && detail.updated_at > at + SAME_MOMENT_MS
    ? {}
    : {
        status: detail.status,
        priority: detail.priority,
        group: detail.group_id,
        requester: detail.requester_id,
        assignee: detail.assignee_id,
        channel: detail.via?.channel,
      };

const translate = (occurrence: Occurrence, statuses: Meanings): Translation => {
  const change = changeOf(occurrence);
  if (change === undefined) return rejected('missing-field', 'event.current is absent or empty');
  if (typeof change === 'string') return ignored(change);
  const { id: vendorId, at, detail, action } = occurrence;
  const where = { id: vendorId, subject: subjectOf('ticket', detail.id), at, correlation: action };
  const facts = factsOf(change, where, ticketAt(occurrence), statuses);
  return facts.length === 0 ? ignored('a ticket that was changed again since') : told(facts);
};

export const WEBHOOK_TYPE = 'zen:event-type:';
const TICKET_TYPE = `${WEBHOOK_TYPE}ticket.`;

export const fromWebhook = (signal: Signal, type: string, statuses: Meanings): Translation => {
  if (!type.startsWith(TICKET_TYPE)) return ignored('an event about no ticket');
  const read = readJson(signal.raw, Webhook);
  if (read.status === 'rejected') return read;
  const { id: vendorId, time, detail, event } = read.message;
  return translate(
    {
      name: type.slice(TICKET_TYPE.length),
      id: vendorId,
      at: time,
      detail,
      previous: event?.previous,
      current: event?.current,
      action: event?.meta?.sequence?.id,
    },
    statuses,
  );
};

const BRIDGE_TYPE = 'Support Ticket: ';

/** `Support Ticket: Ticket Soft Deleted` is `soft_deleted`, as the webhook calls it. */
const bridgeName = (type: string): string =>
  type
    .slice(BRIDGE_TYPE.length)
    .toLowerCase()
    .replace(/^ticket /, '')
    .replaceAll(' ', '_');

export const fromBridge = (signal: Signal, type: string, statuses: Meanings): Translation => {
  if (!type.startsWith(BRIDGE_TYPE)) return ignored('an event about no ticket');
  const read = readJson(signal.raw, Bridge);
  if (read.status === 'rejected') return read;
  const { ticket_event } = read.message.detail;
  return translate(
    {
      name: bridgeName(type),
      id: read.message.id,
      at: ticket_event.meta.occurred_at,
      detail: ticket_event.ticket,
      previous: ticket_event.previous,
      current: ticket_event.current,
      action: ticket_event.meta.sequence?.id,
    },
    statuses,
  );
};
