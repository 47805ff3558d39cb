/** Digests: keyed ones of what is signed, and comparing without telling by the time it takes how much was right. */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { type Verdict, unproven } from './scheme.ts';

export type Algorithm = 'sha1' | 'sha256';

export const keyedDigest = (
  algorithm: Algorithm,
  key: string | Buffer,
  parts: readonly (string | Buffer)[],
  encoding: 'base64' | 'hex',
): string => {
  const digest = createHmac(algorithm, key);
  for (const part of parts) digest.update(part);
  return digest.digest(encoding);
};

/** Of texts of any length: their digests are compared, to the last character. */
export const isSameText = (one: string, other: string): boolean =>
  timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));

/** Whether one of the secrets signs as the sender did. The proof of it marks the delivery. */
export const verdictOn = (
  given: string,
  secrets: readonly string[],
  sign: (secret: string) => string,
): Verdict =>
  secrets.some((secret) => isSameText(given, sign(secret)))
    ? { status: 'proven', mark: given }
    : unproven('wrong-signature');
