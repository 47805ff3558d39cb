/** The name of a subject: of what the facts speak, in characters that are safe in a path and in a shell. */
import { type SubjectId, subjectId } from '../../../schemas/brand.ts';
import { shortHash } from './hash.ts';
import { joined } from './join.ts';

/** Room for the name of a system (schemas/source.ts) before the id, within what a subject may have. */
const LONGEST = 300;
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

/** Of what a vendor's message speaks: `ticket-5158`, `ticket-octocat+hello+7`. Long ids keep a hash in their place. */
export const subjectOf = (kind: string, ...ids: readonly string[]): SubjectId => {
  const plain = subjectName(kind, ids, false);
  return subjectId(plain.length <= LONGEST ? plain : subjectName(kind, ids, true));
};
