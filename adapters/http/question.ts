/** The question of a request: what stands behind the question mark, checked by the schema that documents it. */
import { z } from 'zod';
import { InputError } from '../input-error.ts';

/** What is wrong with one parameter; a schema says it as the rest of a sentence that begins with its name. */
const faultOf = (query: object, { path: [name], message }: z.core.$ZodIssue): string | undefined => {
  const given: unknown = Object.entries(query).find(([key]) => key === name)?.[1];
  return typeof given === 'string' ? `${String(name)} ${message}` : undefined;
};

/** A misspelt parameter would be answered as if it were not there. */
export const readQuestion = <Schema extends z.ZodObject>(schema: Schema, query: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const fault = issue && typeof query === 'object' && query !== null ? faultOf(query, issue) : undefined;
  throw new InputError(
    fault ?? `what can be asked for is ${Object.keys(schema.shape).join(', ')}, each once`,
  );
};

/** Yes or no; `true` and `false` are how it is written. */
export const YesOrNo = z.stringbool('takes true or false').meta({ type: 'boolean' });
