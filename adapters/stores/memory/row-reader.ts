/** Reading the rows in memory. */
import type { RecordFilter, RowReader } from '../../../projections/ports.ts';
import type { ChangePlace, RecordChanges } from '../../../projections/record-changes.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { findingsInOrder } from '../findings.ts';
import { comparePlaces, sortedBy, sortedPieces } from '../order.ts';
import type { Turns } from '../turns.ts';
import { mergesIn } from './merges.ts';
import { ALL, type Tables } from './tables.ts';

const PAGE_ROWS = 1000;

const touches = (record: TimeRecord, { fromMs, toMs }: RecordFilter): boolean =>
  (toMs === undefined || record.fromMs < toMs) &&
  (fromMs === undefined || record.toMs > fromMs || record.fromMs >= fromMs);

const isBehind = ({ fromMs, id }: TimeRecord, { after }: RecordFilter): boolean =>
  after === undefined || comparePlaces([fromMs, id], [after.fromMs, after.id]) > 0;

const fits = (record: TimeRecord, filter: RecordFilter): boolean =>
  (filter.actor === undefined || record.actor === filter.actor) &&
  (filter.subject === undefined || record.subject === filter.subject) &&
  (filter.status === undefined || record.status === filter.status) &&
  (filter.measure === undefined || record.measure === filter.measure) &&
  (filter.kind === undefined || record.kind === filter.kind) &&
  (filter.open !== true || record.status === 'running' || record.status === 'paused') &&
  touches(record, filter) &&
  isBehind(record, filter);

async function* paged<Row>(rows: Promise<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  const all = await rows;
  for (let at = 0; at < all.length; at += PAGE_ROWS) yield all.slice(at, at + PAGE_ROWS);
}

export const recordsInOrder = (records: Iterable<TimeRecord>): readonly TimeRecord[] =>
  sortedBy(
    records,
    (record) => record.fromMs,
    (record) => record.id,
  );

const recordReader = (
  tables: Tables,
  turns: Turns,
): Pick<RowReader, 'state' | 'record' | 'records' | 'allRecords'> => {
  const all = () => tables.records.all().map((row) => row.record);
  return {
    state: () => turns.read(() => tables.states.get(ALL, ALL)),
    record: (id) => turns.read(() => tables.records.get(ALL, id)?.record),
    records: (filter) =>
      turns.read(() => recordsInOrder(all().filter((record) => fits(record, filter))).slice(0, filter.limit)),
    allRecords: () => paged(turns.read(() => sortedBy(all(), (record) => record.id))),
  };
};

const changesSince = (tables: Tables, place: ChangePlace, limit: number): RecordChanges | undefined => {
  if (place.edition !== tables.edition) return undefined;
  const behind = tables.changes.all().filter(({ change }) => change > Number(place.at));
  const told = sortedBy(behind, ({ change }) => change).slice(0, limit);
  return {
    changes: told.map(({ id }) => {
      const row = tables.records.get(ALL, id);
      return row ? { id, record: row.record } : { id };
    }),
    place: { ...place, at: String(told.at(-1)?.change ?? place.at) },
  };
};

/** A paged list is a copy as of the moment in which its first page was asked for. */
export const rowReader = (tables: Tables, turns: Turns): RowReader => ({
  ...recordReader(tables, turns),
  changePlace: () => turns.read(() => ({ edition: tables.edition, at: String(tables.lastChange) })),
  changesSince: (place, limit) => turns.read(() => changesSince(tables, place, limit)),
  async *pieces(measure, from, to) {
    yield* paged(
      turns.read(() => {
        const wanted = tables.pieces
          .all()
          .flat()
          .filter((piece) => piece.measure === measure && piece.day >= from && piece.day <= to)
          .map((piece) => {
            const attributes = tables.records.get(ALL, piece.record)?.record.attributes ?? {};
            return { ...piece, attributes };
          });
        return sortedBy(
          sortedPieces(wanted),
          (piece) => piece.actor,
          (piece) => piece.day,
        );
      }),
    );
  },
  async *allPersonDays() {
    const rows = turns.read(() => tables.personDays.all());
    yield* paged(
      rows.then((days) =>
        sortedBy(
          days,
          (row) => row.day,
          (row) => row.actor,
          (row) => row.measure,
        ),
      ),
    );
  },
  personWeeks: (week) =>
    turns.read(() => {
      const rows = tables.personWeeks.all().filter((row) => week === undefined || row.week === week);
      return sortedBy(
        rows,
        (row) => row.week,
        (row) => row.actor,
        (row) => row.measure,
      );
    }),
  weeks: () => turns.read(() => [...new Set(tables.personWeeks.all().map((row) => row.week))].sort()),
  merges: () => turns.read(() => mergesIn(tables)),
  teams: () =>
    turns.read(() =>
      sortedBy(
        tables.teams.all(),
        (team) => team.actor,
        (team) => team.fromMs,
      ),
    ),
  findings: () => turns.read(() => findingsInOrder(tables.findings.all().flat())),
});
