/** Identity: the names that a row gives to itself (vendor id) and to what it speaks of (subject). */
import { shortHash } from './hash.ts';

const escaped = (value: string): string =>
  /[\\|#~]/.test(value) ? value.replace(/[\\|#~]/g, '\\$&') : value;

/** Values may hold anything; escaping makes two different rows never join to the same text. */
const joined = (values: readonly string[]): string => values.map(escaped).join('|');

/** Room for the suffixes below within the 1,000 characters of a vendor id. */
const LONGEST_PLAIN = 900;
const KEPT = 200;

/** The id columns joined by `|`. Longer ones keep their beginning and get a hash (`\h` never comes from escaping). */
export const rowId = (values: readonly string[], occurrence = 1): string => {
  const text = joined(values);
  const short =
    text.length <= LONGEST_PLAIN ? text : `${text.slice(0, KEPT).replace(/\\+$/, '')}\\h${shortHash(text)}`;
  return occurrence > 1 ? `${short}#${occurrence}` : short;
};

const BEYOND_ASCII = 0x7f;
const percent = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Like encodeURIComponent, but a lone surrogate (possible in JSON) gets a code of its own and nothing is thrown. */
const percentEncoded = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code <= BEYOND_ASCII) return percent(code);
  return character.isWellFormed() ? encodeURIComponent(character) : `%u${code.toString(16).toUpperCase()}`;
};

const PLAIN = /^[A-Za-z0-9._:+-]*$/;
const PLAIN_PART = /^[A-Za-z0-9._:-]*$/;

const encoded = (value: string, plain: RegExp): string =>
  plain.test(value)
    ? value
    : Array.from(value, (character) => (plain.test(character) ? character : percentEncoded(character))).join(
        '',
      );

/** `call-AA0101+34536`: of several columns a `+` inside a value is encoded, so that the join can be taken apart again. */
export const subjectName = (kind: string, values: readonly string[], hash: boolean): string => {
  if (hash) return `${kind}-${shortHash(joined(values))}`;
  const plain = values.length > 1 ? PLAIN_PART : PLAIN;
  return `${kind}-${values.map((value) => encoded(value, plain)).join('+')}`;
};
