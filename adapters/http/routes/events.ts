/** POST /events: our own CloudEvents, acknowledged when they are durable and not before. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Outcome, countsOf } from '../../intake.ts';
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
  app.post<{ Body: Buffer | undefined }>('/events', { bodyLimit: MOST_BYTES }, async (request, reply) => {
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
  });
};
