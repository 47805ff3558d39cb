/** TaskRouter: who was offered a call, took it, and is done with it. Told as a form, or by Event Streams as JSON. */
import { z } from 'zod';
import type { EventType } from '../../../schemas/event.ts';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { type Fact, told } from '../reading/facts.ts';
import { epochInstant, isoInstant, issueOf, maybe, text } from '../reading/fields.ts';
import { seconds } from '../reading/lengths.ts';
import { type Read, ignored, readValue, rejected } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { type Form, timedAt } from './form.ts';

/** What the application wrote on the task, as JSON. Voice and Flex write the caller on it; an application may not. */
const OnTask = z.looseObject({
  call_sid: maybe(text).catch(undefined),
  direction: maybe(text).catch(undefined),
  from: maybe(text).catch(undefined),
  outbound_to: maybe(text).catch(undefined),
});
type OnTask = z.infer<typeof OnTask>;

const onTask = text.transform((json, context): OnTask => {
  try {
    return OnTask.catch({}).parse(JSON.parse(json));
  } catch {
    context.issues.push({ ...issueOf('malformed', 'is not JSON'), input: json });
    return z.NEVER;
  }
});

const Callback = z
  .looseObject({
    EventType: text,
    Sid: maybe(text),
    ResourceSid: maybe(text),
    TimestampMs: maybe(epochInstant('epoch-ms')),
    Timestamp: maybe(epochInstant('epoch-s')),
    TaskSid: maybe(text),
    WorkerSid: maybe(text),
    TaskQueueName: maybe(text),
    TaskQueueSid: maybe(text),
    TaskChannelUniqueName: maybe(text),
    TaskAttributes: maybe(onTask),
    TaskAge: maybe(seconds),
    TaskTransferSid: maybe(text),
    TaskCanceledReason: maybe(text),
    TaskCompletedReason: maybe(text),
  })
  .transform((form) => ({
    type: form.EventType,
    at: form.TimestampMs ?? form.Timestamp,
    id: form.Sid ?? [form.ResourceSid, form.EventType, form.TimestampMs ?? form.Timestamp].join('+'),
    task: form.TaskSid,
    worker: form.WorkerSid,
    queue: form.TaskQueueName ?? form.TaskQueueSid,
    channel: form.TaskChannelUniqueName,
    written: form.TaskAttributes ?? {},
    ageMs: form.TaskAge,
    transfer: form.TaskTransferSid,
    reason: form.TaskCanceledReason ?? form.TaskCompletedReason,
  }));

type TaskEvent = z.infer<typeof Callback>;

/** The type stands in the envelope. */
const Streamed = z
  .looseObject({
    sid: text,
    timestamp: isoInstant,
    task_sid: maybe(text),
    worker_sid: maybe(text),
    task_queue_name: maybe(text),
    task_queue_sid: maybe(text),
    task_channel_unique_name: maybe(text),
    task_attributes: maybe(onTask),
    task_age: maybe(seconds),
    task_transfer_sid: maybe(text),
    task_canceled_reason: maybe(text),
    task_completed_reason: maybe(text),
  })
  .transform((payload) => ({
    id: payload.sid,
    at: payload.timestamp,
    task: payload.task_sid,
    worker: payload.worker_sid,
    queue: payload.task_queue_name ?? payload.task_queue_sid,
    channel: payload.task_channel_unique_name,
    written: payload.task_attributes ?? {},
    ageMs: payload.task_age,
    transfer: payload.task_transfer_sid,
    reason: payload.task_canceled_reason ?? payload.task_completed_reason,
  }));

interface Step {
  readonly types: readonly EventType[];
  /** Whose it is: the worker's, or that of nobody in particular. */
  readonly by?: 'worker';
}

const missed: Step = { types: ['CallMissed'], by: 'worker' };

/** A canceled task never reached anybody: the caller gave up, and the call is over. */
const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['task-queue.entered', { types: ['CallQueued'] }],
  ['reservation.created', { types: ['CallOffered'], by: 'worker' }],
  ['reservation.accepted', { types: ['CallConnected'], by: 'worker' }],
  ['reservation.rejected', missed],
  ['reservation.timeout', missed],
  ['reservation.canceled', missed],
  ['reservation.rescinded', missed],
  ['reservation.failed', missed],
  ['reservation.wrapup', { types: ['CallLeft'], by: 'worker' }],
  ['reservation.completed', { types: ['CallWrappedUp'], by: 'worker' }],
  ['task.wrapup', { types: ['CallEnded'] }],
  ['task.completed', { types: ['CallEnded'] }],
  ['task.canceled', { types: ['CallAbandoned', 'CallEnded'] }],
]);

/** TaskRouter hands out other work too; a call is known by its channel, or by the leg that is written on it. */
const isCall = ({ channel, written }: TaskEvent): boolean =>
  channel === 'voice' || written.call_sid !== undefined;

/** Whoever takes a task that is being transferred has the call from there on. */
const typesOf = ({ types }: Step, { type, transfer }: TaskEvent): readonly EventType[] =>
  type === 'reservation.accepted' && transfer !== undefined ? [...types, 'CallTransferred'] : types;

const reasonOf = ({ type, reason }: TaskEvent, fact: EventType): string | undefined => {
  if (fact === 'CallMissed') return type.slice(type.indexOf('.') + 1);
  return fact === 'CallEnded' || fact === 'CallAbandoned' ? reason : undefined;
};

const customerOf = ({ direction, from, outbound_to: to }: OnTask): string | undefined =>
  direction?.startsWith('outbound') === true ? to : from;

const factOf = (fact: EventType, step: Step, event: TaskEvent, signal: Signal): Fact => {
  const { id, task = '', worker, queue, written } = event;
  const { at, timedBy } = timedAt(event.at, signal);
  return {
    type: fact,
    id,
    subject: subjectOf('call', task),
    at,
    correlation: written.call_sid,
    said: {
      actor: step.by === 'worker' ? worker : undefined,
      reason: reasonOf(event, fact),
      durationMs: fact === 'CallAbandoned' ? event.ageMs : undefined,
      attributes: { queue, customer: customerOf(written), direction: written.direction },
      timedBy,
    },
  };
};

const translateEvent = (
  read: Read<TaskEvent>,
  signal: Signal,
  names: readonly [string, string],
): Translation => {
  if (read.status === 'rejected') return read;
  const { message: event } = read;
  const step = STEPS.get(event.type);
  if (step === undefined) return ignored(`TaskRouter's ${event.type.slice(0, 40)}: it moves no clock`);
  if (event.task === undefined) return rejected('missing-field', `${names[0]} is absent or empty`);
  if (!isCall(event)) return ignored(`a task of the channel ${event.channel?.slice(0, 40) ?? '?'}: no call`);
  if (step.by === 'worker' && event.worker === undefined)
    return rejected('missing-field', `${names[1]} is absent or empty`);
  return told(typesOf(step, event).map((fact) => factOf(fact, step, event, signal)));
};

export const translateCallback = (form: Form, signal: Signal): Translation =>
  translateEvent(readValue(form, Callback), signal, ['TaskSid', 'WorkerSid']);

/** `type`: `reservation.accepted`, out of the envelope, because the payload's own may say something else. */
export const translateStreamed = (type: string, payload: unknown, signal: Signal): Translation => {
  const read = readValue(payload, Streamed);
  const event: Read<TaskEvent> =
    read.status === 'read' ? { status: 'read', message: { ...read.message, type } } : read;
  return translateEvent(event, signal, ['task_sid', 'worker_sid']);
};
