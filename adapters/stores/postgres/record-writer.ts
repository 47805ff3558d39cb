/** Writing records with their pieces, thousands in a statement: the hot path of projecting. */
import type { RecordId } from '../../../schemas/brand.ts';
import { piecesByDay } from '../pieces.ts';
import { reachOf } from '../reach.ts';
import { cellOf } from './cells.ts';
import { NOTE_CHANGES } from './changes.ts';
import type { PutRecord } from './pending-records.ts';
import type { Session } from './session.ts';

/** One JSON text is the cheapest way to send many rows; its strings are as they will stand in the columns. */
export const RECORD_COLUMNS = {
  id: 'text',
  subject: 'text',
  actor: 'text',
  measure: 'text',
  kind: 'text',
  status: 'text',
  from_ms: 'bigint',
  to_ms: 'bigint',
  reaches_ms: 'bigint',
  begins: 'integer',
  tail_from_ms: 'bigint',
  closes_at_ms: 'bigint',
  days: 'text',
  pieces: 'text',
  body: 'text',
} as const;
type Cells = Readonly<Record<keyof typeof RECORD_COLUMNS, string | number | null>>;

const names = Object.keys(RECORD_COLUMNS);
const shape = Object.entries(RECORD_COLUMNS).map((column) => column.join(' '));

/** The days that a record no longer has; a removed one has none. */
const REMOVE_DAYS = `
  DELETE FROM record_day d
  USING time_record r JOIN json_to_recordset(?::json) AS g (id text, actor text, days text) ON r.id = g.id
  WHERE d.actor = r.actor AND d.day = ANY (string_to_array(r.days, ',')) AND d.record = r.key
    AND (g.actor <> r.actor OR d.day <> ALL (string_to_array(g.days, ',')))`;

const REMOVE = 'DELETE FROM time_record WHERE id = ANY (?::text[])';

const PUT = `
  WITH put AS (
    INSERT INTO time_record (${names.join(', ')})
    SELECT ${names.join(', ')} FROM json_to_recordset(?::json) AS g (${shape.join(', ')})
    ON CONFLICT (id) DO UPDATE SET
      ${names
        .filter((name) => name !== 'id')
        .map((name) => `${name} = EXCLUDED.${name}`)
        .join(', ')}
    RETURNING key, actor, days
  )
  INSERT INTO record_day SELECT actor, unnest(string_to_array(days, ',')), key FROM put ON CONFLICT DO NOTHING`;

export const recordCells = ({ record, pieces, begins }: PutRecord): Cells => ({
  id: cellOf(record.id),
  subject: cellOf(record.subject),
  actor: cellOf(record.actor),
  measure: cellOf(record.measure),
  kind: cellOf(record.kind),
  status: record.status,
  from_ms: record.fromMs,
  to_ms: record.toMs,
  reaches_ms: reachOf(record),
  begins: begins ? 1 : 0,
  tail_from_ms: record.tail?.fromMs ?? null,
  closes_at_ms: record.tail?.closesAtMs ?? null,
  days: [...piecesByDay(record, pieces).keys()].join(','),
  pieces: JSON.stringify(pieces),
  body: JSON.stringify(record),
});

export const writeRecords = async (
  session: Session,
  puts: readonly PutRecord[],
  removed: readonly RecordId[],
): Promise<void> => {
  const gone = removed.map(cellOf);
  const rows = puts.map(recordCells);
  const places = [
    ...rows.map(({ id, actor, days }) => ({ id, actor, days })),
    ...gone.map((id) => ({ id, actor: '', days: '' })),
  ];
  if (places.length === 0) return;
  await session.rows(REMOVE_DAYS, [JSON.stringify(places)]);
  if (gone.length > 0) await session.rows(REMOVE, [gone]);
  if (rows.length > 0) await session.rows(PUT, [JSON.stringify(rows)]);
  await session.rows(NOTE_CHANGES, [[...puts.map(({ record }) => cellOf(record.id)), ...gone]]);
};
