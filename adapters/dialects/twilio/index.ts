/**
 * The dialect `twilio`: the callbacks of Voice, conferences and TaskRouter, and Event Streams that carry the same.
 *
 * | message                                  | fact                                        | time          |
 * | ---------------------------------------- | ------------------------------------------- | ------------- |
 * | leg to one of us: ringing                | CallOffered                                 | Timestamp     |
 * | leg to one of us: in-progress            | CallConnected                               | Timestamp     |
 * | leg to one of us: busy, no-answer, ...   | CallMissed, with the status as reason       | Timestamp     |
 * | leg to one of us: completed              | CallEnded, CallDuration                     | Timestamp     |
 * | leg to somebody else                     | CallContacting (initiated), CallDialed      | Timestamp     |
 * |                                          | (ringing), CallConnected, CallEnded         |               |
 * | leg from one of us                       | CallDialed (ringing), CallEnded             | Timestamp     |
 * | leg of a caller                          | CallEnded                                   | Timestamp     |
 * | conference: participant-hold, -unhold    | CallHeld, CallResumed                       | Timestamp     |
 * | task-queue.entered                       | CallQueued                                  | TimestampMs   |
 * | reservation.created, accepted            | CallOffered, CallConnected; CallTransferred | TimestampMs   |
 * |                                          | beside it where the task has a transfer     |               |
 * | reservation.rejected, timeout, canceled, | CallMissed, with that as reason             | TimestampMs   |
 * | rescinded, failed                        |                                             |               |
 * | reservation.wrapup, completed            | CallLeft, CallWrappedUp                     | TimestampMs   |
 * | task.wrapup, completed                   | CallEnded                                   | TimestampMs   |
 * | task.canceled                            | CallAbandoned with TaskAge, CallEnded       | TimestampMs   |
 *
 * Timestamp is RFC 2822, in whole seconds; TaskRouter's is in seconds since 1970 with TimestampMs beside it, and ISO in
 * Event Streams. A form without a time is timed by receipt. `in-progress` is the answer. A leg that another leg dialled
 * is told of the first leg's call. "One of us" is who registers with Twilio (`client:`, `sip:`) or whose number the
 * option `agents` has. TaskRouter's call is the task; the conference of a task has its name.
 *
 * Ids: CallSid or ConferenceSid with SequenceNumber, which is the hint to the order too; the Sid (EV...) of a TaskRouter
 * event, the same in both transports. Twilio promises neither order nor that a callback arrives only once.
 * Sources: twilio.com/docs, "Call resource", "TaskRouter Events reference", "Event types" of Event Streams;
 * support.twilio.com, "Tracking the status of an outbound call"; TwiML "Conference" for hold.
 * Not told by Twilio: hold outside conferences, wrap-up outside TaskRouter, who answered a number that nobody listed.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { text } from '../reading/fields.ts';
import { splitArray } from '../reading/json-members.ts';
import { readForm, rejected } from '../reading/message.ts';
import { vendor } from '../reading/vendor.ts';
import { translateConference } from './conference.ts';
import { translateStream } from './event-stream.ts';
import { Form } from './form.ts';
import { translateLeg } from './leg.ts';
import { translateCallback } from './task-router.ts';

const Options = z.strictObject({
  agents: z
    .array(text)
    .default([])
    .describe('the telephone numbers that are of people of ours, as Twilio writes them: +4930123456'),
});
type Options = z.infer<typeof Options>;

/** TaskRouter's events name a task's call too, and a conference's the leg on hold: the more special is asked first. */
const translateForm = (form: Form, signal: Signal, options: Options): Translation => {
  if (Object.hasOwn(form, 'EventType')) return translateCallback(form, signal);
  if (Object.hasOwn(form, 'ConferenceSid')) return translateConference(form, signal);
  if (Object.hasOwn(form, 'CallStatus')) return translateLeg(form, signal, options);
  return rejected(
    'unknown-type',
    'a form without CallStatus, ConferenceSid and EventType is no callback of a call',
  );
};

const translate = (signal: Signal, options: Options): Translation => {
  if (/^\s*[{[]/.test(signal.raw))
    return translateStream(signal, (form) => translateForm(form, signal, options));
  const read = readForm(signal.raw, Form);
  return read.status === 'rejected' ? read : translateForm(read.message, signal, options);
};

export const twilio = vendor({
  name: 'twilio',
  options: Options,
  proof: 'twilio',
  numbers: [],
  make: (options) => ({
    name: 'twilio',
    version: 1,
    translate: (signal) => translate(signal, options),
    split: splitArray,
  }),
});
