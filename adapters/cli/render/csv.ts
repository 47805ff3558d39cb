/** CSV as RFC 4180 says: CRLF, quotes where needed; and no cell that a spreadsheet would run as a formula. */

/** Cells that spreadsheets read as formulas. Source: OWASP, "CSV Injection". */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;
const NEEDS_QUOTES = /[",\r\n]/;

export type Cell = string | number;

const neutral = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

const cellText = (cell: Cell): string => {
  const text = typeof cell === 'number' ? String(cell) : neutral(cell);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line with its line end. A line of one empty cell is written `""`, since an empty line is no record. */
export const csvLine = (cells: readonly Cell[]): string => {
  const line = cells.map(cellText).join(',');
  return `${line === '' ? '""' : line}\r\n`;
};

export const csv = (header: readonly string[], lines: readonly (readonly Cell[])[]): string =>
  [header, ...lines].map(csvLine).join('');
