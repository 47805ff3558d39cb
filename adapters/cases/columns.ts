/** The columns of an expectation: what of a record, of a sum or of a finding can be asked for, as text. */
import type { Finding } from '../../schemas/audit.ts';
import { type DurationMs, NO_TIME, type RecordId } from '../../schemas/brand.ts';
import { GRADES, type GradesMs, METHODS, type Subtraction, type TimeRecord } from '../../schemas/record.ts';
import type { Tally } from '../../schemas/report.ts';
import { InputError } from '../input-error.ts';
import type { TableRow } from './table.ts';
import { clockText, localText } from './time.ts';

const gradesText = (gradesMs: GradesMs): string =>
  GRADES.filter((grade) => gradesMs[grade] > 0)
    .map((grade) => `${grade} ${clockText(gradesMs[grade])}`)
    .join(', ');

/** `paused 0:10:00`, or with the rule's own code `paused customer 0:10:00`. */
const subtractionText = ({ reason, code, fromMs, toMs }: Subtraction): string =>
  `${reason} ${code === undefined ? '' : `${code} `}${clockText(toMs - fromMs)}`;

/** What of a record is only known beside the others. */
export interface RecordSurroundings {
  readonly zone: string;
  /** What is left of each record under its measure's overlap policy. */
  readonly sharesMs: ReadonlyMap<RecordId, DurationMs>;
}

type RecordColumn = (record: TimeRecord, around: RecordSurroundings) => string;

const RECORD: Readonly<Record<string, RecordColumn>> = {
  who: ({ actor }) => actor,
  subject: ({ subject }) => subject,
  rule: ({ rule }) => rule,
  kind: ({ kind }) => kind,
  measure: ({ measure }) => measure,
  cycle: ({ cycle }) => String(cycle),
  status: ({ status }) => status,
  method: ({ method }) => method,
  from: ({ fromMs }, { zone }) => localText(fromMs, zone),
  to: ({ toMs }, { zone }) => localText(toMs, zone),
  counted: ({ countedMs }) => clockText(countedMs),
  rounded: ({ roundedMs }) => clockText(roundedMs),
  attributed: ({ id }, { sharesMs }) => clockText(sharesMs.get(id) ?? NO_TIME),
  spans: ({ spans }) => String(spans.length),
  facts: ({ facts }) => String(facts),
  subtracted: ({ subtracted }) => subtracted.map(subtractionText).join(', '),
  grades: ({ gradesMs }) => gradesText(gradesMs),
  because: ({ spans }) =>
    spans.map(({ opened, closed }) => `${opened.clause} -> ${closed.clause}`).join(', '),
  'runs since': ({ tail }, { zone }) => (tail ? localText(tail.fromMs, zone) : ''),
  flags: ({ flags = [] }) => flags.join(', '),
  allocated: ({ allocation = [] }) =>
    allocation.map(({ target, ms }) => `${target} ${clockText(ms)}`).join(', '),
};

const TALLY: Readonly<Record<string, (sum: Tally) => string>> = {
  sum: ({ sumMs }) => clockText(sumMs),
  union: ({ unionMs }) => clockText(unionMs),
  records: ({ records }) => String(records),
  overlapping: ({ overlapping }) => String(overlapping),
  rounded: ({ roundedMs }) => clockText(roundedMs),
  grades: ({ gradesMs }) => gradesText(gradesMs),
  attributed: ({ attributedMs }) => clockText(attributedMs),
  ...Object.fromEntries(
    METHODS.map((method) => [method, ({ methodsMs }: Tally) => clockText(methodsMs[method])]),
  ),
};

const FINDING: Readonly<Record<string, (finding: Finding, zone: string) => string>> = {
  code: ({ code }) => code,
  who: ({ actor }) => actor,
  at: ({ atMs }, zone) => localText(atMs, zone),
  subject: ({ subject = '' }) => subject,
  record: ({ record = '' }) => record,
  detail: ({ detail }) => detail,
};

export const TABLES = ['then', 'days', 'weeks', 'findings'] as const;
export type TableName = (typeof TABLES)[number];

/** What the header of each expectation may name. */
export const COLUMNS: Readonly<Record<TableName, readonly string[]>> = {
  then: Object.keys(RECORD),
  days: ['who', 'measure', 'day', 'week', ...Object.keys(TALLY)],
  weeks: ['who', 'measure', 'week', ...Object.keys(TALLY)],
  findings: Object.keys(FINDING),
};

export const checkColumns = (table: TableName, header: readonly string[]): void => {
  const unknown = header.filter((name) => !COLUMNS[table].includes(name));
  if (unknown.length > 0)
    throw new InputError(
      `nothing in ${table} is called ${unknown.map((name) => `"${name}"`).join(', ')}; it has ${COLUMNS[table].join(', ')}`,
    );
};

/** Only the columns that are asked for: a record that no expectation looks at costs nothing. */
export const recordRow = (
  record: TimeRecord,
  around: RecordSurroundings,
  header: readonly string[],
): TableRow => Object.fromEntries(header.map((name) => [name, RECORD[name]?.(record, around) ?? '']));

export const tallyRow = (sum: Tally): TableRow =>
  Object.fromEntries(Object.entries(TALLY).map(([name, read]) => [name, read(sum)]));

export const findingRow = (finding: Finding, zone: string): TableRow =>
  Object.fromEntries(Object.entries(FINDING).map(([name, read]) => [name, read(finding, zone)]));
