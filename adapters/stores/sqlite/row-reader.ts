/** Reading the rows from SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { RowReader } from '../../../projections/ports.ts';
import { isoWeek } from '../../../schemas/brand.ts';
import { PERSON_QUERIES, RECORD_QUERIES, SUBJECT_QUERIES } from '../answers-queries.ts';
import { textCell } from '../cells.ts';
import { PAGE_ROWS, pagesByKey } from '../key-pages.ts';
import { columnText } from '../order.ts';
import { whereOf } from '../record-filter.ts';
import { findingOf, personDayOf, personWeekOf, recordOf, stateOf, teamOf } from '../row-body.ts';
import type { Turns } from '../turns.ts';
import { changeReader } from './changes.ts';
import { mergeReader } from './merges.ts';
import { BEFORE_ALL, type PieceCursor, piecePages } from './piece-pages.ts';

/** What the rows of one database are read through. */
export const rowSource = (database: DatabaseSync) => ({
  database,
  changes: changeReader(database),
  merges: mergeReader(database),
  piecePage: piecePages(database),
  state: database.prepare('SELECT body FROM state'),
  record: database.prepare(RECORD_QUERIES.byId),
  recordPage: database.prepare(RECORD_QUERIES.page),
  dayPage: database.prepare(PERSON_QUERIES.dayPage),
  allWeeks: database.prepare(PERSON_QUERIES.allWeeks),
  ofWeek: database.prepare(PERSON_QUERIES.ofWeek),
  weeks: database.prepare(PERSON_QUERIES.weeks),
  teams: database.prepare(PERSON_QUERIES.teams),
  findings: database.prepare(SUBJECT_QUERIES.findings),
});
export type RowSource = ReturnType<typeof rowSource>;

const recordReader = (
  sql: () => RowSource,
  turns: Pick<Turns, 'read'>,
): Pick<RowReader, 'record' | 'records' | 'allRecords' | 'pieces'> => ({
  record: (id) =>
    turns.read(
      () =>
        sql()
          .record.all(columnText(id))
          .map((row) => recordOf(row.body))[0],
    ),
  records: (filter) =>
    turns.read(() => {
      const { sql: where, values } = whereOf(filter, columnText);
      const query = `SELECT body FROM time_record ${where} ORDER BY from_ms, id LIMIT ?`;
      return sql()
        .database.prepare(query)
        .all(...values, filter.limit ?? -1)
        .map((row) => recordOf(row.body));
    }),
  allRecords: () => pagesByKey(turns, (after) => sql().recordPage.all(...after, PAGE_ROWS), ['id'], recordOf),
  async *pieces(measure, from, to) {
    let after: PieceCursor | undefined = BEFORE_ALL;
    while (after) {
      const at: PieceCursor = after;
      const { pieces, next } = await turns.read(() => sql().piecePage(at, measure, from, to));
      if (pieces.length > 0) yield pieces;
      after = next;
    }
  },
});

/**
 * A read waits for the transaction that runs. Between two pages of a list others may write: the list is no picture
 * of one moment, but it holds every row that was there the whole time exactly once. `sql`: of the database that is
 * open now, which may be another one by the next page.
 */
export const rowReader = (sql: () => RowSource, turns: Pick<Turns, 'read'>): RowReader => ({
  ...recordReader(sql, turns),
  changePlace: () => turns.read(() => sql().changes.place()),
  changesSince: (place, limit) => turns.read(() => sql().changes.since(place, limit)),
  state: () =>
    turns.read(
      () =>
        sql()
          .state.all()
          .map((row) => stateOf(row.body))[0],
    ),
  allPersonDays: () =>
    pagesByKey(
      turns,
      (after) => sql().dayPage.all(...after, PAGE_ROWS),
      ['day', 'actor', 'measure'],
      personDayOf,
    ),
  personWeeks: (week) =>
    turns.read(() =>
      (week === undefined ? sql().allWeeks.all() : sql().ofWeek.all(week)).map((row) =>
        personWeekOf(row.body),
      ),
    ),
  weeks: () =>
    turns.read(() =>
      sql()
        .weeks.all()
        .map((row) => isoWeek(textCell(row.week))),
    ),
  merges: () => turns.read(() => sql().merges()),
  teams: () =>
    turns.read(() =>
      sql()
        .teams.all()
        .map((row) => teamOf(row.body)),
    ),
  findings: () =>
    turns.read(() =>
      sql()
        .findings.all()
        .map((row) => findingOf(row.body)),
    ),
});
