/** GET /records: the time records, as `tickmark records --format json` says each, page after page. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { RecordPlace } from '../../../projections/ports.ts';
import { InstantMs, RecordId } from '../../../schemas/brand.ts';
import { TimeRecord } from '../../../schemas/record.ts';
import { askRecords } from '../../questions/records.ts';
import { TAG_HEADERS, answerFrom } from '../answer.ts';
import { RECORD_EXAMPLE } from '../examples.ts';
import { type Operation, routeOf } from '../operation.ts';
import { PAGE_HEADERS, cutPage, linkNext, pageOf, pageQuestion, readCursor, writeCursor } from '../page.ts';
import { readQuestion } from '../question.ts';
import type { Serving } from '../serving.ts';

const MOST_RECORDS = 1_000;

const STATUSES = TimeRecord.shape.status.options;

const Question = z.strictObject({
  who: z.string().optional().describe('Only this person'),
  subject: z.string().optional().describe('Only this subject, for instance call-4711'),
  status: z
    .enum(STATUSES, `takes one of ${STATUSES.join(', ')}`)
    .optional()
    .describe('Only these'),
  kind: z.string().optional().describe('Only this kind of work'),
  measure: z.string().optional().describe('Only this measure'),
  week: z.string().optional().describe('Only what touches this ISO week, for instance 2026-W46'),
  from: z.string().optional().describe('Only what touches this local day or a later one'),
  to: z.string().optional().describe('Only what touches this local day or an earlier one'),
  ...pageQuestion(MOST_RECORDS),
});

/** Said with every page that is read from the answers. */
export const POSITION = z.int().describe('How much of the log is in the answers');

export const RecordPage = pageOf(TimeRecord, { position: POSITION });

const LIST_RECORDS: Operation = {
  id: 'listRecords',
  method: 'GET',
  path: '/records',
  proof: 'key',
  summary: 'The time records',
  about:
    'In order of their beginning. What is asked for means what it means for `tickmark records`. Following `next` gives every record that was there all the time exactly once, whatever is added meanwhile; one whose beginning changes may be missed or come again.',
  question: Question,
  answers: {
    200: {
      about: 'A page of records',
      name: 'RecordPage',
      schema: RecordPage,
      example: { items: [RECORD_EXAMPLE], position: 3 },
      headers: { ...PAGE_HEADERS, ...TAG_HEADERS },
    },
  },
  problems: ['unclear-question', 'store-down', 'not-open', 'answers-not-derived'],
};

const Cursor = z.tuple([z.literal('record'), InstantMs, RecordId]);

export const placeIn = (cursor: string | undefined): RecordPlace | undefined => {
  const [, fromMs, id] = readCursor(Cursor, cursor) ?? [];
  return fromMs === undefined || id === undefined ? undefined : { fromMs, id };
};

export const cursorOf = ({ fromMs, id }: TimeRecord): string => writeCursor(['record', fromMs, id]);

export const recordRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.route({
    ...routeOf(LIST_RECORDS),
    handler: async (request, reply) => {
      const { limit, cursor, ...asked } = readQuestion(Question, request.query);
      const after = placeIn(cursor);
      return answerFrom(serving, request, reply, async (answers) => {
        const records = await askRecords(asked, { after, limit: limit + 1 }, answers);
        const page = cutPage(records, limit, cursorOf);
        linkNext(request, reply, page.next);
        return { ...page, position: (await answers.rows.state())?.position };
      });
    },
  });
};
