/** Figures as the benches print them. */

/** With the thousands apart. */
export const shown = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Of an even number the upper of the two in the middle; NaN where nothing was measured. */
export const median = <Run>(runs: readonly Run[], of: (run: Run) => number): number =>
  runs.map(of).toSorted((a, b) => a - b)[runs.length >> 1] ?? NaN;
