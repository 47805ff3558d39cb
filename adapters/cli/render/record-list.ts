/** Time records as lists: one line each, as a table or as CSV. */
import { type InstantMs, durationMs } from '../../../schemas/brand.ts';
import { GRADES, type TimeRecord } from '../../../schemas/record.ts';
import { csv } from './csv.ts';
import { hoursMinutesSeconds } from './duration.ts';
import type { Look } from './paint.ts';
import { drawTable, row } from './table.ts';

type LocalTime = (at: InstantMs) => string;

/** Ids are long and meant to be copied: the last column is never cut. */
const WHOLE = 400;

export const recordsTable = (records: readonly TimeRecord[], at: LocalTime, { color }: Look): string =>
  drawTable(
    {
      columns: [
        { title: 'From' },
        { title: 'To' },
        { title: 'Agent' },
        { title: 'Kind' },
        { title: 'Status' },
        { title: 'Counted', align: 'right' },
        { title: 'Record' },
      ],
      rows: records.map(({ id, actor, kind, status, fromMs, toMs, countedMs }) =>
        row(at(fromMs), at(toMs), actor, kind, status, hoursMinutesSeconds(countedMs), id),
      ),
    },
    { color, width: WHOLE },
  ).join('\n');

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
    ]),
  );
