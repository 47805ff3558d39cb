/** A scheme: how the senders of one kind prove that a request is theirs. Every scheme is a pure function of these. */

export interface SignedRequest {
  readonly method: string;
  /** The address as its sender wrote it, with the query; some sign it. */
  readonly url: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came. */
  readonly rawBody: Buffer;
}

/** What the receiver brings to the proof. */
export interface Terms {
  /** Any of them is taken. */
  readonly secrets: readonly string[];
  readonly nowMs: number;
  /** How far the moment of a signature may lie from now, on either side. */
  readonly toleranceMs: number;
  /** The header of a secret that is shown; other schemes have theirs. */
  readonly header: string;
}

/** For the log of the process and nobody else. */
export type Doubt = 'no-signature' | 'no-time' | 'not-of-now' | 'wrong-signature';

/** `mark`: what every repetition of this delivery carries again, under the signature; absent where nothing does. */
export type Verdict =
  | { readonly status: 'proven'; readonly mark?: string }
  | { readonly status: 'unproven'; readonly because: Doubt };

export interface Scheme {
  prove(request: SignedRequest, terms: Terms): Verdict;
  /** What keeps a text from being a secret of this scheme, beside its length. */
  secretFault?(secret: string): string | undefined;
}

export const unproven = (because: Doubt): Verdict => ({ status: 'unproven', because });

/** The one value of a header; one that came twice, as a list, is none. */
export const headerOf = ({ headers }: Pick<SignedRequest, 'headers'>, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const isOfNow = (sentMs: number, { nowMs, toleranceMs }: Terms): boolean =>
  Math.abs(nowMs - sentMs) <= toleranceMs;
