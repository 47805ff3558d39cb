/** Accuracy as a table and as CSV: both definitions side by side. */
import type { AccuracyLine, AccuracyReport } from '../../../projections/index.ts';
import { csv } from './csv.ts';
import { hoursMinutesSeconds } from './duration.ts';
import type { Look } from './paint.ts';
import { drawTable, row, rule, totals } from './table.ts';

type Fraction = AccuracyLine['overlap'];

/**
 * `90.0 %`. It never reads 100.0 where something is wrong, and is below nothing where more is wrong than is true.
 * Of no truth there is no accuracy: `–`.
 */
export const accuracyPercent = ({ numeratorMs, denominatorMs }: Fraction): string => {
  if (denominatorMs === 0) return '–';
  const text = ((numeratorMs / denominatorMs) * 100).toFixed(1);
  if (text === '100.0' && numeratorMs !== denominatorMs) return '>99.9 %';
  return `${text === '-0.0' ? '0.0' : text} %`;
};

const cellsOf = (
  name: string,
  { trueMs, recordedMs, duration, overlap }: AccuracyLine,
): readonly string[] => [
  name,
  ...[trueMs, recordedMs, duration.missedMs, duration.overMs].map(hoursMinutesSeconds),
  accuracyPercent(duration),
  accuracyPercent(overlap),
];

const TITLES = ['True', 'Recorded', 'Missed', 'Over', 'Duration', 'Overlap'];

export const accuracyTable = ({ people, all }: AccuracyReport, { color, width }: Look): string =>
  drawTable(
    {
      columns: [
        { title: 'Agent', flexible: true },
        ...TITLES.map((title) => ({ title, align: 'right' as const })),
      ],
      rows: [
        ...people.map((line) => row(...cellsOf(line.actor, line))),
        rule,
        totals(...cellsOf('All', all)),
      ],
    },
    { color, width },
  ).join('\n');

/** Whole milliseconds; each fraction by its two sides. */
export const accuracyCsv = ({ people, all }: AccuracyReport): string =>
  csv(
    [
      'agent',
      'true_ms',
      'recorded_ms',
      'missed_ms',
      'over_ms',
      'right_ms',
      'duration_percent',
      'both_ms',
      'either_ms',
      'overlap_percent',
    ],
    [...people.map((line) => [line.actor, line] as const), ['(all)', all] as const].map(([name, line]) => [
      name,
      line.trueMs,
      line.recordedMs,
      line.duration.missedMs,
      line.duration.overMs,
      line.duration.numeratorMs,
      accuracyPercent(line.duration).replace(' %', ''),
      line.overlap.numeratorMs,
      line.overlap.denominatorMs,
      accuracyPercent(line.overlap).replace(' %', ''),
    ]),
  );
