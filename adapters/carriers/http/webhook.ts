/** The webhook of one source: who may send, what was acknowledged already, and how a request is a signal. */
import type { IncomingHttpHeaders } from 'node:http';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Dialect } from '../../../schemas/signal.ts';
import { type Arrival, splitArrival } from '../../intake.ts';
import { keptHeaders } from '../../kept-headers.ts';
import type { Scheme, Verdict } from './proofs/scheme.ts';
import { readBody } from './read-body.ts';
import { type ReplayLedger, openReplayLedger } from './replay-ledger.ts';

/** A request to the door of a source. */
export interface Call {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly receivedAt: InstantMs;
}

export interface Webhook {
  readonly source: string;
  /** Who sent it. */
  prove(call: Call): Verdict;
  readonly ledger: ReplayLedger;
  read(call: Call): readonly Arrival[];
}

export interface WebhookSetup {
  readonly source: string;
  readonly dialect: Dialect;
  readonly scheme: Scheme;
  readonly secrets: readonly string[];
  /** The address as the sender calls it; a proxy may have changed what arrives here. */
  readonly url?: string | undefined;
  /** Of a secret that is shown. */
  readonly header: string;
  readonly toleranceMs: number;
}

/** The configured address with the query of this request: senders add to it, and sign what they added. */
const calledAt = (url: string | undefined, target: string): string => {
  const at = target.indexOf('?');
  const query = at < 0 ? '' : target.slice(at);
  return url === undefined ? target : url.replace(/[?#].*$/s, '') + query;
};

const headerIn =
  (headers: IncomingHttpHeaders) =>
  (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };

export const openWebhook = (setup: WebhookSetup): Webhook => {
  const { source, dialect, scheme, secrets, url, header, toleranceMs } = setup;
  return {
    source,
    prove: ({ method, target, headers, bytes, receivedAt }) =>
      scheme.prove(
        { method, url: calledAt(url, target), headers, rawBody: bytes },
        { secrets, header, toleranceMs, nowMs: receivedAt },
      ),
    // A signature is good for the tolerance on both sides of its moment.
    ledger: openReplayLedger({ keptMs: 2 * toleranceMs }),
    read: ({ bytes, headers, receivedAt }) =>
      readBody({
        bytes,
        format: 'whole',
        dialect: dialect.name,
        source,
        receivedAt,
        ...keptHeaders(dialect, headerIn(headers)),
      }).flatMap((arrival) => splitArrival(dialect, arrival)),
  };
};
