/**
 * The dialect `intercom`: webhook notifications of Intercom about tickets and conversations, both told as tickets.
 *
 * | topic                              | facts                                    | time                           |
 * | ---------------------------------- | ---------------------------------------- | ------------------------------ |
 * | ticket.created                     | TicketOpened                             | item.created_at                |
 * | ticket.state.updated               | TicketStatusChanged, and the step        | the newest part's created_at   |
 * | ticket.admin.assigned              | TicketAssigned                           | the newest part's created_at   |
 * | ticket.closed                      | TicketClosed                             | the newest part's created_at   |
 * | conversation.user.created          | TicketOpened                             | item.created_at                |
 * | conversation.admin.assigned        | TicketAssigned                           | the newest part's created_at   |
 * | conversation.admin.snoozed         | TicketPended                             | the newest part's created_at   |
 * | conversation.admin.unsnoozed       | TicketResumed                            | the newest part's created_at   |
 * | conversation.admin.closed          | TicketResolved: a reply opens it again   | the newest part's created_at   |
 * | conversation.admin.opened          | TicketReopened                           | the newest part's created_at   |
 *
 * Source: developers.intercom.com, "Webhook models" 2.5 to 2.16; bodies of zulip/zulip zerver/webhooks/intercom. Times
 * are epoch seconds; where no part is told, the notification's own created_at. The notification's id stays the same when
 * it is delivered again. An update from a state to the same state is no change. Admin "0" is nobody. Order is not told.
 */
import { z } from 'zod';
import type { EventType } from '../../schemas/event.ts';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { type Fact, told } from './reading/facts.ts';
import { epochInstant, id, maybe, text } from './reading/fields.ts';
import { ignored, readJson, readValue } from './reading/message.ts';
import { subjectOf } from './reading/subject.ts';
import { type Told, assignedFact, openedFact, statusFacts } from './reading/ticket-facts.ts';
import { Meanings, meaningOf } from './reading/ticket-status.ts';
import { vendor } from './reading/vendor.ts';

const STATES: Meanings = {
  submitted: 'new',
  in_progress: 'open',
  waiting_on_customer: 'pending',
  resolved: 'resolved',
};

const Options = z.strictObject({
  statuses: Meanings.default(STATES).describe('what the states of tickets mean'),
});
type Options = z.infer<typeof Options>;

const seconds = epochInstant('epoch-s');

const Part = z.looseObject({
  created_at: seconds,
  part_type: maybe(text),
  ticket_state: maybe(text),
  previous_ticket_state: maybe(text),
});
type Part = z.infer<typeof Part>;

const Item = z.looseObject({
  id,
  created_at: maybe(seconds),
  admin_assignee_id: maybe(id),
  ticket_state: maybe(
    z.union([text, z.looseObject({ category: maybe(text) }).transform(({ category }) => category)]),
  ),
  ticket_parts: maybe(z.looseObject({ ticket_parts: maybe(z.array(Part)) })),
  conversation_parts: maybe(z.looseObject({ conversation_parts: maybe(z.array(Part)) })),
  contacts: maybe(z.looseObject({ contacts: maybe(z.array(z.looseObject({ id }))) })),
});
type Item = z.infer<typeof Item>;

const Message = z.looseObject({
  id: text,
  topic: text,
  created_at: seconds,
  data: z.looseObject({ item: Item }),
});
type Message = z.infer<typeof Message>;

const newest = ({ ticket_parts, conversation_parts }: Item): Part | undefined =>
  [...(ticket_parts?.ticket_parts ?? []), ...(conversation_parts?.conversation_parts ?? [])]
    .toSorted((a, b) => a.created_at - b.created_at)
    .at(-1);

const opened = (at: Told, item: Item, { statuses }: Options): readonly Fact[] => {
  const attributes = {
    status: item.ticket_state,
    meaning: meaningOf(statuses, item.ticket_state),
    customer: item.contacts?.contacts?.[0]?.id,
  };
  return [openedFact({ ...at, at: item.created_at ?? at.at }, attributes)];
};

const changed = (at: Told, item: Item, { statuses }: Options): readonly Fact[] | string => {
  const part = newest(item);
  const [before, after] = [part?.previous_ticket_state, part?.ticket_state ?? item.ticket_state];
  if (after === undefined) return 'an update of a state that is not told';
  if (before === after) return 'an update from a state to the same state';
  return statusFacts(at, {
    status: after,
    before: meaningOf(statuses, before),
    after: meaningOf(statuses, after),
    reason: after,
  });
};

const assigned = (at: Told, { admin_assignee_id }: Item): readonly Fact[] => [
  assignedFact(at, admin_assignee_id === '0' ? undefined : admin_assignee_id),
];

const step =
  (type: EventType) =>
  (at: Told): readonly Fact[] => [{ ...at, type }];

const TOPICS: Readonly<Record<string, (at: Told, item: Item, options: Options) => readonly Fact[] | string>> =
  {
    'ticket.created': opened,
    'ticket.state.updated': changed,
    'ticket.admin.assigned': assigned,
    'ticket.closed': step('TicketClosed'),
    'conversation.user.created': opened,
    'conversation.admin.assigned': assigned,
    'conversation.admin.snoozed': step('TicketPended'),
    'conversation.admin.unsnoozed': step('TicketResumed'),
    'conversation.admin.closed': step('TicketResolved'),
    'conversation.admin.opened': step('TicketReopened'),
  };

const Envelope = z.looseObject({ topic: text });

/** Conversations and tickets are numbered apart. */
const subjectIn = ({ topic, data }: Message) =>
  topic.startsWith('conversation.')
    ? subjectOf('ticket', 'conversation', data.item.id)
    : subjectOf('ticket', data.item.id);

const translate = (signal: Signal, options: Options): Translation => {
  const envelope = readJson(signal.raw, Envelope);
  if (envelope.status === 'rejected') return envelope;
  const { topic } = envelope.message;
  const tell = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined;
  if (!tell) return ignored(`the topic ${topic.slice(0, 60)}: it moves no clock`);
  const read = readValue(envelope.message, Message);
  if (read.status === 'rejected') return read;
  const { message } = read;
  const { item } = message.data;
  const at = {
    id: message.id,
    subject: subjectIn(message),
    at: newest(item)?.created_at ?? message.created_at,
  };
  const facts = tell(at, item, options);
  return typeof facts === 'string' ? ignored(facts) : told(facts);
};

export const intercom = vendor({
  name: 'intercom',
  options: Options,
  proof: 'intercom',
  numbers: [],
  make: (options) => ({ name: 'intercom', version: 1, translate: (signal) => translate(signal, options) }),
});
