/** POST /events: our own CloudEvents, acknowledged when they are durable and not before. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { answerProblem } from '../problems.ts';
import type { Delivery, Serving } from '../serving.ts';
import { MOST_BYTES, takeIn } from '../take-in.ts';

const FORMATS: Readonly<Record<string, Delivery['format']>> = {
  'application/cloudevents+json': 'whole',
  'application/cloudevents-batch+json': 'whole',
  'application/x-ndjson': 'lines',
};

/** The data of an event whose attributes are headers (binary mode). */
const DATA_TYPE = 'application/json';

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
  app.post<{ Body: Buffer | undefined }>('/events', { bodyLimit: MOST_BYTES }, async (request, reply) => {
    const { headers, body } = request;
    const format = formatOf(headers);
    if (!format || (!body && format !== 'binary'))
      return answerProblem(
        reply,
        'unsupported-media-type',
        `taken are ${Object.keys(FORMATS).join(', ')}, and ${DATA_TYPE} with the headers ce-specversion, ce-id, ...`,
      );
    const delivery = { bytes: body ?? Buffer.alloc(0), format, headers, receivedAt: serving.now() };
    return takeIn(reply, serving, () => serving.readEvents(delivery));
  });
};
