/** GET /openapi.json: what can be asked of this process, as OpenAPI 3.1. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TAG_HEADERS, answerJson } from '../answer.ts';
import { documentOf } from '../openapi/document.ts';
import { type Operation, routeOf } from '../operation.ts';
import type { Serving } from '../serving.ts';

const DOCUMENT: Operation = {
  id: 'openapi',
  method: 'GET',
  path: '/openapi.json',
  proof: 'nothing',
  summary: 'This document',
  about: 'What can be asked of this process, in the roles that it has.',
  answers: {
    200: {
      about: 'An OpenAPI 3.1 document',
      name: 'OpenApiDocument',
      schema: z.looseObject({ openapi: z.string() }),
      example: { openapi: '3.1.1' },
      headers: TAG_HEADERS,
    },
  },
  problems: [],
};

/** Made when it is first asked for: most processes are never asked. */
export const openapiRoutes = (
  app: FastifyInstance,
  operations: readonly Operation[],
  { keys }: Pick<Serving, 'keys'>,
): void => {
  let document: object | undefined;
  app.route({
    ...routeOf(DOCUMENT),
    handler: (request, reply) =>
      answerJson(request, reply, (document ??= documentOf(operations, keys.length > 0))),
  });
};
