/** Cells of PostgreSQL: text that it can hold, in the order that every store has. */
import { columnText, textOfColumn } from '../order.ts';

/**
 * PostgreSQL has no character 0. It is written as 1 1 and a true 1 as 1 2, which leaves the order of the bytes as it
 * was; everybody else's text stays as it is.
 */
export const cellOf = (text: string): string =>
  columnText(text).replaceAll('\u0001', '\u0001\u0002').replaceAll('\u0000', '\u0001\u0001');

/** The inverse of `cellOf`. */
export const textOfCell = (cell: string): string =>
  textOfColumn(cell.replaceAll('\u0001\u0001', '\u0000').replaceAll('\u0001\u0002', '\u0001'));
