/** A dictionary: texts as small integers, so that conditions compare numbers. */

/** The code of what nobody has told. */
export const UNTOLD = -1;

export interface Dictionary {
  readonly size: number;
  /** The same text always has the same code; a new text gets the next one. */
  codeOf(text: string): number;
  find(text: string): number | undefined;
  textOf(code: number): string | undefined;
  /** The number that the text of a code is written as; NaN when it is none, or untold. */
  numberOf(code: number): number;
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** With a `base`: knows all that it knows, and adds nothing to it. The base must not grow any more. */
export const newDictionary = (base?: Dictionary): Dictionary => {
  const first = base?.size ?? 0;
  const texts: string[] = [];
  let codes: Map<string, number> | undefined;

  const find = (text: string): number | undefined => codes?.get(text) ?? base?.find(text);
  const textOf = (code: number): string | undefined =>
    code < first ? base?.textOf(code) : texts[code - first];

  return {
    get size() {
      return first + texts.length;
    },
    find,
    textOf,
    codeOf: (text) => {
      const known = find(text);
      if (known !== undefined) return known;
      const next = first + texts.length;
      texts.push(text);
      (codes ??= new Map()).set(text, next);
      return next;
    },
    numberOf: (code) => {
      const text = code === UNTOLD ? undefined : textOf(code);
      return text !== undefined && NUMBER.test(text) ? Number(text) : NaN;
    },
  };
};
