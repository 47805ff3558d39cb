/** GET /deadletters: what could not be understood, as `tickmark deadletters ls --json` says each, page after page. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LetterPlace } from '../../../projections/ports.ts';
import { InstantMs } from '../../../schemas/brand.ts';
import { DeadLetter } from '../../../schemas/signal.ts';
import { TAG_HEADERS, answerJson } from '../answer.ts';
import { LETTER_EXAMPLE } from '../examples.ts';
import { type Operation, routeOf } from '../operation.ts';
import { PAGE_HEADERS, cutPage, linkNext, pageOf, pageQuestion, readCursor, writeCursor } from '../page.ts';
import { answerProblem } from '../problems.ts';
import { readQuestion } from '../question.ts';
import type { Serving } from '../serving.ts';

const MOST_LETTERS = 100;

/** Raw texts may be long: a page that would be larger has fewer letters, and one at least. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

const Question = z.strictObject({
  status: z
    .enum(['waiting', 'resolved', 'all'], 'takes one of waiting, resolved, all')
    .default('waiting')
    .describe('Which letters'),
  ...pageQuestion(MOST_LETTERS),
});

export const LetterPage = pageOf(DeadLetter, {});

const LIST_LETTERS: Operation = {
  id: 'listDeadLetters',
  method: 'GET',
  path: '/deadletters',
  proof: 'key',
  summary: 'What could not be understood',
  about:
    'The signals that could not become events, oldest first, each with its reason and its raw text. A page may have fewer rows than asked for where their texts are long; the last one is the one without `next`.',
  question: Question,
  answers: {
    200: {
      about: 'A page of dead letters',
      name: 'DeadLetterPage',
      schema: LetterPage,
      example: { items: [LETTER_EXAMPLE] },
      headers: { ...PAGE_HEADERS, ...TAG_HEADERS },
    },
  },
  problems: ['unclear-question', 'store-down', 'not-open'],
};

const Cursor = z.tuple([
  z.literal('letter'),
  InstantMs,
  z.string().nullable(),
  z.int().nullable(),
  z.string(),
]);

const placeIn = (cursor: string | undefined): LetterPlace | undefined => {
  const place = readCursor(Cursor, cursor);
  if (!place) return undefined;
  const [, receivedAt, origin, line, id] = place;
  return { receivedAt, origin: origin ?? undefined, line: line ?? undefined, id };
};

const cursorOf = ({ receivedAt, signal: { origin, line }, id }: DeadLetter): string =>
  writeCursor(['letter', receivedAt, origin ?? null, line ?? null, id]);

/** How many of the letters, at most `limit`, are not too long together. */
const fitting = (letters: readonly DeadLetter[], limit: number): number => {
  let characters = 0;
  const tooMany = letters.findIndex(
    ({ signal: { raw } }, at) => (characters += raw.length) > MOST_CHARACTERS && at > 0,
  );
  return tooMany < 0 ? limit : Math.min(tooMany, limit);
};

export const deadLetterRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.route({
    ...routeOf(LIST_LETTERS),
    handler: async (request, reply) => {
      const { status, limit, cursor } = readQuestion(Question, request.query);
      const after = placeIn(cursor);
      const station = serving.station();
      if (!station) return answerProblem(reply, 'not-open');
      const only = status === 'all' ? undefined : status;
      const letters = await station.deadLetters.page(after, limit + 1, only);
      const page = cutPage(letters, fitting(letters, limit), cursorOf);
      linkNext(request, reply, page.next);
      return answerJson(request, reply, page);
    },
  });
};
