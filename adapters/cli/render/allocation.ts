/** The allocation of a record: its rounded time over the targets, each with its share. */
import { type DurationMs, minus, NO_TIME, total } from '../../../schemas/brand.ts';
import type { Allocated } from '../../../schemas/record.ts';
import { hoursMinutesSeconds } from './duration.ts';
import { type Look, paint } from './paint.ts';
import { percent } from './share.ts';
import { drawTable, row, rule, totals } from './table.ts';

/** In the order declared; says so when the parts are not the whole. */
export const drawAllocation = (
  parts: readonly Allocated[],
  roundedMs: DurationMs,
  look: Look,
): readonly string[] => {
  const open = minus(roundedMs, total(parts.map(({ ms }) => ms)));
  const table = drawTable(
    {
      columns: [
        { title: 'Target', flexible: true },
        { title: 'Share', align: 'right' },
        { title: 'Time', align: 'right' },
      ],
      rows: [
        ...parts.map(({ target, ms }) => row(target, percent(ms, roundedMs), hoursMinutesSeconds(ms))),
        rule,
        totals('Rounded time', '', hoursMinutesSeconds(roundedMs)),
      ],
    },
    look,
  );
  const wrong = `DOES NOT ADD UP: ${hoursMinutesSeconds(open)} unaccounted for`;
  return open === NO_TIME ? table : [...table, paint(wrong, 'red', look.color)];
};
