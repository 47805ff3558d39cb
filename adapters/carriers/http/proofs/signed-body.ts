/** Schemes that sign the body and nothing else: `sha256=` or `sha1=` and the digest in hex, in one header. */
import { type Algorithm, keyedDigest, verdictOn } from './digest.ts';
import { type Scheme, headerOf, unproven } from './scheme.ts';

export const signedBody = (header: string, algorithm: Algorithm): Scheme => ({
  prove: (request, { secrets }) => {
    const given = headerOf(request, header);
    if (given === undefined) return unproven('no-signature');
    return verdictOn(
      given,
      secrets,
      (secret) => `${algorithm}=${keyedDigest(algorithm, secret, [request.rawBody], 'hex')}`,
    );
  },
});
