/** A contact record: the whole contact, written when it is over and again whenever something of it becomes known. */
import { z } from 'zod';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { EventType } from '../../../schemas/event.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { type Fact, type Said, told } from '../reading/facts.ts';
import { isoInstant, maybe, text } from '../reading/fields.ts';
import { seconds } from '../reading/lengths.ts';
import { ignored, readValue } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { directionOf, idIn, isCall, noCall } from './contact.ts';

const ContactRecord = z.looseObject({
  ContactId: text,
  InitialContactId: maybe(text),
  Channel: text,
  InitiationMethod: maybe(text),
  InitiationTimestamp: maybe(isoInstant),
  DisconnectTimestamp: maybe(isoInstant),
  DisconnectReason: maybe(text),
  LastUpdateTimestamp: isoInstant,
  CustomerEndpoint: maybe(z.looseObject({ Address: maybe(text) })),
  Queue: maybe(
    z.looseObject({
      ARN: maybe(text),
      Name: maybe(text),
      EnqueueTimestamp: maybe(isoInstant),
      DequeueTimestamp: maybe(isoInstant),
      Duration: maybe(seconds),
    }),
  ),
  Agent: maybe(
    z.looseObject({
      ARN: maybe(text),
      ConnectedToAgentTimestamp: maybe(isoInstant),
      /** Without hold. */
      AgentInteractionDuration: maybe(seconds),
      AfterContactWorkEndTimestamp: maybe(isoInstant),
      AfterContactWorkDuration: maybe(seconds),
    }),
  ),
});
type ContactRecord = z.infer<typeof ContactRecord>;

interface Step {
  readonly type: EventType;
  readonly at: InstantMs | undefined;
  readonly said?: Said;
}

const dialled = ({ InitiationMethod, InitiationTimestamp, Agent }: ContactRecord): Step => ({
  type: 'CallDialed',
  at: InitiationMethod === 'OUTBOUND' ? InitiationTimestamp : undefined,
  said: { actor: idIn(Agent?.ARN) },
});

const connected = ({ Agent, Queue }: ContactRecord): Step => ({
  type: 'CallConnected',
  at: Agent?.ConnectedToAgentTimestamp,
  said: { actor: idIn(Agent?.ARN), durationMs: Queue?.Duration },
});

/** "It won't have a ConnectedToAgentTimestamp": so the vendor says how to know it. */
const abandoned = ({ Agent, Queue, DisconnectTimestamp }: ContactRecord): Step => {
  const isAbandoned = Queue?.EnqueueTimestamp !== undefined && Agent?.ConnectedToAgentTimestamp === undefined;
  return {
    type: 'CallAbandoned',
    at: isAbandoned ? (Queue.DequeueTimestamp ?? DisconnectTimestamp) : undefined,
    said: { durationMs: Queue?.Duration },
  };
};

const ended = ({ DisconnectTimestamp, DisconnectReason, Agent }: ContactRecord): Step => ({
  type: 'CallEnded',
  at: DisconnectTimestamp,
  said: { reason: DisconnectReason, durationMs: Agent?.AgentInteractionDuration },
});

const wrappedUp = ({ Agent }: ContactRecord): Step => ({
  type: 'CallWrappedUp',
  at: Agent?.AfterContactWorkEndTimestamp,
  said: { actor: idIn(Agent?.ARN), durationMs: Agent?.AfterContactWorkDuration },
});

const stepsOf = (record: ContactRecord): readonly Step[] => [
  dialled(record),
  { type: 'CallQueued', at: record.Queue?.EnqueueTimestamp },
  connected(record),
  abandoned(record),
  ended(record),
  wrappedUp(record),
];

const factOf = (step: Step, at: InstantMs, record: ContactRecord): Fact => ({
  type: step.type,
  id: record.ContactId,
  subject: subjectOf('call', record.ContactId),
  at,
  revision: record.LastUpdateTimestamp,
  correlation: record.InitialContactId,
  said: {
    ...step.said,
    attributes: {
      queue: record.Queue?.Name ?? idIn(record.Queue?.ARN),
      customer: record.CustomerEndpoint?.Address,
      direction: directionOf(record.InitiationMethod),
    },
  },
});

export const translateContactRecord = (value: unknown): Translation => {
  const read = readValue(value, ContactRecord);
  if (read.status === 'rejected') return read;
  const { message: record } = read;
  if (!isCall(record.Channel)) return ignored(noCall(record.Channel));
  const facts = stepsOf(record).flatMap((step) =>
    step.at === undefined ? [] : [factOf(step, step.at, record)],
  );
  return facts.length === 0 ? ignored('a contact record without a time') : told(facts);
};
