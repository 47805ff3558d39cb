/** The scheme of Chatwoot: the second of sending, a dot and the body. Releases without these headers sign nothing. */
import { keyedDigest, verdictOn } from './digest.ts';
import { type Scheme, headerOf, isOfNow, unproven } from './scheme.ts';
import { secondsMs } from './sent-at.ts';

export const chatwoot: Scheme = {
  prove: (request, terms) => {
    const given = headerOf(request, 'x-chatwoot-signature');
    if (given === undefined) return unproven('no-signature');
    const sent = headerOf(request, 'x-chatwoot-timestamp') ?? '';
    const sentMs = secondsMs(sent);
    if (sentMs === undefined) return unproven('no-time');
    if (!isOfNow(sentMs, terms)) return unproven('not-of-now');
    return verdictOn(
      given,
      terms.secrets,
      (secret) => `sha256=${keyedDigest('sha256', secret, [`${sent}.`, request.rawBody], 'hex')}`,
    );
  },
};
