/** The order of text: by code point, which is the order of UTF-8 bytes and so of every store. */

/** Moves surrogates behind U+FFFF, where the characters that they stand for are. */
const codePointRank = (unit: number): number =>
  unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;

/** `<` on strings compares UTF-16 units, which puts some characters elsewhere than a database does. */
export const compareText = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
};
