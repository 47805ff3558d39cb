/**
 * The dialect `salesforce`: Change Data Capture of Case, Task and ServiceAppointment.
 *
 * | change                                   | facts                                                              |
 * | ---------------------------------------- | ------------------------------------------------------------------ |
 * | Case CREATE                              | TicketOpened, and TicketAssigned where OwnerId is told             |
 * | Case UPDATE of Status                    | TicketStatusChanged; the step where it is certain                  |
 * | Case UPDATE of OwnerId                   | TicketAssigned; a queue (00G...) is nobody                         |
 * | Case DELETE, UNDELETE                    | TicketClosed, TicketReopened                                       |
 * | Task with CallDurationInSeconds          | TimeEntered: somebody's word about a call, of that length          |
 * | ServiceAppointment ActualStartTime       | VisitCheckedIn at that time                                        |
 * | ServiceAppointment ActualEndTime         | VisitCheckedOut at that time, durationMs = ActualDuration          |
 * | ServiceAppointment Status Canceled       | VisitCancelled                                                     |
 * | GAP_...                                  | a dead letter: Salesforce could not say what changed, read it again |
 *
 * Source: developer.salesforce.com, "Change Data Capture Developer Guide" and the object reference; a captured message.
 * The time is commitTimestamp, epoch milliseconds. Only changed fields are told, and no value before: an open status is
 * told as a status and not as a step. Equal changes of one second come as one message with several recordIds. An id is
 * transactionKey and sequenceNumber. Actual times can be edited: the latest commit counts (`revision`), and
 * ActualDuration, in minutes, is then not updated by Salesforce. Whose visit it is stands in another object
 * (AssignedResource): the actor is the owner where it is told, and else who committed the change, which is the
 * technician where the technician's app writes the times.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { type Fact, told } from './reading/facts.ts';
import { epochInstant, isoInstant, maybe, text } from './reading/fields.ts';
import { splitArray } from './reading/json-members.ts';
import { ignored, readJson, rejected } from './reading/message.ts';
import { subjectOf } from './reading/subject.ts';
import { type Told, assignedFact, openedFact, statusFacts } from './reading/ticket-facts.ts';
import { Meanings, meaningOf } from './reading/ticket-status.ts';
import { vendor } from './reading/vendor.ts';

const STATUSES: Meanings = {
  new: 'new',
  working: 'open',
  'in progress': 'open',
  escalated: 'open',
  'on hold': 'pending',
  'waiting on customer': 'pending',
  closed: 'closed',
};

const Options = z.strictObject({
  statuses: Meanings.default(STATUSES).describe('what the statuses of cases mean, in small letters'),
});
type Options = z.infer<typeof Options>;

const millis = epochInstant('epoch-ms');
/** Avro writes epoch milliseconds, the streaming API ISO text. */
const moment = z.union([z.number(), text]).pipe(z.union([isoInstant, millis]));
const length = z.number().min(0);

const Payload = z.looseObject({
  ChangeEventHeader: z.looseObject({
    entityName: text,
    changeType: text,
    recordIds: z.array(text).min(1).max(1_000),
    commitTimestamp: millis,
    commitUser: maybe(text),
    transactionKey: text,
    sequenceNumber: z.int().min(0),
  }),
  Status: maybe(text),
  Priority: maybe(text),
  AccountId: maybe(text),
  ContactId: maybe(text),
  OwnerId: maybe(text),
  CallDurationInSeconds: maybe(length),
  CompletedDateTime: maybe(moment),
  ActualStartTime: maybe(moment),
  ActualEndTime: maybe(moment),
  ActualDuration: maybe(length),
});
type Payload = z.infer<typeof Payload>;

/** The streaming API wraps the change, the Pub/Sub API does not. */
const Message = z.union([z.looseObject({ payload: Payload }).transform(({ payload }) => payload), Payload]);

/** Ids begin with the kind of their object: 005 is a user; a queue is nobody. */
const personOf = (owner: string | undefined): string | undefined =>
  owner?.startsWith('005') === true ? owner : undefined;

const created = (at: Told, change: Payload, { statuses }: Options): readonly Fact[] => [
  openedFact(at, {
    status: change.Status,
    meaning: meaningOf(statuses, change.Status),
    priority: change.Priority,
    customer: change.AccountId ?? change.ContactId,
  }),
  ...(change.OwnerId === undefined ? [] : [assignedFact(at, personOf(change.OwnerId))]),
];

const updated = (at: Told, change: Payload, { statuses }: Options): readonly Fact[] => [
  ...(change.Status === undefined
    ? []
    : statusFacts(at, {
        status: change.Status,
        after: meaningOf(statuses, change.Status),
        reason: change.Status,
        attributes: { priority: change.Priority },
      })),
  ...(change.OwnerId === undefined ? [] : [assignedFact(at, personOf(change.OwnerId))]),
];

const caseFacts = (at: Told, change: Payload, options: Options): readonly Fact[] => {
  switch (change.ChangeEventHeader.changeType) {
    case 'CREATE':
      return created(at, change, options);
    case 'UPDATE':
      return updated(at, change, options);
    case 'DELETE':
      return [{ ...at, type: 'TicketClosed', said: { reason: 'deleted' } }];
    case 'UNDELETE':
      return [{ ...at, type: 'TicketReopened', said: { reason: 'undeleted' } }];
    default:
      return [];
  }
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

const taskFacts = (
  at: Told,
  { CallDurationInSeconds, CompletedDateTime, OwnerId }: Payload,
): readonly Fact[] =>
  CallDurationInSeconds === undefined
    ? []
    : [
        {
          ...at,
          type: 'TimeEntered',
          at: CompletedDateTime ?? at.at,
          said: {
            actor: personOf(OwnerId),
            durationMs: Math.round(CallDurationInSeconds * SECOND_MS),
            reason: 'a call that was logged in Salesforce',
          },
        },
      ];

const visitFacts = (at: Told, change: Payload, subject: string, record: string): readonly Fact[] => {
  const { ActualStartTime, ActualEndTime, ActualDuration, Status, ChangeEventHeader, OwnerId } = change;
  const actor = personOf(OwnerId) ?? ChangeEventHeader.commitUser;
  // Edited times are later words on the same two facts.
  const edited = { ...at, subject, id: record, revision: ChangeEventHeader.commitTimestamp };
  const durationMs = ActualDuration === undefined ? undefined : Math.round(ActualDuration * MINUTE_MS);
  return [
    ...(ActualStartTime === undefined
      ? []
      : [{ ...edited, type: 'VisitCheckedIn' as const, at: ActualStartTime, said: { actor } }]),
    ...(ActualEndTime === undefined
      ? []
      : [{ ...edited, type: 'VisitCheckedOut' as const, at: ActualEndTime, said: { actor, durationMs } }]),
    ...(Status?.toLowerCase().startsWith('cancel') === true
      ? [{ ...at, subject, type: 'VisitCancelled' as const, said: { reason: Status } }]
      : []),
  ];
};

const factsOf = (change: Payload, record: string, options: Options): readonly Fact[] => {
  const { entityName, transactionKey, sequenceNumber, commitTimestamp } = change.ChangeEventHeader;
  const at = { id: `${transactionKey}|${sequenceNumber}|${record}`, at: commitTimestamp };
  switch (entityName) {
    case 'Case':
      return caseFacts({ ...at, subject: subjectOf('ticket', record) }, change, options);
    case 'Task':
      return taskFacts({ ...at, subject: subjectOf('entry', record) }, change);
    case 'ServiceAppointment':
      return visitFacts({ ...at, subject: '' }, change, subjectOf('visit', record), record);
    default:
      return [];
  }
};

const translate = (signal: Signal, options: Options): Translation => {
  const read = readJson(signal.raw, Message);
  if (read.status === 'rejected') return read;
  const { ChangeEventHeader: header, CallDurationInSeconds, OwnerId } = read.message;
  if (header.changeType.startsWith('GAP_'))
    return rejected(
      'missing-field',
      `${header.changeType.slice(0, 40)}: Salesforce could not say what changed; read ${header.entityName.slice(0, 40)} ${header.recordIds.join(', ').slice(0, 200)} again`,
    );
  if (header.entityName === 'Task' && CallDurationInSeconds !== undefined && personOf(OwnerId) === undefined)
    return rejected('missing-field', 'CallDurationInSeconds needs OwnerId, a user, in the same change');
  const facts = header.recordIds.flatMap((record) => factsOf(read.message, record, options));
  return facts.length === 0
    ? ignored(`a change of ${header.entityName.slice(0, 40)} that moves no clock`)
    : told(facts);
};

export const salesforce = vendor({
  name: 'salesforce',
  options: Options,
  proof: 'shared-secret',
  numbers: [],
  make: (options) => ({
    name: 'salesforce',
    version: 1,
    split: splitArray,
    translate: (signal) => translate(signal, options),
  }),
});
