/** The index: which row of the specification (E: edge cases, R and N: requirements, D: language) is shown by which test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, filesBelow } from '../house/tree.ts';

const numbered = (letter: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);

const LAST = { E: 33, R: 48, N: 18, D: 42 } as const;
/** The requirements that are about the engine; the others are about doors, stores and reports. */
const OF_THE_ENGINE =
  'R1 R2 R3 R4 R5 R17 R18 R19 R20 R21 R23 R25 R26 R30 R31 R37 R39 R41 R43 R48 N8 N12 N14 N15'.split(' ');
const WANTED = [...numbered('E', LAST.E), ...OF_THE_ENGINE, ...numbered('D', LAST.D)];
const KNOWN: ReadonlySet<string> = new Set(
  Object.entries(LAST).flatMap(([letter, last]) => numbered(letter, last)),
);

/** Shown by a test of another folder, which must still be there under this title. */
const ELSEWHERE: Readonly<Record<string, { readonly file: string; readonly title: string }>> = {
  E22: {
    file: 'test/intake/intake.test.ts',
    title: 'is nothing at all when its last event lies in the future',
  },
  R21: {
    file: 'test/engine/allocation.test.ts',
    title: 'of 12/71/17 are 21 points out at the most (R21)',
  },
  D32: {
    file: 'test/audit/subject-findings.test.ts',
    title: 'when 4 h have no signal of the customer (R36)',
  },
  D38: {
    file: 'test/audit/person-findings.test.ts',
    title: 'on five working days running, Monday 2 to Friday 6 March (D38)',
  },
};

/** Not of deriving and settling. */
const OUTSIDE: Readonly<Record<string, string>> = {
  D36: 'reminders look at the clock and are sent; rules about time never do either',
};

const TITLE = /(?:\b(?:it|describe)|\))\(\s*(['"`])(.*?)\1/gs;
const titlesIn = (text: string): readonly string[] =>
  [...text.matchAll(TITLE)].map(([, , title = '']) => title);

/** The rows in the parentheses of a title: `(E7)`, `(E13, E14)`, `(E15-E17)`, `(E4: counted pause 0)`. */
const rowsIn = (title: string): readonly string[] =>
  [...title.matchAll(/\(((?:[ERND]\d+)(?:[^()]*))\)/g)].flatMap(([, inside = '']) => {
    const between = /([ERND])(\d+)-[ERND](\d+)/.exec(inside);
    const all = inside.match(/\b[ERND]\d+\b/g) ?? [];
    if (!between) return all;
    const [, letter = '', from, to] = between;
    return numbered(letter, Number(to)).slice(Number(from) - 1);
  });

const SHOWN = Map.groupBy(
  filesBelow(join(ROOT, 'test/scenarios'), ['.test.ts']).flatMap(({ path, text }) =>
    path === 'index.test.ts'
      ? []
      : titlesIn(text).flatMap((title) => rowsIn(title).map((row) => ({ row, title, path }))),
  ),
  ({ row }) => row,
);

describe('the rows of the specification', () => {
  it.each(WANTED.filter((row) => OUTSIDE[row] === undefined && ELSEWHERE[row] === undefined))(
    '%s is shown by a scenario that names it',
    (row) => expect([...SHOWN.keys()]).toContain(row),
  );

  it.each(Object.entries(ELSEWHERE))('%s is shown in another folder', (_, { file, title }) => {
    expect(titlesIn(readFileSync(join(ROOT, file), 'utf8'))).toContain(title);
  });

  it('that no scenario shows are listed because none does', () => {
    expect([...Object.keys(OUTSIDE), ...Object.keys(ELSEWHERE)].filter((row) => SHOWN.has(row))).toEqual([]);
  });

  it('are the only ones that titles name', () => {
    expect([...SHOWN.keys()].filter((row) => !KNOWN.has(row))).toEqual([]);
  });
});

describe('a title', () => {
  it.each([
    ['is a point (E12)', 'E12'],
    ['rings (R31, E25)', 'R31 E25'],
    ['is split at midnight (E15-E17)', 'E15 E16 E17'],
    ['is no pause (E4: counted pause 0)', 'E4'],
    ['adds one (and nothing else)', ''],
  ])('that says "%s" names %s', (title, rows) => {
    expect(rowsIn(title).join(' ')).toBe(rows);
  });

  it('is found after it, after describe, and after the rows of each', () => {
    const text = `describe('a (E1)', () => { it("b (E2)", f); it.each([['x (E9)']])(\n  '%s c (E3)', f); });`;
    expect(titlesIn(text).flatMap(rowsIn)).toEqual(['E1', 'E2', 'E3']);
  });
});
