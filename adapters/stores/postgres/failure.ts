/** Failures of the database, by what can be done about them. */
import { codeOf } from '../refusal.ts';

/**
 * again: nothing was written, and the same work may succeed next time. gone: so was the connection, and what became
 * of a commit on its way is not known. fatal: the next time will fail as well.
 */
export type Failure = 'again' | 'gone' | 'fatal';

/** Serialisation, deadlock, lock not available. */
const AGAIN = new Set(['40001', '40P01', '55P03']);

/** Shutdown, crash, start-up, too many connections, idle for too long; what the network says. */
const GONE = new Set([
  ...['57P01', '57P02', '57P03', '53300', '25P03'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOENT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EAI_AGAIN',
  ],
]);

/** The driver's own words have no code. */
const BROKEN = /^(Connection terminated|Client has encountered a connection error|timeout expired)/;

export const failureOf = (error: unknown): Failure => {
  const code = codeOf(error);
  if (AGAIN.has(code)) return 'again';
  if (GONE.has(code) || code.startsWith('08')) return 'gone';
  return error instanceof Error && BROKEN.test(error.message) ? 'gone' : 'fatal';
};
