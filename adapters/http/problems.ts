/** The problems that the HTTP door answers with (RFC 9457): one small catalogue, which says nothing of the inside. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

interface Problem {
  readonly status: number;
  readonly title: string;
  /** Seconds after which it is worth another attempt. */
  readonly retryAfterS?: number;
  /** How to show who one is. */
  readonly challenge?: string;
}

/** Stable: titles may change, names may not. docs/http.md has the same list. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'the request is not one of HTTP that can be read' },
  'unclear-question': { status: 400, title: 'the question cannot be meant as it is written' },
  unauthorized: {
    status: 401,
    title: 'an API key is needed, and none that fits was shown',
    challenge: 'Bearer realm="tickmark"',
  },
  unproven: { status: 401, title: 'the request does not prove that it comes from this source' },
  'not-found': { status: 404, title: 'there is nothing at this address, or not with this method' },
  'method-not-allowed': { status: 405, title: 'this address takes another method' },
  'request-too-slow': { status: 408, title: 'the request did not arrive in time' },
  'body-too-large': { status: 413, title: 'the body is larger than is taken at once' },
  'unsupported-media-type': { status: 415, title: 'the body is of a type that is not read here' },
  'misdirected-request': { status: 421, title: 'the request is meant for another host than this machine' },
  'too-many-requests': {
    status: 429,
    title: 'this came too often; it is worth another attempt later',
    retryAfterS: 1,
  },
  'headers-too-large': { status: 431, title: 'the headers are larger than is taken' },
  'internal-error': { status: 500, title: 'this is a bug; the log of the process has it' },
  'queue-full': {
    status: 503,
    title: 'more signals wait than are held; nothing of this was kept',
    retryAfterS: 1,
  },
  'store-down': { status: 503, title: 'the store does not work; nothing was acknowledged', retryAfterS: 5 },
  'not-open': { status: 503, title: 'the stores are not open yet', retryAfterS: 5 },
  'answers-not-derived': {
    status: 503,
    title: 'the answers are being derived and not complete yet',
    retryAfterS: 5,
  },
  draining: { status: 503, title: 'this process is about to end', retryAfterS: 5 },
} as const satisfies Readonly<Record<string, Problem>>;
export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_TYPE = 'application/problem+json';

/** The body of a problem (RFC 9457). */
export const ProblemBody = z.strictObject({
  type: z.url().describe('Stable: `https://tickmark.dev/problems/` and the name of the problem'),
  title: z.string(),
  status: z.int(),
  detail: z
    .string()
    .optional()
    .describe('About this request: it repeats what was asked, and nothing of the inside'),
});

export const problemOf = (code: ProblemCode, detail?: string): z.infer<typeof ProblemBody> => {
  const { status, title } = PROBLEMS[code];
  const type = `https://tickmark.dev/problems/${code}`;
  return { type, title, status, ...(detail === undefined ? {} : { detail }) };
};

export const problemBody = (code: ProblemCode, detail?: string): string =>
  JSON.stringify(problemOf(code, detail));

/** `detail` is for whoever asked: it may repeat what they wrote, and nothing else. */
export const answerProblem = (reply: FastifyReply, code: ProblemCode, detail?: string): FastifyReply => {
  const { status, retryAfterS, challenge }: Problem = PROBLEMS[code];
  // Whoever knows it better has said so.
  if (retryAfterS !== undefined && !reply.hasHeader('retry-after'))
    void reply.header('retry-after', String(retryAfterS));
  if (challenge !== undefined) void reply.header('www-authenticate', challenge);
  return reply.code(status).type(PROBLEM_TYPE).send(problemBody(code, detail));
};
