/** The members of a JSON array, or of an object, as the text that they are: digits, blanks and repeated keys as the sender wrote them. */
import type { Signal } from '../../../schemas/signal.ts';

const OPENING = new Set(['[', '{']);
const CLOSING = new Set([']', '}']);

/** The position after the string that opens at `from`. */
const afterString = (text: string, from: number): number => {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
};

/**
 * `text` must be a JSON array or object (JSON.parse has read it): then depth and strings are all that a comma depends
 * on. A member of an object is its key with its value.
 */
export const jsonMembers = (text: string): readonly string[] => {
  const members: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? '';
    if (character === '"') {
      at = afterString(text, at);
      continue;
    }
    if (OPENING.has(character)) {
      depth += 1;
      if (depth === 1) from = at + 1;
    }
    if (depth === 1 && (character === ',' || CLOSING.has(character))) {
      members.push(text.slice(from, at).trim());
      from = at + 1;
    }
    if (CLOSING.has(character)) depth -= 1;
    at += 1;
  }
  return members.length === 1 && members[0] === '' ? [] : members;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const signalsOf = (signal: Signal, array: string): readonly Signal[] => {
  const members = jsonMembers(array);
  return members.length === 0 ? [signal] : members.map((raw) => ({ ...signal, raw }));
};

/** A delivery that is a JSON array, as one signal for each member; anything else stays the one signal that it is. */
export const splitArray = (signal: Signal): readonly Signal[] =>
  signal.raw.trimStart().startsWith('[') && isJson(signal.raw) ? signalsOf(signal, signal.raw) : [signal];

/** The text of the array that stands under the key; of a repeated key the last counts, as for JSON.parse. */
const arrayUnder = (object: string, key: string): string | undefined => {
  const member = jsonMembers(object).findLast((one) => one.startsWith(`"${key}"`));
  const value = member?.slice(member.indexOf(':') + 1).trim();
  return value?.startsWith('[') === true ? value : undefined;
};

/** A page of an API, `{"result": [...], "next": null}`, as one signal for each member of its array; else like splitArray. */
export const splitPage =
  (...keys: readonly string[]) =>
  (signal: Signal): readonly Signal[] => {
    if (!signal.raw.trimStart().startsWith('{') || !isJson(signal.raw)) return splitArray(signal);
    const array = keys.map((key) => arrayUnder(signal.raw, key)).find((text) => text !== undefined);
    return array === undefined ? [signal] : signalsOf(signal, array);
  };
