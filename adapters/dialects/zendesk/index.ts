/**
 * The dialect `zendesk`: tickets of Zendesk, told by event webhooks, EventBridge, audits or a trigger's webhook.
 *
 * | signal                                    | fact                                            | time          |
 * | ----------------------------------------- | ----------------------------------------------- | ------------- |
 * | ticket.created                            | TicketOpened, and TicketAssigned if it has an   | time          |
 * |                                           | assignee                                        |               |
 * | ticket.status_changed                     | TicketStatusChanged and the step that it is     | time          |
 * | ticket.agent_assignment_changed           | TicketAssigned, to `unassigned` where to nobody | time          |
 * | ticket.priority_changed, group_, requester_ | TicketStatusChanged with the status as it is    | time          |
 * | ticket.soft_deleted, marked_as_spam       | TicketStatusChanged `deleted`, TicketClosed     | time          |
 * | ticket.undeleted                          | TicketStatusChanged, TicketReopened if it is open | time        |
 * | the same through EventBridge              | the same                                        | occurred_at   |
 * | an audit that creates                     | as ticket.created                               | created_at    |
 * | an audit that changes status, assignee_id | as the two events                               | created_at    |
 * | our body of a trigger                     | as the first three events, without the status   | updated_at    |
 * |                                           | before: no TicketResumed, no TicketReopened     |               |
 * | a ticket metric event                     | nothing: it is Zendesk's own measure of the same | -            |
 *
 * Sources: developer.zendesk.com, "Ticket events" (webhooks; Amazon EventBridge), "Ticket audits", "Ticket metric
 * events"; samples of dust-tt/dust (MIT). The status is told in the word of the API, in lower case: new, open, pending,
 * hold, solved, closed, deleted, which rules/zendesk-metrics.yaml expects.
 *
 * Ids: an event has a UUID of its own (EventBridge: the envelope's), an audit's entry the audit's id with its own, and a
 * trigger's body none, so that it is known by its text. Read one of the four: the same change has another id in each.
 * Order: `meta.sequence.position` is told and, says Zendesk, not warranted, so only the sequence's id is kept, as
 * correlation. Entries of an audit keep their order.
 * Not told: into which ticket one was merged (its closing is), and when somebody works on a ticket.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { splitPage } from '../reading/json-members.ts';
import { ignored, readJson, rejected } from '../reading/message.ts';
import { Meanings } from '../reading/ticket-status.ts';
import { vendor } from '../reading/vendor.ts';
import { fromAudit } from './audit.ts';
import { WEBHOOK_TYPE, fromBridge, fromWebhook } from './event.ts';
import { TRIGGER, fromTrigger } from './trigger.ts';

const Options = z.strictObject({
  statuses: Meanings.default({
    new: 'new',
    open: 'open',
    pending: 'pending',
    hold: 'pending',
    solved: 'resolved',
    closed: 'closed',
    archived: 'closed',
    scrubbed: 'closed',
    deleted: 'closed',
  }).describe('what the statuses mean; add the words of your language where triggers write them'),
});

const Body = z.looseObject({});
const PAGES = ['audits', 'ticket_metric_events'];

const isMetric = (body: object): boolean => 'metric' in body && 'instance_id' in body;
const isEmptyPage = (body: Readonly<Record<string, unknown>>): boolean =>
  PAGES.map((page) => body[page]).some((members) => Array.isArray(members) && members.length === 0);
const isAudit = (body: object): boolean => 'audit' in body || ('events' in body && 'ticket_id' in body);

const translate = (signal: Signal, statuses: Meanings): Translation => {
  const read = readJson(signal.raw, Body);
  if (read.status === 'rejected') return read;
  const { type, 'detail-type': bridged, tickmark } = read.message;
  if (typeof bridged === 'string') return fromBridge(signal, bridged, statuses);
  if (typeof type === 'string' && type.startsWith(WEBHOOK_TYPE)) return fromWebhook(signal, type, statuses);
  if (tickmark === TRIGGER) return fromTrigger(signal, statuses);
  if (isMetric(read.message)) return ignored("a ticket metric event: Zendesk's own measure of the same");
  if (isAudit(read.message)) return fromAudit(signal, statuses);
  if (isEmptyPage(read.message)) return ignored('a page with nothing on it');
  return rejected(
    'unknown-type',
    'type, detail-type and tickmark are absent: it is a body that somebody wrote for a trigger, and docs/sources/zendesk.md has one that is understood',
  );
};

export const zendesk = vendor({
  name: 'zendesk',
  options: Options,
  proof: 'zendesk',
  numbers: ['ticket'],
  make: ({ statuses }) => ({
    name: 'zendesk',
    version: 1,
    translate: (signal) => translate(signal, statuses),
    split: splitPage(...PAGES),
  }),
});
