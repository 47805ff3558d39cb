/** Pages of pieces: some actors' days after the others, found by the key of the last one. */
import type { LocalDate } from '../../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../../schemas/record.ts';
import { textCell } from '../cells.ts';
import { sortedPieces } from '../order.ts';
import { piecesOn, recordOf } from '../row-body.ts';
import type { Row, Session } from './session.ts';

export type AttributedPiece = Piece & { readonly attributes: TimeRecord['attributes'] };

/** The last actor's day that was read, as the columns have it; at first before every actor. */
export interface PieceCursor {
  readonly actor: string;
  readonly day: string;
}
export const BEFORE_ALL: PieceCursor = { actor: '', day: '' };

/** Whole days only, so that a page is as long as its days are full. */
const DAYS_A_PAGE = 50;

const PAGE = `
  SELECT page.actor, page.day, r.pieces, r.body
  FROM (
    SELECT DISTINCT actor, day FROM record_day
    WHERE (actor, day) > (?, ?) AND day BETWEEN ? AND ?
    ORDER BY actor, day LIMIT ?
  ) page
  JOIN record_day d ON d.actor = page.actor AND d.day = page.day
  JOIN time_record r ON r.key = d.record
  ORDER BY page.actor, page.day`;

const piecesIn = (measure: string, day: string, row: Row): readonly AttributedPiece[] => {
  const pieces = piecesOn(day, row['pieces']).filter((piece) => piece.measure === measure);
  if (pieces.length === 0) return [];
  const { attributes } = recordOf(row['body']);
  return pieces.map((piece) => ({ ...piece, attributes }));
};

const cursorOf = (row: Row): PieceCursor => ({ actor: textCell(row['actor']), day: textCell(row['day']) });

export const piecePage = async (
  session: Session,
  after: PieceCursor,
  measure: string,
  from: LocalDate,
  to: LocalDate,
): Promise<{ readonly pieces: readonly AttributedPiece[]; readonly next: PieceCursor | undefined }> => {
  const rows = await session.rows(PAGE, [after.actor, after.day, from, to, DAYS_A_PAGE]);
  const last = rows.at(-1);
  const days = Map.groupBy(rows, (row) => JSON.stringify(cursorOf(row)));
  const pieces = [...days.values()].flatMap((ofDay) =>
    sortedPieces(ofDay.flatMap((row) => piecesIn(measure, cursorOf(row).day, row))),
  );
  return { pieces, next: last && cursorOf(last) };
};
