/**
 * The scheme of Twilio: the address, and after it the fields of the form, sorted, each name followed by its value. Of a
 * body that is no form the address carries the digest. No moment is signed, so that a repetition is known by its
 * signature alone. Source: twilio.com/docs/usage/security, "Validating requests"; RequestValidator of twilio-node.
 */
import { hash } from 'node:crypto';
import { isSameText, keyedDigest } from './digest.ts';
import { type Scheme, type SignedRequest, headerOf, unproven } from './scheme.ts';

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of a field that stands there several times every value once, sorted. */
const fieldsText = (body: Buffer): string => {
  const fields = new URLSearchParams(body.toString('utf8'));
  return [...new Set(fields.keys())]
    .toSorted(ascending)
    .flatMap((name) => [...new Set(fields.getAll(name))].toSorted(ascending).map((value) => name + value))
    .join('');
};

const DEFAULT_PORT = { 'https:': '443', 'http:': '80' } as const;
const ORIGIN = /^(https?:)\/\/([^/?#]+?)(?::(\d+))?(?=[/?#]|$)/;

/** Some calls sign the address with the port that goes without saying, and some without it. */
const spellings = (url: string): readonly string[] => {
  const [origin, scheme, host, port] = ORIGIN.exec(url) ?? [];
  if (origin === undefined || (scheme !== 'https:' && scheme !== 'http:')) return [url];
  const [usual, rest] = [DEFAULT_PORT[scheme], url.slice(origin.length)];
  if (port !== undefined && port !== usual) return [url];
  return [`${scheme}//${host}${rest}`, `${scheme}//${host}:${usual}${rest}`];
};

/** What is signed after the address; undefined when the body is not the one whose digest the address carries. */
const signedRest = ({ url, rawBody }: SignedRequest): string | undefined => {
  const told = /[?&]bodySHA256=([^&#]*)/.exec(url)?.[1];
  if (told === undefined) return fieldsText(rawBody);
  return isSameText(told.toLowerCase(), hash('sha256', rawBody, 'hex')) ? '' : undefined;
};

export const twilio: Scheme = {
  prove: (request, { secrets }) => {
    const given = headerOf(request, 'x-twilio-signature');
    if (given === undefined) return unproven('no-signature');
    const rest = signedRest(request);
    if (rest === undefined) return unproven('wrong-signature');
    const texts = spellings(request.url).map((url) => url + rest);
    const isProven = secrets.some((secret) =>
      texts.some((text) => isSameText(given, keyedDigest('sha1', secret, [text], 'base64'))),
    );
    return isProven ? { status: 'proven', mark: given } : unproven('wrong-signature');
  },
};
