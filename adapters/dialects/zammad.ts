/**
 * The dialect `zammad`: the default payload of Zammad's webhooks, a ticket as it is after a change.
 *
 * | part of the payload   | fact                                                         | time              |
 * | --------------------- | ------------------------------------------------------------ | ----------------- |
 * | ticket                | TicketOpened, the same from every message                    | ticket.created_at |
 * | ticket.state          | TicketStatusChanged with what it means, and never a step     | ticket.updated_at |
 * | ticket.owner_id       | TicketAssigned; owner 1 is nobody: `unassigned`              | ticket.updated_at |
 *
 * Source: docs and admin-docs of Zammad, "Webhook" (the documentation is AGPL-3, so our samples are written anew).
 * Nothing in the payload says what was changed or what was before: whether an open ticket was reopened, or a closed one
 * was closed by this change or long ago, is not told. So rules look at the status or at its meaning, not at steps.
 *
 * Ids: ticket.id with updated_at, which two triggers of one change share; the delivery's X-Zammad-Delivery is another in
 * each. Order: none beside updated_at, in milliseconds; up to four retries come late, and with the ticket as it is then.
 * Not told: into which ticket one was merged (zammad#5285); the unit of the time that agents account for.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { told } from './reading/facts.ts';
import { id, isoInstant, maybe, text } from './reading/fields.ts';
import { readJson } from './reading/message.ts';
import { subjectOf } from './reading/subject.ts';
import { assignedFact, openedFact, statusFacts } from './reading/ticket-facts.ts';
import { Meanings, meaningOf } from './reading/ticket-status.ts';
import { vendor } from './reading/vendor.ts';

const Options = z.strictObject({
  statuses: Meanings.default({
    new: 'new',
    open: 'open',
    'pending reminder': 'pending',
    'pending close': 'pending',
    closed: 'resolved',
    merged: 'closed',
    removed: 'closed',
  }).describe('what the states mean; a closed ticket of Zammad may be reopened'),
});

/** A word, or an object that has it as its name. */
const nameOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : value;
const Word = z.preprocess(nameOf, maybe(text));

const Message = z.looseObject({
  ticket: z.looseObject({
    id,
    number: maybe(id),
    state: z.preprocess(nameOf, text),
    priority: Word,
    group: Word,
    owner_id: maybe(id),
    customer_id: maybe(id),
    created_at: isoInstant,
    updated_at: isoInstant,
  }),
});

/** The first user of every Zammad, who is nobody: "-". */
const SYSTEM_USER = '1';

const translate = (signal: Signal, statuses: Meanings): Translation => {
  const read = readJson(signal.raw, Message);
  if (read.status === 'rejected') return read;
  const { ticket } = read.message;
  const subject = subjectOf('ticket', ticket.id);
  const where = { id: `${ticket.id}/${ticket.updated_at}`, subject, at: ticket.updated_at };
  return told([
    openedFact({ id: `${ticket.id}/opened`, subject, at: ticket.created_at }, { number: ticket.number }),
    ...statusFacts(where, {
      status: ticket.state,
      after: meaningOf(statuses, ticket.state),
      step: null,
      attributes: { priority: ticket.priority, group: ticket.group, customer: ticket.customer_id },
    }),
    assignedFact(where, ticket.owner_id === SYSTEM_USER ? undefined : ticket.owner_id),
  ]);
};

export const zammad = vendor({
  name: 'zammad',
  options: Options,
  proof: 'zammad',
  numbers: ['ticket'],
  make: ({ statuses }) => ({
    name: 'zammad',
    version: 1,
    translate: (signal) => translate(signal, statuses),
  }),
});
