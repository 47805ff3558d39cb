/** The gate: lets a request through to its route when it brings the proof that the route declares. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiKeys } from './api-keys.ts';
import { type Caller, callerOf } from './caller.ts';
import { operationOf } from './operation.ts';
import { answerProblem } from './problems.ts';

export interface Gate {
  /** Who was let through; undefined before that, and where the route needs no key. */
  callerOf(request: FastifyRequest): Caller | undefined;
}

/** A route that declares nothing needs a key. */
const needsKey = ({ is404, routeOptions: { config } }: FastifyRequest): boolean =>
  !is404 && (operationOf(config)?.proof ?? 'key') === 'key';

export const openGate = (app: FastifyInstance, keys: ApiKeys): Gate => {
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.addHook('onRequest', async (request, reply) => {
    if (!needsKey(request)) return;
    const caller = callerOf(request.headers, keys);
    if (!caller) return answerProblem(reply, 'unauthorized');
    callers.set(request, caller);
  });
  return { callerOf: (request) => callers.get(request) };
};
