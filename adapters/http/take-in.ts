/** Taking signals in: answered when they are durable and not before, whatever route they came by. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Rejection } from '../../schemas/signal.ts';
import { type Arrival, type Outcome, countsOf } from '../intake.ts';
import { ACKNOWLEDGEMENT_EXAMPLE } from './examples.ts';
import type { Answer } from './operation.ts';
import { type ProblemCode, answerProblem } from './problems.ts';
import type { Serving } from './serving.ts';

/** A few thousand signals. */
export const MOST_BYTES = 1024 * 1024;

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

/** What is answered when all of it is kept. */
export const ACKNOWLEDGED: Answer = {
  about: 'All of it is kept',
  name: 'Acknowledgement',
  schema: Acknowledgement,
  example: ACKNOWLEDGEMENT_EXAMPLE,
};

/** Why nothing of a request is acknowledged. */
export const NOT_TAKEN: readonly ProblemCode[] = [
  'body-too-large',
  'unsupported-media-type',
  'queue-full',
  'store-down',
  'not-open',
  'draining',
];

/** `signal`: which of the request, from 1. */
const reasonsIn = (outcomes: readonly Outcome[]) =>
  outcomes
    .flatMap((outcome, index) => {
      if (outcome.status !== 'rejected') return [];
      const { id, rejection } = outcome.letter;
      return [{ signal: index + 1, deadLetter: id, ...rejection }];
    })
    .slice(0, MOST_REASONS);

export const acknowledge = (reply: FastifyReply, outcomes: readonly Outcome[]): FastifyReply =>
  reply.code(202).send({ ...countsOf(outcomes), reasons: reasonsIn(outcomes) });

/** `onDurable` is called before the answer goes out. */
export const takeIn = async (
  reply: FastifyReply,
  serving: Pick<Serving, 'station'>,
  read: () => readonly Arrival[],
  onDurable: () => void = () => undefined,
): Promise<FastifyReply> => {
  const intake = serving.station()?.intake;
  if (!intake) return answerProblem(reply, 'not-open');
  const offered = await intake.offer(read());
  switch (offered.status) {
    case 'settled':
      onDurable();
      return acknowledge(reply, offered.outcomes);
    case 'full':
      return answerProblem(reply, 'queue-full');
    case 'store-down':
      return answerProblem(reply, 'store-down');
    case 'closed':
      return answerProblem(reply, 'draining');
  }
};
