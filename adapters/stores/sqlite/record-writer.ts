/** Writing a record with its pieces: the hot path of projecting. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { RecordId } from '../../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../../schemas/record.ts';
import { columnText } from '../order.ts';
import { piecesByDay } from '../pieces.ts';
import { integerCell, textCell } from '../cells.ts';
import { type Cells, INSERTS, contentCells, placeCells } from './row-cells.ts';

const statementsOf = (database: DatabaseSync) => ({
  former: database.prepare(
    'SELECT key, subject, actor, measure, from_ms, days FROM time_record WHERE id = ?',
    {
      returnArrays: true,
    },
  ),
  insert: database.prepare(INSERTS.record),
  // SQLite writes an index anew when its column is named here, even where the value stays: hence only these.
  update: database.prepare(`
    UPDATE time_record SET
      (kind, status, to_ms, reaches_ms, begins, tail_from_ms, closes_at_ms, days, pieces, body) =
      (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    WHERE key = ?`),
  remove: database.prepare('DELETE FROM time_record WHERE key = ?'),
  addDay: database.prepare(INSERTS.recordDay),
  // A record that changes again moves to the end; the number is taken before its former row goes.
  change: database.prepare(
    'INSERT OR REPLACE INTO record_change SELECT coalesce(max(change), 0) + 1, ? FROM record_change',
  ),
  removeDay: database.prepare('DELETE FROM record_day WHERE actor = ? AND day = ? AND record = ?'),
});
type Statements = ReturnType<typeof statementsOf>;

/** A record that is there: its number, where it is found and where its pieces are. */
interface Former {
  readonly key: number;
  readonly place: readonly (SQLOutputValue | undefined)[];
  /** As the column has it. */
  readonly actor: string;
  readonly days: readonly string[];
}

const formerOf = (sql: Statements, id: RecordId): Former | undefined => {
  const row = sql.former.get(columnText(id));
  if (!row) return undefined;
  const days = textCell(row[5]);
  return {
    key: integerCell(row[0]),
    place: [row[1], row[2], row[3], row[4]],
    actor: textCell(row[2]),
    days: days === '' ? [] : days.split(','),
  };
};

const remove = (sql: Statements, { key, actor, days }: Former): void => {
  for (const day of days) sql.removeDay.run(actor, day, key);
  sql.remove.run(key);
};

const update = (sql: Statements, former: Former, days: readonly string[], content: Cells): void => {
  const { key, actor } = former;
  sql.update.run(...content, key);
  for (const day of former.days) if (!days.includes(day)) sql.removeDay.run(actor, day, key);
  for (const day of days) if (!former.days.includes(day)) sql.addDay.run(actor, day, key);
};

export const recordWriter = (database: DatabaseSync) => {
  const sql = statementsOf(database);
  return {
    put: (record: TimeRecord, pieces: readonly Piece[], begins: boolean): void => {
      const days = [...piecesByDay(record, pieces).keys()];
      const [place, content] = [placeCells(record), contentCells(record, days, pieces, begins)];
      const former = formerOf(sql, record.id);
      sql.change.run(columnText(record.id));
      if (former && place.every((cell, at) => cell === former.place[at]))
        return update(sql, former, days, content);
      if (former) remove(sql, former);
      const { lastInsertRowid } = sql.insert.run(null, columnText(record.id), ...place, ...content);
      for (const day of days) sql.addDay.run(columnText(record.actor), day, lastInsertRowid);
    },
    remove: (id: RecordId): void => {
      const former = formerOf(sql, id);
      if (!former) return;
      sql.change.run(columnText(id));
      remove(sql, former);
    },
  };
};
