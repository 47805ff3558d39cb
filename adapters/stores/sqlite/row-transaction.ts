/** One transaction on the rows in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { RowTransaction } from '../../../projections/ports.ts';
import { instantMs, localDate, recordId } from '../../../schemas/brand.ts';
import { PERSON_QUERIES, RECORD_QUERIES } from '../answers-queries.ts';
import { integerCell, textCell } from '../cells.ts';
import { checkFindings } from '../findings.ts';
import { columnText, textOfColumn, sortedBy, sortedPieces } from '../order.ts';
import { personDayOf, recordOf, stateOf, teamOf } from '../row-body.ts';
import { mergeReader } from './merges.ts';
import { PIECE_COLUMNS, piecesOn } from './piece-cell.ts';
import { recordWriter } from './record-writer.ts';
import { INSERTS, dayCells, findingCells, teamCells, weekCells } from './row-cells.ts';

const readStatements = (database: DatabaseSync) => ({
  state: database.prepare('SELECT body FROM state'),
  ofSubject: database.prepare(RECORD_QUERIES.ofSubject),
  open: database.prepare(RECORD_QUERIES.open),
  within: database.prepare(RECORD_QUERIES.within),
  tailed: database.prepare(RECORD_QUERIES.tailed),
  due: database.prepare(RECORD_QUERIES.due),
  nextStart: database.prepare(RECORD_QUERIES.nextStart),
  pieces: database.prepare(`
    SELECT ${PIECE_COLUMNS} FROM record_day d JOIN time_record r ON r.key = d.record
    WHERE d.actor = ? AND d.day = ?`),
  personDay: database.prepare(PERSON_QUERIES.day),
  days: database.prepare(RECORD_QUERIES.days),
  teams: database.prepare(PERSON_QUERIES.teamsOf),
});

type Writes =
  | 'claim'
  | 'expect'
  | 'putRecord'
  | 'removeRecord'
  | 'putPersonDay'
  | 'putPersonWeek'
  | 'putTeam'
  | 'putMerge'
  | 'putFindings'
  | 'save';

const reads = (database: DatabaseSync): Omit<RowTransaction, Writes> => {
  const sql = readStatements(database);
  const merges = mergeReader(database);
  return {
    state: async () => sql.state.all().map((row) => stateOf(row.body))[0],
    recordsOf: async (subject) => sql.ofSubject.all(columnText(subject)).map((row) => recordOf(row.body)),
    openRecords: async (actor, measure, fromMs, toMs) =>
      sql.open.all(columnText(actor), columnText(measure), fromMs, toMs).map((row) => recordOf(row.body)),
    recordsWithin: async (actor, fromMs, toMs) =>
      sql.within.all(columnText(actor), fromMs, toMs).map((row) => recordOf(row.body)),
    tailedRecords: async (fromMs) => sql.tailed.all(fromMs).map((row) => recordOf(row.body)),
    dueRecords: async (afterMs, untilMs) => sql.due.all(afterMs, untilMs).map((row) => recordOf(row.body)),
    nextStart: async (actor, measure, atMs, otherThan, rank) => {
      const row = sql.nextStart.get(
        columnText(actor),
        columnText(measure),
        atMs,
        columnText(otherThan),
        atMs,
        columnText(rank ?? ''),
        1,
      );
      return (
        row && {
          atMs: instantMs(integerCell(row.from_ms)),
          record: recordId(textOfColumn(textCell(row.id))),
        }
      );
    },
    piecesOf: async (actor, day) =>
      sortedPieces(sql.pieces.all(columnText(actor), day).flatMap((row) => piecesOn(day, row))),
    personDaysOf: async (actor, days) => {
      const found = [...new Set(days)].flatMap((day) => sql.personDay.all(day, columnText(actor)));
      return sortedBy(
        found.map((row) => personDayOf(row.body)),
        (row) => row.day,
        (row) => row.measure,
      );
    },
    daysOf: async (actor) => sql.days.all(columnText(actor)).map((row) => localDate(textCell(row.day))),
    teamsOf: async (actor) => sql.teams.all(columnText(actor)).map((row) => teamOf(row.body)),
    merges: async () => merges(),
  };
};

const writeStatements = (database: DatabaseSync) => ({
  save: database.prepare('INSERT OR REPLACE INTO state VALUES (1, ?)'),
  clearDay: database.prepare('DELETE FROM person_day WHERE day = ? AND actor = ?'),
  putDay: database.prepare(INSERTS.personDay),
  clearWeek: database.prepare('DELETE FROM person_week WHERE week = ? AND actor = ?'),
  putWeek: database.prepare(INSERTS.personWeek),
  putTeam: database.prepare('INSERT OR REPLACE INTO person_team VALUES (?, ?, ?)'),
  putMerge: database.prepare('INSERT OR REPLACE INTO merge VALUES (?, ?)'),
  clearFindings: database.prepare('DELETE FROM finding WHERE subject = ?'),
  putFinding: database.prepare(INSERTS.finding),
});

const writes = (database: DatabaseSync): Pick<RowTransaction, Writes> => {
  const sql = writeStatements(database);
  const records = recordWriter(database);
  return {
    claim: async () => true,
    expect: async () => undefined,
    putRecord: async (record, pieces, begins = true) => records.put(record, pieces, begins),
    removeRecord: async (id) => records.remove(id),
    putPersonDay: async (actor, day, rows) => {
      sql.clearDay.run(day, columnText(actor));
      for (const row of rows) sql.putDay.run(...dayCells(row));
    },
    putPersonWeek: async (actor, week, rows) => {
      sql.clearWeek.run(week, columnText(actor));
      for (const row of rows) sql.putWeek.run(...weekCells(row));
    },
    putTeam: async (team) => void sql.putTeam.run(...teamCells(team)),
    putMerge: async (subject, into) => void sql.putMerge.run(columnText(subject), columnText(into)),
    putFindings: async (subject, findings) => {
      checkFindings(subject, findings);
      sql.clearFindings.run(columnText(subject));
      for (const [place, finding] of findings.entries()) sql.putFinding.run(...findingCells(finding, place));
    },
    save: async (state) => void sql.save.run(JSON.stringify(state)),
  };
};

export const rowTransaction = (database: DatabaseSync): RowTransaction => ({
  ...reads(database),
  ...writes(database),
});
