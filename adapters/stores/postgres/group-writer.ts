/** Writing rows that replace each other by groups: the measures of a day or a week, the findings of a subject. */
import type { Session } from './session.ts';

export interface GroupedTable {
  readonly table: string;
  /** What all rows of a group share, and what tells them apart within it; all are text but `place`. */
  readonly group: readonly string[];
  readonly within: string;
  readonly columns: Readonly<Record<string, 'text' | 'integer' | 'bigint'>>;
}

type Cells = Readonly<Record<string, string | number | null>>;

export interface Replacement {
  readonly group: Cells;
  /** The group's columns are added to each. */
  readonly rows: readonly Cells[];
}

const shapeOf = (columns: GroupedTable['columns']): string =>
  Object.entries(columns)
    .map((column) => column.join(' '))
    .join(', ');

const equalities = (names: readonly string[], left: string, right: string): string =>
  names.map((name) => `${left}.${name} = ${right}.${name}`).join(' AND ');

/** Removes what the groups no longer have. */
const removal = ({ table, group, within, columns }: GroupedTable): string => `
  DELETE FROM ${table} t
  USING json_to_recordset(?::json) AS g (${group.map((name) => `${name} text`).join(', ')})
  WHERE ${equalities(group, 't', 'g')} AND NOT EXISTS (
    SELECT FROM json_to_recordset(?::json) AS r (${shapeOf(columns)})
    WHERE ${equalities([...group, within], 'r', 't')})`;

const insertion = ({ table, group, within, columns }: GroupedTable): string => {
  const names = Object.keys(columns);
  const rest = names.filter((name) => !group.includes(name) && name !== within);
  return `
    INSERT INTO ${table} (${names.join(', ')})
    SELECT ${names.join(', ')} FROM json_to_recordset(?::json) AS r (${shapeOf(columns)})
    ON CONFLICT (${[...group, within].join(', ')}) DO UPDATE SET
      ${rest.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`;
};

/** No two replacements may be of one group. */
export const groupWriter = (table: GroupedTable) => {
  const [remove, insert] = [removal(table), insertion(table)];
  return async (session: Session, replacements: readonly Replacement[]): Promise<void> => {
    if (replacements.length === 0) return;
    const rows = replacements.flatMap(({ group, rows: own }) => own.map((row) => ({ ...group, ...row })));
    const given = JSON.stringify(rows);
    await session.rows(remove, [JSON.stringify(replacements.map(({ group }) => group)), given]);
    if (rows.length > 0) await session.rows(insert, [given]);
  };
};
