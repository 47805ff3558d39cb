/** Colour and weight for a terminal: ANSI codes when wanted, the bare text when not. */

export interface Look {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

const CODES = {
  plain: undefined,
  bold: [1, 22],
  dim: [2, 22],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  red: [31, 39],
} as const;
export type Style = keyof typeof CODES;

export const paint = (text: string, style: Style, color: boolean): string => {
  const code = CODES[style];
  if (!color || code === undefined || text === '') return text;
  return `\u001b[${code[0]}m${text}\u001b[${code[1]}m`;
};
