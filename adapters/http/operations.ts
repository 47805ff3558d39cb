/** The operations of a process: those of the routes that it has, as they were declared. */
import type { FastifyInstance } from 'fastify';
import { type Operation, operationOf } from './operation.ts';

/** Grows as routes are added. Fastify answers HEAD where there is a GET; that is no operation of its own. */
export const operationsOf = (app: FastifyInstance): readonly Operation[] => {
  const operations: Operation[] = [];
  app.addHook('onRoute', ({ method, config }) => {
    const operation = operationOf(config);
    if (operation && method !== 'HEAD') operations.push(operation);
  });
  return operations;
};
