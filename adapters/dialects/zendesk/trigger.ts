/**
 * The body that we offer for webhooks of Zendesk's triggers, which have none of their own. It is pasted once for every
 * trigger, with `change` saying what the trigger is for; docs/sources/zendesk.md has it.
 *
 *     { "tickmark": "zendesk-trigger", "change": "status",
 *       "ticket": "{{ticket.id}}", "status": "{{ticket.status}}", "priority": "{{ticket.priority}}",
 *       "group": "{{ticket.group.name}}", "assignee": "{{ticket.assignee.id}}", "requester": "{{ticket.requester.id}}",
 *       "created_at": "{{ticket.created_at_with_timestamp}}", "updated_at": "{{ticket.updated_at_with_timestamp}}" }
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { told } from '../reading/facts.ts';
import { id, isoInstant, maybe, text } from '../reading/fields.ts';
import { shortHash } from '../reading/hash.ts';
import { readJson } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import type { Meanings } from '../reading/ticket-status.ts';
import { type Change, factsOf } from './ticket.ts';

export const TRIGGER = 'zendesk-trigger';

const Body = z.looseObject({
  change: z.enum(['created', 'status', 'assigned']),
  ticket: id,
  status: text,
  priority: maybe(text),
  group: maybe(text),
  assignee: maybe(id),
  requester: maybe(id),
  created_at: isoInstant,
  updated_at: isoInstant,
});
type Body = z.infer<typeof Body>;

/** A trigger does not know the status before. */
const changeOf = ({ change, status, assignee }: Body): Change => {
  switch (change) {
    case 'created':
      return { kind: 'created' };
    case 'status':
      return { kind: 'status', previous: undefined, current: status };
    case 'assigned':
      return { kind: 'assigned', current: assignee };
  }
};

export const fromTrigger = (signal: Signal, statuses: Meanings): Translation => {
  const read = readJson(signal.raw, Body);
  if (read.status === 'rejected') return read;
  const body = read.message;
  const where = {
    id: `trigger/${shortHash(signal.raw)}`,
    subject: subjectOf('ticket', body.ticket),
    at: body.change === 'created' ? body.created_at : body.updated_at,
  };
  return told(factsOf(changeOf(body), where, body, statuses));
};
