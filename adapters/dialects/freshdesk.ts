/**
 * The dialect `freshdesk`: what an automation rule of Freshdesk sends, in the body that it offers.
 *
 * | triggered_event                | facts                                                                | time    |
 * | ------------------------------ | -------------------------------------------------------------------- | ------- |
 * | {ticket_action:created}        | TicketOpened, and TicketAssigned where an agent is told              | receipt |
 * | {status:{from:4,to:6}}         | TicketStatusChanged, and the step                                    | receipt |
 * | {responder_id:{from:..,to:..}} | TicketAssigned                                                       | receipt |
 * | none (a rule of its own)       | TicketStatusChanged to ticket_status; the step where it is certain   | receipt |
 *
 * Source: support.freshdesk.com, "Using Webhooks in automation rules"; bodies of zulip/zulip zerver/webhooks/freshdesk.
 * The triggered event is no JSON: its keys have no quotes. The body has neither time nor id, and nothing is signed: facts
 * are timed by receipt, and a body that comes twice is two facts, which move a clock once. Ask for the agent with
 * `ticket_agent_email` in the rule's body.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { type Fact, told } from './reading/facts.ts';
import { id, maybe, text } from './reading/fields.ts';
import { shortHash } from './reading/hash.ts';
import { ignored, readJson, rejected } from './reading/message.ts';
import { subjectOf } from './reading/subject.ts';
import { type Told, assignedFact, openedFact, statusFacts } from './reading/ticket-facts.ts';
import { Meanings, meaningOf } from './reading/ticket-status.ts';
import { vendor } from './reading/vendor.ts';

/** Freshdesk numbers its statuses, and names them where it writes the ticket. */
const STATUSES: Meanings = {
  '2': 'open',
  '3': 'pending',
  '4': 'resolved',
  '5': 'closed',
  '6': 'pending',
  '7': 'pending',
  open: 'open',
  pending: 'pending',
  resolved: 'resolved',
  closed: 'closed',
  'waiting on customer': 'pending',
  'waiting on third party': 'pending',
};

const Options = z.strictObject({
  statuses: Meanings.default(STATUSES).describe(
    'what the statuses mean, by number and by name in small letters',
  ),
});
type Options = z.infer<typeof Options>;

const Body = z.looseObject({
  ticket_id: id,
  triggered_event: maybe(text),
  ticket_status: maybe(text),
  ticket_priority: maybe(text),
  ticket_group: maybe(text),
  ticket_agent_email: maybe(text),
  ticket_agent_name: maybe(text),
  requester_email: maybe(text),
});
type Body = z.infer<typeof Body>;

/** Freshdesk wraps the body of its own making; one that was written by hand may come bare. */
const Message = z.union([
  z.looseObject({ freshdesk_webhook: Body }).transform(({ freshdesk_webhook }) => freshdesk_webhook),
  Body,
]);

interface Change {
  readonly from: string;
  readonly to: string;
}

/** `{status:{from:4,to:6}}`: the change of one field among those of the text; undefined where it is not told. */
const changeOf = (event: string, field: string): Change | undefined => {
  const match = new RegExp(
    `["{,\\s]${field}"?\\s*:\\s*\\{\\s*"?from"?\\s*:([^,{}]*),\\s*"?to"?\\s*:([^,{}]*)\\}`,
  ).exec(event);
  return match ? { from: wordIn(match[1]), to: wordIn(match[2]) } : undefined;
};

const wordIn = (text = ''): string => text.trim().replace(/^"(.*)"$/, '$1');

const isCreated = (event: string): boolean => /\bticket_action"?\s*:\s*"?created\b/.test(event);

const agentOf = ({ ticket_agent_email, ticket_agent_name }: Body): string | undefined =>
  ticket_agent_email ?? ticket_agent_name;

const isNobody = (value: string): boolean =>
  value === '' || value === 'null' || value === 'nil' || value === '-1';

const statusChange = (at: Told, body: Body, { statuses }: Options, change?: Change): readonly Fact[] =>
  statusFacts(at, {
    status: body.ticket_status ?? change?.to ?? '',
    before: meaningOf(statuses, change?.from),
    after: meaningOf(statuses, change?.to ?? body.ticket_status),
    reason: body.ticket_status,
  });

const assigned = (at: Told, body: Body, change: Change): Fact =>
  assignedFact(at, isNobody(change.to) ? undefined : (agentOf(body) ?? change.to));

const opened = (at: Told, body: Body, { statuses }: Options): readonly Fact[] => {
  const agent = agentOf(body);
  const attributes = {
    status: body.ticket_status,
    meaning: meaningOf(statuses, body.ticket_status),
    priority: body.ticket_priority,
    group: body.ticket_group,
    customer: body.requester_email,
  };
  return [openedFact(at, attributes), ...(agent === undefined ? [] : [assignedFact(at, agent)])];
};

const factsOf = (at: Told, body: Body, options: Options): readonly Fact[] => {
  const event = body.triggered_event;
  if (event === undefined) return body.ticket_status === undefined ? [] : statusChange(at, body, options);
  if (isCreated(event)) return opened(at, body, options);
  const status = changeOf(event, 'status');
  const responder = changeOf(event, 'responder_id');
  return [
    ...(status ? statusChange(at, body, options, status) : []),
    ...(responder ? [assigned(at, body, responder)] : []),
  ];
};

const translate = (signal: Signal, options: Options): Translation => {
  const read = readJson(signal.raw, Message);
  if (read.status === 'rejected') return read;
  const body = read.message;
  const at: Told = {
    id: `${shortHash(signal.raw)}|${signal.receivedAt}`,
    subject: subjectOf('ticket', body.ticket_id),
    at: signal.receivedAt,
    timedBy: 'receipt',
  };
  const facts = factsOf(at, body, options);
  if (facts.length > 0) return told(facts);
  return body.triggered_event === undefined
    ? rejected(
        'missing-field',
        'triggered_event and ticket_status are absent or empty: put one into the body of the rule',
      )
    : ignored('a change of something that moves no clock');
};

export const freshdesk = vendor({
  name: 'freshdesk',
  options: Options,
  proof: 'shared-secret',
  numbers: ['ticket'],
  make: (options) => ({ name: 'freshdesk', version: 1, translate: (signal) => translate(signal, options) }),
});
