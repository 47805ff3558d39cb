/** Text in the cells of PostgreSQL: nothing that it refuses, nothing lost, and in the order of every other store. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from '../../adapters/stores/order.ts';
import { cellOf, textOfCell } from '../../adapters/stores/postgres/cells.ts';
import { anyText } from './any-event.ts';

/** Many of the characters that are written in another way, beside each other. */
const oddText = fc.array(fc.constantFrom('\u0000', '\u0001', '\u0002', '"', '\ud800', 'a'), { maxLength: 6 });
const texts = fc.oneof(
  anyText(12),
  oddText.map((units) => units.join('')),
);

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['a\u0000b', 'a\u0001\u0001b'],
    ['a\u0001b', 'a\u0001\u0002b'],
    ['\u0000\u0001', '\u0001\u0001\u0001\u0002'],
    ['"', String.raw`"\""`],
    ['\ud800', String.raw`"\ud800"`],
  ])('%j is written as %j', (text, cell) => {
    expect(cellOf(text)).toBe(cell);
    expect(textOfCell(cell)).toBe(text);
  });

  it('gives back every text, and holds none that PostgreSQL refuses', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const cell = cellOf(text);
        expect(textOfCell(cell)).toBe(text);
        expect(cell.isWellFormed() && !cell.includes('\u0000')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is ordered by its bytes as the texts are in every other store', () => {
    const order = (a: string, b: string): number => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(order(cellOf(a), cellOf(b))).toBe(Math.sign(compareKeys(a, b)));
      }),
      { numRuns: 2000 },
    );
  });
});
