/** GET /reports/weekly: who worked how long, as `tickmark report week --format json` says it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { InputError } from '../../input-error.ts';
import { askReport } from '../../report-question.ts';
import { answerProblem } from '../problems.ts';
import type { Serving } from '../serving.ts';

const Question = z.strictObject({
  week: z.string().optional(),
  by: z.string().optional(),
  measure: z.string().optional(),
  /** What the log says today, also of a week that is sealed. */
  live: z.stringbool().optional(),
});

/** A misspelt parameter would be answered as if it were not there. */
const readQuestion = (query: unknown): z.infer<typeof Question> => {
  const parsed = Question.safeParse(query);
  if (parsed.success) return parsed.data;
  throw new InputError(`what can be asked for is ${Object.keys(Question.shape).join(', ')}, each once`);
};

export const weeklyReportRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.get('/reports/weekly', async (request, reply) => {
    const question = readQuestion(request.query);
    const station = serving.station();
    if (!station) return answerProblem(reply, 'not-open');
    const answer = await station.read((answers) => askReport('week', question, answers));
    if (!answer) return answerProblem(reply, 'answers-not-derived');
    return reply.type('application/json').send(JSON.stringify(answer.report));
  });
};
