/** The document: the operations of a process as OpenAPI 3.1, made from the schemas that check and describe them. */
import { VERSION } from '../../version.ts';
import type { Body, Operation, Proof } from '../operation.ts';
import { refTo, schemasOf } from './components.ts';
import { parametersOf } from './parameters.ts';
import { responsesOf } from './responses.ts';

const ABOUT =
  'Working time that can be proved: signals in, answers out. Errors are `application/problem+json` (RFC 9457).';

const SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key' },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'The same key in a header of its own',
  },
} as const;

const WITH_KEY = [{ bearer: [] }, { apiKey: [] }] as const;

/** Where a process has no keys, one may be shown and none is asked for. */
const securityOf = (proof: Proof, hasKeys: boolean): readonly object[] => {
  if (proof !== 'key') return [];
  return hasKeys ? WITH_KEY : [{}, ...WITH_KEY];
};

const contentOf = (takes: Readonly<Record<string, Body>>): object =>
  Object.fromEntries(
    Object.entries(takes).map(([type, { name, example }]) => [
      type,
      { schema: { $ref: refTo(name) }, example },
    ]),
  );

const itemOf = (operation: Operation, hasKeys: boolean): object => ({
  operationId: operation.id,
  summary: operation.summary,
  description: operation.about,
  security: securityOf(operation.proof, hasKeys),
  parameters: parametersOf(operation),
  ...(operation.takes ? { requestBody: { required: true, content: contentOf(operation.takes) } } : {}),
  responses: responsesOf(operation),
});

const pathsOf = (operations: readonly Operation[], hasKeys: boolean): object =>
  Object.fromEntries(
    [...Map.groupBy(operations, ({ path }) => path)].map(([path, own]) => [
      path,
      Object.fromEntries(own.map((one) => [one.method.toLowerCase(), itemOf(one, hasKeys)])),
    ]),
  );

export const documentOf = (operations: readonly Operation[], hasKeys: boolean): object => ({
  openapi: '3.1.1',
  info: {
    title: 'Tickmark',
    version: VERSION,
    description: ABOUT,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  paths: pathsOf(operations, hasKeys),
  components: { schemas: schemasOf(operations), securitySchemes: SCHEMES },
});
