/** The members of a JSON array as the text that they are: digits, blanks and repeated keys as the sender wrote them. */
import type { Signal } from '../../../schemas/signal.ts';

const OPENING = new Set(['[', '{']);
const CLOSING = new Set([']', '}']);

/** The position after the string that opens at `from`. */
const afterString = (text: string, from: number): number => {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
};

/** `text` must be a JSON array (JSON.parse has read it): then depth and strings are all that a comma depends on. */
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
    if (depth === 1 && (character === ',' || character === ']')) {
      members.push(text.slice(from, at).trim());
      from = at + 1;
    }
    if (CLOSING.has(character)) depth -= 1;
    at += 1;
  }
  return members.length === 1 && members[0] === '' ? [] : members;
};

/** A delivery that is a JSON array, as one signal for each member; anything else stays the one signal that it is. */
export const splitArray = (signal: Signal): readonly Signal[] => {
  if (!signal.raw.trimStart().startsWith('[')) return [signal];
  try {
    JSON.parse(signal.raw);
  } catch {
    return [signal];
  }
  const members = jsonMembers(signal.raw);
  return members.length === 0 ? [signal] : members.map((raw) => ({ ...signal, raw }));
};
