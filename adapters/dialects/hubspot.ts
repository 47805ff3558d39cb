/**
 * The dialect `hubspot`: webhook events of HubSpot about tickets. A delivery is an array of them; each is a signal.
 *
 * | event                                    | facts                                                          |
 * | ---------------------------------------- | -------------------------------------------------------------- |
 * | ticket created                           | TicketOpened                                                   |
 * | hs_pipeline_stage of a ticket            | TicketStatusChanged; the step where it is certain              |
 * | hubspot_owner_id of a ticket             | TicketAssigned                                                 |
 * | ticket deleted                           | TicketClosed                                                   |
 *
 * Source: developers.hubspot.com, "Webhooks API": `object.*` with objectTypeId `0-5`, and the older `ticket.*`; a captured
 * batch. The time is occurredAt, epoch milliseconds; several events may share it. The value before is not told, so that
 * an open stage is told as a status and not as a step. eventId is not documented to be unique: object, property and time
 * are part of the id. Calls and meetings in HubSpot are notes about them: their events tell when a note was written, not
 * when somebody spoke, and are left out.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { type Fact, told } from './reading/facts.ts';
import { epochInstant, id, maybe, text } from './reading/fields.ts';
import { splitArray } from './reading/json-members.ts';
import { ignored, readJson, readValue } from './reading/message.ts';
import { subjectOf } from './reading/subject.ts';
import { type Told, assignedFact, openedFact, statusFacts } from './reading/ticket-facts.ts';
import { Meanings, meaningOf } from './reading/ticket-status.ts';
import { vendor } from './reading/vendor.ts';

/** The stages of the support pipeline that every portal starts with; their ids are their numbers. */
const STAGES: Meanings = { '1': 'new', '2': 'pending', '3': 'open', '4': 'closed' };

const Options = z.strictObject({
  statuses: Meanings.default(STAGES).describe(
    'what the stages of the ticket pipelines mean, by the id of the stage',
  ),
});
type Options = z.infer<typeof Options>;

const TICKET = '0-5';

const Kind = z.looseObject({ subscriptionType: text, objectTypeId: maybe(id) });

const Message = z.looseObject({
  eventId: id,
  occurredAt: epochInstant('epoch-ms'),
  objectId: id,
  propertyName: maybe(text),
  propertyValue: maybe(id),
});
type Message = z.infer<typeof Message>;

const isTicket = ({ subscriptionType, objectTypeId }: z.infer<typeof Kind>): boolean =>
  objectTypeId === undefined ? subscriptionType.startsWith('ticket.') : objectTypeId === TICKET;

const property = (
  at: Told,
  { propertyName, propertyValue }: Message,
  { statuses }: Options,
): readonly Fact[] => {
  if (propertyName === 'hubspot_owner_id') return [assignedFact(at, propertyValue)];
  if (propertyName !== 'hs_pipeline_stage' || propertyValue === undefined) return [];
  return statusFacts(at, { status: propertyValue, after: meaningOf(statuses, propertyValue) });
};

const factsOf = (what: string, at: Told, message: Message, options: Options): readonly Fact[] => {
  switch (what) {
    case 'creation':
      return [openedFact(at, {})];
    case 'propertyChange':
      return property(at, message, options);
    case 'deletion':
      return [{ ...at, type: 'TicketClosed', said: { reason: 'deleted' } }];
    case 'restore':
      return [{ ...at, type: 'TicketReopened' }];
    default:
      return [];
  }
};

const translate = (signal: Signal, options: Options): Translation => {
  const kind = readJson(signal.raw, Kind);
  if (kind.status === 'rejected') return kind;
  const { subscriptionType, objectTypeId } = kind.message;
  if (!isTicket(kind.message))
    return ignored(`an object of the type ${(objectTypeId ?? subscriptionType).slice(0, 60)}`);
  const read = readValue(kind.message, Message);
  if (read.status === 'rejected') return read;
  const { message } = read;
  const { eventId, objectId, occurredAt, propertyName = '' } = message;
  const at = {
    id: [eventId, objectId, propertyName, occurredAt].join('|'),
    subject: subjectOf('ticket', objectId),
    at: occurredAt,
  };
  const facts = factsOf(subscriptionType.slice(subscriptionType.indexOf('.') + 1), at, message, options);
  return facts.length === 0
    ? ignored(`${subscriptionType.slice(0, 60)} of something that moves no clock`)
    : told(facts);
};

export const hubspot = vendor({
  name: 'hubspot',
  options: Options,
  proof: 'hubspot',
  numbers: ['ticket'],
  make: (options) => ({
    name: 'hubspot',
    version: 1,
    split: splitArray,
    translate: (signal) => translate(signal, options),
  }),
});
