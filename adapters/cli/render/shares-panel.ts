/** The panels below the weekly table: what the time went into, and how it is known. */
import { type DurationMs, NO_TIME, total } from '../../../schemas/brand.ts';
import { type Grade, GRADES, type GradesMs } from '../../../schemas/record.ts';
import type { ReportLine } from '../../../schemas/report.ts';
import { inTable } from './duration.ts';
import { countCell } from './figures.ts';
import type { Look, Style } from './paint.ts';
import { bar, percent } from './share.ts';
import { drawTable, type Row } from './table.ts';

const WORDS: Readonly<Record<Grade, string>> = {
  observed: 'between two signals',
  inferred: 'an end that no clock told',
  declared: 'a person said so',
  assumed: 'shared out, or a default',
  unknown: 'named, not filled',
};
const COLORS: Readonly<Record<Grade, Style>> = {
  observed: 'green',
  inferred: 'yellow',
  declared: 'cyan',
  assumed: 'yellow',
  unknown: 'red',
};
const ALWAYS_SHOWN = new Set<Grade>(['observed', 'inferred', 'declared']);

/** The bar takes what a wide terminal offers, and little of a narrow one. */
const barColumns = (width: number): number => Math.max(10, Math.min(40, width - 61));

const shareRow = (
  name: string,
  [partMs, wholeMs]: readonly [DurationMs, DurationMs],
  last: string,
  color: Style,
  columns: number,
): Row => ({
  kind: 'row',
  cells: [
    name,
    bar(partMs, wholeMs, columns).padEnd(columns),
    percent(partMs, wholeMs),
    inTable(partMs),
    last,
  ],
  styles: ['plain', color, 'plain', 'plain', 'dim'],
});

/** Totals by kind of work, the greatest first. */
export const kindsPanel = (lines: readonly ReportLine[], look: Look): readonly string[] => {
  const wholeMs = total(lines.map(({ tally }) => tally.sumMs));
  const sorted = lines.toSorted((a, b) => b.tally.sumMs - a.tally.sumMs);
  const columns = barColumns(look.width);
  return drawTable(
    {
      columns: [
        { title: 'By kind of work', flexible: true },
        { title: '' },
        { title: 'Share', align: 'right' },
        { title: 'Sum', align: 'right' },
        { title: 'Records', align: 'right' },
      ],
      rows: sorted.map(({ by, tally }) => {
        const name = by['kind'] ?? Object.values(by).join(' ');
        return shareRow(`  ${name}`, [tally.sumMs, wholeMs], countCell(tally.records), 'cyan', columns);
      }),
    },
    look,
  );
};

/** The share of time by evidence grade, the strongest first, in words. */
export const gradesPanel = (gradesMs: GradesMs, sumMs: DurationMs, look: Look): readonly string[] => {
  const columns = barColumns(look.width);
  const shown = GRADES.filter((grade) => ALWAYS_SHOWN.has(grade) || gradesMs[grade] !== NO_TIME);
  return drawTable(
    {
      columns: [
        { title: 'How it is known' },
        { title: '' },
        { title: 'Share', align: 'right' },
        { title: 'Sum', align: 'right' },
        { title: 'Evidence', flexible: true },
      ],
      rows: shown.map((grade) =>
        shareRow(`  ${grade}`, [gradesMs[grade], sumMs], WORDS[grade], COLORS[grade], columns),
      ),
    },
    look,
  );
};
