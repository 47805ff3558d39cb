/**
 * The scheme that many vendors share: id, second of sending and body, with dots between. The header lists signatures,
 * so that the sender, too, can rotate its secret. Source: github.com/standard-webhooks/standard-webhooks, specification.
 */
import { isSameText, keyedDigest } from './digest.ts';
import { type Scheme, headerOf, isOfNow, unproven } from './scheme.ts';
import { secondsMs } from './sent-at.ts';

/** The specification asks for 24 to 64 bytes; some vendors give fewer. */
const FEWEST_BYTES = 16;

/** A list longer than this is no rotation. */
const MOST_SIGNATURES = 10;

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

export const standardWebhooks: Scheme = {
  prove: (request, terms) => {
    const given = headerOf(request, 'webhook-signature');
    const id = headerOf(request, 'webhook-id');
    if (given === undefined || id === undefined) return unproven('no-signature');
    const sent = headerOf(request, 'webhook-timestamp') ?? '';
    const sentMs = secondsMs(sent);
    if (sentMs === undefined) return unproven('no-time');
    if (!isOfNow(sentMs, terms)) return unproven('not-of-now');
    const signed = [`${id}.${sent}.`, request.rawBody];
    const known = terms.secrets.map(
      (secret) => `v1,${keyedDigest('sha256', keyOf(secret), signed, 'base64')}`,
    );
    const isProven = given
      .split(' ', MOST_SIGNATURES)
      .some((one) => known.some((signature) => isSameText(one, signature)));
    // The id is the delivery's own: a repetition is sent, and signed, at another moment.
    return isProven ? { status: 'proven', mark: id } : unproven('wrong-signature');
  },
  secretFault: (secret) =>
    /^(whsec_)?[A-Za-z0-9+/]+={0,2}$/.test(secret) && keyOf(secret).length >= FEWEST_BYTES
      ? undefined
      : `is no secret of Standard Webhooks: whsec_ and at least ${FEWEST_BYTES} bytes in Base64`,
};
