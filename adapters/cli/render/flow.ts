/** Facts in a row, joined by middle dots, on as many lines as the terminal needs. */
import { displayWidth } from './text-width.ts';

const JOINT = ' · ';

/** The texts, set into lines of at most `width` columns; a text is never broken. */
export const flow = (texts: readonly string[], width: number): readonly string[] => {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const longer = `${last ?? ''}${JOINT}${text}`;
    if (last === undefined || displayWidth(longer) > width) lines.push(text);
    else lines[lines.length - 1] = longer;
  }
  return lines;
};
