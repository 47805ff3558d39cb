/** Messages of Twilio, written after its documentation: forms of Voice, conferences and TaskRouter, and Event Streams. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const TASK = 'WT00000000000000000000000000000001';
const CUSTOMER_LEG = 'CA00000000000000000000000000000001';

/** `Mon, 02 Mar 2026 12:00:00 +0000`: whole seconds, in UTC. */
const rfc2822 = (atMs: number): string => new Date(atMs).toUTCString().replace('GMT', '+0000');

const form = (fields: Readonly<Record<string, string>>): Signal =>
  signalOf(new URLSearchParams(fields).toString());

/** A status callback of the leg CA...2 that Twilio dialled to ana, for the caller of CA...1. */
export const legSignal = (status: string, changes: Readonly<Record<string, string>> = {}): Signal =>
  form({
    AccountSid: 'AC00000000000000000000000000000001',
    ApiVersion: '2010-04-01',
    CallSid: 'CA00000000000000000000000000000002',
    ParentCallSid: CUSTOMER_LEG,
    CallStatus: status,
    CallbackSource: 'call-progress-events',
    Direction: 'outbound-dial',
    From: '+15555550100',
    To: 'client:ana',
    SequenceNumber: '1',
    Timestamp: 'Mon, 02 Mar 2026 12:00:00 +0000',
    ...changes,
  });

export const conferenceSignal = (
  event: string,
  atMs: number = Date.UTC(2026, 2, 2, 12),
  changes: Readonly<Record<string, string>> = {},
): Signal =>
  form({
    AccountSid: 'AC00000000000000000000000000000001',
    CallSid: CUSTOMER_LEG,
    ConferenceSid: 'CF00000000000000000000000000000001',
    FriendlyName: TASK,
    // The vendor's own word beside the event is not always in step with it.
    Hold: 'false',
    SequenceNumber: '7',
    StatusCallbackEvent: event,
    Timestamp: rfc2822(atMs),
    ...changes,
  });

const ON_TASK = JSON.stringify({
  call_sid: CUSTOMER_LEG,
  direction: 'inbound',
  from: '+15555550100',
  called: '+15555550199',
});

/** An event callback of TaskRouter: a form, with seconds and milliseconds beside each other. */
export const taskSignal = (
  type: string,
  atMs: number = Date.UTC(2026, 2, 2, 12),
  changes: Readonly<Record<string, string>> = {},
): Signal =>
  form({
    AccountSid: 'AC00000000000000000000000000000001',
    EventType: type,
    ResourceType: type.slice(0, type.indexOf('.')),
    ResourceSid: TASK,
    Sid: `EV-${type}`,
    TaskAge: '30',
    TaskAttributes: ON_TASK,
    TaskChannelUniqueName: 'voice',
    TaskQueueName: 'Support',
    TaskQueueSid: 'WQ00000000000000000000000000000001',
    TaskSid: TASK,
    Timestamp: String(Math.floor(atMs / 1000)),
    TimestampMs: String(atMs),
    WorkerName: 'somebody',
    ...(type.startsWith('reservation.') ? { WorkerSid: 'ana' } : {}),
    ...changes,
  });

/** The same event, as Event Streams has it. */
export const streamed = (type: string, atMs: number, changes: object = {}): object => ({
  specversion: '1.0',
  type: `com.twilio.taskrouter.${type}`,
  source: 'AB00000000000000000000000000000001',
  id: `NO-${type}`,
  dataschema: 'https://events-schemas.twilio.com/TaskRouter.WDSEvent/4',
  data: {
    sid: `EV-${type}`,
    name: 'ReservationCreated',
    payload_type: 'application/json',
    payload: {
      sid: `EV-${type}`,
      // What the documentation's samples have here, whatever the type of the event is.
      eventtype: 'reservation.created',
      timestamp: new Date(atMs).toISOString(),
      task_sid: TASK,
      task_age: 30,
      task_attributes: ON_TASK,
      task_channel_unique_name: 'voice',
      task_queue_name: 'Support',
      task_queue_sid: 'WQ00000000000000000000000000000001',
      worker_sid: type.startsWith('reservation.') ? 'ana' : undefined,
      worker_time_in_previous_activity: 12,
      ...changes,
    },
  },
});

const SECOND_MS = 1000;

/** The call of the scripted day: TaskRouter tells who has it, the conference tells the hold. */
export const scriptedCall = (startMs: number): readonly Signal[] => {
  const at = (seconds: number): number => startMs + seconds * SECOND_MS;
  return [
    taskSignal('task.created', at(0)),
    taskSignal('task-queue.entered', at(0)),
    taskSignal('reservation.created', at(0)),
    taskSignal('reservation.accepted', at(12)),
    conferenceSignal('conference-start', at(12), { SequenceNumber: '1' }),
    conferenceSignal('participant-hold', at(312), { SequenceNumber: '4' }),
    conferenceSignal('participant-unhold', at(402), { SequenceNumber: '5' }),
    taskSignal('reservation.wrapup', at(702)),
    taskSignal('task.wrapup', at(702)),
    taskSignal('reservation.completed', at(822)),
    taskSignal('task.completed', at(822)),
  ];
};

export const twilioSamples: readonly Signal[] = [
  legSignal('ringing'),
  legSignal('in-progress', { SequenceNumber: '2' }),
  legSignal('completed', { SequenceNumber: '3', CallDuration: '49', Duration: '1' }),
  legSignal('queued'),
  signalOf(JSON.stringify(streamed('reservation.accepted', Date.UTC(2026, 2, 2, 12)))),
  ...scriptedCall(Date.UTC(2026, 2, 2, 12)),
];
