/** The audit on a terminal and as CSV: findings one a line, and a sentence that counts them. */
import type { Audit } from '../../../projections/index.ts';
import { FINDINGS, FINDING_CODES, type Finding } from '../../../schemas/audit.ts';
import type { InstantMs } from '../../../schemas/brand.ts';
import { csv } from './csv.ts';
import { counted, grouped } from './figures.ts';
import type { Look } from './paint.ts';
import { drawTable, row } from './table.ts';

type LocalTime = (at: InstantMs) => string;

/** Ids are meant to be copied and sentences to be read: neither is cut. */
const WHOLE = 1_000;

const aboutOf = ({ record, subject }: Finding): string => record ?? subject ?? '';

export const findingsTable = (findings: readonly Finding[], at: LocalTime, { color }: Look): string =>
  drawTable(
    {
      columns: [
        { title: 'When' },
        { title: 'Who' },
        { title: 'Code', style: 'yellow' },
        { title: 'About' },
        { title: 'Figures' },
      ],
      rows: findings.map((one) => row(at(one.atMs), one.actor, one.code, aboutOf(one), one.detail)),
    },
    { color, width: WHOLE },
  ).join('\n');

/** Times are local in the rule set's zone. */
export const findingsCsv = (findings: readonly Finding[], at: LocalTime): string =>
  csv(
    ['when', 'agent', 'code', 'subject', 'record', 'event', 'detail'],
    findings.map(({ atMs, actor, code, subject = '', record = '', event = '', detail }) => [
      at(atMs),
      actor,
      code,
      subject,
      record,
      event,
      detail,
    ]),
  );

const weeksText = (weeks: readonly string[]): string => {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return 'No week';
  return first === last ? first : `${first} to ${last}`;
};

/** `2026-W10: 412 records, 9 findings: 3 span-too-long, 4 overlap, 2 orphan-end`, codes in the order of the catalogue. */
export const summaryOf = ({ findings, records }: Audit, weeks: readonly string[]): string => {
  const codes = FINDING_CODES.flatMap((code) => {
    const count = findings.filter((one) => one.code === code).length;
    return count === 0 ? [] : [`${grouped(count)} ${code}`];
  });
  const list = codes.length === 0 ? '' : `: ${codes.join(', ')}`;
  return `${weeksText(weeks)}: ${counted(records, 'record')}, ${counted(findings.length, 'finding')}${list}`;
};

export const codesTable = ({ color, width }: Look): string =>
  drawTable(
    {
      columns: [{ title: 'Code', style: 'yellow' }, { title: 'A finding says that' }],
      rows: FINDING_CODES.map((code) => row(code, FINDINGS[code])),
    },
    { color, width },
  ).join('\n');
