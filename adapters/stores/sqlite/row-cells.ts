/** Rows as the cells of their tables, for whoever writes them one by one or all at once. */
import type { PersonTeam } from '../../../projections/ports.ts';
import type { Finding } from '../../../schemas/audit.ts';
import type { Piece, TimeRecord } from '../../../schemas/record.ts';
import type { PersonDay, PersonWeek } from '../../../schemas/report.ts';
import { columnText } from '../order.ts';
import { reachOf } from '../reach.ts';
import { pieceCell } from './piece-cell.ts';

export type Cells = readonly (string | number | null)[];

/** In the order of the cells of `placeCells` and `contentCells`, behind the id. */
export const RECORD_COLUMNS = `id, subject, actor, measure, from_ms,
  kind, status, to_ms, reaches_ms, begins, tail_from_ms, closes_at_ms, days, pieces, body`;

export const INSERTS = {
  record: `
    INSERT INTO time_record (key, ${RECORD_COLUMNS})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  recordDay: 'INSERT INTO record_day (actor, day, record) VALUES (?, ?, ?)',
  personDay: 'INSERT INTO person_day VALUES (?, ?, ?, ?)',
  personWeek: 'INSERT INTO person_week VALUES (?, ?, ?, ?)',
  finding:
    'INSERT INTO finding (subject, place, at_ms, code, record, event, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
} as const;

const cellOf = (text: string | undefined): string | null => (text === undefined ? null : columnText(text));

/** What the indexes that every record is in are made of. */
export const placeCells = (record: TimeRecord): Cells => [
  columnText(record.subject),
  columnText(record.actor),
  columnText(record.measure),
  record.fromMs,
];

export const contentCells = (
  record: TimeRecord,
  days: readonly string[],
  pieces: readonly Piece[],
  begins: boolean,
): Cells => [
  columnText(record.kind),
  record.status,
  record.toMs,
  reachOf(record),
  begins ? 1 : 0,
  record.tail?.fromMs ?? null,
  record.tail?.closesAtMs ?? null,
  days.join(','),
  pieceCell(pieces),
  JSON.stringify(record),
];

export const dayCells = (row: PersonDay): Cells => [
  row.day,
  columnText(row.actor),
  columnText(row.measure),
  JSON.stringify(row),
];

export const weekCells = (row: PersonWeek): Cells => [
  row.week,
  columnText(row.actor),
  columnText(row.measure),
  JSON.stringify(row),
];

export const teamCells = (team: PersonTeam): Cells => [
  columnText(team.actor),
  team.fromMs,
  JSON.stringify(team),
];

/** `place`: which of its subject's findings it is, from 0. */
export const findingCells = (finding: Finding, place: number): Cells => [
  cellOf(finding.subject),
  place,
  finding.atMs,
  finding.code,
  cellOf(finding.record),
  cellOf(finding.event),
  JSON.stringify(finding),
];
