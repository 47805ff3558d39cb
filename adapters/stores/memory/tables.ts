/** The tables of the read models in memory. */
import type { PersonTeam, ProjectionState } from '../../../projections/ports.ts';
import type { Finding } from '../../../schemas/audit.ts';
import type { ActorId, LocalDate, RecordId, SubjectId } from '../../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../../schemas/record.ts';
import type { PersonDay, PersonWeek } from '../../../schemas/report.ts';
import { piecesByDay } from '../pieces.ts';
import { type Grouped, grouped, groupName, type Journal } from './grouped.ts';

interface RecordRow {
  readonly record: TimeRecord;
  readonly days: readonly LocalDate[];
  readonly begins: boolean;
}

/** The only group of a table that has no groups. */
export const ALL = 'all';

export interface Tables {
  readonly states: Grouped<ProjectionState>;
  readonly records: Grouped<RecordRow>;
  readonly bySubject: Grouped<TimeRecord>;
  /** By actor. */
  readonly byActor: Grouped<TimeRecord>;
  /** Records whose end has not come. */
  readonly open: Grouped<TimeRecord>;
  /** By actor and day; the pieces of one record each. */
  readonly pieces: Grouped<readonly Piece[]>;
  /** By actor: the days that have pieces, with the number of records. */
  readonly days: Grouped<{ readonly day: LocalDate; readonly records: number }>;
  /** By actor and day. */
  readonly personDays: Grouped<PersonDay>;
  /** By actor and week. */
  readonly personWeeks: Grouped<PersonWeek>;
  /** By actor. */
  readonly teams: Grouped<PersonTeam>;
  /** By subject: where it went. */
  readonly merges: Grouped<{ readonly subject: SubjectId; readonly into: SubjectId }>;
  /** By subject: all of its own. */
  readonly findings: Grouped<readonly Finding[]>;
  readonly edition: string;
  /** When each record was put or removed last. */
  readonly changes: Grouped<{ readonly id: RecordId; readonly change: number }>;
  lastChange: number;
}

let editions = 0;

export const emptyTables = (journal: Journal): Tables => ({
  states: grouped(journal),
  records: grouped(journal),
  bySubject: grouped(journal),
  byActor: grouped(journal),
  open: grouped(journal),
  pieces: grouped(journal),
  days: grouped(journal),
  personDays: grouped(journal),
  personWeeks: grouped(journal),
  teams: grouped(journal),
  merges: grouped(journal),
  findings: grouped(journal),
  edition: String((editions += 1)),
  changes: grouped(journal),
  lastChange: 0,
});

/** A change that is taken back leaves a gap in the numbers. */
export const noteChange = (tables: Tables, id: RecordId): void =>
  tables.changes.set(ALL, id, { id, change: (tables.lastChange += 1) });

const countDay = ({ days }: Tables, actor: ActorId, day: LocalDate, by: 1 | -1): void => {
  const records = (days.get(actor, day)?.records ?? 0) + by;
  if (records === 0) days.delete(actor, day);
  else days.set(actor, day, { day, records });
};

export const deleteRecord = (tables: Tables, id: RecordId): void => {
  const former = tables.records.get(ALL, id);
  if (!former) return;
  const { actor, subject } = former.record;
  tables.records.delete(ALL, id);
  tables.bySubject.delete(subject, id);
  tables.byActor.delete(actor, id);
  tables.open.delete(ALL, id);
  for (const day of former.days) {
    tables.pieces.delete(groupName(actor, day), id);
    countDay(tables, actor, day, -1);
  }
};

export const insertRecord = (
  tables: Tables,
  record: TimeRecord,
  pieces: readonly Piece[],
  begins: boolean,
): void => {
  const { id, actor, subject } = record;
  const days = piecesByDay(record, pieces);
  tables.records.set(ALL, id, { record, days: [...days.keys()], begins });
  tables.bySubject.set(subject, id, record);
  tables.byActor.set(actor, id, record);
  if (record.tail) tables.open.set(ALL, id, record);
  for (const [day, rows] of days) {
    tables.pieces.set(groupName(actor, day), id, rows);
    countDay(tables, actor, day, 1);
  }
};

/** Replaces a whole group. */
export const replaceGroup = <Row extends object>(
  table: Grouped<Row>,
  group: string,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): void => {
  for (const row of table.of(group)) table.delete(group, keyOf(row));
  for (const row of rows) table.set(group, keyOf(row), row);
};
