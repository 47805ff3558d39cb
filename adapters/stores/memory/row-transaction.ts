/** One transaction on the rows in memory. */
import type { RowTransaction } from '../../../projections/ports.ts';
import { compareKeys, sortedBy, sortedPieces } from '../order.ts';
import { groupName } from './grouped.ts';
import { recordsInOrder } from './row-reader.ts';
import { ALL, deleteRecord, insertRecord, replaceGroup, type Tables } from './tables.ts';

type Reads = 'state' | 'recordsOf' | 'openRecords' | 'dueRecords' | 'nextStart' | 'piecesOf' | 'personDaysOf';

const reads = (tables: Tables): Pick<RowTransaction, Reads | 'daysOf' | 'teamsOf'> => ({
  state: async () => tables.states.get(ALL, ALL),
  recordsOf: async (subject) => recordsInOrder(tables.bySubject.of(subject)),
  openRecords: async (actor, measure, fromMs, toMs) =>
    recordsInOrder(
      tables.open
        .of(ALL)
        .filter((record) => record.actor === actor && record.measure === measure)
        .filter(({ tail }) => tail !== undefined && tail.fromMs >= fromMs && tail.fromMs <= toMs),
    ),
  dueRecords: async (afterMs, untilMs) =>
    recordsInOrder(
      tables.open.of(ALL).filter(({ tail }) => {
        const at = tail?.closesAtMs;
        return at !== undefined && at > afterMs && at <= untilMs;
      }),
    ),
  nextStart: async (actor, measure, atMs, otherThan, rank) => {
    const others = tables.byActor
      .of(groupName(actor, measure))
      .filter(({ subject, fromMs }) => subject !== otherThan && fromMs >= atMs)
      .filter(
        ({ id, fromMs, tail }) =>
          fromMs > atMs || tail?.fromMs !== fromMs || rank === undefined || compareKeys(id, rank) > 0,
      );
    const [next] = recordsInOrder(others);
    return next && { atMs: next.fromMs, record: next.id };
  },
  piecesOf: async (actor, day) => sortedPieces(tables.pieces.of(groupName(actor, day)).flat()),
  personDaysOf: async (actor, days) =>
    sortedBy(
      [...new Set(days)].flatMap((day) => tables.personDays.of(groupName(actor, day))),
      (row) => row.day,
      (row) => row.measure,
    ),
  daysOf: async (actor) =>
    tables.days
      .of(actor)
      .map(({ day }) => day)
      .sort(),
  teamsOf: async (actor) => sortedBy(tables.teams.of(actor), (team) => team.fromMs),
});

export const rowTransaction = (tables: Tables): RowTransaction => ({
  ...reads(tables),
  putRecord: async (record, pieces) => {
    deleteRecord(tables, record.id);
    insertRecord(tables, record, pieces);
  },
  removeRecord: async (id) => deleteRecord(tables, id),
  putPersonDay: async (actor, day, rows) =>
    replaceGroup(tables.personDays, groupName(actor, day), rows, (row) => row.measure),
  putPersonWeek: async (actor, week, rows) =>
    replaceGroup(tables.personWeeks, groupName(actor, week), rows, (row) => row.measure),
  putTeam: async (team) => tables.teams.set(team.actor, String(team.fromMs), team),
  save: async (state) => tables.states.set(ALL, ALL, state),
});
