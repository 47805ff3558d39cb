/** compare: two sets of rows side by side, and what differs. */
import type { Finding } from '../schemas/audit.ts';
import { type InstantMs, type SubjectId, localDate } from '../schemas/brand.ts';
import type { PersonDay, PersonWeek } from '../schemas/report.ts';
import type { Piece, TimeRecord } from '../schemas/record.ts';
import { compareText } from '../schemas/text-order.ts';
import type { PersonTeam, RowReader } from './ports.ts';
import { sideBySide } from './side-by-side.ts';

export type Difference<Row> =
  | { readonly status: 'appeared'; readonly key: string; readonly after: Row }
  | { readonly status: 'vanished'; readonly key: string; readonly before: Row }
  | { readonly status: 'changed'; readonly key: string; readonly before: Row; readonly after: Row };

const rowsDiffer = (a: object, b: object): boolean => JSON.stringify(a) !== JSON.stringify(b);

async function* differences<Row extends object>(
  before: AsyncIterable<readonly Row[]>,
  after: AsyncIterable<readonly Row[]>,
  keyOf: (row: Row) => string,
): AsyncIterable<Difference<Row>> {
  for await (const pair of sideBySide(before, after, { left: keyOf, right: keyOf }))
    if (pair.on === 'left') yield { status: 'vanished', key: keyOf(pair.left), before: pair.left };
    else if (pair.on === 'right') yield { status: 'appeared', key: keyOf(pair.right), after: pair.right };
    else if (rowsDiffer(pair.left, pair.right))
      yield { status: 'changed', key: keyOf(pair.left), before: pair.left, after: pair.right };
}

async function* onePage<Row>(rows: Promise<readonly Row[]>): AsyncIterable<readonly Row[]> {
  yield await rows;
}

export const compareRecords = (before: RowReader, after: RowReader): AsyncIterable<Difference<TimeRecord>> =>
  differences(before.allRecords(), after.allRecords(), ({ id }) => id);

export const comparePersonDays = (
  before: RowReader,
  after: RowReader,
): AsyncIterable<Difference<PersonDay>> =>
  differences(before.allPersonDays(), after.allPersonDays(), ({ day, actor, measure }) =>
    [day, actor, measure].join('\u0000'),
  );

export const comparePersonWeeks = (
  before: RowReader,
  after: RowReader,
): AsyncIterable<Difference<PersonWeek>> =>
  differences(onePage(before.personWeeks()), onePage(after.personWeeks()), ({ week, actor, measure }) =>
    [week, actor, measure].join('\u0000'),
  );

/** An instant as text of one width, so that text order is order of time. */
const sortable = (atMs: InstantMs): string => String(atMs + 8_640_000_000_000_000).padStart(17, '0');

async function* mergesOf(rows: RowReader): AsyncIterable<readonly (readonly [SubjectId, SubjectId])[]> {
  yield [...(await rows.merges())].sort(([a], [b]) => compareText(a, b));
}

const compareMerges = (
  before: RowReader,
  after: RowReader,
): AsyncIterable<Difference<readonly [SubjectId, SubjectId]>> =>
  differences(mergesOf(before), mergesOf(after), ([subject]) => subject);

const compareTeams = (before: RowReader, after: RowReader): AsyncIterable<Difference<PersonTeam>> =>
  differences(onePage(before.teams()), onePage(after.teams()), ({ actor, fromMs }) =>
    [actor, sortable(fromMs)].join('\u0000'),
  );

/** What a finding has not comes first, as an empty text. Two rules may find the same: their keys are the same too. */
const compareFindings = (before: RowReader, after: RowReader): AsyncIterable<Difference<Finding>> =>
  differences(
    onePage(before.findings()),
    onePage(after.findings()),
    ({ atMs, subject = '', code, record = '', event = '' }) =>
      [sortable(atMs), subject, code, record, event].join('\u0000'),
  );

async function* everyPiece(rows: RowReader, measures: readonly string[]): AsyncIterable<readonly Piece[]> {
  for (const measure of measures)
    yield* rows.pieces(measure, localDate('0000-01-01'), localDate('9999-12-31'));
}

/** The pieces of every measure that either side has a week of. */
async function* comparePieces(before: RowReader, after: RowReader): AsyncIterable<Difference<Piece>> {
  const weeks = [...(await before.personWeeks()), ...(await after.personWeeks())];
  const measures = [...new Set(weeks.map(({ measure }) => measure))].sort(compareText);
  yield* differences(
    everyPiece(before, measures),
    everyPiece(after, measures),
    ({ measure, actor, day, fromMs, record, toMs }) =>
      [measure, actor, day, sortable(fromMs), record, sortable(toMs)].join('\u0000'),
  );
}

export type FirstDifference =
  { readonly table: string; readonly difference: Difference<unknown> } | undefined;

/** The first row that differs between two sets of rows, or undefined when they are identical. */
export const firstDifference = async (before: RowReader, after: RowReader): Promise<FirstDifference> => {
  const tables = [
    ['time record', compareRecords],
    ['person-day', comparePersonDays],
    ['person-week', comparePersonWeeks],
    ['piece', comparePieces],
    ['team membership', compareTeams],
    ['merge', compareMerges],
    ['finding', compareFindings],
  ] as const;
  for (const [table, compareTable] of tables)
    for await (const difference of compareTable(before, after)) return { table, difference };
  return undefined;
};
