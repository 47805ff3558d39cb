/** One transaction on the rows in memory. */
import type { RowTransaction } from '../../../projections/ports.ts';
import { checkFindings } from '../findings.ts';
import { compareKeys, sortedBy, sortedPieces } from '../order.ts';
import { reachOf } from '../reach.ts';
import { groupName } from './grouped.ts';
import { mergesIn } from './merges.ts';
import { recordsInOrder } from './row-reader.ts';
import { ALL, deleteRecord, insertRecord, noteChange, replaceGroup, type Tables } from './tables.ts';

type RecordReads =
  'recordsOf' | 'openRecords' | 'recordsWithin' | 'tailedRecords' | 'dueRecords' | 'nextStart';

const recordReads = (tables: Tables): Pick<RowTransaction, RecordReads> => ({
  recordsOf: async (subject) => recordsInOrder(tables.bySubject.of(subject)),
  openRecords: async (actor, measure, fromMs, toMs) =>
    recordsInOrder(
      tables.open
        .of(ALL)
        .filter((record) => record.actor === actor && record.measure === measure)
        .filter(({ tail }) => tail !== undefined && tail.fromMs >= fromMs && tail.fromMs <= toMs),
    ),
  recordsWithin: async (actor, fromMs, toMs) =>
    recordsInOrder(
      tables.byActor.of(actor).filter((record) => record.fromMs <= toMs && reachOf(record) >= fromMs),
    ),
  tailedRecords: async (fromMs) =>
    recordsInOrder(tables.open.of(ALL).filter(({ status, toMs }) => status === 'closed' && toMs >= fromMs)),
  dueRecords: async (afterMs, untilMs) =>
    recordsInOrder(
      tables.open.of(ALL).filter(({ tail }) => {
        const at = tail?.closesAtMs;
        return at !== undefined && at > afterMs && at <= untilMs;
      }),
    ),
  nextStart: async (actor, measure, atMs, otherThan, rank) => {
    const others = tables.byActor
      .of(actor)
      .filter(({ id }) => tables.records.get(ALL, id)?.begins)
      .filter((record) => record.measure === measure && record.subject !== otherThan && record.fromMs >= atMs)
      .filter(
        ({ id, fromMs, tail }) =>
          fromMs > atMs || tail?.fromMs !== fromMs || rank === undefined || compareKeys(id, rank) > 0,
      );
    const [next] = recordsInOrder(others);
    return next && { atMs: next.fromMs, record: next.id };
  },
});

type OtherReads = 'state' | 'piecesOf' | 'personDaysOf' | 'daysOf' | 'teamsOf' | 'merges';

const otherReads = (tables: Tables): Pick<RowTransaction, OtherReads> => ({
  state: async () => tables.states.get(ALL, ALL),
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
  merges: async () => mergesIn(tables),
});

export const rowTransaction = (tables: Tables): RowTransaction => ({
  claim: async () => true,
  expect: async () => undefined,
  ...recordReads(tables),
  ...otherReads(tables),
  putRecord: async (record, pieces, begins = true) => {
    deleteRecord(tables, record.id);
    insertRecord(tables, record, pieces, begins);
    noteChange(tables, record.id);
  },
  removeRecord: async (id) => {
    if (tables.records.get(ALL, id)) noteChange(tables, id);
    deleteRecord(tables, id);
  },
  putPersonDay: async (actor, day, rows) =>
    replaceGroup(tables.personDays, groupName(actor, day), rows, (row) => row.measure),
  putPersonWeek: async (actor, week, rows) =>
    replaceGroup(tables.personWeeks, groupName(actor, week), rows, (row) => row.measure),
  putTeam: async (team) => tables.teams.set(team.actor, String(team.fromMs), team),
  putMerge: async (subject, into) => tables.merges.set(ALL, subject, { subject, into }),
  putFindings: async (subject, findings) => {
    checkFindings(subject, findings);
    if (findings.length === 0) tables.findings.delete(ALL, subject);
    else tables.findings.set(ALL, subject, findings);
  },
  save: async (state) => tables.states.set(ALL, ALL, state),
});
