/** The pieces of a record as one cell of its row: as columns, and without what other cells of the row tell. */
import type { SQLOutputValue } from 'node:sqlite';
import { actorId, recordId } from '../../../schemas/brand.ts';
import type { Piece } from '../../../schemas/record.ts';
import { bodyOf, textCell } from '../cells.ts';
import { textOfColumn } from '../order.ts';

/** Beside what all pieces of a record have in common; what is absent is null. */
type PieceCells = readonly [
  day: Piece['day'],
  fromMs: Piece['fromMs'],
  toMs: Piece['toMs'],
  beganMs: Piece['fromMs'] | null,
  first: boolean,
  roundingMs: Piece['roundingMs'],
  grade: Piece['grade'],
  rule: string,
  method: Piece['method'],
  group: string | null,
];

/** A third of the bytes of the pieces themselves: four rows of records fit into a page of the file instead of three. */
export const pieceCell = (pieces: readonly Piece[]): string =>
  JSON.stringify(
    pieces.map(
      ({
        day,
        fromMs,
        toMs,
        beganMs = null,
        first,
        roundingMs,
        grade,
        rule,
        method,
        group = null,
      }): PieceCells => [day, fromMs, toMs, beganMs, first, roundingMs, grade, rule, method, group],
    ),
  );

const piecesIn = bodyOf<readonly PieceCells[]>('length');

/** Of `time_record`, what `piecesOn` reads. */
export const PIECE_COLUMNS = 'r.id, r.actor, r.kind, r.measure, r.pieces';

/** The pieces of one record that fall on the day, in the order in which they were put. */
export const piecesOn = (day: string, row: Readonly<Record<string, SQLOutputValue>>): readonly Piece[] => {
  const cells = piecesIn(row['pieces']).filter(([own]) => own === day);
  if (cells.length === 0) return [];
  const record = recordId(textOfColumn(textCell(row['id'])));
  const actor = actorId(textOfColumn(textCell(row['actor'])));
  const [kind, measure] = [textOfColumn(textCell(row['kind'])), textOfColumn(textCell(row['measure']))];
  return cells.map(([own, fromMs, toMs, beganMs, first, roundingMs, grade, rule, method, group]) => ({
    record,
    actor,
    day: own,
    fromMs,
    toMs,
    ...(beganMs === null ? {} : { beganMs }),
    first,
    roundingMs,
    grade,
    rule,
    kind,
    measure,
    method,
    ...(group === null ? {} : { group }),
  }));
};
