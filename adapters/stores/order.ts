/** The order of text and of rows: one definition for every store, so that the same rows print the same bytes. */
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

/** Moves surrogates behind U+FFFF, where the characters that they stand for are. */
const codePointRank = (unit: number): number =>
  unit < 0xd800 ? unit : unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;

/** By code point, which is the order of UTF-8 bytes (and SQLite's); `<` on strings is by UTF-16 unit. */
const compareCodePoints = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
};

export type Key = string | number | undefined;

/** Absent first, as NULL in SQLite. */
export const compareKeys = (a: Key, b: Key): number => {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return a === b ? 0 : compareCodePoints(columnText(String(a)), columnText(String(b)));
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
