/** A vendor's message read by its schema: the value, or the rejection that says which field is wrong and how. */
import type { z } from 'zod';
import { REJECTIONS, type Rejection, type RejectionCode, type Translation } from '../../../schemas/signal.ts';

export type Rejected = Extract<Translation, { status: 'rejected' }>;
export type Read<Message> = { readonly status: 'read'; readonly message: Message } | Rejected;

export const rejected = (code: RejectionCode, message: string): Rejected => ({
  status: 'rejected',
  rejection: { code, message },
});

/** `because` is counted and shown: why such messages move no clock. */
export const ignored = (because: string): Translation => ({ status: 'ignored', because });

type Issue = z.core.$ZodIssue;

const isCode = (value: unknown): value is RejectionCode =>
  typeof value === 'string' && Object.hasOwn(REJECTIONS, value);

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown => {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
};

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

const LONGEST_PATH = 200;
const pathText = (path: readonly PropertyKey[]): string =>
  path.length === 0 ? 'the message' : path.map(String).join('.').slice(0, LONGEST_PATH);

const rejectionOf = (issue: Issue, root: unknown): Rejection => {
  const at = pathText(issue.path);
  if (isNothing(valueAt(root, issue.path)))
    return { code: 'missing-field', message: `${at} is absent or empty` };
  const named: unknown = issue.code === 'custom' ? issue.params?.['rejection'] : undefined;
  return {
    code: isCode(named) ? named : 'invalid-event',
    message: `${at}: ${issue.message}`.slice(0, 1_000),
  };
};

/** Checks a value that has been parsed already. */
export const readValue = <Message>(value: unknown, schema: z.ZodType<Message>): Read<Message> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { status: 'read', message: parsed.data };
  const [issue] = parsed.error.issues;
  return issue
    ? { status: 'rejected', rejection: rejectionOf(issue, value) }
    : rejected('invalid-event', 'does not fit its schema');
};

/** JSON text, checked by the schema. */
export const readJson = <Message>(raw: string, schema: z.ZodType<Message>): Read<Message> => {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    return rejected('malformed', `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return readValue(value, schema);
};

/** `a=1&b=2` as a browser's form writes it, checked by the schema. Of a repeated key the first value counts. */
export const readForm = <Message>(raw: string, schema: z.ZodType<Message>): Read<Message> => {
  const fields = new Map<string, string>();
  for (const pair of raw.trim().split('&')) {
    const at = pair.indexOf('=');
    const key = decoded(at < 0 ? pair : pair.slice(0, at));
    const value = decoded(at < 0 ? '' : pair.slice(at + 1));
    if (key === undefined || value === undefined)
      return rejected('malformed', 'not a form: a percent sign is followed by no code of a character');
    if (!fields.has(key)) fields.set(key, value);
  }
  return readValue(Object.fromEntries(fields), schema);
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};
