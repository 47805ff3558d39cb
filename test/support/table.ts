/** Text tables: how scenarios are written and how answers are shown beside them. */

export type TableRow = Readonly<Record<string, string>>;

const cellsOf = (line: string): readonly string[] => line.split('|').map((cell) => cell.trim());

/** Rows of a table whose first line is the header; blank lines and lines that begin with `#` are left out. */
export const parseTable = (text: string): readonly TableRow[] => {
  const [header, ...rows] = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .map(cellsOf);
  if (!header) return [];
  return rows.map((cells) => {
    if (cells.length !== header.length)
      throw new Error(`a row has ${cells.length} cells, the header ${header.length}: ${cells.join(' | ')}`);
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  });
};

export const headerOf = (text: string): readonly string[] =>
  cellsOf(text.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#')) ?? '');

/** The rows as an aligned table, for a readable difference. */
export const formatTable = (header: readonly string[], rows: readonly TableRow[]): string => {
  const width = (name: string): number =>
    Math.max(name.length, ...rows.map((row) => (row[name] ?? '').length));
  const line = (cell: (name: string) => string): string =>
    header
      .map((name) => cell(name).padEnd(width(name)))
      .join(' | ')
      .trimEnd();
  return [line((name) => name), ...rows.map((row) => line((name) => row[name] ?? ''))].join('\n');
};
