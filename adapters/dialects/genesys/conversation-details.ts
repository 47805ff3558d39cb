/** A conversation of the analytics: everybody's segments with both their ends. It is what the other two are held against. */
import { z } from 'zod';
import type { EventType } from '../../../schemas/event.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { type Fact, type Said, told } from '../reading/facts.ts';
import { isoInstant, maybe, text } from '../reading/fields.ts';
import { ignored, readValue } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { farEnd, isCall, isOurs } from './medium.ts';
import type { Holds } from './notification.ts';

const Segment = z.looseObject({
  segmentType: text,
  segmentStart: isoInstant,
  /** Absent while it lasts. */
  segmentEnd: maybe(isoInstant),
  queueId: maybe(text),
  disconnectType: maybe(text),
});
type Segment = z.infer<typeof Segment>;

const Session = z.looseObject({
  sessionId: text,
  mediaType: maybe(text),
  direction: maybe(text),
  ani: maybe(text),
  dnis: maybe(text),
  segments: maybe(z.array(Segment)),
  /** In milliseconds. */
  metrics: maybe(z.array(z.looseObject({ name: text, value: z.number() }))),
});
type Session = z.infer<typeof Session>;

const Conversation = z.looseObject({
  conversationId: text,
  conversationEnd: maybe(isoInstant),
  participants: z.array(
    z.looseObject({ purpose: maybe(text), userId: maybe(text), sessions: maybe(z.array(Session)) }),
  ),
});

interface Step {
  readonly type: EventType;
  readonly at: number | undefined;
  readonly said?: Said;
  readonly queue?: string | undefined;
}

const metricOf = ({ metrics }: Session, name: string): number | undefined => {
  const value = metrics?.find((metric) => metric.name === name)?.value;
  return value === undefined ? undefined : Math.round(value);
};

const isTalk = ({ segmentType }: Segment): boolean => segmentType === 'interact' || segmentType === 'hold';

const inOrder = ({ segments = [] }: Session): readonly Segment[] =>
  segments.toSorted((one, other) => one.segmentStart - other.segmentStart);

/** A hold that the conversation did not outlast ends with it, and not with a resumption. */
const holdsOf = (talk: readonly Segment[], actor: string | undefined): readonly Step[] =>
  talk.flatMap(({ segmentType, segmentStart, segmentEnd }, index): readonly Step[] => {
    if (segmentType !== 'hold') return [];
    const goesOn = talk[index + 1]?.segmentType === 'interact';
    return [
      { type: 'CallHeld', at: segmentStart, said: { actor } },
      { type: 'CallResumed', at: goesOn ? segmentEnd : undefined, said: { actor } },
    ];
  });

const STARTS: ReadonlyMap<string, EventType> = new Map([
  ['alert', 'CallOffered'],
  ['contacting', 'CallContacting'],
  ['dialing', 'CallDialed'],
]);

/** Before anybody talks, and after. */
const besideTalk = (
  segment: Segment,
  session: Session,
  actor: string | undefined,
  talks: boolean,
): readonly Step[] => {
  const { segmentType, segmentStart, segmentEnd, disconnectType: reason, queueId: queue } = segment;
  const start = STARTS.get(segmentType);
  if (start !== undefined)
    return [
      { type: start, at: segmentStart, said: { actor }, queue },
      ...(segmentType === 'alert' && !talks
        ? [{ type: 'CallMissed' as const, at: segmentEnd, said: { actor, reason }, queue }]
        : []),
    ];
  if (segmentType !== 'wrapup') return [];
  return [
    { type: 'CallWrappedUp', at: segmentEnd, said: { actor, durationMs: metricOf(session, 'tAcw') }, queue },
  ];
};

const stepsOfUser = (session: Session, actor: string | undefined, holds: Holds): readonly Step[] => {
  const segments = inOrder(session);
  const talk = segments.filter(isTalk);
  const [first, last] = [talk[0], talk.at(-1)];
  const isOver = last?.disconnectType !== undefined;
  return [
    ...segments.flatMap((segment) => besideTalk(segment, session, actor, talk.length > 0)),
    { type: 'CallConnected', at: first?.segmentStart, said: { actor }, queue: first?.queueId },
    ...(holds === 'details' ? holdsOf(talk, actor) : []),
    {
      type: 'CallLeft',
      at: isOver ? last?.segmentEnd : undefined,
      said: { actor, durationMs: metricOf(session, 'tTalkComplete') },
      queue: last?.queueId,
    },
  ];
};

const stepsOfQueue = (session: Session): readonly Step[] => {
  const waiting = inOrder(session).filter(({ segmentType }) => segmentType === 'interact');
  const durationMs = metricOf(session, 'tAbandon');
  return [
    { type: 'CallQueued', at: waiting[0]?.segmentStart, queue: waiting[0]?.queueId },
    {
      type: 'CallAbandoned',
      at: durationMs === undefined ? undefined : waiting.at(-1)?.segmentEnd,
      said: { durationMs },
      queue: waiting.at(-1)?.queueId,
    },
  ];
};

const stepsOfCustomer = (session: Session, isOver: boolean): readonly Step[] => {
  const last = inOrder(session).at(-1);
  return [
    { type: 'CallEnded', at: isOver ? last?.segmentEnd : undefined, said: { reason: last?.disconnectType } },
  ];
};

const factOf = ({ type, at, said, queue }: Step, session: Session, conversation: string): readonly Fact[] =>
  at === undefined
    ? []
    : [
        {
          type,
          // A later query may know a length that this one did not: then it is another fact.
          id: `${session.sessionId}+${at}+${said?.durationMs ?? ''}`,
          subject: subjectOf('call', conversation),
          at,
          said: { ...said, attributes: { queue, ...farEnd(session) } },
        },
      ];

const stepsOf = (
  purpose: string | undefined,
  session: Session,
  userId: string | undefined,
  isOver: boolean,
  holds: Holds,
): readonly Step[] => {
  if (isOurs(purpose, userId)) return stepsOfUser(session, userId, holds);
  if (purpose === 'acd') return stepsOfQueue(session);
  return purpose === 'customer' ? stepsOfCustomer(session, isOver) : [];
};

export const translateDetails = (value: unknown, holds: Holds): Translation => {
  const read = readValue(value, Conversation);
  if (read.status === 'rejected') return read;
  const { conversationId, conversationEnd, participants } = read.message;
  const facts = participants.flatMap(({ purpose, userId, sessions = [] }) =>
    sessions
      .filter(({ mediaType }) => mediaType !== undefined && isCall(mediaType))
      .flatMap((session) => {
        const steps = stepsOf(purpose, session, userId, conversationEnd !== undefined, holds);
        return steps.flatMap((step) => factOf(step, session, conversationId));
      }),
  );
  return facts.length === 0 ? ignored('the details of a conversation without a call') : told(facts);
};
