/**
 * The scheme of Zendesk: the moment as its header writes it, and the body. The secret is a text, although it looks like
 * Base64. Source: developer.zendesk.com, "Verifying webhook authenticity".
 */
import { keyedDigest, verdictOn } from './digest.ts';
import { type Scheme, headerOf, isOfNow, unproven } from './scheme.ts';
import { isoMs, secondsMs } from './sent-at.ts';

export const zendesk: Scheme = {
  prove: (request, terms) => {
    const given = headerOf(request, 'x-zendesk-webhook-signature');
    if (given === undefined) return unproven('no-signature');
    const sent = headerOf(request, 'x-zendesk-webhook-signature-timestamp') ?? '';
    // Zendesk writes ISO 8601; examples write seconds.
    const sentMs = isoMs(sent) ?? secondsMs(sent);
    if (sentMs === undefined) return unproven('no-time');
    if (!isOfNow(sentMs, terms)) return unproven('not-of-now');
    return verdictOn(given, terms.secrets, (secret) =>
      keyedDigest('sha256', secret, [sent, request.rawBody], 'base64'),
    );
  },
};
