/**
 * The dialect `jira`: webhooks of Jira Cloud, Server and Data Center, told as the life of a ticket.
 *
 * | signal                                   | fact                                             | time             |
 * | ---------------------------------------- | ------------------------------------------------ | ---------------- |
 * | jira:issue_created                       | TicketOpened, and TicketAssigned if it has an    | fields.created   |
 * |                                          | assignee                                         |                  |
 * | jira:issue_updated, by its changelog:    |                                                  |                  |
 * | - status                                 | TicketStatusChanged, and TicketPended,           | timestamp        |
 * |                                          | TicketResumed or TicketClosed where it is one    |                  |
 * | - resolution set; cleared                | TicketResolved; TicketReopened                   | timestamp        |
 * | - priority, or resolution without status | TicketStatusChanged with the status as it is     | timestamp        |
 * | - assignee                               | TicketAssigned, `unassigned` where to nobody     | timestamp        |
 * | issue_assigned with an empty changelog   | TicketAssigned to the issue's assignee           | timestamp        |
 * | jira:issue_deleted                       | TicketClosed (deleted)                           | timestamp        |
 *
 * Sources: developer.atlassian.com, "Webhooks"; messages of mattermost-plugin-jira (Apache-2.0). A status says nothing
 * of being solved, for it is the customer's own word; Jira's own sign is the resolution, and rules/jira-sla.yaml takes
 * it as such. With the status come its category (new, indeterminate, done) and the issue's priority.
 *
 * Ids: an update is known by its changelog's id, which a second webhook and a retry (up to 30 minutes later) share; a
 * creation and a deletion happen once. Where there is no changelog id: the delivery's, X-Atlassian-Webhook-Identifier.
 * Order is not told. `timestamp` is 30 to 45 ms after fields.updated. An issue keeps its id when its key changes.
 * People are told by accountId (Cloud) or name (Server). Not told: an answer to the customer, save by a status.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { type Fact, told } from './reading/facts.ts';
import { epochInstant, id, isoInstant, maybe, text } from './reading/fields.ts';
import { shortHash } from './reading/hash.ts';
import { ignored, readJson, rejected } from './reading/message.ts';
import { subjectOf } from './reading/subject.ts';
import { type Told, assignedFact, openedFact, statusFacts } from './reading/ticket-facts.ts';
import { type Meaning, Meanings, meaningOf, stepOf } from './reading/ticket-status.ts';
import { vendor } from './reading/vendor.ts';

const Options = z.strictObject({
  statuses: Meanings.default({
    pending: 'pending',
    'waiting for customer': 'pending',
    closed: 'closed',
  }).describe('statuses that mean more than their category does, for instance { blocked: pending }'),
});

const Person = z.looseObject({ accountId: maybe(text), name: maybe(text), key: maybe(text) });
type Person = z.infer<typeof Person>;

/** Every object of JavaScript has a toString: only the message's own is its word, which gets another name here. */
const withToText = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && Object.hasOwn(item, 'toString')
    ? { ...item, toText: item.toString }
    : item;

const Item = z.preprocess(
  withToText,
  z.object({
    field: text,
    fieldtype: maybe(text),
    from: maybe(id),
    fromString: maybe(text),
    to: maybe(id),
    toText: maybe(text),
    tmpToAccountId: maybe(text),
  }),
);
type Item = z.infer<typeof Item>;

const Named = z.looseObject({ name: text });

const Message = z.looseObject({
  timestamp: epochInstant('epoch-ms'),
  webhookEvent: text,
  issue_event_type_name: maybe(text),
  issue: z.looseObject({
    id,
    key: maybe(text),
    fields: z.looseObject({
      status: maybe(
        z.looseObject({ name: text, statusCategory: maybe(z.looseObject({ key: maybe(text) })) }),
      ),
      priority: maybe(Named),
      assignee: maybe(Person),
      reporter: maybe(Person),
      issuetype: maybe(Named),
      project: maybe(z.looseObject({ key: maybe(text) })),
      created: maybe(isoInstant),
    }),
  }),
  changelog: maybe(z.looseObject({ id: maybe(id), items: maybe(z.array(Item)) })),
});
type Message = z.infer<typeof Message>;

/** Which of the messages of a hook are about an issue; a comment or a worklog may lack all the rest. */
const Envelope = z.looseObject({ webhookEvent: text });

const CATEGORIES: Meanings = { new: 'new', indeterminate: 'open', done: 'resolved' };

const idOf = (person: Person | undefined): string | undefined =>
  person?.accountId ?? person?.name ?? person?.key;

const categoryOf = ({ issue }: Message): string | undefined => issue.fields.status?.statusCategory?.key;

/** What the status of now means: by its name, else by its category. */
const meaningNow = (message: Message, statuses: Meanings): Meaning | undefined =>
  meaningOf(statuses, message.issue.fields.status?.name) ?? meaningOf(CATEGORIES, categoryOf(message));

const standingOf = (message: Message) => ({
  category: categoryOf(message),
  priority: message.issue.fields.priority?.name,
  key: message.issue.key,
});

const opened = (message: Message, where: Told, statuses: Meanings): readonly Fact[] => {
  const { status, reporter, assignee, issuetype, project } = message.issue.fields;
  const fact = openedFact(where, {
    status: status?.name,
    meaning: meaningNow(message, statuses),
    ...standingOf(message),
    customer: idOf(reporter),
    project: project?.key,
    type: issuetype?.name,
  });
  return assignee === undefined ? [fact] : [fact, assignedFact(where, idOf(assignee))];
};

/** A field of Jira's own, and none that somebody added and called so. */
const itemOf = ({ changelog }: Message, field: string): Item | undefined =>
  changelog?.items?.findLast((item) => item.field.toLowerCase() === field && item.fieldtype !== 'custom');

/** Whether a status solves or reopens is the resolution's to say. */
const stepByStatus = (before: Meaning | undefined, after: Meaning | undefined) => {
  const step = stepOf(before, after);
  return step === 'TicketResolved' || step === 'TicketReopened' ? null : step;
};

/** The issue's own status has the category; that of the changelog is a name only, and may be another one by now. */
const changedStatus = (message: Message, where: Told, statuses: Meanings): readonly Fact[] => {
  const item = itemOf(message, 'status');
  const status = item?.toText ?? message.issue.fields.status?.name;
  if (status === undefined) return [];
  const isNow = status === message.issue.fields.status?.name;
  const after = isNow ? meaningNow(message, statuses) : meaningOf(statuses, status);
  const before = meaningOf(statuses, item?.fromString);
  return statusFacts(where, {
    status,
    after,
    step: item === undefined ? null : stepByStatus(before, after),
    reason: status,
    attributes: { ...standingOf(message), category: isNow ? categoryOf(message) : undefined },
  });
};

/** Set or cleared. From one resolution to another is no step. */
const changedResolution = (item: Item, where: Told): readonly Fact[] => {
  const [before, after] = [item.fromString ?? item.from, item.toText ?? item.to];
  if (before === undefined && after !== undefined)
    return [{ ...where, type: 'TicketResolved', said: { reason: after } }];
  return before !== undefined && after === undefined ? [{ ...where, type: 'TicketReopened' }] : [];
};

/** The changelog names a person of Cloud by a key of old; the issue's assignee, if it is the same one, by accountId. */
const assigneeOf = (item: Item, { issue }: Message): string | undefined => {
  const { assignee } = issue.fields;
  const names = [assignee?.accountId, assignee?.name, assignee?.key];
  const isNow = item.to !== undefined && names.includes(item.to);
  return isNow ? idOf(assignee) : (item.tmpToAccountId ?? item.to);
};

const updated = (message: Message, where: Told, statuses: Meanings): readonly Fact[] => {
  const [resolution, assignee] = [itemOf(message, 'resolution'), itemOf(message, 'assignee')];
  const tellsStatus = ['status', 'resolution', 'priority'].some((field) => itemOf(message, field));
  const isAssigned =
    message.issue_event_type_name === 'issue_assigned' && message.changelog?.items?.length === 0;
  return [
    ...(tellsStatus ? changedStatus(message, where, statuses) : []),
    ...(resolution === undefined ? [] : changedResolution(resolution, where)),
    ...(assignee === undefined ? [] : [assignedFact(where, assigneeOf(assignee, message))]),
    ...(isAssigned ? [assignedFact(where, idOf(message.issue.fields.assignee))] : []),
  ];
};

const updateId = (signal: Signal, { changelog }: Message): string => {
  if (changelog?.id !== undefined) return `changelog/${changelog.id}`;
  return `delivery/${signal.fields?.['x-atlassian-webhook-identifier'] ?? shortHash(signal.raw)}`;
};

const translateIssue = (signal: Signal, message: Message, statuses: Meanings): Translation => {
  const { webhookEvent, timestamp, issue } = message;
  const subject = subjectOf('ticket', issue.id);
  switch (webhookEvent) {
    case 'jira:issue_created': {
      const at = issue.fields.created;
      if (at === undefined) return rejected('missing-field', 'issue.fields.created is absent or empty');
      return told(opened(message, { id: `created/${issue.id}`, subject, at }, statuses));
    }
    case 'jira:issue_deleted': {
      const where = { id: `deleted/${issue.id}`, subject, at: timestamp };
      return told([{ ...where, type: 'TicketClosed', said: { reason: 'deleted' } }]);
    }
    default: {
      const where = { id: updateId(signal, message), subject, at: timestamp };
      const facts = updated(message, where, statuses);
      return facts.length === 0
        ? ignored('an update of neither status, resolution, priority nor assignee')
        : told(facts);
    }
  }
};

const ISSUE_EVENTS = ['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted'];

const translate = (signal: Signal, statuses: Meanings): Translation => {
  const envelope = readJson(signal.raw, Envelope);
  if (envelope.status === 'rejected') return envelope;
  const { webhookEvent } = envelope.message;
  if (!ISSUE_EVENTS.includes(webhookEvent))
    return ignored(`the event ${webhookEvent.slice(0, 40)}: it changes no issue`);
  const read = readJson(signal.raw, Message);
  return read.status === 'rejected' ? read : translateIssue(signal, read.message, statuses);
};

export const jira = vendor({
  name: 'jira',
  options: Options,
  proof: 'jira',
  numbers: ['ticket'],
  make: ({ statuses }) => ({
    name: 'jira',
    version: 1,
    headers: ['x-atlassian-webhook-identifier'],
    translate: (signal) => translate(signal, statuses),
  }),
});
