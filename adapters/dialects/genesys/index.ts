/**
 * The dialect `genesys`: Genesys Cloud's conversation detail events, conversation notifications and analytics details.
 *
 * | message                                | fact                                          | time                      |
 * | -------------------------------------- | --------------------------------------------- | ------------------------- |
 * | acd.start                              | CallQueued                                    | eventTime                 |
 * | acd.end: ANSWERED, ABANDON             | CallConnected of who answered, CallAbandoned, | eventTime                 |
 * |                                        | with connectedDurationMs                      |                           |
 * | user.start, not outbound               | CallOffered: the telephone rings              | eventTime                 |
 * | user.end                               | CallLeft with interactingDurationMs, and      | eventTime, and the        |
 * |                                        | CallContacting, CallDialed, CallConnected     | lengths before it         |
 * | user.end after nothing but ringing     | CallMissed with alertingDurationMs            | eventTime                 |
 * | customer.end                           | CallEnded                                     | eventTime                 |
 * | acw                                    | CallWrappedUp with wrapupDurationMs           | eventTime                 |
 * | notification: agent, user              | CallOffered, CallConnected, CallLeft or       | startTime, connectedTime, |
 * |                                        | CallMissed, CallWrappedUp                     | endTime, endAcwTime       |
 * | notification: acd, customer            | CallQueued, CallEnded                         | connectedTime, endTime    |
 * | notification: held, no longer held     | CallHeld, CallResumed; only with the option   | startHoldTime, receipt    |
 * |                                        | `holds: notifications`                        |                           |
 * | details: segments of agents, users     | CallOffered, CallContacting, CallDialed,      | segmentStart, segmentEnd  |
 * |                                        | CallConnected, CallHeld, CallResumed,         |                           |
 * |                                        | CallLeft, CallMissed, CallWrappedUp           |                           |
 * | details: acd, customer                 | CallQueued, CallAbandoned, CallEnded          | segmentStart, segmentEnd  |
 *
 * user.start is sent when the telephone rings, not when it is answered: user.end has an alertingDurationMs, and
 * integrators see it ("reaches the ringing stage", resources.lynn.cx). So it is no CallConnected.
 * Ids: session, event and eventTime; participant and time; session and time. The same in EventBridge and on a WebSocket,
 * and in every repetition of a notification. No order is told; times are in milliseconds and decide.
 * Sources: MyPureCloud SDKs (MIT), models ...DetailEventTopic..., ConversationCallEventTopic..., Analytics...;
 * developer.genesys.cloud, "Available topics"; splunk.github.io/terraform-genesyscloud-aws for the topics.
 * Not told: when a hold ended, outside the details; when an outbound user.start began to dial, before its user.end.
 * Chats, messages, mails and callbacks are no calls and are ignored.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { maybe, text } from '../reading/fields.ts';
import { splitArray } from '../reading/json-members.ts';
import { ignored, readJson, readValue, rejected } from '../reading/message.ts';
import { vendor } from '../reading/vendor.ts';
import { translateDetails } from './conversation-details.ts';
import { translateDetailEvent } from './detail-event.ts';
import { Holds, translateNotification } from './notification.ts';

const Options = z.strictObject({
  holds: Holds.default('details').describe(
    'where hold is told from: the analytics details, exact and later, or the notifications, whose end is the receipt',
  ),
});
type Options = z.infer<typeof Options>;

const Notification = z.looseObject({ topicName: text, eventBody: z.unknown() });

/** A WebSocket sends the notification itself, EventBridge puts it into `detail`. */
const Message = z.looseObject({
  detail: maybe(Notification),
  topicName: maybe(text),
  conversationId: maybe(text),
  /** How many conversations the query found. */
  totalHits: maybe(z.int()),
});

const DETAIL_EVENT = /^v2\.detail\.events\.conversation\.[^.]+\.(.+)$/;
/** Of a user's or a queue's conversations, or of their calls alone. */
const CONVERSATIONS = /\.conversations(\.calls)?$/;

const translateTopic = (
  { topicName, eventBody }: z.infer<typeof Notification>,
  signal: Signal,
  { holds }: Options,
): Translation => {
  const name = DETAIL_EVENT.exec(topicName)?.[1];
  if (name !== undefined) return translateDetailEvent(name, eventBody);
  const conversations = CONVERSATIONS.exec(topicName);
  if (conversations === null) return ignored('a topic that is about no conversation');
  return translateNotification(eventBody, conversations[1] !== undefined, signal, holds);
};

const translate = (signal: Signal, options: Options): Translation => {
  const read = readJson(signal.raw, Message);
  if (read.status === 'rejected') return read;
  const { message } = read;
  if (message.detail !== undefined) return translateTopic(message.detail, signal, options);
  if (message.conversationId !== undefined) return translateDetails(message, options.holds);
  if (message.totalHits === 0) return ignored('a page without a conversation');
  if (message.topicName === undefined)
    return rejected(
      'unknown-type',
      'neither topicName, detail nor conversationId: no message of Genesys Cloud',
    );
  const bare = readValue(message, Notification);
  return bare.status === 'rejected' ? bare : translateTopic(bare.message, signal, options);
};

const Page = z.looseObject({ conversations: z.array(z.unknown()).min(1) });

/** A page of the analytics has many conversations. */
const split = (signal: Signal): readonly Signal[] => {
  const page = readJson(signal.raw, Page);
  return page.status === 'read'
    ? page.message.conversations.map((one) => ({ ...signal, raw: JSON.stringify(one) }))
    : splitArray(signal);
};

export const genesys = vendor({
  name: 'genesys',
  options: Options,
  numbers: [],
  make: (options) => ({
    name: 'genesys',
    version: 1,
    translate: (signal) => translate(signal, options),
    split,
  }),
});
