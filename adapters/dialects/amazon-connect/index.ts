/**
 * The dialect `amazon-connect`: contact events (EventBridge), contact records and agent events (Kinesis), told apart.
 *
 * | message                                 | fact                                        | time                       |
 * | --------------------------------------- | ------------------------------------------- | -------------------------- |
 * | contact event INITIATED, outbound       | CallDialed                                  | initiationTimestamp        |
 * | contact event QUEUED                    | CallQueued                                  | enqueueTimestamp           |
 * | contact event CONNECTED_TO_AGENT        | CallConnected                               | connectedToAgentTimestamp  |
 * | contact event DISCONNECTED              | CallEnded; CallAbandoned before it where it | disconnectTimestamp        |
 * |                                         | was queued and reached nobody               |                            |
 * | contact event COMPLETED                 | CallWrappedUp, where there was work         | afterContactWorkEndTimest. |
 * | contact record                          | CallDialed (outbound), CallQueued,          | the record's own, in whole |
 * |                                         | CallConnected with Queue.Duration,          | seconds                    |
 * |                                         | CallAbandoned, CallEnded with               |                            |
 * |                                         | AgentInteractionDuration (hold left out),   |                            |
 * |                                         | CallWrappedUp with AfterContactWorkDuration |                            |
 * | agent event: a contact rings            | CallOffered, or CallDialed where outbound   | StateStartTimestamp        |
 * | agent event: connected, ended, missed   | CallConnected, CallEnded, CallMissed        | StateStartTimestamp        |
 * | agent event: on hold, no longer on hold | CallHeld, CallResumed                       | EventTimestamp             |
 * | agent event: an ended contact is gone   | CallWrappedUp                               | EventTimestamp             |
 *
 * A contact event whose own time is missing is timed by the envelope's `time`. A transfer is a new contact; all of a
 * chain have InitialContactId as correlation. Agents and queues are the ids at the end of their ARNs (of records, the
 * queue's name).
 * Ids: EventBridge's id, else contact and event type; ContactId for records, where LastUpdateTimestamp is the revision:
 * a record is delivered at least once, and again when more is known, for 24 months; EventId for agent events. No order:
 * "events are not ordered"; agent events come in the order of one agent.
 * Sources: docs.aws.amazon.com/connect, "contact-events", "ctr-data-model", "agent-event-stream-model",
 * "determine-acw-time" (awsdocs/amazon-connect-admin-guide, CC-BY-SA); API reference, AgentContactReference.
 * Not told by Amazon: when hold began, outside agent events (a record has its length only); whom an external transfer
 * reached. Chats, tasks and mails are no calls and are ignored.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { splitArray } from '../reading/json-members.ts';
import { readJson, rejected } from '../reading/message.ts';
import { vendor } from '../reading/vendor.ts';
import { translateAgentEvent } from './agent-event.ts';
import { translateContactEvent, translateEnvelope } from './contact-event.ts';
import { translateContactRecord } from './contact-record.ts';

const Message = z.record(z.string(), z.unknown());
type Message = z.infer<typeof Message>;

const has = (message: Message, ...names: readonly string[]): boolean =>
  names.some((name) => Object.hasOwn(message, name));

/** What a pipe hands on from Kinesis: the message in base64, with its place in the stream. */
const isFromKinesis = (message: Message): message is Message & { data: string } =>
  has(message, 'sequenceNumber', 'partitionKey') && typeof message['data'] === 'string';

const translateMessage = (message: Message, signal: Signal): Translation => {
  if (has(message, 'detail')) return translateEnvelope(message, signal);
  if (has(message, 'AgentARN')) return translateAgentEvent(message);
  if (has(message, 'LastUpdateTimestamp', 'AWSContactTraceRecordFormatVersion'))
    return translateContactRecord(message);
  if (has(message, 'eventType', 'EventType')) return translateContactEvent(message, signal);
  return rejected('unknown-type', 'neither a contact event, a contact record nor an agent event');
};

const translate = (signal: Signal): Translation => {
  const read = readJson(signal.raw, Message);
  if (read.status === 'rejected') return read;
  if (!isFromKinesis(read.message)) return translateMessage(read.message, signal);
  const inner = readJson(Buffer.from(read.message.data, 'base64').toString('utf8'), Message);
  return inner.status === 'rejected' ? inner : translateMessage(inner.message, signal);
};

export const amazonConnect = vendor({
  name: 'amazon-connect',
  options: z.strictObject({}),
  numbers: [],
  make: () => ({ name: 'amazon-connect', version: 1, translate, split: splitArray }),
});
