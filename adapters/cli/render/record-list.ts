/** Time records as lists: one line each, as a table or as CSV. */
import { type InstantMs, durationMs } from '../../../schemas/brand.ts';
import { GRADES, type TimeRecord } from '../../../schemas/record.ts';
import { csv } from './csv.ts';
import { hoursMinutesSeconds } from './duration.ts';
import { codesOf, flagLines, isFlagged } from './flags.ts';
import type { Look } from './paint.ts';
import { drawTable, row } from './table.ts';

type LocalTime = (at: InstantMs) => string;

/** Ids are long and meant to be copied: the last column is never cut. */
const WHOLE = 400;

/** What is remarkable is shown where anything is: its codes in the line, their sentences below the table. */
export const recordsTable = (records: readonly TimeRecord[], at: LocalTime, { color }: Look): string => {
  const flagged = records.some(isFlagged);
  const table = drawTable(
    {
      columns: [
        { title: 'From' },
        { title: 'To' },
        { title: 'Agent' },
        { title: 'Kind' },
        { title: 'Status' },
        { title: 'Counted', align: 'right' },
        ...(flagged ? [{ title: 'Flags', style: 'yellow' as const }] : []),
        { title: 'Record' },
      ],
      rows: records.map((record) =>
        row(
          at(record.fromMs),
          at(record.toMs),
          record.actor,
          record.kind,
          record.status,
          hoursMinutesSeconds(record.countedMs),
          ...(flagged ? [codesOf([record]).join(', ')] : []),
          record.id,
        ),
      ),
    },
    { color, width: WHOLE },
  );
  return [...table, ...flagLines(records, { color })].join('\n');
};

export const timersTable = (
  records: readonly TimeRecord[],
  asOfMs: InstantMs,
  at: LocalTime,
  { color }: Look,
): string =>
  drawTable(
    {
      columns: [
        { title: 'State' },
        { title: 'Agent' },
        { title: 'Kind' },
        { title: 'Since' },
        { title: 'For', align: 'right' },
        { title: 'Record' },
      ],
      rows: records.flatMap(({ id, actor, kind, tail }) =>
        tail
          ? [
              row(
                tail.state,
                actor,
                kind,
                at(tail.fromMs),
                hoursMinutesSeconds(durationMs(asOfMs - tail.fromMs)),
                id,
              ),
            ]
          : [],
      ),
    },
    { color, width: WHOLE },
  ).join('\n');

const HEADER = [
  'id',
  'subject',
  'agent',
  'kind',
  'rule',
  'measure',
  'status',
  'method',
  'from',
  'to',
  'counted_s',
  'rounded_s',
  ...GRADES.map((grade) => `${grade}_s`),
  'flags',
] as const;

/** Times are local in the report's zone; figures are exact seconds. */
export const recordsCsv = (records: readonly TimeRecord[], at: LocalTime): string =>
  csv(
    HEADER,
    records.map((record) => [
      record.id,
      record.subject,
      record.actor,
      record.kind,
      record.rule,
      record.measure,
      record.status,
      record.method,
      at(record.fromMs),
      at(record.toMs),
      record.countedMs / 1000,
      record.roundedMs / 1000,
      ...GRADES.map((grade) => record.gradesMs[grade] / 1000),
      codesOf([record]).join(' '),
    ]),
  );
