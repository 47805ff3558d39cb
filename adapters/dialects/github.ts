/**
 * The dialect `github`: the webhook `issues` of GitHub, told as the life of a ticket.
 *
 * | action                        | fact                                   | time                                    |
 * | ----------------------------- | -------------------------------------- | --------------------------------------- |
 * | opened                        | TicketOpened                           | issue.created_at                        |
 * | assigned                      | TicketAssigned                         | receipt                                 |
 * | unassigned                    | TicketAssigned to who is left, or to   | receipt                                 |
 * |                               | nobody (`unassigned`)                  |                                         |
 * | closed as completed           | TicketResolved                         | issue.closed_at                         |
 * | closed otherwise              | TicketClosed, with GitHub's reason     | issue.closed_at                         |
 * | reopened                      | TicketReopened                         | receipt                                 |
 * | labeled, unlabeled            | the step from or to the label's        | receipt                                 |
 * |                               | meaning, where `labels` gives it one   |                                         |
 * | deleted, transferred          | TicketClosed, with the action as reason | receipt                                |
 *
 * Source: docs.github.com, "Webhook events and payloads", issues; payloads of octokit/webhooks (MIT). The body has no
 * time of the event: updated_at of an assignment is that of the issue's creation, and a reopened issue keeps its old
 * closed_at. So most facts are timed by receipt, and what they bound is inferred. GitHub never repeats a delivery by
 * itself; a redelivery by hand keeps its GUID. Order is not told.
 */
import { z } from 'zod';
import type { EventType } from '../../schemas/event.ts';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { type Fact, type Said, told } from './reading/facts.ts';
import { id, isoInstant, maybe, text } from './reading/fields.ts';
import { shortHash } from './reading/hash.ts';
import { ignored, readJson, readValue, rejected } from './reading/message.ts';
import { subjectOf } from './reading/subject.ts';
import { Meanings, NOBODY, meaningOf, stepOf } from './reading/ticket-status.ts';
import { vendor } from './reading/vendor.ts';

const Options = z.strictObject({
  labels: Meanings.default({}).describe(
    'labels that mean a status, for instance { waiting for customer: pending }',
  ),
});
type Options = z.infer<typeof Options>;

const Person = z.looseObject({ login: text });

const Message = z.looseObject({
  action: text,
  issue: z.looseObject({
    number: id,
    created_at: isoInstant,
    closed_at: maybe(isoInstant),
    state_reason: maybe(text),
    user: maybe(Person),
    assignees: maybe(z.array(Person)),
    pull_request: z.unknown().optional(),
  }),
  assignee: maybe(Person),
  label: maybe(z.looseObject({ name: text })),
  repository: z.looseObject({ full_name: text }),
});
type Message = z.infer<typeof Message>;

interface Step {
  readonly type: EventType;
  /** Absent: the moment of receipt. */
  readonly at?: number | undefined;
  readonly said?: Said;
}

const closed = ({ issue }: Message): Step => ({
  type:
    issue.state_reason === undefined || issue.state_reason === 'completed'
      ? 'TicketResolved'
      : 'TicketClosed',
  at: issue.closed_at,
  said: { reason: issue.state_reason },
});

const opened = ({ issue, repository }: Message): Step => ({
  type: 'TicketOpened',
  at: issue.created_at,
  said: { attributes: { status: 'open', repository: repository.full_name, customer: issue.user?.login } },
});

const labelled = (before: boolean, { label }: Message, { labels }: Options): Step | string => {
  const meaning = meaningOf(labels, label?.name);
  if (meaning === undefined) return 'a label that means no status';
  const type = before ? stepOf(meaning, 'open') : stepOf('open', meaning);
  return type === undefined ? 'a label that changes no status' : { type, said: { reason: label?.name } };
};

/** What an action tells, or why it tells nothing. */
const stepFor = (message: Message, options: Options): Step | string => {
  const { action, issue, assignee } = message;
  switch (action) {
    case 'opened':
      return opened(message);
    case 'assigned':
      return {
        type: 'TicketAssigned',
        said: { actor: assignee?.login ?? issue.assignees?.at(-1)?.login ?? NOBODY },
      };
    case 'unassigned':
      return { type: 'TicketAssigned', said: { actor: issue.assignees?.at(-1)?.login ?? NOBODY } };
    case 'closed':
      return closed(message);
    case 'reopened':
      return { type: 'TicketReopened' };
    case 'labeled':
      return labelled(false, message, options);
    case 'unlabeled':
      return labelled(true, message, options);
    case 'deleted':
    case 'transferred':
      return { type: 'TicketClosed', said: { reason: action } };
    default:
      return `an issue that was ${action.slice(0, 40)}: it moves no clock`;
  }
};

/** Only TicketResumed takes no reason. */
const saidBy = ({ type, said = {} }: Step, isReceipt: boolean): Said => {
  const { reason, ...rest } = said;
  return {
    ...rest,
    ...(type === 'TicketResumed' || type === 'TicketAssigned' ? {} : { reason }),
    timedBy: isReceipt ? 'receipt' : undefined,
  };
};

const factOf = (step: Step, { issue, repository }: Message, signal: Signal): Fact => ({
  type: step.type,
  id: signal.fields?.['x-github-delivery'] ?? shortHash(signal.raw),
  subject: subjectOf('ticket', ...repository.full_name.split('/'), issue.number),
  at: step.at ?? signal.receivedAt,
  said: saidBy(step, step.at === undefined),
});

/** What else a hook may be subscribed to. Where the header is not kept (a file), the body tells. */
const About = z.looseObject({
  comment: z.unknown().optional(),
  projects_v2_item: z.unknown().optional(),
});

const translate = (signal: Signal, options: Options): Translation => {
  const kind = signal.fields?.['x-github-event'];
  if (kind !== undefined && kind !== 'issues')
    return ignored(`the event ${kind.slice(0, 40)}: it is about no issue`);
  const about = readJson(signal.raw, About);
  if (about.status === 'rejected') return about;
  if (about.message.comment !== undefined || about.message.projects_v2_item !== undefined)
    return ignored('a comment or a project item: it is about no issue');
  const read = readValue(about.message, Message);
  if (read.status === 'rejected') return read;
  const { message } = read;
  if (message.issue.pull_request !== undefined) return ignored('a pull request');
  const step = stepFor(message, options);
  if (typeof step === 'string') return ignored(step);
  if (step.at === undefined && message.action === 'closed')
    return rejected('missing-field', 'issue.closed_at is absent or empty');
  return told([factOf(step, message, signal)]);
};

export const github = vendor({
  name: 'github',
  options: Options,
  proof: 'github',
  numbers: [],
  make: (options) => ({
    name: 'github',
    version: 1,
    headers: ['x-github-delivery', 'x-github-event'],
    translate: (signal) => translate(signal, options),
  }),
});
