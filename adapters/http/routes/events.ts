/** POST /events: our own CloudEvents, acknowledged when they are durable and not before. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { CloudEvent } from '../../../schemas/cloud-event.ts';
import { Rejection } from '../../../schemas/signal.ts';
import { type Outcome, countsOf } from '../../intake.ts';
import { ACKNOWLEDGEMENT_EXAMPLE, CLOUD_EVENT_EXAMPLE } from '../examples.ts';
import { type Operation, routeOf } from '../operation.ts';
import { answerProblem } from '../problems.ts';
import type { Delivery, Serving } from '../serving.ts';

const FORMATS: Readonly<Record<string, Delivery['format']>> = {
  'application/cloudevents+json': 'whole',
  'application/cloudevents-batch+json': 'whole',
  'application/x-ndjson': 'lines',
};

/** A few thousand signals. */
const MOST_BYTES = 1024 * 1024;

/** Reasons told in one answer. All dead letters are kept: `tickmark deadletters ls`. */
const MOST_REASONS = 100;

const count = z.int().min(0);

/** What became of the signals of a request. */
export const Acknowledgement = z.strictObject({
  signals: count,
  accepted: count,
  ignored: z.record(z.string(), count).describe('By the clause that says that they mean nothing'),
  rejected: count.describe('Kept as dead letters'),
  appended: count.describe('Events that are new in the log'),
  duplicates: count.describe('Events that were there already'),
  reasons: z
    .array(
      z.strictObject({
        signal: z.int().min(1).describe('Which of the request'),
        deadLetter: z.string(),
        ...Rejection.shape,
      }),
    )
    .max(MOST_REASONS)
    .readonly(),
});

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
  },
  answers: {
    202: {
      about: 'All of it is kept',
      name: 'Acknowledgement',
      schema: Acknowledgement,
      example: ACKNOWLEDGEMENT_EXAMPLE,
    },
  },
  problems: ['body-too-large', 'unsupported-media-type', 'queue-full', 'store-down', 'not-open', 'draining'],
};

/** `signal`: which of the request, from 1. */
const reasonsIn = (outcomes: readonly Outcome[]) =>
  outcomes
    .flatMap((outcome, index) => {
      if (outcome.status !== 'rejected') return [];
      const { id, rejection } = outcome.letter;
      return [{ signal: index + 1, deadLetter: id, ...rejection }];
    })
    .slice(0, MOST_REASONS);

const acknowledge = (reply: FastifyReply, outcomes: readonly Outcome[]): FastifyReply =>
  reply.code(202).send({ ...countsOf(outcomes), reasons: reasonsIn(outcomes) });

export const eventRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.addContentTypeParser<Buffer>(
    Object.keys(FORMATS),
    { parseAs: 'buffer', bodyLimit: MOST_BYTES },
    (_request, bytes, done) => done(null, bytes),
  );
  app.route<{ Body: Buffer | undefined }>({
    ...routeOf(SEND_EVENTS),
    bodyLimit: MOST_BYTES,
    handler: async (request, reply) => {
      const [type = ''] = (request.headers['content-type'] ?? '').split(';');
      const format = FORMATS[type.trim().toLowerCase()];
      if (!format || !request.body)
        return answerProblem(reply, 'unsupported-media-type', `taken are ${Object.keys(FORMATS).join(', ')}`);
      const intake = serving.station()?.intake;
      if (!intake) return answerProblem(reply, 'not-open');
      const receivedAt = serving.now();
      const offered = await intake.offer(serving.readEvents({ bytes: request.body, format, receivedAt }));
      switch (offered.status) {
        case 'settled':
          return acknowledge(reply, offered.outcomes);
        case 'full':
          return answerProblem(reply, 'queue-full');
        case 'store-down':
          return answerProblem(reply, 'store-down');
        case 'closed':
          return answerProblem(reply, 'draining');
      }
    },
  });
};
