/** A record's pieces, by local day. */
import type { LocalDate } from '../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../schemas/record.ts';

/** What all pieces of a record have in common with it; a store may keep it once. */
const isPieceOf = (piece: Piece, { id, actor, kind, measure }: TimeRecord): boolean =>
  piece.record === id && piece.actor === actor && piece.kind === kind && piece.measure === measure;

const titleOf = ({ actor, kind, measure }: Pick<Piece, 'actor' | 'kind' | 'measure'>): string =>
  `by ${actor}, ${kind}, ${measure}`;

/** In the order given within a day. A piece of another record, actor, kind or measure is a bug of the caller. */
export const piecesByDay = (
  record: TimeRecord,
  pieces: readonly Piece[],
): ReadonlyMap<LocalDate, readonly Piece[]> => {
  const days = new Map<LocalDate, Piece[]>();
  for (const piece of pieces) {
    if (!isPieceOf(piece, record))
      throw new Error(`piece of ${piece.record} ${titleOf(piece)} put with ${record.id} ${titleOf(record)}`);
    const day = days.get(piece.day);
    if (day) day.push(piece);
    else days.set(piece.day, [piece]);
  }
  return days;
};
