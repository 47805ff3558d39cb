/** Reading the rows from SQLite. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { RowReader } from '../../../projections/ports.ts';
import { isoWeek } from '../../../schemas/brand.ts';
import { columnText } from '../order.ts';
import type { Turns } from '../turns.ts';
import { textCell } from './cells.ts';
import { mergeReader } from './merges.ts';
import { BEFORE_ALL, type PieceCursor, piecePages } from './piece-pages.ts';
import { whereOf } from './record-filter.ts';
import { findingOf, personDayOf, personWeekOf, recordOf, stateOf, teamOf } from './row-body.ts';

const PAGE_ROWS = 500;

const statementsOf = (database: DatabaseSync) => ({
  state: database.prepare('SELECT body FROM state'),
  record: database.prepare('SELECT body FROM time_record WHERE id = ?'),
  recordPage: database.prepare('SELECT id, body FROM time_record WHERE id > ? ORDER BY id LIMIT ?'),
  dayPage: database.prepare(`
    SELECT day, actor, measure, body FROM person_day
    WHERE (day, actor, measure) > (?, ?, ?) ORDER BY day, actor, measure LIMIT ?`),
  allWeeks: database.prepare('SELECT body FROM person_week ORDER BY week, actor, measure'),
  ofWeek: database.prepare('SELECT body FROM person_week WHERE week = ? ORDER BY actor, measure'),
  weeks: database.prepare('SELECT DISTINCT week FROM person_week ORDER BY week'),
  teams: database.prepare('SELECT body FROM person_team ORDER BY actor, from_ms'),
  findings: database.prepare('SELECT body FROM finding ORDER BY at_ms, subject, code, record, event, place'),
});

/** Page after page, each found by the key of the last row of the one before. */
async function* pagesByKey<Row>(
  turns: Pick<Turns, 'read'>,
  page: (after: readonly string[]) => readonly Record<string, SQLOutputValue>[],
  keys: readonly string[],
  rowOf: (body: string) => Row,
): AsyncGenerator<readonly Row[]> {
  let after: readonly string[] = keys.map(() => '');
  for (;;) {
    const rows = await turns.read(() => page(after));
    const last = rows.at(-1);
    if (!last) return;
    after = keys.map((key) => textCell(last[key]));
    yield rows.map((row) => rowOf(textCell(row.body)));
  }
}

/**
 * A read waits for the transaction that runs. Between two pages of a list others may write: the list is no picture
 * of one moment, but it holds every row that was there the whole time exactly once.
 */
export const rowReader = (database: DatabaseSync, turns: Pick<Turns, 'read'>): RowReader => {
  const sql = statementsOf(database);
  const merges = mergeReader(database);
  const piecePage = piecePages(database);
  return {
    state: () => turns.read(() => sql.state.all().map((row) => stateOf(row.body))[0]),
    record: (id) => turns.read(() => sql.record.all(columnText(id)).map((row) => recordOf(row.body))[0]),
    records: (filter) =>
      turns.read(() => {
        const { sql: where, values } = whereOf(filter);
        const query = `SELECT body FROM time_record ${where} ORDER BY from_ms, id LIMIT ?`;
        return database
          .prepare(query)
          .all(...values, filter.limit ?? -1)
          .map((row) => recordOf(row.body));
      }),
    allRecords: () => pagesByKey(turns, (after) => sql.recordPage.all(...after, PAGE_ROWS), ['id'], recordOf),
    async *pieces(measure, from, to) {
      let after: PieceCursor | undefined = BEFORE_ALL;
      while (after) {
        const at: PieceCursor = after;
        const { pieces, next } = await turns.read(() => piecePage(at, measure, from, to));
        if (pieces.length > 0) yield pieces;
        after = next;
      }
    },
    allPersonDays: () =>
      pagesByKey(
        turns,
        (after) => sql.dayPage.all(...after, PAGE_ROWS),
        ['day', 'actor', 'measure'],
        personDayOf,
      ),
    personWeeks: (week) =>
      turns.read(() =>
        (week === undefined ? sql.allWeeks.all() : sql.ofWeek.all(week)).map((row) => personWeekOf(row.body)),
      ),
    weeks: () => turns.read(() => sql.weeks.all().map((row) => isoWeek(textCell(row.week)))),
    merges: () => turns.read(merges),
    teams: () => turns.read(() => sql.teams.all().map((row) => teamOf(row.body))),
    findings: () => turns.read(() => sql.findings.all().map((row) => findingOf(row.body))),
  };
};
