/** Text tables: how cases are written and how answers are shown beside them. */
import { InputError } from '../input-error.ts';

export type TableRow = Readonly<Record<string, string>>;

const cellsOf = (line: string): readonly string[] => line.split('|').map((cell) => cell.trim());

const isRow = (line: string): boolean => line.trim() !== '' && !line.trim().startsWith('#');

/** Rows of a table whose first line is the header; blank lines and lines that begin with `#` are left out. */
export const parseTable = (text: string): readonly TableRow[] => {
  const [header, ...rows] = text.split('\n').filter(isRow).map(cellsOf);
  if (!header) return [];
  return rows.map((cells) => {
    if (cells.length !== header.length)
      throw new InputError(
        `a row has ${cells.length} cells, the header ${header.length}: ${cells.join(' | ')}`,
      );
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  });
};

export const headerOf = (text: string): readonly string[] => cellsOf(text.split('\n').find(isRow) ?? '');

/** The rows as aligned lines, the header first. */
export const tableLines = (
  header: readonly string[],
  rows: readonly TableRow[],
): readonly [string, ...string[]] => {
  const width = (name: string): number =>
    Math.max(name.length, ...rows.map((row) => (row[name] ?? '').length));
  const widths = header.map(width);
  const line = (cell: (name: string) => string): string =>
    header
      .map((name, column) => cell(name).padEnd(widths[column] ?? 0))
      .join(' | ')
      .trimEnd();
  return [line((name) => name), ...rows.map((row) => line((name) => row[name] ?? ''))];
};

/** The rows as an aligned table, for a readable difference. */
export const formatTable = (header: readonly string[], rows: readonly TableRow[]): string =>
  tableLines(header, rows).join('\n');
