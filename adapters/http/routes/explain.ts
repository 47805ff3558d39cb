/** GET /records/{id}/explain: how one record is known, as `tickmark explain --json` says it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { RecordId } from '../../../schemas/brand.ts';
import { StoredEvent } from '../../../schemas/event.ts';
import { TimeRecord } from '../../../schemas/record.ts';
import { evidenceOf } from '../../questions/evidence.ts';
import { TAG_HEADERS, answerFrom } from '../answer.ts';
import { EVENT_EXAMPLE, RECORD_EXAMPLE } from '../examples.ts';
import { type Operation, routeOf } from '../operation.ts';
import { readQuestion } from '../question.ts';
import type { Serving } from '../serving.ts';

const Place = z.strictObject({
  id: RecordId.describe('The id of a record, percent-encoded: it has / and # in it'),
});
const Question = z.strictObject({});

export const Explanation = z.strictObject({
  record: TimeRecord,
  events: z
    .array(StoredEvent)
    .readonly()
    .describe('The facts of its subject, and those of others that decide it'),
});

const EXPLAIN_RECORD: Operation = {
  id: 'explainRecord',
  method: 'GET',
  path: '/records/{id}/explain',
  proof: 'key',
  summary: 'How one record is known',
  about:
    'The record with its spans, what was subtracted and why, and the events that it rests on: those of its subject and of what was merged into it, and those of others that bound or decide a stretch of it.',
  place: Place,
  question: Question,
  answers: {
    200: {
      about: 'The record and its evidence',
      name: 'Explanation',
      schema: Explanation,
      example: { record: RECORD_EXAMPLE, events: [EVENT_EXAMPLE] },
      headers: TAG_HEADERS,
    },
  },
  problems: ['unclear-question', 'not-found', 'store-down', 'not-open', 'answers-not-derived'],
};

export const explainRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.route({
    ...routeOf(EXPLAIN_RECORD),
    handler: (request, reply) => {
      readQuestion(Question, request.query);
      const { id } = readQuestion(Place, request.params);
      return answerFrom(serving, request, reply, async (answers) => {
        const record = await answers.rows.record(id);
        return record && { record, events: (await evidenceOf(answers, record)).events };
      });
    },
  });
};
