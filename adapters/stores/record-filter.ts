/** A record filter as the WHERE of a query. */
import type { RecordFilter } from '../../projections/ports.ts';
import { columnText } from './order.ts';

interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

const equal = (column: string, value: string | undefined): readonly Condition[] =>
  value === undefined ? [] : [{ sql: `${column} = ?`, values: [columnText(value)] }];

/** `[from_ms, to_ms)` touches `[fromMs, toMs)`; where from_ms = to_ms, the point lies in it. */
const touching = ({ fromMs, toMs }: RecordFilter): readonly Condition[] => [
  ...(fromMs === undefined ? [] : [{ sql: '(to_ms > ? OR from_ms >= ?)', values: [fromMs, fromMs] }]),
  ...(toMs === undefined ? [] : [{ sql: 'from_ms < ?', values: [toMs] }]),
];

export const whereOf = (filter: RecordFilter): Condition => {
  const conditions = [
    ...equal('actor', filter.actor),
    ...equal('subject', filter.subject),
    ...equal('status', filter.status),
    ...equal('measure', filter.measure),
    ...equal('kind', filter.kind),
    ...touching(filter),
  ];
  const sql = conditions.map((condition) => condition.sql).join(' AND ');
  return { sql: sql === '' ? '' : `WHERE ${sql}`, values: conditions.flatMap(({ values }) => values) };
};
