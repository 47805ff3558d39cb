/** The schemes of proof: they take what their senders sign, and nothing that anybody else could have sent. */
import { describe, expect, it } from 'vitest';
import { SCHEMES } from '../../adapters/carriers/http/proofs/index.ts';
import type { SignedRequest, Terms, Verdict } from '../../adapters/carriers/http/proofs/scheme.ts';
import { PROOFS } from '../../schemas/source.ts';
import { random } from '../../adapters/demo/random.ts';
import { VECTORS, type Vector } from './signature-vectors.ts';

const TOLERANCE_MS = 300_000;

const requestOf = ({ method, url, headers, body }: Vector): SignedRequest => ({
  method,
  url,
  headers,
  rawBody: Buffer.from(body),
});

const termsOf = ({ secret, nowMs = 0 }: Vector, more: Partial<Terms> = {}): Terms => ({
  secrets: [secret],
  nowMs,
  toleranceMs: TOLERANCE_MS,
  header: 'X-Tickmark-Secret',
  ...more,
});

const proven = (vector: Vector, change: Partial<SignedRequest> = {}, more: Partial<Terms> = {}): Verdict =>
  SCHEMES[vector.scheme].prove({ ...requestOf(vector), ...change }, termsOf(vector, more));

const vectorOf = (name: string): Vector => {
  const vector = VECTORS.find((one) => one.name === name);
  if (!vector) throw new Error(`no vector ${name}`);
  return vector;
};

const UNPROVEN = { status: 'unproven', because: 'wrong-signature' };

describe('a request', () => {
  it('of every scheme is among the vectors', () => {
    expect([...new Set(VECTORS.map(({ scheme }) => scheme))].toSorted()).toEqual([...PROOFS].toSorted());
  });

  it.each(VECTORS.map((vector) => [vector.name, vector.source, vector] as const))(
    'is proven: %s (%s)',
    (_name, _source, vector) => {
      expect(proven(vector)).toMatchObject({ status: 'proven' });
      expect(proven(vector, {}, { secrets: ['a newer secret', vector.secret] })).toMatchObject({
        status: 'proven',
      });
      expect(proven(vector, {}, { secrets: ['a newer secret'] })).toEqual(UNPROVEN);
      expect(proven(vector, { headers: {} })).toEqual({ status: 'unproven', because: 'no-signature' });
    },
  );

  const TIMED = VECTORS.filter(({ nowMs }) => nowMs !== undefined);

  it.each(TIMED.map((vector) => [vector.name, vector] as const))(
    'is good for the tolerance, on both sides of its moment: %s',
    (_name, vector) => {
      const { nowMs = 0 } = vector;
      for (const sign of [-1, 1]) {
        const at = (awayMs: number) => proven(vector, {}, { nowMs: nowMs + sign * awayMs }).status;
        expect(at(TOLERANCE_MS)).toBe('proven');
        expect(at(TOLERANCE_MS + 1)).toBe('unproven');
      }
      const others = Object.entries(vector.headers).filter(([name]) => !name.endsWith('timestamp'));
      expect(proven(vector, { headers: Object.fromEntries(others) })).toEqual({
        status: 'unproven',
        because: 'no-time',
      });
    },
  );

  it.each([
    ['GitHub', 'Hello, world!'],
    ['Zendesk', '{}'],
    ['JSON of Twilio', '{"property": "value", "boolean": false}'],
    ['a form of Twilio', 'CallSid=CA1234567890ABCDE&Digits=1235'],
  ])('with another body is not: %s', (name, body) => {
    expect(proven(vectorOf(name), { rawBody: Buffer.from(body) })).toEqual(UNPROVEN);
  });

  it.each([
    ['HubSpot', 'https://api.beta/webhooks?more=1'],
    ['a form of Twilio', 'https://mycompany.com/myapp.php?foo=1&bar=3'],
    ['a form of Twilio', 'https://mycompany.com:8443/myapp.php?foo=1&bar=2'],
  ])('to another address is not: %s %s', (name, url) => {
    expect(proven(vectorOf(name), { url })).toEqual(UNPROVEN);
  });

  it('of Twilio may name the port that goes without saying', () => {
    const url = 'https://mycompany.com:443/myapp.php?foo=1&bar=2';
    expect(proven(vectorOf('a form of Twilio'), { url }).status).toBe('proven');
  });

  it('of HubSpot with another method is not', () => {
    expect(proven(vectorOf('HubSpot'), { method: 'PUT' })).toEqual(UNPROVEN);
  });

  it('of Standard Webhooks may carry a list of signatures, of which one must fit', () => {
    const vector = vectorOf('Standard Webhooks');
    const signature = vector.headers['webhook-signature'] ?? '';
    const listed = (text: string) =>
      proven(vector, { headers: { ...vector.headers, 'webhook-signature': text } }).status;
    expect(listed(`v1,AAAA ${signature}`)).toBe('proven');
    expect(listed(`v1,AAAA v1a,${signature.slice(3)}`)).toBe('unproven');
  });

  it('is marked by what every repetition carries again', () => {
    expect(proven(vectorOf('Jira'))).toHaveProperty('mark', vectorOf('Jira').headers['x-hub-signature']);
    expect(proven(vectorOf('Standard Webhooks'))).toHaveProperty('mark', 'msg_p5jXN8AQM9LWM0D4loKWxJek');
    expect(proven(vectorOf('a shown secret'))).not.toHaveProperty('mark');
  });
});

describe('a secret of Standard Webhooks', () => {
  const fault = (secret: string) => SCHEMES['standard-webhooks'].secretFault?.(secret);

  it('is Base64 of enough bytes', () => {
    expect(fault('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBeUndefined();
    // Base64 skips what it does not know: these would be keys of no byte, or of few.
    for (const secret of ['whsec_!!!!!!!!!!!!', 'whsec_', 'whsec_YWJjZGVmZ2g='])
      expect(fault(secret)).toContain('whsec_');
  });
});

// --- mutations -------------------------------------------------------------------------------------------------

const { between, pick } = random(8_231);

const flipped = (text: string): string => {
  const bytes = Buffer.from(text, 'latin1');
  const at = between(0, bytes.length - 1);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << between(0, 6));
  return bytes.toString('latin1');
};

const spoilt = (text: string): string =>
  pick<(given: string) => string>([
    flipped,
    flipped,
    flipped,
    (given) => given.slice(0, between(0, given.length - 1)),
    (given) => given + pick(['=', 'A', '0', ' ', '\t', given]),
    (given) => pick([' ', 'v0,', '\n']) + given,
    () => pick(['', ' ', 'null', 'undefined', '0', 'sha256=', 'sha1=', 'v1,']),
    (given) => [...given].toReversed().join(''),
    () => Object.values(pick(VECTORS).headers).at(-1) ?? '',
  ])(text);

/** What is signed must be shown as it is; every other header may be anything. */
const SIGNED = /signature|timestamp|webhook-id|secret/;

const withSpoiltHeader = (vector: Vector): Partial<SignedRequest> => {
  const names = Object.keys(vector.headers).filter((name) => SIGNED.test(name));
  const name = pick(names);
  return { headers: { ...vector.headers, [name]: spoilt(vector.headers[name] ?? '') } };
};

const withSpoiltBody = ({ body }: Vector): Partial<SignedRequest> => ({
  rawBody: Buffer.from(spoilt(body), 'latin1'),
});

const withHeadersOfAnother = (vector: Vector): Partial<SignedRequest> => ({
  headers: pick(VECTORS.filter((other) => other.secret !== vector.secret)).headers,
});

/** What Twilio signs of a form: its fields, and not how they are written. */
const fieldsOf = (form: string): string =>
  [...new Set([...new URLSearchParams(form)].map(([name, value]) => name + value))].toSorted().join('&');

const isSameBody = ({ scheme, body }: Vector, text: string): boolean =>
  scheme === 'shared-secret' || text === body || (scheme === 'twilio' && fieldsOf(text) === fieldsOf(body));

/** Whether a change leaves what is signed as it was. */
const isSame = (vector: Vector, { headers, rawBody }: Partial<SignedRequest>): boolean => {
  const names = Object.keys(vector.headers).filter((name) => SIGNED.test(name));
  // A list of signatures is parted by blanks; elsewhere a blank is a mistake like any other.
  const isList = vector.scheme === 'standard-webhooks';
  const shown = (value: unknown): unknown => (isList ? String(value).trim() : value);
  return (
    (headers === undefined || names.every((name) => shown(headers[name]) === vector.headers[name])) &&
    (rawBody === undefined || isSameBody(vector, rawBody.toString('latin1')))
  );
};

/** The whole number where CI runs it; enough to find a hole elsewhere. */
const MUTATIONS = process.env['CI'] === undefined ? 20_000 : 100_000;

it(`of ${MUTATIONS} mutated requests none is proven`, () => {
  const accepted: string[] = [];
  let tried = 0;
  while (tried < MUTATIONS) {
    const vector = pick(VECTORS);
    const change = pick([withSpoiltHeader, withSpoiltHeader, withSpoiltBody, withHeadersOfAnother])(vector);
    if (isSame(vector, change)) continue;
    tried += 1;
    if (proven(vector, change).status === 'proven')
      accepted.push(`${vector.name}: ${JSON.stringify(change)}`);
  }
  expect(accepted).toEqual([]);
});
