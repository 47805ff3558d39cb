/** The difference of two tables, line by line: what was expected, what was derived, and what is the same. */
import { type TableRow, tableLines } from './table.ts';

/** `-` expected only, `+` derived only, a space: both. */
export interface DifferenceLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** For each pair of ends, how many lines of the longest common order are left. */
const commonFrom = (a: readonly string[], b: readonly string[]): readonly (readonly number[])[] => {
  const left = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = left[i];
      if (row)
        row[j] =
          a[i] === b[j] ? 1 + (left[i + 1]?.[j + 1] ?? 0) : Math.max(left[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return left;
};

const walk = (expected: readonly string[], derived: readonly string[]): readonly DifferenceLine[] => {
  const left = commonFrom(expected, derived);
  const lines: DifferenceLine[] = [];
  let [i, j] = [0, 0];
  while (i < expected.length || j < derived.length) {
    const [one, other] = [expected[i], derived[j]];
    if (one !== undefined && one === other) {
      lines.push({ sign: ' ', text: one });
      [i, j] = [i + 1, j + 1];
    } else if (
      one !== undefined &&
      (other === undefined || (left[i + 1]?.[j] ?? 0) >= (left[i]?.[j + 1] ?? 0))
    ) {
      lines.push({ sign: '-', text: one });
      i += 1;
    } else {
      lines.push({ sign: '+', text: other ?? '' });
      j += 1;
    }
  }
  return lines;
};

/** Both tables under one header, in columns of one width. */
export const differenceOf = (
  header: readonly string[],
  expected: readonly TableRow[],
  derived: readonly TableRow[],
): readonly DifferenceLine[] => {
  const [head, ...rows] = tableLines(header, [...expected, ...derived]);
  return [{ sign: ' ', text: head }, ...walk(rows.slice(0, expected.length), rows.slice(expected.length))];
};

export const isSame = (lines: readonly DifferenceLine[]): boolean => lines.every(({ sign }) => sign === ' ');
