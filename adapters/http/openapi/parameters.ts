/** The parameters of an operation: its path, its question, and what may stand in its headers. */
import { z } from 'zod';
import type { Operation } from '../operation.ts';
import type { JsonSchema } from './components.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

const parametersIn = (place: 'path' | 'query', schema: z.ZodObject | undefined): readonly Parameter[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...own } = typeof property === 'boolean' ? {} : property;
    const about = description === undefined ? {} : { description };
    return { name, in: place, required: required.includes(name), ...about, schema: own };
  });
};

const HELD: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The `ETag` of the answer that is held already',
  schema: { type: 'string' },
};

/** Whether whoever holds the answer already need not be sent it again. */
export const isTagged = ({ answers }: Operation): boolean =>
  Object.values(answers).some(({ headers = {} }) => 'etag' in headers);

export const parametersOf = (operation: Operation): readonly Parameter[] => [
  ...parametersIn('path', operation.place),
  ...parametersIn('query', operation.question),
  ...(isTagged(operation) ? [HELD] : []),
];
