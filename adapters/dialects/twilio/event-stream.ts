/** Event Streams: Twilio's events as CloudEvents, several in an array. A webhook is in it with the form that it was. */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { text } from '../reading/fields.ts';
import { ignored, readJson, readValue } from '../reading/message.ts';
import { Form } from './form.ts';
import { translateStreamed } from './task-router.ts';

const Envelope = z.looseObject({
  specversion: text,
  type: text,
  data: z.looseObject({
    payload: z.unknown().optional(),
    request: z.looseObject({ parameters: z.unknown().optional() }).optional(),
  }),
});

const TASK_ROUTER = 'com.twilio.taskrouter.';
/** The second is the older name of the same. */
const VOICE = ['com.twilio.voice.status-callback.', 'com.twilio.voice.webhook.status-callback.'];

export const translateStream = (signal: Signal, translateForm: (form: Form) => Translation): Translation => {
  const read = readJson(signal.raw, Envelope);
  if (read.status === 'rejected') return read;
  const { type, data } = read.message;
  if (type.startsWith(TASK_ROUTER))
    return translateStreamed(type.slice(TASK_ROUTER.length), data.payload, signal);
  if (!VOICE.some((prefix) => type.startsWith(prefix)))
    return ignored(`the event ${type.slice(0, 60)}: it tells of no call`);
  const form = readValue(data.request?.parameters, Form);
  return form.status === 'rejected' ? form : translateForm(form.message);
};
