/** The order of text and of rows: one definition for every store, so that the same rows print the same bytes. */
import { compareText } from '../../schemas/text-order.ts';
import type { Piece } from '../../schemas/record.ts';

/**
 * Text as a database column can hold it, one-to-one. A lone surrogate has no UTF-8, and SQLite would replace it,
 * so that two names become one; such a text is kept as its JSON instead.
 */
export const columnText = (text: string): string =>
  text.isWellFormed() && !text.startsWith('"') ? text : JSON.stringify(text);

/** The inverse of `columnText`. */
export const textOfColumn = (column: string): string => {
  if (!column.startsWith('"')) return column;
  const text: unknown = JSON.parse(column);
  return String(text);
};

export type Key = string | number | undefined;

/** Absent first, as NULL in SQLite. */
export const compareKeys = (a: Key, b: Key): number => {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a === b ? 0 : compareText(columnText(String(a)), columnText(String(b)));
};

/** By the first key, then the second... */
export const comparePlaces = (a: readonly Key[], b: readonly Key[]): number => {
  for (const [at, key] of a.entries()) {
    const order = compareKeys(key, b[at]);
    if (order !== 0) return order;
  }
  return 0;
};

/** A sorted copy, by the first key, then the second... */
export const sortedBy = <Row>(rows: Iterable<Row>, ...keys: readonly ((row: Row) => Key)[]): readonly Row[] =>
  [...rows].sort((a, b) => {
    for (const key of keys) {
      const order = compareKeys(key(a), key(b));
      if (order !== 0) return order;
    }
    return 0;
  });

export const sortedPieces = <Row extends Piece>(pieces: Iterable<Row>): readonly Row[] =>
  sortedBy(
    pieces,
    (piece) => piece.fromMs,
    (piece) => piece.record,
    (piece) => piece.toMs,
  );
