/** Pages of pieces: one actor's day after the other, found by the key of the last one. */
import type { DatabaseSync } from 'node:sqlite';
import type { LocalDate } from '../../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../../schemas/record.ts';
import { sortedPieces } from '../order.ts';
import { textCell } from '../cells.ts';
import { attributesOf } from '../row-body.ts';
import { PIECE_COLUMNS, piecesOn } from './piece-cell.ts';

export type AttributedPiece = Piece & { readonly attributes: TimeRecord['attributes'] };

/** The last actor's day that was read, as the columns have it; at first before every actor. */
export interface PieceCursor {
  readonly actor: string;
  readonly day: string;
}
export const BEFORE_ALL: PieceCursor = { actor: '', day: '' };

const PAGE_PIECES = 1000;

const statementsOf = (database: DatabaseSync) => ({
  nextDay: database.prepare(
    'SELECT day FROM record_day WHERE actor = ? AND day > ? AND day >= ? AND day <= ? ORDER BY day LIMIT 1',
  ),
  nextActor: database.prepare('SELECT actor FROM record_day WHERE actor > ? ORDER BY actor LIMIT 1'),
  rows: database.prepare(`
    SELECT ${PIECE_COLUMNS}, json_extract(r.body, '$.attributes') AS attributes
    FROM record_day d JOIN time_record r ON r.key = d.record
    WHERE d.actor = ? AND d.day = ?`),
});

export const piecePages = (database: DatabaseSync) => {
  const sql = statementsOf(database);
  const cursorAfter = (at: PieceCursor, from: LocalDate, to: LocalDate): PieceCursor | undefined => {
    let { actor, day } = at;
    for (;;) {
      const nextDay = sql.nextDay.get(actor, day, from, to);
      if (nextDay) return { actor, day: textCell(nextDay.day) };
      const nextActor = sql.nextActor.get(actor);
      if (!nextActor) return undefined;
      [actor, day] = [textCell(nextActor.actor), ''];
    }
  };
  const dayAt = ({ actor, day }: PieceCursor, measure: string): readonly AttributedPiece[] =>
    sortedPieces(
      sql.rows.all(actor, day).flatMap((row) => {
        const pieces = piecesOn(day, row).filter((piece) => piece.measure === measure);
        if (pieces.length === 0) return [];
        const attributes = attributesOf(row.attributes);
        return pieces.map((piece) => ({ ...piece, attributes }));
      }),
    );
  /** Whole days only, so that a page may be longer than its measure by one day. */
  return (after: PieceCursor, measure: string, from: LocalDate, to: LocalDate) => {
    const pieces: AttributedPiece[] = [];
    let at: PieceCursor | undefined = after;
    while (at && pieces.length < PAGE_PIECES) {
      at = cursorAfter(at, from, to);
      if (at) pieces.push(...dayAt(at, measure));
    }
    return { pieces, next: at };
  };
};
