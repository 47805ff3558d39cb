/** GET /reports/weekly: who worked how long, as `tickmark report week --format json` says it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Report } from '../../../schemas/report.ts';
import { askReport } from '../../report-question.ts';
import { TAG_HEADERS, answerFrom } from '../answer.ts';
import { REPORT_EXAMPLE } from '../examples.ts';
import { type Operation, routeOf } from '../operation.ts';
import { YesOrNo, readQuestion } from '../question.ts';
import type { Serving } from '../serving.ts';

const Question = z.strictObject({
  week: z
    .string()
    .optional()
    .describe('An ISO week such as 2026-W46, `latest`, or `all`; the latest when absent'),
  by: z
    .string()
    .optional()
    .describe(
      'What a line is, with commas between: agent, team, kind, rule, grade, method, day, or attributes such as customer',
    ),
  measure: z.string().optional().describe('Which measure of the rule set; `work` when absent'),
  live: YesOrNo.optional().describe('What the log says today, also of weeks that are sealed'),
});

const WEEKLY_REPORT: Operation = {
  id: 'weeklyReport',
  method: 'GET',
  path: '/reports/weekly',
  proof: 'key',
  summary: 'The weekly report',
  about:
    'Who worked how long, a line for each person, team, or whatever is asked for. A sealed week is answered as it was issued. All figures are of one commit, and `position` says how much of the log they hold.',
  question: Question,
  answers: {
    200: {
      about: 'The report',
      name: 'Report',
      schema: Report,
      example: REPORT_EXAMPLE,
      headers: TAG_HEADERS,
    },
  },
  problems: ['unclear-question', 'store-down', 'not-open', 'answers-not-derived'],
};

export const weeklyReportRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.route({
    ...routeOf(WEEKLY_REPORT),
    handler: (request, reply) => {
      const question = readQuestion(Question, request.query);
      return answerFrom(
        serving,
        request,
        reply,
        async (answers) => (await askReport('week', question, answers)).report,
      );
    },
  });
};
