/** Reading the rows from PostgreSQL. */
import type { RowReader } from '../../../projections/ports.ts';
import { isoWeek } from '../../../schemas/brand.ts';
import { PERSON_QUERIES, RECORD_QUERIES, SUBJECT_QUERIES } from '../answers-queries.ts';
import { textCell } from '../cells.ts';
import { PAGE_ROWS, pagesByKey } from '../key-pages.ts';
import { whereOf } from '../record-filter.ts';
import { findingOf, personDayOf, personWeekOf, recordOf, teamOf } from '../row-body.ts';
import { cellOf } from './cells.ts';
import { changesSince, placeNow } from './changes.ts';
import { leastState } from './checkpoint.ts';
import { mergesIn } from './merges.ts';
import { BEFORE_ALL, type PieceCursor, piecePage } from './piece-pages.ts';
import type { Row, Session, Value } from './session.ts';

/** Runs a piece of reading when its turn has come. */
export type Read = <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>;

export const rowReader = (read: Read): RowReader => {
  const rows = (sql: string, values: readonly Value[] = []): Promise<readonly Row[]> =>
    read((session) => session.rows(sql, values));
  const bodies = async <Body>(of: (body: unknown) => Body, sql: string, values: readonly Value[] = []) =>
    (await rows(sql, values)).map((row) => of(row['body']));
  const paged = <Body>(sql: string, keys: readonly string[], of: (body: string) => Body) =>
    pagesByKey({ read: async (work) => work() }, (after) => rows(sql, [...after, PAGE_ROWS]), keys, of);
  return {
    state: () => read(leastState),
    record: async (id) => (await bodies(recordOf, RECORD_QUERIES.byId, [cellOf(id)]))[0],
    records: (filter) => {
      const { sql: where, values } = whereOf(filter, cellOf);
      const query = `SELECT body FROM time_record ${where} ORDER BY from_ms, id LIMIT ?`;
      return bodies(recordOf, query, [...values, filter.limit ?? null]);
    },
    changePlace: () => read(placeNow),
    changesSince: (place, limit) => read((session) => changesSince(session, place, limit)),
    allRecords: () => paged(RECORD_QUERIES.page, ['id'], recordOf),
    async *pieces(measure, from, to) {
      let after: PieceCursor | undefined = BEFORE_ALL;
      while (after) {
        const at: PieceCursor = after;
        const { pieces, next } = await read((session) => piecePage(session, at, measure, from, to));
        if (pieces.length > 0) yield pieces;
        after = next;
      }
    },
    allPersonDays: () => paged(PERSON_QUERIES.dayPage, ['day', 'actor', 'measure'], personDayOf),
    personWeeks: (week) =>
      week === undefined
        ? bodies(personWeekOf, PERSON_QUERIES.allWeeks)
        : bodies(personWeekOf, PERSON_QUERIES.ofWeek, [week]),
    weeks: async () => (await rows(PERSON_QUERIES.weeks)).map((row) => isoWeek(textCell(row['week']))),
    merges: () => read(mergesIn),
    teams: () => bodies(teamOf, PERSON_QUERIES.teams),
    findings: () => bodies(findingOf, SUBJECT_QUERIES.findings),
  };
};
