/** GET /timers: what is running, as `tickmark timers` shows it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { InstantMs, instantMs } from '../../../schemas/brand.ts';
import { TimeRecord } from '../../../schemas/record.ts';
import { momentOfTimers, openRecords, runsAt } from '../../questions/timers.ts';
import { TAG_HEADERS, answerFrom } from '../answer.ts';
import { TIMER_EXAMPLE } from '../examples.ts';
import { type Operation, routeOf } from '../operation.ts';
import { PAGE_HEADERS, cutPage, linkNext, pageOf, pageQuestion } from '../page.ts';
import { readQuestion } from '../question.ts';
import type { Serving } from '../serving.ts';
import { POSITION, cursorOf, placeIn } from './records.ts';

const MOST_TIMERS = 1_000;

const Question = z.strictObject({
  asOf: z.iso
    .datetime({
      offset: true,
      error:
        'takes an ISO time with its offset, such as 2026-11-09T10:03:00Z; a + is written %2B in an address',
    })
    .optional()
    .describe('A moment that is not before the latest signal; that signal when absent'),
  ...pageQuestion(MOST_TIMERS),
});

export const TimerPage = pageOf(TimeRecord, {
  asOfMs: InstantMs.nullable().describe(
    'The moment as of which they run; null where nothing has happened yet',
  ),
  position: POSITION,
});

const LIST_TIMERS: Operation = {
  id: 'listTimers',
  method: 'GET',
  path: '/timers',
  proof: 'key',
  summary: 'What is running',
  about:
    'Records whose end has not come, the longest first: how long each runs is `asOfMs` less `tail.fromMs`. What runs is counted nowhere until its end is known. A page may have fewer rows than asked for, because rules end some of what is open by the moment asked for; the last one is the one without `next`.',
  question: Question,
  answers: {
    200: {
      about: 'A page of running and paused records',
      name: 'TimerPage',
      schema: TimerPage,
      example: { items: [TIMER_EXAMPLE], asOfMs: 1740992640000, position: 1 },
      headers: { ...PAGE_HEADERS, ...TAG_HEADERS },
    },
  },
  problems: ['unclear-question', 'store-down', 'not-open', 'answers-not-derived'],
};

const instantOf = (text: string | undefined): InstantMs | undefined =>
  text === undefined ? undefined : instantMs(Date.parse(text));

export const timerRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.route({
    ...routeOf(LIST_TIMERS),
    handler: async (request, reply) => {
      const { asOf, limit, cursor } = readQuestion(Question, request.query);
      const after = placeIn(cursor);
      return answerFrom(serving, request, reply, async ({ rows }) => {
        const asOfMs = await momentOfTimers(instantOf(asOf), rows);
        const open = await openRecords(rows, { ...(after ? { after } : {}), limit: limit + 1 });
        const { items, next } = cutPage(open, limit, cursorOf);
        linkNext(request, reply, next);
        const running = items.filter((record) => runsAt(record, asOfMs));
        const position = (await rows.state())?.position;
        return { items: running, ...(next === undefined ? {} : { next }), asOfMs, position };
      });
    },
  });
};
