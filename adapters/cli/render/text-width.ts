/** How wide a text is on a terminal, and making it fit: accents take no column, East Asian letters take two. */

/** Half-open ranges of code points that terminals draw two columns wide. Source: Unicode 16, EastAsianWidth W and F, rounded to blocks. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x1160],
  [0x2e80, 0x303f],
  [0x3041, 0xa4d0],
  [0xa960, 0xa980],
  [0xac00, 0xd7a4],
  [0xf900, 0xfb00],
  [0xfe30, 0xfe70],
  [0xff00, 0xff61],
  [0xffe0, 0xffe7],
  [0x1f300, 0x1f650],
  [0x1f680, 0x1f700],
  [0x1f900, 0x1fa00],
  [0x20000, 0x40000],
];
/** Combining marks, joiners and variation selectors: drawn on top of what stands before them. */
const NO_WIDTH = /^[\p{M}\u200b-\u200d\u2060\ufeff]$/u;
/** Control characters and direction overrides: a name must not be able to move the cursor or turn a line around. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const widthOf = (letter: string): number => {
  if (NO_WIDTH.test(letter)) return 0;
  const point = letter.codePointAt(0) ?? 0;
  return WIDE.some(([from, to]) => point >= from && point < to) ? 2 : 1;
};

/** Columns of a text without control characters. */
export const displayWidth = (text: string): number => {
  let width = 0;
  for (const letter of text) width += widthOf(letter);
  return width;
};

/** The text with a visible mark in the place of everything that would steer a terminal. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, '\ufffd');

/** At most `width` columns; what is cut off leaves an ellipsis. */
export const clip = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return '';
  let kept = '';
  let used = 0;
  for (const letter of text) {
    const next = used + widthOf(letter);
    if (next > width - 1) break;
    kept += letter;
    used = next;
  }
  return `${kept}…`;
};

export type Align = 'left' | 'right';

/** Filled up with blanks to `width` columns; never cut. */
export const pad = (text: string, width: number, align: Align): string => {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
};

/** The text in lines of at most `width` columns, broken at blanks, and within a word where one is longer. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  const flush = (): void => {
    if (line !== '') lines.push(line);
    line = '';
  };
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(`${line} ${word}`) <= width) {
      line += ` ${word}`;
      continue;
    }
    flush();
    for (const letter of word) {
      if (line !== '' && displayWidth(line + letter) > width) flush();
      line += letter;
    }
  }
  flush();
  return lines;
};
