/** One transaction on the rows in PostgreSQL: writes are kept and sent in bulk; reads see them all the same. */
import type { RowTransaction } from '../../../projections/ports.ts';
import type { NextStart } from '../../../engine/index.ts';
import {
  type ActorId,
  type InstantMs,
  type RecordId,
  type SubjectId,
  instantMs,
  localDate,
  recordId,
} from '../../../schemas/brand.ts';
import { PERSON_QUERIES, RECORD_QUERIES } from '../answers-queries.ts';
import { integerCell, textCell } from '../cells.ts';
import { checkFindings } from '../findings.ts';
import { compareKeys, sortedBy, sortedPieces } from '../order.ts';
import { piecesByDay } from '../pieces.ts';
import { personDayOf, piecesOn, recordOf, teamOf } from '../row-body.ts';
import { cellOf, textOfCell } from './cells.ts';
import { mergesIn } from './merges.ts';
import { type Pending, keyOf, sendMerges, sendRecords, sendTeams } from './pending.ts';
import type { Row, Session } from './session.ts';

/** More than this many records are sent before others are put. */
const MOST_PENDING = 5_000;

/** Of so many candidates for a next start most likely one is not pending. */
const CANDIDATES = 8;

/** A transaction under way. */
export interface Underway {
  readonly session: Session;
  readonly pending: Pending;
  /** Sends something, after what is being sent already: reads may be asked for at once. */
  send(what: (session: Session, pending: Pending) => Promise<void>): Promise<void>;
}

const recordsIn = (rows: readonly Row[]) => rows.map((row) => recordOf(row['body']));

const startOf = (row: Row): NextStart => ({
  atMs: instantMs(integerCell(row['from_ms'])),
  record: recordId(textOfCell(textCell(row['id']))),
});

/** What `RECORD_QUERIES.nextStart` says, of records that are pending. */
const pendingStarts = (
  { records }: Pending,
  actor: ActorId,
  measure: string,
  atMs: InstantMs,
  otherThan: SubjectId,
  rank: RecordId | undefined,
): readonly NextStart[] =>
  records
    .ofActor(actor)
    .filter(({ begins, record }) => begins && record.measure === measure && record.subject !== otherThan)
    .filter(({ record: { id, fromMs, tail } }) =>
      fromMs === atMs
        ? tail === undefined || tail.fromMs > fromMs || rank === undefined || compareKeys(id, rank) > 0
        : fromMs > atMs,
    )
    .map(({ record }) => ({ atMs: record.fromMs, record: record.id }));

type RecordReads =
  'recordsOf' | 'openRecords' | 'recordsWithin' | 'tailedRecords' | 'dueRecords' | 'nextStart';

const recordReads = ({ session, pending, send }: Underway): Pick<RowTransaction, RecordReads> => {
  const afterSending = async (sql: string, values: readonly (string | number)[]) => {
    await send(sendRecords);
    return recordsIn(await session.rows(sql, values));
  };
  return {
    recordsOf: async (subject) => {
      const sent = recordsIn(await session.rows(RECORD_QUERIES.ofSubject, [cellOf(subject)]));
      const own = pending.records.ofSubject(subject).map(({ record }) => record);
      const rest = sent.filter(({ id }) => !pending.records.has(id));
      return own.length === 0
        ? rest
        : sortedBy(
            [...rest, ...own],
            (record) => record.fromMs,
            (record) => record.id,
          );
    },
    openRecords: (actor, measure, fromMs, toMs) =>
      afterSending(RECORD_QUERIES.open, [cellOf(actor), cellOf(measure), fromMs, toMs]),
    recordsWithin: (actor, fromMs, toMs) =>
      afterSending(RECORD_QUERIES.within, [cellOf(actor), fromMs, toMs]),
    tailedRecords: (fromMs) => afterSending(RECORD_QUERIES.tailed, [fromMs]),
    dueRecords: (afterMs, untilMs) => afterSending(RECORD_QUERIES.due, [afterMs, untilMs]),
    nextStart: async (actor, measure, atMs, otherThan, rank) => {
      const asked = [cellOf(actor), cellOf(measure), atMs, cellOf(otherThan), atMs, cellOf(rank ?? '')];
      const ask = async (limit: number) =>
        (await session.rows(RECORD_QUERIES.nextStart, [...asked, limit])).map(startOf);
      const candidates = await ask(CANDIDATES);
      const sent = candidates.find(({ record }) => !pending.records.has(record));
      if (!sent && candidates.length === CANDIDATES) {
        await send(sendRecords);
        return (await ask(1))[0];
      }
      const [first] = sortedBy(
        [...(sent ? [sent] : []), ...pendingStarts(pending, actor, measure, atMs, otherThan, rank)],
        (start) => start.atMs,
        (start) => start.record,
      );
      return first;
    },
  };
};

type OtherReads = 'piecesOf' | 'personDaysOf' | 'daysOf' | 'teamsOf' | 'merges';

const otherReads = ({ session, pending, send }: Underway): Pick<RowTransaction, OtherReads> => ({
  piecesOf: async (actor, day) => {
    await send(sendRecords);
    const rows = await session.rows(RECORD_QUERIES.piecesOnDay, [cellOf(actor), day]);
    return sortedPieces(rows.flatMap((row) => piecesOn(day, row['pieces'])));
  },
  personDaysOf: async (actor, days) => {
    const all = [...new Set(days)];
    const own = all.flatMap((day) => pending.days.get(keyOf(actor, day)) ?? []);
    const others = all.filter((day) => !pending.days.has(keyOf(actor, day)));
    const sent = others.length === 0 ? [] : await session.rows(DAYS_OF, [cellOf(actor), others]);
    return sortedBy(
      [...own.flatMap(({ rows }) => rows), ...sent.map((row) => personDayOf(row['body']))],
      (row) => row.day,
      (row) => row.measure,
    );
  },
  daysOf: async (actor) => {
    await send(sendRecords);
    const rows = await session.rows(RECORD_QUERIES.days, [cellOf(actor)]);
    return rows.map((row) => localDate(textCell(row['day'])));
  },
  teamsOf: async (actor) => {
    await send(sendTeams);
    return (await session.rows(PERSON_QUERIES.teamsOf, [cellOf(actor)])).map((row) => teamOf(row['body']));
  },
  merges: async () => {
    await send(sendMerges);
    return mergesIn(session);
  },
});

const DAYS_OF = 'SELECT body FROM person_day WHERE actor = ? AND day = ANY (?::text[])';

type Writes =
  'putRecord' | 'removeRecord' | 'putPersonDay' | 'putPersonWeek' | 'putTeam' | 'putMerge' | 'putFindings';

const writes = ({ pending, send }: Underway): Pick<RowTransaction, Writes> => ({
  putRecord: async (record, pieces, begins = true) => {
    // A piece that is not the record's own is found where it was put, and not when it is sent.
    piecesByDay(record, pieces);
    pending.records.put({ record, pieces, begins });
    if (pending.records.size > MOST_PENDING) await send(sendRecords);
  },
  removeRecord: async (id) => pending.records.remove(id),
  putPersonDay: async (actor, day, rows) => void pending.days.set(keyOf(actor, day), { actor, day, rows }),
  putPersonWeek: async (actor, week, rows) =>
    void pending.weeks.set(keyOf(actor, week), { actor, week, rows }),
  putTeam: async (team) => void pending.teams.set(keyOf(team.actor, team.fromMs), team),
  putMerge: async (subject, into) => void pending.merges.set(subject, into),
  putFindings: async (subject, findings) => {
    checkFindings(subject, findings);
    pending.findings.set(subject, findings);
  },
});

export const rowTransaction = (underway: Underway): Omit<RowTransaction, 'state' | 'save'> => ({
  ...recordReads(underway),
  ...otherReads(underway),
  ...writes(underway),
});
