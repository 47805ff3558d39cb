/**
 * The dialect `chatwoot`: conversations of Chatwoot as tickets.
 *
 * | event                                     | fact                                       | time                     |
 * | ----------------------------------------- | ------------------------------------------ | ------------------------ |
 * | conversation_created, and an update whose | TicketOpened, and TicketAssigned if it has | created_at               |
 * | changed_attributes make the id            | an assignee                                |                          |
 * | status in changed_attributes, of whatever | TicketStatusChanged and the step that it   | the change's updated_at, |
 * | event; conversation_status_changed        | is                                         | else the conversation's, |
 * |                                           |                                            | else receipt             |
 * | priority, team_id in changed_attributes   | TicketStatusChanged with the status as it is | as above               |
 * | assignee_id in changed_attributes         | TicketAssigned, `unassigned` to nobody     | as above                 |
 *
 * Source: chatwoot/chatwoot (MIT), webhook_listener.rb and event_data_presenter.rb; docs "Webhook events". A change of
 * status may come as conversation_updated alone (chatwoot#9277), so both events are read, and are the same fact.
 * `timestamp` is the last activity's and no time of a change; updated_at is a number with a fraction in one place and
 * ISO text in another.
 *
 * Ids: the conversation's id, which each account counts for itself (a webhook belongs to one), with the new value and
 * the time; without a time the delivery, X-Chatwoot-Delivery. A creation that came both ways is one fact, and the word
 * of conversation_created is the higher one. Chatwoot repeats nothing: what is missed is lost. Order is not told.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { type Fact, told } from './reading/facts.ts';
import { epochInstant, id, isoInstant, maybe, text } from './reading/fields.ts';
import { shortHash } from './reading/hash.ts';
import { ignored, readJson, rejected } from './reading/message.ts';
import { subjectOf } from './reading/subject.ts';
import { type Told, assignedFact, openedFact, statusFacts } from './reading/ticket-facts.ts';
import { Meanings, meaningOf } from './reading/ticket-status.ts';
import { vendor } from './reading/vendor.ts';

const Options = z.strictObject({
  statuses: Meanings.default({
    open: 'open',
    pending: 'pending',
    snoozed: 'pending',
    resolved: 'resolved',
  }).describe('what the statuses mean; pending is a bot at work, before anybody is asked'),
});

const seconds = maybe(epochInstant('epoch-s'));
const Someone = maybe(z.looseObject({ id: maybe(id) }));

/** `[{ "status": { "previous_value": "open", "current_value": "resolved" } }]`: an array of objects of one key. */
const Changes = z.array(
  z.record(z.string(), z.looseObject({ previous_value: z.unknown(), current_value: z.unknown() })),
);

const Message = z.looseObject({
  event: text,
  id,
  status: maybe(text),
  priority: maybe(text),
  inbox_id: maybe(id),
  channel: maybe(text),
  created_at: seconds,
  updated_at: seconds,
  meta: maybe(
    z.looseObject({ sender: Someone, assignee: Someone, assignee_type: maybe(text), team: Someone }),
  ),
  changed_attributes: maybe(Changes),
});
type Message = z.infer<typeof Message>;

const Envelope = z.looseObject({ event: text });

interface Change {
  readonly previous: string | undefined;
  readonly current: string | undefined;
}

const plain = maybe(id);
const textIn = (value: unknown): string | undefined => {
  const read = plain.safeParse(value);
  return read.success ? read.data : undefined;
};

const changeOf = ({ changed_attributes = [] }: Message, name: string): Change | undefined => {
  const change = changed_attributes.find((one) => Object.hasOwn(one, name))?.[name];
  return change === undefined
    ? undefined
    : { previous: textIn(change.previous_value), current: textIn(change.current_value) };
};

/** In a list of changes the time is text, in the conversation a number. */
const timeOf = (message: Message): number | undefined => {
  const changed = isoInstant.safeParse(changeOf(message, 'updated_at')?.current);
  return changed.success ? changed.data : message.updated_at;
};

/** A fact is known by what it says and when, so that both events of one change are one. */
const whereOf = (signal: Signal, message: Message, value: string | undefined): Told => {
  const subject = subjectOf('ticket', message.id);
  const at = timeOf(message);
  if (at !== undefined) return { id: `${message.id}/${value ?? ''}/${at}`, subject, at };
  const delivery = signal.fields?.['x-chatwoot-delivery'] ?? shortHash(signal.raw);
  return { id: `delivery/${delivery}`, subject, at: signal.receivedAt, timedBy: 'receipt' };
};

/** Bots take conversations too; their time is no person's. */
const kindOf = ({ meta }: Message, actor: string | undefined) =>
  actor !== undefined && meta?.assignee?.id === actor && /bot/i.test(meta.assignee_type ?? '')
    ? ({ actorKind: 'bot' } as const)
    : {};

const opened = (signal: Signal, message: Message, statuses: Meanings): readonly Fact[] => {
  const { created_at, meta, status, event } = message;
  const where: Told = {
    id: `${message.id}/created`,
    subject: subjectOf('ticket', message.id),
    at: created_at ?? signal.receivedAt,
    timedBy: created_at === undefined ? 'receipt' : undefined,
    revision: event === 'conversation_created' ? 1 : undefined,
  };
  const fact = openedFact(where, {
    status,
    meaning: meaningOf(statuses, status),
    priority: message.priority,
    group: meta?.team?.id,
    customer: meta?.sender?.id,
    inbox: message.inbox_id,
    channel: message.channel,
  });
  const actor = meta?.assignee?.id;
  return actor === undefined ? [fact] : [fact, assignedFact(where, actor, kindOf(message, actor))];
};

/** Of conversation_status_changed the name alone says that it was changed. */
const statusChange = (message: Message): Change | undefined =>
  changeOf(message, 'status') ??
  (message.event === 'conversation_status_changed'
    ? { previous: undefined, current: message.status }
    : undefined);

const statusOf = (signal: Signal, message: Message, statuses: Meanings): readonly Fact[] => {
  const change = statusChange(message);
  const [priority, team] = [changeOf(message, 'priority'), changeOf(message, 'team_id')];
  const status = change?.current ?? message.status;
  const tells = change !== undefined || priority !== undefined || team !== undefined;
  if (!tells || status === undefined) return [];
  return statusFacts(whereOf(signal, message, status), {
    status,
    before: meaningOf(statuses, change?.previous),
    after: meaningOf(statuses, status),
    step: change === undefined ? null : undefined,
    reason: status,
    attributes: { priority: priority?.current, group: team?.current },
  });
};

const assigneeOf = (signal: Signal, message: Message): readonly Fact[] => {
  const change = changeOf(message, 'assignee_id');
  if (change === undefined) return [];
  const where = whereOf(signal, message, change.current);
  return [assignedFact(where, change.current, kindOf(message, change.current))];
};

const isCreation = (message: Message): boolean => {
  const made = changeOf(message, 'id');
  return message.event === 'conversation_created' || (made !== undefined && made.previous === undefined);
};

const EVENTS = ['conversation_created', 'conversation_status_changed', 'conversation_updated'];

const translate = (signal: Signal, statuses: Meanings): Translation => {
  const envelope = readJson(signal.raw, Envelope);
  if (envelope.status === 'rejected') return envelope;
  const { event } = envelope.message;
  if (!EVENTS.includes(event)) return ignored(`the event ${event.slice(0, 40)}: it changes no conversation`);
  const read = readJson(signal.raw, Message);
  if (read.status === 'rejected') return read;
  const { message } = read;
  if (isCreation(message)) return told(opened(signal, message, statuses));
  if (event === 'conversation_status_changed' && statusChange(message)?.current === undefined)
    return rejected('missing-field', 'status is absent or empty');
  const facts = [...statusOf(signal, message, statuses), ...assigneeOf(signal, message)];
  return facts.length === 0
    ? ignored('an update of neither status, priority, team nor assignee')
    : told(facts);
};

export const chatwoot = vendor({
  name: 'chatwoot',
  options: Options,
  proof: 'chatwoot',
  numbers: ['ticket'],
  make: ({ statuses }) => ({
    name: 'chatwoot',
    version: 1,
    headers: ['x-chatwoot-delivery'],
    translate: (signal) => translate(signal, statuses),
  }),
});
