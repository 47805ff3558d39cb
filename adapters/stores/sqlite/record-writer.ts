/** Writing a record with its pieces: the hot path of projecting. */
import type { DatabaseSync } from 'node:sqlite';
import type { RecordId } from '../../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../../schemas/record.ts';
import { columnText } from '../order.ts';
import { piecesByDay } from '../pieces.ts';
import { integerCell, textCell } from './cells.ts';

const COLUMNS =
  'subject, actor, measure, kind, status, from_ms, to_ms, tail_from_ms, closes_at_ms, days, body, id';

const statementsOf = (database: DatabaseSync) => ({
  former: database.prepare('SELECT key, actor, days FROM time_record WHERE id = ?', { returnArrays: true }),
  insert: database.prepare(
    `INSERT INTO time_record (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  update: database.prepare(
    `UPDATE time_record SET (${COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE key = ?`,
  ),
  remove: database.prepare('DELETE FROM time_record WHERE key = ?'),
  putPieces: database.prepare('INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?)'),
  removePieces: database.prepare('DELETE FROM piece WHERE actor = ? AND day = ? AND record = ?'),
});
type Statements = ReturnType<typeof statementsOf>;

/** A record that is there: its number, and where its pieces are. */
interface Former {
  readonly key: number;
  /** As the column has it. */
  readonly actor: string;
  readonly days: readonly string[];
}

const formerOf = (sql: Statements, id: RecordId): Former | undefined => {
  const row = sql.former.get(columnText(id));
  if (!row) return undefined;
  const days = textCell(row[2]);
  return { key: integerCell(row[0]), actor: textCell(row[1]), days: days === '' ? [] : days.split(',') };
};

/** In the order of COLUMNS. */
const cellsOf = (record: TimeRecord, days: readonly string[]): readonly (string | number | null)[] => [
  columnText(record.subject),
  columnText(record.actor),
  columnText(record.measure),
  columnText(record.kind),
  record.status,
  record.fromMs,
  record.toMs,
  record.tail?.fromMs ?? null,
  record.tail?.closesAtMs ?? null,
  days.join(','),
  JSON.stringify(record),
  columnText(record.id),
];

const writeRecord = (
  sql: Statements,
  former: Former | undefined,
  cells: readonly (string | number | null)[],
): number => {
  if (!former) return Number(sql.insert.run(...cells).lastInsertRowid);
  sql.update.run(...cells, former.key);
  return former.key;
};

export const recordWriter = (database: DatabaseSync) => {
  const sql = statementsOf(database);
  const dropPieces = ({ key, actor, days }: Former, kept: (day: string) => boolean): void => {
    for (const day of days) if (!kept(day)) sql.removePieces.run(actor, day, key);
  };
  return {
    put: (record: TimeRecord, pieces: readonly Piece[]): void => {
      const byDay = piecesByDay(record, pieces);
      const days: readonly string[] = [...byDay.keys()];
      const actor = columnText(record.actor);
      const former = formerOf(sql, record.id);
      const key = writeRecord(sql, former, cellsOf(record, days));
      // A day that has pieces again is overwritten below.
      if (former) dropPieces(former, (day) => former.actor === actor && days.includes(day));
      for (const [day, rows] of byDay) sql.putPieces.run(actor, day, key, JSON.stringify(rows));
    },
    remove: (id: RecordId): void => {
      const former = formerOf(sql, id);
      if (!former) return;
      dropPieces(former, () => false);
      sql.remove.run(former.key);
    },
  };
};
