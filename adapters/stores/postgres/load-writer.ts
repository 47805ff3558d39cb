/** Writing rows into tables in which there is nothing yet: no row is looked for, none replaces another. */
import type { RowBatch } from '../../../projections/rebuild-ports.ts';
import { RECORD_COLUMNS, recordCells } from './record-writer.ts';
import {
  DAY_TABLE,
  FINDING_TABLE,
  MERGE_COLUMNS,
  TEAM_COLUMNS,
  WEEK_TABLE,
  dayCells,
  findingsBySubject,
  mergeCells,
  teamCells,
  weekCells,
} from './sending.ts';
import type { Session } from './session.ts';

type Columns = Readonly<Record<string, string>>;

/** One JSON text is the cheapest way to send many rows. */
const insertion = (table: string, columns: Columns): string => {
  const names = Object.keys(columns).join(', ');
  const shape = Object.entries(columns).map((column) => column.join(' '));
  return `INSERT INTO ${table} (${names}) SELECT ${names} FROM json_to_recordset(?::json) AS g (${shape.join(', ')})`;
};

const RECORDS = `
  WITH put AS (${insertion('time_record', RECORD_COLUMNS)} RETURNING key, actor, days)
  INSERT INTO record_day SELECT actor, unnest(string_to_array(days, ',')), key FROM put`;
const DAYS = insertion('person_day', DAY_TABLE.columns);
const WEEKS = insertion('person_week', WEEK_TABLE.columns);
const FINDINGS = insertion('finding', FINDING_TABLE.columns);
const TEAMS = insertion('person_team', TEAM_COLUMNS);
const MERGES = insertion('merge', MERGE_COLUMNS);

const insert = async (session: Session, sql: string, rows: readonly object[]): Promise<void> => {
  if (rows.length > 0) await session.rows(sql, [JSON.stringify(rows)]);
};

export const writeBatch = async (
  session: Session,
  {
    records = [],
    findings = [],
    personDays = [],
    personWeeks = [],
    teams = [],
    merges = new Map(),
  }: RowBatch,
): Promise<void> => {
  await insert(session, RECORDS, records.map(recordCells));
  await insert(session, FINDINGS, findingsBySubject(findings));
  await insert(session, DAYS, personDays.map(dayCells));
  await insert(session, WEEKS, personWeeks.map(weekCells));
  await insert(session, TEAMS, teams.map(teamCells));
  await insert(session, MERGES, [...merges].map(mergeCells));
};
