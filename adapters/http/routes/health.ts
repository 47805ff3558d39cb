/** GET /healthz and GET /readyz: whether the process lives, and whether all of it works. */
import type { FastifyInstance } from 'fastify';
import type { Serving } from '../serving.ts';

export const healthRoutes = (app: FastifyInstance, serving: Serving): void => {
  app.get('/healthz', () => ({ status: 'up' }));
  app.get('/readyz', async (_request, reply) => {
    const readiness = await serving.readiness();
    return reply
      .code(readiness.status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(readiness);
  });
};
