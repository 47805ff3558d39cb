/** POST /events: our own CloudEvents, acknowledged when they are durable and not before. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CloudEvent } from '../../../schemas/cloud-event.ts';
import { CLOUD_EVENT_EXAMPLE } from '../examples.ts';
import { type Operation, routeOf } from '../operation.ts';
import { answerProblem } from '../problems.ts';
import type { Delivery, Serving } from '../serving.ts';
import { ACKNOWLEDGED, MOST_BYTES, NOT_TAKEN, takeIn } from '../take-in.ts';

const FORMATS: Readonly<Record<string, Delivery['format']>> = {
  'application/cloudevents+json': 'whole',
  'application/cloudevents-batch+json': 'whole',
  'application/x-ndjson': 'lines',
};

/** The data of an event whose attributes are headers (binary mode). */
const DATA_TYPE = 'application/json';

const SEND_EVENTS: Operation = {
  id: 'sendEvents',
  method: 'POST',
  path: '/events',
  proof: 'key',
  summary: 'Takes our own CloudEvents in',
  about:
    'The answer 202 means durable: every signal is in the log, or kept as a dead letter that names its reason. Anything else means: send it again; a repetition adds nothing.',
  takes: {
    'application/cloudevents+json': { name: 'CloudEvent', schema: CloudEvent, example: CLOUD_EVENT_EXAMPLE },
    'application/cloudevents-batch+json': {
      name: 'CloudEventBatch',
      schema: z.array(CloudEvent),
      example: [CLOUD_EVENT_EXAMPLE],
    },
    'application/x-ndjson': {
      name: 'CloudEventLines',
      schema: z.string().describe('A CloudEvent a line'),
      example: `${JSON.stringify(CLOUD_EVENT_EXAMPLE)}\n`,
    },
    [DATA_TYPE]: {
      name: 'CloudEventData',
      schema: CloudEvent.shape.data.describe(
        'Binary mode: the data of one event, whose attributes are the headers ce-specversion, ce-id, ce-source, ...',
      ),
      example: CLOUD_EVENT_EXAMPLE.data,
    },
  },
  answers: {
    202: ACKNOWLEDGED,
  },
  problems: NOT_TAKEN,
};

const formatOf = (headers: IncomingHttpHeaders): Delivery['format'] | undefined => {
  const [name = ''] = (headers['content-type'] ?? '').split(';');
  const type = name.trim().toLowerCase();
  const isBinary = headers['ce-specversion'] !== undefined && (type === DATA_TYPE || type === '');
  return FORMATS[type] ?? (isBinary ? 'binary' : undefined);
};

export const eventRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.addContentTypeParser<Buffer>(
    [...Object.keys(FORMATS), DATA_TYPE],
    { parseAs: 'buffer', bodyLimit: MOST_BYTES },
    (_request, bytes, done) => done(null, bytes),
  );
  app.route<{ Body: Buffer | undefined }>({
    ...routeOf(SEND_EVENTS),
    bodyLimit: MOST_BYTES,
    handler: async ({ headers, body }, reply) => {
      const format = formatOf(headers);
      if (!format || (!body && format !== 'binary'))
        return answerProblem(
          reply,
          'unsupported-media-type',
          `taken are ${Object.keys(FORMATS).join(', ')}, and ${DATA_TYPE} with the headers ce-specversion, ce-id, ...`,
        );
      const delivery = { bytes: body ?? Buffer.alloc(0), format, headers, receivedAt: serving.now() };
      return takeIn(reply, serving, () => serving.readEvents(delivery));
    },
  });
};
