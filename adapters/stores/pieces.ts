/** A record's pieces, by local day. */
import type { LocalDate } from '../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../schemas/record.ts';

/** In the order given within a day. A piece of another record or actor is a bug of the caller. */
export const piecesByDay = (
  record: TimeRecord,
  pieces: readonly Piece[],
): ReadonlyMap<LocalDate, readonly Piece[]> => {
  const days = new Map<LocalDate, Piece[]>();
  for (const piece of pieces) {
    if (piece.record !== record.id || piece.actor !== record.actor)
      throw new Error(`piece of ${piece.record} by ${piece.actor} put with ${record.id} by ${record.actor}`);
    const day = days.get(piece.day);
    if (day) day.push(piece);
    else days.set(piece.day, [piece]);
  }
  return days;
};
