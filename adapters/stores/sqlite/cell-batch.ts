/** A batch of rows as cells: what whoever derives hands to whoever writes, who may be another thread. */
import type { DatabaseSync } from 'node:sqlite';
import type { LoadedRecord, RowBatch } from '../../../projections/rebuild-ports.ts';
import type { Finding } from '../../../schemas/audit.ts';
import { integerCell, textCell } from '../cells.ts';
import { columnText } from '../order.ts';
import { piecesByDay } from '../pieces.ts';
import {
  type Cells,
  INSERTS,
  contentCells,
  dayCells,
  findingCells,
  placeCells,
  teamCells,
  weekCells,
} from './row-cells.ts';

/** Plain data, and flat: it reaches another thread several times as quickly as records and pieces. */
export interface CellBatch {
  /** Without their numbers, which only the writer knows. */
  readonly records: readonly Cells[];
  /** A record's place in `records`, its person and one of its days. */
  readonly recordDays: readonly Cells[];
  readonly findings: readonly Cells[];
  readonly personDays: readonly Cells[];
  readonly personWeeks: readonly Cells[];
  readonly teams: readonly Cells[];
  readonly merges: readonly Cells[];
}

/** All of a subject's findings follow one another. */
const findingsOf = (findings: readonly Finding[]): readonly Cells[] => {
  let place = 0;
  return findings.map((finding, at) => {
    place = finding.subject === findings[at - 1]?.subject ? place + 1 : 0;
    return findingCells(finding, place);
  });
};

const recordsOf = (loaded: readonly LoadedRecord[]): Pick<CellBatch, 'records' | 'recordDays'> => {
  const records: Cells[] = [];
  const recordDays: Cells[] = [];
  for (const { record, pieces, begins } of loaded) {
    const days = [...piecesByDay(record, pieces).keys()];
    for (const day of days) recordDays.push([records.length, columnText(record.actor), day]);
    const content = contentCells(record, days, pieces, begins);
    records.push([columnText(record.id), ...placeCells(record), ...content]);
  }
  return { records, recordDays };
};

export const cellsOf = ({
  records = [],
  findings = [],
  personDays = [],
  personWeeks = [],
  teams = [],
  merges = new Map(),
}: RowBatch): CellBatch => ({
  ...recordsOf(records),
  findings: findingsOf(findings),
  personDays: personDays.map(dayCells),
  personWeeks: personWeeks.map(weekCells),
  teams: teams.map(teamCells),
  merges: [...merges].map(([subject, into]) => [columnText(subject), columnText(into)]),
});

const inserter = (database: DatabaseSync, sql: string): ((rows: readonly Cells[]) => void) => {
  const insert = database.prepare(sql);
  return (rows) => {
    for (const row of rows) insert.run(...row);
  };
};

/** Writes rows that are not there yet; records are numbered from 1. */
export const cellLoader = (database: DatabaseSync): ((batch: CellBatch) => void) => {
  const record = database.prepare(INSERTS.record);
  const recordDay = database.prepare(INSERTS.recordDay);
  const others = {
    findings: inserter(database, INSERTS.finding),
    personDays: inserter(database, INSERTS.personDay),
    personWeeks: inserter(database, INSERTS.personWeek),
    teams: inserter(database, 'INSERT INTO person_team VALUES (?, ?, ?)'),
    merges: inserter(database, 'INSERT INTO merge VALUES (?, ?)'),
  };
  let first = 1;
  return ({ records, recordDays, ...rest }) => {
    for (const [at, cells] of records.entries()) record.run(first + at, ...cells);
    for (const [at, actor, day] of recordDays)
      recordDay.run(textCell(actor), textCell(day), first + integerCell(at));
    first += records.length;
    others.findings(rest.findings);
    others.personDays(rest.personDays);
    others.personWeeks(rest.personWeeks);
    others.teams(rest.teams);
    others.merges(rest.merges);
  };
};
