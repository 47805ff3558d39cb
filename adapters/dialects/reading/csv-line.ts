/** One line of comma-separated values, quotes doubled inside quotes (RFC 4180). */

/** The cells; undefined where a quote is never closed. */
export const csvCells = (line: string): readonly string[] | undefined => {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      cells.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length + 1 : end + 1;
      continue;
    }
    let cell = '';
    let from = at + 1;
    for (;;) {
      const close = line.indexOf('"', from);
      if (close < 0) return undefined;
      cell += line.slice(from, close);
      if (line[close + 1] !== '"') {
        at = close + 1;
        break;
      }
      cell += '"';
      from = close + 2;
    }
    const comma = line.indexOf(',', at);
    cells.push(cell + line.slice(at, comma < 0 ? line.length : comma));
    at = comma < 0 ? line.length + 1 : comma + 1;
  }
  return cells;
};

/** The cells under the names of their columns; cells beyond them are left out. */
export const named = (
  cells: readonly string[],
  columns: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    columns.flatMap((name, index) => (cells[index] === undefined ? [] : [[name, cells[index]]])),
  );
