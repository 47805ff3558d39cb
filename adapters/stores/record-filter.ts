/** A record filter as the WHERE of a query. */
import type { RecordFilter } from '../../projections/ports.ts';

interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Text as the columns of the database hold it. */
type CellOf = (text: string) => string;

const equal = (column: string, value: string | undefined, cellOf: CellOf): readonly Condition[] =>
  value === undefined ? [] : [{ sql: `${column} = ?`, values: [cellOf(value)] }];

/** `[from_ms, to_ms)` touches `[fromMs, toMs)`; where from_ms = to_ms, the point lies in it. */
const touching = ({ fromMs, toMs }: RecordFilter): readonly Condition[] => [
  ...(fromMs === undefined ? [] : [{ sql: '(to_ms > ? OR from_ms >= ?)', values: [fromMs, fromMs] }]),
  ...(toMs === undefined ? [] : [{ sql: 'from_ms < ?', values: [toMs] }]),
];

/** Said of one of the two as well: few records are open, and they have an index that is found by these words. */
const open = ({ open, status }: RecordFilter): readonly Condition[] =>
  open === true || status === 'running' || status === 'paused'
    ? [{ sql: "status IN ('running', 'paused')", values: [] }]
    : [];

const behind = ({ after }: RecordFilter, cellOf: CellOf): readonly Condition[] =>
  after === undefined ? [] : [{ sql: '(from_ms, id) > (?, ?)', values: [after.fromMs, cellOf(after.id)] }];

export const whereOf = (filter: RecordFilter, cellOf: CellOf): Condition => {
  const conditions = [
    ...equal('actor', filter.actor, cellOf),
    ...equal('subject', filter.subject, cellOf),
    ...equal('status', filter.status, cellOf),
    ...equal('measure', filter.measure, cellOf),
    ...equal('kind', filter.kind, cellOf),
    ...touching(filter),
    ...open(filter),
    ...behind(filter, cellOf),
  ];
  const sql = conditions.map((condition) => condition.sql).join(' AND ');
  return { sql: sql === '' ? '' : `WHERE ${sql}`, values: conditions.flatMap(({ values }) => values) };
};
