/** GET /healthz and GET /readyz: whether the process lives, and whether all of it works. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Operation, routeOf } from '../operation.ts';
import type { Serving } from '../serving.ts';

export const Health = z.strictObject({ status: z.literal('up') });

const Check = z
  .object({ status: z.enum(['ok', 'degraded', 'failed']), because: z.string().optional() })
  .catchall(z.union([z.string(), z.number(), z.null()]))
  .describe(
    'Beside its status, figures of its own. Degraded: it does not work, and nobody who sends or asks is worse off',
  );

export const Readiness = z.strictObject({
  status: z.enum(['ready', 'not-ready']),
  checks: z.record(z.string(), Check).describe('A check for each part of the process'),
});

const HEALTH: Operation = {
  id: 'health',
  method: 'GET',
  path: '/healthz',
  proof: 'nothing',
  summary: 'Whether the process lives',
  about: 'Restart the process when this does not answer.',
  answers: { 200: { about: 'It lives', name: 'Health', schema: Health, example: { status: 'up' } } },
  problems: [],
};

const READINESS: Operation = {
  id: 'readiness',
  method: 'GET',
  path: '/readyz',
  proof: 'nothing',
  summary: 'Whether every part of the process works',
  about: 'Send the process traffic while this is 200.',
  answers: {
    200: {
      about: 'Every part works that whoever sends or asks needs',
      name: 'Readiness',
      schema: Readiness,
      example: { status: 'ready', checks: { log: { status: 'ok' }, intake: { status: 'ok', waiting: 0 } } },
    },
    503: {
      about: 'A part does not work',
      name: 'Readiness',
      schema: Readiness,
      example: { status: 'not-ready', checks: { log: { status: 'failed', because: 'it cannot be read' } } },
    },
  },
  problems: [],
};

export const healthRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.route({ ...routeOf(HEALTH), handler: () => ({ status: 'up' }) });
  app.route({
    ...routeOf(READINESS),
    handler: async (_request, reply) => {
      const readiness = await serving.readiness();
      return reply
        .code(readiness.status === 'ready' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(readiness);
    },
  });
};
