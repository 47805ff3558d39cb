/**
 * The scheme of HubSpot, version 3: method, address, body and the millisecond of sending. In the address twelve
 * characters are signed as they are and not by their codes. Source: developers.hubspot.com, "Validating requests".
 */
import { keyedDigest, verdictOn } from './digest.ts';
import { type Scheme, headerOf, isOfNow, unproven } from './scheme.ts';
import { millisecondsMs } from './sent-at.ts';

/** : / ? @ ! $ ' ( ) * , ; */
const SIGNED_AS_THEY_ARE = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

const signedAddress = (url: string): string =>
  url.replace(SIGNED_AS_THEY_ARE, (code) => decodeURIComponent(code));

export const hubspot: Scheme = {
  prove: (request, terms) => {
    const given = headerOf(request, 'x-hubspot-signature-v3');
    if (given === undefined) return unproven('no-signature');
    const sent = headerOf(request, 'x-hubspot-request-timestamp') ?? '';
    const sentMs = millisecondsMs(sent);
    if (sentMs === undefined) return unproven('no-time');
    if (!isOfNow(sentMs, terms)) return unproven('not-of-now');
    const before = `${request.method}${signedAddress(request.url)}`;
    return verdictOn(given, terms.secrets, (secret) =>
      keyedDigest('sha256', secret, [before, request.rawBody, sent], 'base64'),
    );
  },
};
