/** The responses of an operation: its answers, and the problems that it may be answered with, by status. */
import type { Answer, Operation } from '../operation.ts';
import { PROBLEMS, PROBLEM_TYPE, type ProblemCode, problemOf } from '../problems.ts';
import { refTo } from './components.ts';
import { isTagged } from './parameters.ts';

interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, object>>;
}

/** Whatever is asked. */
const ALWAYS: readonly ProblemCode[] = [
  'malformed-request',
  'request-too-slow',
  'misdirected-request',
  'headers-too-large',
  'internal-error',
];

export const problemsOf = ({ proof, problems }: Operation): readonly ProblemCode[] => [
  ...ALWAYS,
  ...(proof === 'key' ? (['unauthorized'] as const) : []),
  ...problems,
];

const header = (description: string): object => ({ description, schema: { type: 'string' } });

const answered = ({ about, name, example, headers }: Answer): Response => ({
  description: about,
  ...(headers
    ? { headers: Object.fromEntries(Object.entries(headers).map(([key, says]) => [key, header(says)])) }
    : {}),
  content: { 'application/json': { schema: { $ref: refTo(name) }, example } },
});

const HEADERS: Readonly<Partial<Record<'retryAfterS' | 'challenge', Readonly<Record<string, object>>>>> = {
  retryAfterS: { 'retry-after': header('Seconds after which it is worth another attempt') },
  challenge: { 'www-authenticate': header('How to show a key') },
};

const headersOf = (codes: readonly ProblemCode[]): Readonly<Record<string, object>> => ({
  ...(codes.some((code) => 'retryAfterS' in PROBLEMS[code]) ? HEADERS.retryAfterS : {}),
  ...(codes.some((code) => 'challenge' in PROBLEMS[code]) ? HEADERS.challenge : {}),
});

/** Problems of one status, each an example under its name. */
const refused = (codes: readonly ProblemCode[]): Response => {
  const headers = headersOf(codes);
  const examples = Object.fromEntries(codes.map((code) => [code, { value: problemOf(code) }]));
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: { [PROBLEM_TYPE]: { schema: { $ref: refTo('Problem') }, examples } },
  };
};

/** Where a status is both an answer and a problem, the content type tells which. */
const both = (a: Response, b: Response): Response => ({
  description: `${a.description}; ${b.description}`,
  headers: { ...a.headers, ...b.headers },
  content: { ...a.content, ...b.content },
});

export const responsesOf = (operation: Operation): Readonly<Record<string, Response>> => {
  const responses = new Map(
    Object.entries(operation.answers).map(([status, answer]) => [Number(status), answered(answer)]),
  );
  if (isTagged(operation))
    responses.set(304, { description: 'The answer that is held already is the same still' });
  for (const [status, codes] of Map.groupBy(problemsOf(operation), (code) => PROBLEMS[code].status)) {
    const answer = responses.get(status);
    responses.set(status, answer ? both(answer, refused(codes)) : refused(codes));
  }
  return Object.fromEntries([...responses].sort(([a], [b]) => a - b));
};
