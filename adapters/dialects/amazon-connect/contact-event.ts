/** A contact event, as EventBridge delivers it: one step of a contact, without an order and without hold. */
import { z } from 'zod';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { EventType } from '../../../schemas/event.ts';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { type Said, told } from '../reading/facts.ts';
import { isoInstant, maybe, text } from '../reading/fields.ts';
import { seconds } from '../reading/lengths.ts';
import { ignored, readValue } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { camelKeys } from './camel-keys.ts';
import { directionOf, idIn, isCall, noCall } from './contact.ts';

const ContactEvent = z.looseObject({
  eventType: text,
  contactId: text,
  initialContactId: maybe(text),
  channel: text,
  initiationMethod: maybe(text),
  initiationTimestamp: maybe(isoInstant),
  disconnectTimestamp: maybe(isoInstant),
  disconnectReason: maybe(text),
  queueInfo: maybe(z.looseObject({ queueArn: maybe(text), enqueueTimestamp: maybe(isoInstant) })),
  agentInfo: maybe(
    z.looseObject({
      agentArn: maybe(text),
      connectedToAgentTimestamp: maybe(isoInstant),
      afterContactWorkEndTimestamp: maybe(isoInstant),
      afterContactWorkDuration: maybe(seconds),
    }),
  ),
});
type ContactEvent = z.infer<typeof ContactEvent>;

/** EventBridge's envelope. Some pipes hand on what is in it alone: then it is the contact event itself. */
const Envelope = z.looseObject({
  id: maybe(text),
  time: maybe(isoInstant),
  'detail-type': maybe(text),
  detail: z.record(z.string(), z.unknown()),
});

/** The envelope is the vendor's event, `time` in whole seconds when it came about. */
interface Delivery {
  readonly id?: string | undefined;
  readonly time?: InstantMs | undefined;
  readonly event: ContactEvent;
}

interface Step {
  readonly types: readonly EventType[];
  readonly at: InstantMs | undefined;
  readonly said?: Said;
}

/** Who was in a queue and reached no agent gave up there, and the contact is over all the same. */
const isAbandoned = ({ agentInfo, queueInfo, initiationMethod }: ContactEvent): boolean =>
  agentInfo === undefined && queueInfo?.enqueueTimestamp !== undefined && initiationMethod !== 'OUTBOUND';

const stepOf = (event: ContactEvent): Step | string => {
  const { agentInfo, eventType } = event;
  const actor = idIn(agentInfo?.agentArn);
  switch (eventType) {
    case 'INITIATED':
      if (event.initiationMethod !== 'OUTBOUND') break;
      return { types: ['CallDialed'], at: event.initiationTimestamp, said: { actor } };
    case 'QUEUED':
      return { types: ['CallQueued'], at: event.queueInfo?.enqueueTimestamp };
    case 'CONNECTED_TO_AGENT':
      return { types: ['CallConnected'], at: agentInfo?.connectedToAgentTimestamp, said: { actor } };
    case 'DISCONNECTED':
      return {
        types: isAbandoned(event) ? ['CallAbandoned', 'CallEnded'] : ['CallEnded'],
        at: event.disconnectTimestamp,
        said: { reason: event.disconnectReason },
      };
    case 'COMPLETED':
      if (agentInfo?.afterContactWorkEndTimestamp === undefined)
        return 'a contact without after contact work is completed';
      return {
        types: ['CallWrappedUp'],
        at: agentInfo.afterContactWorkEndTimestamp,
        said: { actor, durationMs: agentInfo.afterContactWorkDuration },
      };
  }
  return `the contact event ${eventType.slice(0, 40)}: it moves no clock`;
};

const factsOf = ({ id, time, event }: Delivery, signal: Signal): Translation => {
  if (!isCall(event.channel)) return ignored(noCall(event.channel));
  const step = stepOf(event);
  if (typeof step === 'string') return ignored(step);
  const at = step.at ?? time;
  return told(
    step.types.map((type) => ({
      type,
      id: id ?? `${event.contactId}+${event.eventType}`,
      subject: subjectOf('call', event.contactId),
      at: at ?? signal.receivedAt,
      correlation: event.initialContactId,
      said: {
        ...step.said,
        attributes: {
          queue: idIn(event.queueInfo?.queueArn),
          direction: directionOf(event.initiationMethod),
        },
        timedBy: at === undefined ? 'receipt' : undefined,
      },
    })),
  );
};

/** The objects in the event, and the objects in those. */
const DEPTH = 2;

export const translateContactEvent = (value: unknown, signal: Signal): Translation => {
  const read = readValue(camelKeys(value, DEPTH), ContactEvent);
  return read.status === 'rejected' ? read : factsOf({ event: read.message }, signal);
};

export const translateEnvelope = (value: unknown, signal: Signal): Translation => {
  const read = readValue(value, Envelope);
  if (read.status === 'rejected') return read;
  const { id, time, detail, 'detail-type': about } = read.message;
  if (about !== undefined && about !== 'Amazon Connect Contact Event')
    return ignored(`the event ${about.slice(0, 60)}: it is about no contact`);
  const event = readValue(camelKeys(detail, DEPTH), ContactEvent);
  return event.status === 'rejected' ? event : factsOf({ id, time, event: event.message }, signal);
};
