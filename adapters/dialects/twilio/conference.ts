/** Hold: the conference that an agent and a customer are in tells it, and nothing else of Twilio does. */
import { z } from 'zod';
import type { EventType } from '../../../schemas/event.ts';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { told } from '../reading/facts.ts';
import { maybe, rfc2822Instant, text } from '../reading/fields.ts';
import { counter } from '../reading/lengths.ts';
import { ignored, readValue } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { type Form, timedAt } from './form.ts';

const Conference = z.looseObject({
  ConferenceSid: text,
  StatusCallbackEvent: text,
  FriendlyName: maybe(text),
  CallSid: maybe(text),
  Timestamp: maybe(rfc2822Instant),
  SequenceNumber: maybe(counter),
});

const STEPS: ReadonlyMap<string, EventType> = new Map([
  ['participant-hold', 'CallHeld'],
  ['participant-unhold', 'CallResumed'],
]);

const isTask = (name: string | undefined): name is string => name !== undefined && /^WT/.test(name);

export const translateConference = (form: Form, signal: Signal): Translation => {
  const read = readValue(form, Conference);
  if (read.status === 'rejected') return read;
  const { ConferenceSid, StatusCallbackEvent, FriendlyName, CallSid, Timestamp, SequenceNumber } =
    read.message;
  const type = STEPS.get(StatusCallbackEvent);
  if (type === undefined)
    return ignored(`a conference's ${StatusCallbackEvent.slice(0, 40)}: it moves no clock`);
  const { at, timedBy } = timedAt(Timestamp, signal);
  // TaskRouter and Flex name the conference after the task; others put the customer's leg on hold.
  const call = isTask(FriendlyName) ? FriendlyName : (CallSid ?? ConferenceSid);
  return told([
    {
      type,
      id: `${ConferenceSid}+${SequenceNumber ?? `${StatusCallbackEvent}+${at}`}`,
      subject: subjectOf('call', call),
      at,
      sequence: SequenceNumber,
      correlation: CallSid,
      said: { timedBy },
    },
  ]);
};
