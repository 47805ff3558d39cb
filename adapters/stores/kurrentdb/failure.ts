/** What an error of the client means: try again, somebody else was first, or give up. */
import { messageOf } from '../refusal.ts';

/** `retry`: the outcome is unknown, the same again is safe. `conflict`: the stream is not where it was thought to be. */
export type Verdict = 'retry' | 'conflict' | 'fatal';

export type FailureCode = 'bad-connection-string' | 'second-server' | 'refused' | 'unanswered' | 'closed';

/** An error of ours, found by its `code`. It keeps the client's error as its cause, never the connection string. */
export class KurrentdbFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'KurrentdbFailure';
    this.code = code;
  }
}

/** The literal names that the client gives its errors. */
const VERDICTS: Readonly<Record<string, Verdict>> = {
  timeout: 'retry',
  'deadline-exceeded': 'retry',
  unavailable: 'retry',
  cancelled: 'retry',
  'not-leader': 'retry',
  'wrong-expected-version': 'conflict',
};

/** Of gRPC, where the client has no better name than "unknown": cancelled, unknown, deadline, aborted, internal, unavailable, data loss. */
const PASSING_STATUS: ReadonlySet<unknown> = new Set([1, 2, 4, 10, 13, 14, 15]);

/** What the client and gRPC throw without any code while a connection goes down or a leader is sought. */
const PASSING_WORDS = /^Failed to discover|^Channel has been shut down|ERR_STREAM_|Premature close/;

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;

/** The server's words for a position at which no record begins; it has no code of its own. */
export const isInvalidPosition = (error: unknown): boolean =>
  /read from an invalid position/i.test(messageOf(error));

export const isUnanswered = (error: unknown): boolean =>
  error instanceof KurrentdbFailure && error.code === 'unanswered';

export const verdictOn = (error: unknown): Verdict => {
  if (error instanceof KurrentdbFailure) return isUnanswered(error) ? 'retry' : 'fatal';
  const type = field(error, 'type');
  if (typeof type === 'string' && type !== 'unknown') return VERDICTS[type] ?? 'fatal';
  if (isInvalidPosition(error)) return 'fatal';
  if (PASSING_STATUS.has(field(error, 'code'))) return 'retry';
  return PASSING_WORDS.test(`${messageOf(error)} ${String(field(error, 'code'))}`) ? 'retry' : 'fatal';
};

/** What the user can do about an error that no attempt will mend. */
const ADVICE: Readonly<Record<string, string>> = {
  'access-denied':
    'check the user and the password of the connection string, and that the user may read $all',
  'maximum-append-size-exceeded': "raise the server's MaxAppendSize",
  'stream-deleted': 'somebody deleted the stream for good; a log is never deleted',
};

/** What reaches the caller when no attempt will help any more. Errors without a word of the server are bugs and stay. */
export const finalFailure = (doing: string, error: unknown): unknown => {
  const type = field(error, 'type');
  if (isUnanswered(error))
    return new KurrentdbFailure('unanswered', `KurrentDB did not answer: ${doing}`, error);
  if (typeof type !== 'string' && verdictOn(error) !== 'retry') return error;
  const advice = ADVICE[String(type)];
  const words = [messageOf(error) || String(type), ...(advice === undefined ? [] : [advice])].join('; ');
  return new KurrentdbFailure('refused', `KurrentDB: ${doing}: ${words}`, error);
};
