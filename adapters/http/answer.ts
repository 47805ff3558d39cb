/** An answer as JSON, which whoever holds the same one already is not sent again. */
import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answers } from '../report-question.ts';
import { answerProblem } from './problems.ts';
import type { Serving } from './serving.ts';

export const TAG_HEADERS = {
  etag: 'Of this answer: send it as `If-None-Match`, and while the answer is the same it is 304 without a body',
} as const;

/**
 * Of the bytes themselves and not of the position in the log: where several workers project, rows may be ahead of the
 * position that all of them have reached.
 */
const tagOf = (text: string): string => `"${hash('sha256', text, 'base64url')}"`;

const isHeld = (held: string | undefined, tag: string): boolean =>
  (held ?? '').split(',').some((one) => ['*', tag].includes(one.trim().replace(/^W\//, '')));

/** Working time is nothing for a cache that others share. */
export const answerJson = (request: FastifyRequest, reply: FastifyReply, body: object): FastifyReply => {
  const text = JSON.stringify(body);
  const tag = tagOf(text);
  void reply.header('etag', tag).header('cache-control', 'private, no-cache');
  return isHeld(request.headers['if-none-match'], tag)
    ? reply.code(304).send()
    : reply.type('application/json').send(text);
};

/** Answers with what `work` makes of the answers, all of it read in one commit; undefined: there is no such thing. */
export const answerFrom = async (
  serving: Pick<Serving, 'station'>,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (answers: Answers) => Promise<object | undefined>,
): Promise<FastifyReply> => {
  const station = serving.station();
  if (!station) return answerProblem(reply, 'not-open');
  const read = await station.read(async (answers) => ({ body: await work(answers) }));
  if (!read) return answerProblem(reply, 'answers-not-derived');
  return read.body ? answerJson(request, reply, read.body) : answerProblem(reply, 'not-found');
};
