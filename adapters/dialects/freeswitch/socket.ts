/**
 * Events of FreeSWITCH's event socket (ESL), as text blocks or as JSON objects of the same keys.
 *
 * | event                                  | whose leg                | fact                                    |
 * | -------------------------------------- | ------------------------ | --------------------------------------- |
 * | CHANNEL_CREATE                         | the first, a person's    | CallDialed                              |
 * | CHANNEL_CREATE                         | the first, of another    | CallQueued                              |
 * | CHANNEL_CREATE                         | a person's               | CallOffered                             |
 * | CHANNEL_ANSWER                         | a person's               | CallConnected                           |
 * | CHANNEL_HOLD, CHANNEL_UNHOLD           | a person's               | CallHeld, CallResumed                   |
 * | CHANNEL_HANGUP_COMPLETE                | the first                | CallEnded, with the cause               |
 * | CHANNEL_HANGUP_COMPLETE                | a person's               | CallLeft                                |
 * | callcenter::info member-queue-start    |                          | CallQueued                              |
 * | callcenter::info agent-offering        |                          | CallOffered of CC-Agent                 |
 * | callcenter::info bridge-agent-start    |                          | CallConnected of CC-Agent               |
 * | callcenter::info bridge-agent-fail     |                          | CallMissed of CC-Agent                  |
 * | callcenter::info bridge-agent-end      |                          | CallEnded of CC-Agent                   |
 * | callcenter::info member-queue-end      | CC-Cause Cancel          | CallAbandoned, with CC-Cancel-Reason    |
 * | callcenter::info agent-status-change   |                          | PersonActive: somebody pressed a key    |
 *
 * Source: developer.signalwire.com/freeswitch, Event List and mod_callcenter. The time is Event-Date-Timestamp in
 * microseconds; of callcenter events without it the CC-...-Time in seconds. Event-Sequence orders the events of a core.
 * The id is Event-UUID where there is one, else call, event and time. Wrap-up is configured, not told.
 */
import { type EventType, personStream } from '../../../schemas/event.ts';
import type { SubjectId } from '../../../schemas/brand.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { readEpoch } from '../reading/epoch.ts';
import { type Said, told } from '../reading/facts.ts';
import { ignored, rejected } from '../reading/message.ts';
import type { IsPerson } from '../reading/pattern.ts';
import { quote } from '../reading/quote.ts';
import { subjectOf } from '../reading/subject.ts';

type Event = Readonly<Record<string, unknown>>;

/** Values of text blocks are percent-encoded. */
const textIn = (event: Event, key: string): string | undefined => {
  const value = event[key];
  if (typeof value !== 'string' || value === '') return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

interface Step {
  readonly type: EventType;
  readonly said?: Said;
  /** The field that has the time in seconds, where Event-Date-Timestamp is not told. */
  readonly timeIn?: string;
}

const userOf = (event: Event): string | undefined =>
  textIn(event, 'variable_cc_agent') ??
  (textIn(event, 'Call-Direction') === 'outbound'
    ? (textIn(event, 'variable_dialed_user') ?? textIn(event, 'Caller-Destination-Number'))
    : (textIn(event, 'Caller-Username') ?? textIn(event, 'Caller-Caller-ID-Number')));

const legStep = (event: Event, isPerson: IsPerson): Step | undefined => {
  const user = userOf(event);
  const actor = isPerson(user) ? user : undefined;
  const isFirst =
    textIn(event, 'Unique-ID') === (textIn(event, 'Channel-Call-UUID') ?? textIn(event, 'Unique-ID'));
  switch (textIn(event, 'Event-Name') ?? '') {
    case 'CHANNEL_CREATE':
      if (isFirst && actor === undefined)
        return {
          type: 'CallQueued',
          said: { attributes: { customer: textIn(event, 'Caller-Caller-ID-Number') } },
        };
      return actor === undefined
        ? undefined
        : { type: isFirst ? 'CallDialed' : 'CallOffered', said: { actor } };
    case 'CHANNEL_ANSWER':
      return actor === undefined ? undefined : { type: 'CallConnected', said: { actor } };
    case 'CHANNEL_HOLD':
      return actor === undefined ? undefined : { type: 'CallHeld', said: { actor } };
    case 'CHANNEL_UNHOLD':
      return actor === undefined ? undefined : { type: 'CallResumed', said: { actor } };
    case 'CHANNEL_HANGUP_COMPLETE':
      if (isFirst) return { type: 'CallEnded', said: { actor, reason: textIn(event, 'Hangup-Cause') } };
      return actor === undefined ? undefined : { type: 'CallLeft', said: { actor } };
    default:
      return undefined;
  }
};

const queueStep = (event: Event): Step | undefined => {
  const actor = textIn(event, 'CC-Agent');
  const attributes = { queue: textIn(event, 'CC-Queue'), customer: textIn(event, 'CC-Member-CID-Number') };
  switch (textIn(event, 'CC-Action') ?? '') {
    case 'member-queue-start':
      return { type: 'CallQueued', said: { attributes }, timeIn: 'CC-Member-Joined-Time' };
    case 'agent-offering':
      return { type: 'CallOffered', said: { actor }, timeIn: 'CC-Agent-Called-Time' };
    case 'bridge-agent-start':
      return { type: 'CallConnected', said: { actor, attributes }, timeIn: 'CC-Agent-Answered-Time' };
    case 'bridge-agent-fail':
      return {
        type: 'CallMissed',
        said: { actor, reason: textIn(event, 'CC-Hangup-Cause') },
        timeIn: 'CC-Agent-Aborted-Time',
      };
    case 'bridge-agent-end':
      return {
        type: 'CallEnded',
        said: { actor, reason: textIn(event, 'CC-Hangup-Cause') },
        timeIn: 'CC-Bridge-Terminated-Time',
      };
    case 'member-queue-end':
      return textIn(event, 'CC-Cause') === 'Cancel'
        ? {
            type: 'CallAbandoned',
            said: { reason: textIn(event, 'CC-Cancel-Reason') },
            timeIn: 'CC-Member-Leaving-Time',
          }
        : undefined;
    case 'agent-status-change':
      return { type: 'PersonActive', said: { actor } };
    default:
      return undefined;
  }
};

const timeOf = (event: Event, { timeIn }: Step): number | string => {
  const exact = textIn(event, 'Event-Date-Timestamp');
  const field = exact === undefined ? (timeIn ?? 'Event-Date-Timestamp') : 'Event-Date-Timestamp';
  const text = textIn(event, field) ?? '';
  const at = readEpoch(text, exact === undefined ? 'epoch-s' : 'epoch-us');
  return typeof at === 'number' ? at : `${field} ${quote(text)} ${at}`;
};

const subjectIn = (event: Event, { type, said }: Step): SubjectId | undefined => {
  if (type === 'PersonActive')
    return said?.actor === undefined ? undefined : personStream('presence', said.actor);
  const call =
    textIn(event, 'CC-Member-Session-UUID') ??
    textIn(event, 'Channel-Call-UUID') ??
    textIn(event, 'Unique-ID');
  return call === undefined ? undefined : subjectOf('call', call);
};

const NEEDS_NOBODY = new Set<EventType>(['CallQueued', 'CallEnded', 'CallAbandoned']);

const sequenceOf = (event: Event): number | undefined => {
  const text = textIn(event, 'Event-Sequence') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

export const readSocket = (event: Event, isPerson: IsPerson): Translation => {
  const isQueue = textIn(event, 'Event-Subclass') === 'callcenter::info';
  const name = textIn(event, isQueue ? 'CC-Action' : 'Event-Name') ?? '';
  const step = isQueue ? queueStep(event) : legStep(event, isPerson);
  if (!step) return ignored(`FreeSWITCH ${quote(name)}: of no person, or of no clock`);
  const subject = subjectIn(event, step);
  if (subject === undefined) return rejected('missing-field', `${name} needs the id of its call`);
  if (step.said?.actor === undefined && !NEEDS_NOBODY.has(step.type))
    return rejected('missing-field', `${name} needs its CC-Agent`);
  const at = timeOf(event, step);
  if (typeof at === 'string') return rejected('bad-time', at);
  const id = textIn(event, 'Event-UUID') ?? `${name}|${subject}|${step.said?.actor ?? ''}|${at}`;
  return told([
    {
      type: step.type,
      id: id.slice(0, 1_000),
      subject,
      at,
      sequence: sequenceOf(event),
      said: step.said ?? {},
    },
  ]);
};
