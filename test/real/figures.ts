/** Figures from outside, and ours in the same shape: a table is its header and its lines, in any order. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'vitest';
import { expectedPath } from './logs.ts';

export type Cells = readonly (string | number)[];

/** The cells of CSV lines that hold no quote; a line that does is refused, so that nothing is read wrongly. */
export const linesOf = (text: string): readonly string[] => {
  if (text.includes('"')) throw new Error('a table with quoted cells: read it with a parser');
  return text.split(/\r?\n/).filter((line) => line !== '');
};

/** The lines of a CSV text as column -> cell. */
export const tableOf = (text: string): readonly Readonly<Record<string, string>>[] => {
  const [header = '', ...lines] = linesOf(text);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
};

/** How many lines of a difference are shown. */
const SHOWN = 12;

/** Every line of `wanted` and no other, each as often as it stands there. */
export const expectSameLines = (ours: readonly string[], wanted: readonly string[]): void => {
  const left = new Map<string, number>();
  for (const line of wanted) left.set(line, (left.get(line) ?? 0) + 1);
  const extra = ours.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
  const missing = [...left].filter(([, count]) => count > 0).map(([line]) => line);
  expect({ missing: missing.slice(0, SHOWN), extra: extra.slice(0, SHOWN) }).toEqual({
    missing: [],
    extra: [],
  });
  expect(ours.length).toBe(wanted.length);
};

/** Compares every row and every column of a file in `expected/`; the header says which columns ours are. */
export const expectTable = (file: string, header: readonly string[], ours: readonly Cells[]): void => {
  const [names, ...wanted] = linesOf(readFileSync(expectedPath(file), 'utf8'));
  expect(names).toBe(header.join(','));
  expect(wanted.length).toBeGreaterThan(0);
  expectSameLines(
    ours.map((cells) => cells.join(',')),
    wanted,
  );
};

export const expectedTable = (file: string): readonly Readonly<Record<string, string>>[] =>
  tableOf(readFileSync(expectedPath(file), 'utf8'));

export const readSummary = (file: string): unknown => JSON.parse(readFileSync(expectedPath(file), 'utf8'));

const digestOf = (path: string): string => hash('sha256', readFileSync(path), 'hex');

/** File name -> SHA-256, as a summary names the files that it was made from. */
export const digestsOf = (paths: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(paths.map((path) => [basename(path), digestOf(path)]));

/** The same for files of figures. */
export const outputDigests = (...files: readonly string[]): Readonly<Record<string, string>> =>
  digestsOf(files.map((file) => join(dirname(expectedPath(file)), file)));
