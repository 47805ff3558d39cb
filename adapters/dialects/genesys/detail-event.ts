/** A conversation detail event: one participant comes or goes, and whoever goes says how long each part took. */
import { z } from 'zod';
import type { EventType } from '../../../schemas/event.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { type Said, told } from '../reading/facts.ts';
import { epochInstant, maybe, text } from '../reading/fields.ts';
import { milliseconds } from '../reading/lengths.ts';
import { ignored, readValue, rejected } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { farEnd, isCall, noCall } from './medium.ts';

const Body = z.looseObject({
  eventTime: epochInstant('epoch-ms'),
  conversationId: text,
  participantId: maybe(text),
  sessionId: maybe(text),
  mediaType: text,
  direction: maybe(text),
  ani: maybe(text),
  dnis: maybe(text),
  userId: maybe(text),
  queueId: maybe(text),
  disconnectType: maybe(text),
  acdOutcome: maybe(text),
  answeredUserId: maybe(text),
  /** How long somebody was in the queue. */
  connectedDurationMs: maybe(milliseconds),
  interactingDurationMs: maybe(milliseconds),
  heldDurationMs: maybe(milliseconds),
  alertingDurationMs: maybe(milliseconds),
  contactingDurationMs: maybe(milliseconds),
  dialingDurationMs: maybe(milliseconds),
  wrapupDurationMs: maybe(milliseconds),
});
type Body = z.infer<typeof Body>;

interface Step {
  readonly type: EventType;
  /** Absent: the time of the event. */
  readonly at?: number;
  readonly said?: Said;
}

const isOutbound = ({ direction }: Body): boolean => direction?.toUpperCase() === 'OUTBOUND';

/**
 * ```text
 *   user.start                                               user.end
 *       | contacting | dialing (or alerting) | interacting, held |
 *                                            ^ connected
 * ```
 * The event of the end has the length of each part, and the parts leave no gap: so it tells when each began.
 */
const partsOf = (body: Body): readonly Step[] => {
  const { userId: actor, contactingDurationMs: contacting = 0, dialingDurationMs: dialing = 0 } = body;
  const talked = (body.interactingDurationMs ?? 0) + (body.heldDurationMs ?? 0);
  const connectedAt = body.eventTime - talked;
  const part = (type: EventType, lengthMs: number, at: number): readonly Step[] =>
    lengthMs > 0 ? [{ type, at, said: { actor } }] : [];
  return [
    ...part('CallContacting', contacting, connectedAt - dialing - contacting),
    ...part('CallDialed', dialing, connectedAt - dialing),
    ...part('CallConnected', talked, connectedAt),
  ];
};

/** It rang, and there was nothing else. An end that tells no lengths says nothing about that. */
const isMissed = (body: Body): boolean =>
  !isOutbound(body) &&
  body.alertingDurationMs !== undefined &&
  (body.interactingDurationMs ?? 0) + (body.heldDurationMs ?? 0) === 0;

const userEnd = (body: Body): readonly Step[] => {
  const { userId: actor, disconnectType, alertingDurationMs, interactingDurationMs } = body;
  if (isMissed(body))
    return [{ type: 'CallMissed', said: { actor, reason: disconnectType, durationMs: alertingDurationMs } }];
  return [...partsOf(body), { type: 'CallLeft', said: { actor, durationMs: interactingDurationMs } }];
};

const acdEnd = ({ acdOutcome, answeredUserId, connectedDurationMs: durationMs }: Body): readonly Step[] => {
  if (acdOutcome === 'ABANDON') return [{ type: 'CallAbandoned', said: { durationMs } }];
  const isAnswered = acdOutcome === 'ANSWERED' && answeredUserId !== undefined;
  return isAnswered ? [{ type: 'CallConnected', said: { actor: answeredUserId, durationMs } }] : [];
};

/** What the event tells; nothing where it moves no clock. */
const stepsOf = (name: string, body: Body): readonly Step[] => {
  switch (name) {
    case 'acd.start':
      return [{ type: 'CallQueued' }];
    case 'acd.end':
      return acdEnd(body);
    case 'user.start':
      // Somebody's telephone rings. Of a call that the user makes, the end tells what began when.
      return isOutbound(body) ? [] : [{ type: 'CallOffered', said: { actor: body.userId } }];
    case 'user.end':
      return userEnd(body);
    case 'customer.end':
      return [{ type: 'CallEnded', said: { reason: body.disconnectType } }];
    case 'acw':
      return [{ type: 'CallWrappedUp', said: { actor: body.userId, durationMs: body.wrapupDurationMs } }];
    default:
      return [];
  }
};

const NAMES_USER: ReadonlySet<string> = new Set(['user.start', 'user.end', 'acw']);

/** `name`: the end of the topic, `user.start`. */
export const translateDetailEvent = (name: string, eventBody: unknown): Translation => {
  const read = readValue(eventBody, Body);
  if (read.status === 'rejected') return read;
  const { message: body } = read;
  if (!isCall(body.mediaType)) return ignored(noCall(body.mediaType));
  const steps = stepsOf(name, body);
  if (steps.length === 0) return ignored(`the detail event ${name.slice(0, 40)}: it moves no clock`);
  if (NAMES_USER.has(name) && body.userId === undefined)
    return rejected('missing-field', 'userId is absent or empty');
  const who = body.sessionId ?? body.participantId ?? body.conversationId;
  return told(
    steps.map(({ type, at = body.eventTime, said }) => ({
      type,
      id: `${who}+${name}+${body.eventTime}`,
      subject: subjectOf('call', body.conversationId),
      at,
      said: { ...said, attributes: { queue: body.queueId, ...farEnd(body) } },
    })),
  );
};
