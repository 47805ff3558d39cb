/** One transaction on the rows in PostgreSQL: writes are kept and sent in bulk; reads see them all the same. */
import type { RowTransaction } from '../../../projections/ports.ts';
import type { NextStart } from '../../../engine/index.ts';
import {
  type ActorId,
  type InstantMs,
  type LocalDate,
  type RecordId,
  type SubjectId,
  instantMs,
  localDate,
  recordId,
} from '../../../schemas/brand.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import type { PersonDay } from '../../../schemas/report.ts';
import { PERSON_QUERIES, RECORD_QUERIES } from '../answers-queries.ts';
import { integerCell, textCell } from '../cells.ts';
import { checkFindings } from '../findings.ts';
import { compareKeys, sortedBy, sortedPieces } from '../order.ts';
import { piecesByDay } from '../pieces.ts';
import { personDayOf, piecesOn, recordOf, teamOf } from '../row-body.ts';
import { cellOf, textOfCell } from './cells.ts';
import { mergesIn } from './merges.ts';
import { type Pending, keyOf } from './pending.ts';
import { sendMerges, sendRecords, sendTeams } from './sending.ts';
import type { Row } from './session.ts';
import type { Underway } from './underway.ts';

/** More than this many records are sent before others are put. */
const MOST_PENDING = 5_000;

const PIECES_ON_DAY =
  'SELECT pieces FROM record_day JOIN time_record ON key = record WHERE record_day.actor = ? AND day = ?';

/** Of so many candidates for a next start most likely one is not pending. */
const CANDIDATES = 8;

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

const nextStart = async (
  underway: Underway,
  ...question: Parameters<RowTransaction['nextStart']>
): Promise<NextStart | undefined> => {
  const { session, pending } = underway;
  const [actor, measure, atMs, otherThan, rank] = question;
  const asked = [cellOf(actor), cellOf(measure), atMs, cellOf(otherThan), atMs, cellOf(rank ?? '')];
  const ask = async (limit: number) =>
    (await session.rows(RECORD_QUERIES.nextStart, [...asked, limit])).map(startOf);
  const candidates = await ask(CANDIDATES);
  const sent = candidates.find(({ record }) => !pending.records.has(record));
  if (!sent && candidates.length === CANDIDATES) {
    await sendRecords(underway);
    return (await ask(1))[0];
  }
  const [first] = sortedBy(
    [...(sent ? [sent] : []), ...pendingStarts(pending, ...question)],
    (start) => start.atMs,
    (start) => start.record,
  );
  return first;
};

/** So many subjects are asked for at once. */
const SUBJECTS_AT_ONCE = 2_000;

const OF_SUBJECTS = 'SELECT body FROM time_record WHERE subject = ANY (?::text[]) ORDER BY from_ms, id';

const fetchRecords = async ({ session, known }: Underway, subjects: readonly SubjectId[]): Promise<void> => {
  for (let at = 0; at < subjects.length; at += SUBJECTS_AT_ONCE) {
    const some = subjects.slice(at, at + SUBJECTS_AT_ONCE);
    const records = recordsIn(await session.rows(OF_SUBJECTS, [some.map(cellOf)]));
    const bySubject = Map.groupBy(records, ({ subject }) => subject);
    for (const subject of some) known.set(subject, bySubject.get(subject) ?? []);
  }
};

const recordsOf = async (underway: Underway, subject: SubjectId): Promise<readonly TimeRecord[]> => {
  const { pending, known } = underway;
  if (!known.has(subject)) await fetchRecords(underway, [subject]);
  const sent = known.get(subject) ?? [];
  const own = pending.records.ofSubject(subject).map(({ record }) => record);
  const rest = sent.filter(({ id }) => !pending.records.has(id));
  if (own.length === 0) return rest;
  return sortedBy(
    [...rest, ...own],
    (record) => record.fromMs,
    (record) => record.id,
  );
};

type RecordReads =
  'expect' | 'recordsOf' | 'openRecords' | 'recordsWithin' | 'tailedRecords' | 'dueRecords' | 'nextStart';

const recordReads = (underway: Underway): Pick<RowTransaction, RecordReads> => {
  const { session, inTurn } = underway;
  const afterSending = (sql: string, values: readonly (string | number)[]) =>
    inTurn(async () => {
      await sendRecords(underway);
      return recordsIn(await session.rows(sql, values));
    });
  return {
    expect: (subjects) =>
      inTurn(() =>
        fetchRecords(
          underway,
          subjects.filter((subject) => !underway.known.has(subject)),
        ),
      ),
    recordsOf: (subject) => inTurn(() => recordsOf(underway, subject)),
    openRecords: (actor, measure, fromMs, toMs) =>
      afterSending(RECORD_QUERIES.open, [cellOf(actor), cellOf(measure), fromMs, toMs]),
    recordsWithin: (actor, fromMs, toMs) =>
      afterSending(RECORD_QUERIES.within, [cellOf(actor), fromMs, toMs]),
    tailedRecords: (fromMs) => afterSending(RECORD_QUERIES.tailed, [fromMs]),
    dueRecords: (afterMs, untilMs) => afterSending(RECORD_QUERIES.due, [afterMs, untilMs]),
    nextStart: (...question) => inTurn(() => nextStart(underway, ...question)),
  };
};

const DAYS_OF = 'SELECT body FROM person_day WHERE actor = ? AND day = ANY (?::text[])';

const personDaysOf = async (
  { session, pending }: Underway,
  actor: ActorId,
  days: readonly LocalDate[],
): Promise<readonly PersonDay[]> => {
  const all = [...new Set(days)];
  const own = all.flatMap((day) => pending.days.get(keyOf(actor, day))?.rows ?? []);
  const others = all.filter((day) => !pending.days.has(keyOf(actor, day)));
  const sent = others.length === 0 ? [] : await session.rows(DAYS_OF, [cellOf(actor), others]);
  return sortedBy(
    [...own, ...sent.map((row) => personDayOf(row['body']))],
    (row) => row.day,
    (row) => row.measure,
  );
};

type OtherReads = 'piecesOf' | 'personDaysOf' | 'daysOf' | 'teamsOf' | 'merges';

const otherReads = (underway: Underway): Pick<RowTransaction, OtherReads> => {
  const { session, inTurn } = underway;
  const after = (send: typeof sendRecords, sql: string, values: readonly string[]) =>
    inTurn(async () => {
      await send(underway);
      return session.rows(sql, values);
    });
  return {
    piecesOf: async (actor, day) => {
      const rows = await after(sendRecords, PIECES_ON_DAY, [cellOf(actor), day]);
      return sortedPieces(rows.flatMap((row) => piecesOn(day, row['pieces'])));
    },
    personDaysOf: (actor, days) => inTurn(() => personDaysOf(underway, actor, days)),
    daysOf: async (actor) => {
      const rows = await after(sendRecords, RECORD_QUERIES.days, [cellOf(actor)]);
      return rows.map((row) => localDate(textCell(row['day'])));
    },
    teamsOf: async (actor) => {
      const rows = await after(sendTeams, PERSON_QUERIES.teamsOf, [cellOf(actor)]);
      return rows.map((row) => teamOf(row['body']));
    },
    merges: () =>
      inTurn(async () => {
        await sendMerges(underway);
        return mergesIn(session);
      }),
  };
};

type Writes =
  'putRecord' | 'removeRecord' | 'putPersonDay' | 'putPersonWeek' | 'putTeam' | 'putMerge' | 'putFindings';

const writes = (underway: Underway): Pick<RowTransaction, Writes> => {
  const { pending, inTurn } = underway;
  return {
    putRecord: async (record, pieces, begins = true) => {
      // A piece that is not the record's own is found where it was put, and not when it is sent.
      piecesByDay(record, pieces);
      pending.records.put({ record, pieces, begins });
      if (pending.records.size > MOST_PENDING) await inTurn(() => sendRecords(underway));
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
  };
};

export const rowTransaction = (underway: Underway): Omit<RowTransaction, 'claim' | 'state' | 'save'> => ({
  ...recordReads(underway),
  ...otherReads(underway),
  ...writes(underway),
});
