/** Rows as the cells of their tables, for whoever writes them one by one or all at once. */
import type { PersonTeam } from '../../../projections/ports.ts';
import type { Finding } from '../../../schemas/audit.ts';
import type { PersonDay, PersonWeek } from '../../../schemas/report.ts';
import { columnText } from '../order.ts';

type Cells = readonly (string | number | null)[];

export const INSERTS = {
  personDay: 'INSERT INTO person_day VALUES (?, ?, ?, ?)',
  personWeek: 'INSERT INTO person_week VALUES (?, ?, ?, ?)',
  finding:
    'INSERT INTO finding (subject, place, at_ms, code, record, event, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
} as const;

const cellOf = (text: string | undefined): string | null => (text === undefined ? null : columnText(text));

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
