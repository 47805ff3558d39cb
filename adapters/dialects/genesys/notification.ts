/** A conversation notification: how the whole conversation stands now, participant by participant, sent at every change. */
import { z } from 'zod';
import type { EventType } from '../../../schemas/event.ts';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { type Fact, told } from '../reading/facts.ts';
import { isoInstant, maybe, text } from '../reading/fields.ts';
import { ignored, readValue } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { isOurs } from './medium.ts';

/** Where hold is told from: the details that tell both its ends, or the notifications, which tell only that it is over. */
export const Holds = z.enum(['details', 'notifications']);
export type Holds = z.infer<typeof Holds>;

const held = z.boolean().nullish();
const reference = maybe(z.looseObject({ id: text }));

/** The topics about calls have the state on the participant, those about conversations on its calls. */
const Call = z.looseObject({
  held,
  startHoldTime: maybe(isoInstant),
  connectedTime: maybe(isoInstant),
  direction: maybe(text),
});

const Participant = z.looseObject({
  id: text,
  purpose: maybe(text),
  direction: maybe(text),
  startTime: maybe(isoInstant),
  connectedTime: maybe(isoInstant),
  endTime: maybe(isoInstant),
  held,
  startHoldTime: maybe(isoInstant),
  endAcwTime: maybe(isoInstant),
  user: reference,
  userId: maybe(text),
  queue: reference,
  queueId: maybe(text),
  calls: maybe(z.array(Call)),
});
type Participant = z.infer<typeof Participant>;

const Conversation = z.looseObject({ id: text, participants: maybe(z.array(Participant)) });

interface Step {
  readonly type: EventType;
  readonly at: number | undefined;
  readonly isReceipt?: boolean;
}

const connectedAt = ({ calls, connectedTime }: Participant): number | undefined =>
  calls?.at(-1)?.connectedTime ?? connectedTime;

const directionOf = ({ calls, direction }: Participant): string | undefined =>
  calls?.at(-1)?.direction ?? direction;

const userOf = ({ userId, user }: Participant): string | undefined => userId ?? user?.id;

/**
 * While it lasts, a hold is told with its beginning. That it is over is seen only in what follows: somebody is connected
 * and does not hold, at the moment of receipt.
 */
const holdOf = (participant: Participant, { receivedAt }: Signal): readonly Step[] => {
  const call = participant.calls?.at(-1);
  const isHeld = call?.held ?? participant.held;
  if (connectedAt(participant) === undefined || participant.endTime !== undefined) return [];
  if (isHeld === true) return [{ type: 'CallHeld', at: call?.startHoldTime ?? participant.startHoldTime }];
  return isHeld === false ? [{ type: 'CallResumed', at: receivedAt, isReceipt: true }] : [];
};

const stepsOfUser = (participant: Participant, signal: Signal, holds: Holds): readonly Step[] => {
  const { startTime, endTime, endAcwTime } = participant;
  const connected = connectedAt(participant);
  const isOutbound = directionOf(participant) === 'outbound';
  return [
    { type: 'CallOffered', at: isOutbound ? undefined : startTime },
    { type: 'CallConnected', at: connected },
    ...(holds === 'notifications' ? holdOf(participant, signal) : []),
    { type: connected === undefined && !isOutbound ? 'CallMissed' : 'CallLeft', at: endTime },
    { type: 'CallWrappedUp', at: endAcwTime },
  ];
};

const stepsOf = (participant: Participant, signal: Signal, holds: Holds): readonly Step[] => {
  const { purpose, startTime, endTime } = participant;
  if (isOurs(purpose, userOf(participant))) return stepsOfUser(participant, signal, holds);
  if (purpose === 'acd') return [{ type: 'CallQueued', at: connectedAt(participant) ?? startTime }];
  return purpose === 'customer' ? [{ type: 'CallEnded', at: endTime }] : [];
};

const NAMELESS: ReadonlySet<EventType> = new Set(['CallQueued', 'CallEnded']);

/**
 * The same fact stands in every later notification, and must not change: so no reason (a disconnectType takes several
 * values), and the queue, which may be known later, is part of the id.
 */
const factOf = (
  { type, at, isReceipt }: Step,
  participant: Participant,
  conversation: string,
): readonly Fact[] => {
  if (at === undefined) return [];
  const { id, queueId, queue: referred } = participant;
  const queue = queueId ?? referred?.id;
  return [
    {
      type,
      id: `${id}+${at}+${queue ?? ''}`,
      subject: subjectOf('call', conversation),
      at,
      said: {
        actor: NAMELESS.has(type) ? undefined : userOf(participant),
        attributes: { queue, direction: directionOf(participant) },
        timedBy: isReceipt === true ? 'receipt' : undefined,
      },
    },
  ];
};

/** `isOfCalls`: the topic is about calls; one about conversations tells of every medium. */
export const translateNotification = (
  eventBody: unknown,
  isOfCalls: boolean,
  signal: Signal,
  holds: Holds,
): Translation => {
  const read = readValue(eventBody, Conversation);
  if (read.status === 'rejected') return read;
  const { id, participants = [] } = read.message;
  const facts = participants
    .filter(({ calls }) => isOfCalls || (calls !== undefined && calls.length > 0))
    .flatMap((participant) =>
      stepsOf(participant, signal, holds).flatMap((step) => factOf(step, participant, id)),
    );
  return facts.length === 0 ? ignored('a notification that tells nothing new of a call') : told(facts);
};
