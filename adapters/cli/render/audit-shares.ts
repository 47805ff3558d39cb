/** What the audit shows of everybody, remarkable or not: how their time is known, and what rounding does to it. */
import { type DurationMs, NO_TIME, minus, plus } from '../../../schemas/brand.ts';
import { GRADES } from '../../../schemas/record.ts';
import type { Report, Tally } from '../../../schemas/report.ts';
import { csv } from './csv.ts';
import { hoursMinutesSeconds } from './duration.ts';
import type { Look } from './paint.ts';
import { percent } from './share.ts';
import { type Row, drawTable, row, rule, totals } from './table.ts';

type Part = Pick<Tally, 'sumMs' | 'roundedMs' | 'gradesMs'>;

interface Person {
  readonly agent: string;
  readonly tally: Part;
}

const peopleIn = ({ lines }: Report): readonly Person[] =>
  lines.map(({ by, tally }) => ({ agent: by['agent'] ?? '', tally }));

const GRADE_TITLES = GRADES.map((grade) => grade.charAt(0).toUpperCase() + grade.slice(1));

const coverageCells = ({ agent, tally }: Person): readonly string[] => [
  agent,
  hoursMinutesSeconds(tally.sumMs),
  ...GRADES.map((grade) => percent(tally.gradesMs[grade], tally.sumMs)),
];

/** The share of everybody's counted time by how it is known. */
export const coverageTable = (report: Report, { color, width }: Look): string =>
  drawTable(
    {
      columns: [
        { title: 'Agent', flexible: true },
        { title: 'Counted', align: 'right' },
        ...GRADE_TITLES.map((title) => ({ title, align: 'right' as const })),
      ],
      rows: [
        ...peopleIn(report).map((person) => row(...coverageCells(person))),
        rule,
        totals(...coverageCells({ agent: 'All', tally: report.total })),
      ],
    },
    { color, width },
  ).join('\n');

export const coverageCsv = (report: Report): string =>
  csv(
    ['agent', 'counted_ms', ...GRADES.map((grade) => `${grade}_ms`)],
    peopleIn(report).map(({ agent, tally }) => [
      agent,
      tally.sumMs,
      ...GRADES.map((grade) => tally.gradesMs[grade]),
    ]),
  );

const biasMs = ({ roundedMs, sumMs }: Part): DurationMs => minus(roundedMs, sumMs);

const signed = (ms: DurationMs): string => `${ms > 0 ? '+' : ''}${hoursMinutesSeconds(ms)}`;

/** Of no time there is no bias; what is not nothing never reads 0.0 %, and its sign stands beside it. */
const biasPercent = (part: Part): string => {
  if (part.sumMs === 0) return '–';
  const ratio = (biasMs(part) / part.sumMs) * 100;
  if (ratio !== 0 && Math.abs(ratio) < 0.05) return '<0.1 %';
  return `${ratio > 0 ? '+' : ''}${ratio.toFixed(1)} %`;
};

const biasRow = (kind: (...cells: readonly string[]) => Row, { agent, tally }: Person): Row =>
  kind(
    agent,
    hoursMinutesSeconds(tally.sumMs),
    hoursMinutesSeconds(tally.roundedMs),
    signed(biasMs(tally)),
    biasPercent(tally),
  );

const sumOf = (people: readonly Person[], key: 'sumMs' | 'roundedMs'): DurationMs =>
  people.reduce((sum, { tally }) => plus(sum, tally[key]), NO_TIME);

/** What rounding adds to everybody's time, or takes from it. */
export const biasTable = (report: Report, { color, width }: Look): string => {
  const people = peopleIn(report);
  const all = {
    ...report.total,
    sumMs: sumOf(people, 'sumMs'),
    roundedMs: sumOf(people, 'roundedMs'),
  };
  return drawTable(
    {
      columns: [
        { title: 'Agent', flexible: true },
        { title: 'Measured', align: 'right' },
        { title: 'Rounded', align: 'right' },
        { title: 'Bias', align: 'right' },
        { title: 'Of measured', align: 'right' },
      ],
      rows: [
        ...people.map((person) => biasRow(row, person)),
        rule,
        biasRow(totals, { agent: 'All', tally: all }),
      ],
    },
    { color, width },
  ).join('\n');
};

export const biasCsv = (report: Report): string =>
  csv(
    ['agent', 'measured_ms', 'rounded_ms', 'bias_ms'],
    peopleIn(report).map(({ agent, tally }) => [agent, tally.sumMs, tally.roundedMs, biasMs(tally)]),
  );
