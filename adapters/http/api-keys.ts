/** The API keys of a process: read once, kept as digests, and compared in a time that tells nothing of them. */
import { hash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { InputError } from '../input-error.ts';

export interface ApiKey {
  /** Who has it, for logs: its label, or which of the keys it is. */
  readonly holder: string;
  /** SHA-256: nothing that could be printed opens the door. */
  readonly digest: Buffer;
}
export type ApiKeys = readonly ApiKey[];

const LEAST_CHARACTERS = 16;

const LABELLED = /^(?:(?<label>[\w.-]{1,60}):)?(?<key>.*)$/s;
/** What a bearer token may be made of (RFC 6750): a key travels in a header as it is. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

const digestOf = (key: string): Buffer => Buffer.from(hash('sha256', key, 'hex'), 'hex');

/** The message counts the keys and repeats nothing of them: it is for a terminal, or a log. */
const keyOf = (text: string, number: number, from: string): ApiKey => {
  const { label, key = '' } = LABELLED.exec(text)?.groups ?? {};
  if (key.length < LEAST_CHARACTERS)
    throw new InputError(
      `${from}: key ${number} has fewer than ${LEAST_CHARACTERS} characters; make one with: openssl rand -hex 32`,
    );
  if (!TOKEN.test(key))
    throw new InputError(
      `${from}: key ${number} has a character that a key may not have: letters, digits and . _ ~ + / - are taken, after a label and a colon if you like`,
    );
  return { holder: label ?? `key-${number}`, digest: digestOf(key) };
};

/** One key twice would leave open who has it, and one that is taken back in one place would go on working. */
const refuseRepeated = (keys: ApiKeys, from: string): void => {
  const second = keys.findIndex(({ digest }, at) =>
    keys.slice(0, at).some((key) => key.digest.equals(digest)),
  );
  if (second >= 0) throw new InputError(`${from}: key ${second + 1} is there already`);
};

/** Keys with commas or line breaks between; a line that begins with # is a comment. */
export const parseApiKeys = (text: string, from: string): ApiKeys => {
  const lines = text.split(/\r?\n/).filter((line) => !line.trim().startsWith('#'));
  const texts = lines.flatMap((line) => line.split(',')).map((one) => one.trim());
  const keys = texts.filter((one) => one !== '').map((one, at) => keyOf(one, at + 1, from));
  if (keys.length === 0) throw new InputError(`${from} holds no key`);
  refuseRepeated(keys, from);
  return keys;
};

const readKeyFile = async (path: string): Promise<ApiKeys> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`TICKMARK_API_KEYS_FILE: ${path} cannot be read (${error.code})`);
  });
  return parseApiKeys(text, path);
};

/** Without either variable there are no keys. */
export const readApiKeys = async ({
  apiKeys,
  apiKeysFile,
}: Pick<Config, 'apiKeys' | 'apiKeysFile'>): Promise<ApiKeys> => {
  if (apiKeys !== undefined && apiKeysFile !== undefined)
    throw new InputError(
      'TICKMARK_API_KEYS and TICKMARK_API_KEYS_FILE are both set: keys come from one place',
    );
  if (apiKeysFile !== undefined) return readKeyFile(apiKeysFile);
  return apiKeys === undefined ? [] : parseApiKeys(apiKeys, 'TICKMARK_API_KEYS');
};

/** Every key is looked at, whether or not one fits, and every look takes equally long. */
export const holderOf = (keys: ApiKeys, shown: string): string | undefined => {
  const digest = digestOf(shown);
  let holder: string | undefined;
  for (const key of keys) if (timingSafeEqual(key.digest, digest)) holder = key.holder;
  return holder;
};
