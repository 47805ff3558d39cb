/** The difference of two tables: what is the same stays in place, what is not is told from both sides. */
import { describe, expect, it } from 'vitest';
import { differenceOf, isSame } from '../../adapters/cases/difference.ts';
import { parseTable } from '../../adapters/cases/table.ts';

const HEADER = ['who', 'counted'];
const rows = (text: string) => parseTable(`who|counted\n${text}`);
const differ = (expected: string, derived: string): readonly string[] =>
  differenceOf(HEADER, rows(expected), rows(derived)).map(({ sign, text }) => `${sign} ${text}`);

describe('the difference of', () => {
  it('equal tables is none', () => {
    const lines = differenceOf(HEADER, rows('mira|1\nnoor|2'), rows('mira | 1\nnoor | 2'));
    expect(lines.map(({ sign }) => sign)).toEqual([' ', ' ', ' ']);
    expect(isSame(lines)).toBe(true);
  });

  it('a changed cell is its row from both sides, in columns of one width', () => {
    expect(differ('mira|1\nnoor|2\nzoe|3', 'mira|1\nnoor|20000000\nzoe|3')).toEqual([
      '  who  | counted',
      '  mira | 1',
      '- noor | 2',
      '+ noor | 20000000',
      '  zoe  | 3',
    ]);
    expect(differ('mira|1', 'mirabella|1')).toEqual([
      '  who       | counted',
      '- mira      | 1',
      '+ mirabella | 1',
    ]);
  });

  it('rows too many and too few are these rows alone', () => {
    expect(differ('a|1\nb|2\nc|3', 'b|2\nc|3\nd|4')).toEqual([
      '  who | counted',
      '- a   | 1',
      '  b   | 2',
      '  c   | 3',
      '+ d   | 4',
    ]);
  });

  it('nothing and something is something', () => {
    expect(differ('', 'a|1')).toEqual(['  who | counted', '+ a   | 1']);
    expect(differ('a|1', '')).toEqual(['  who | counted', '- a   | 1']);
    expect(isSame(differenceOf(HEADER, [], rows('a|1')))).toBe(false);
    expect(isSame(differenceOf(HEADER, [], []))).toBe(true);
  });
});
