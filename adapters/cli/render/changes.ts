/** What a rule change does, as two tables: the person-weeks and the records that differ, with totals. */
import { type DurationMs, durationMs, minus } from '../../../schemas/brand.ts';
import { hoursMinutesSeconds } from './duration.ts';
import { grouped } from './figures.ts';
import type { Look } from './paint.ts';
import { drawTable, row, totals } from './table.ts';

export type ChangeStatus = 'appeared' | 'vanished' | 'changed';

interface Change {
  readonly status: ChangeStatus;
  readonly beforeMs: DurationMs;
  readonly afterMs: DurationMs;
}

export interface Changes {
  readonly live: string;
  readonly candidate: string;
  readonly weeks: readonly (Change & {
    readonly week: string;
    readonly actor: string;
    readonly measure: string;
    /** The same figures after the rules' rounding. */
    readonly roundedBeforeMs: DurationMs;
    readonly roundedAfterMs: DurationMs;
  })[];
  /** The first of them; all are counted in `recordCounts`. */
  readonly records: readonly (Change & {
    readonly id: string;
    readonly actor: string;
    readonly rule: string;
  })[];
  readonly recordCounts: Readonly<Record<ChangeStatus, number>>;
  readonly recordDeltaMs: DurationMs;
}

export const signed = (ms: DurationMs): string =>
  ms < 0 ? `-${hoursMinutesSeconds(durationMs(-ms))}` : ms > 0 ? `+${hoursMinutesSeconds(ms)}` : '0:00:00';

const RIGHT = 'right' as const;

const figures = ({ beforeMs, afterMs }: Change): readonly [string, string, string] => [
  hoursMinutesSeconds(beforeMs),
  hoursMinutesSeconds(afterMs),
  signed(minus(afterMs, beforeMs)),
];

const sumOf = (changes: readonly Change[]): Change => ({
  status: 'changed',
  beforeMs: durationMs(changes.reduce((sum, { beforeMs }) => sum + beforeMs, 0)),
  afterMs: durationMs(changes.reduce((sum, { afterMs }) => sum + afterMs, 0)),
});

/** The rounded figures, as a change of their own. */
const roundedOf = ({ status, roundedBeforeMs, roundedAfterMs }: Changes['weeks'][number]): Change => ({
  status,
  beforeMs: roundedBeforeMs,
  afterMs: roundedAfterMs,
});

const weeksTable = ({ weeks }: Changes, look: Look): readonly string[] =>
  drawTable(
    {
      columns: [
        { title: 'Week' },
        { title: 'Person' },
        { title: 'Measure' },
        { title: 'Live', align: RIGHT },
        { title: 'What if', align: RIGHT },
        { title: 'Change', align: RIGHT },
        { title: 'Rounded live', align: RIGHT },
        { title: 'What if', align: RIGHT },
        { title: 'Change', align: RIGHT },
      ],
      rows: [
        ...weeks.map((change) =>
          row(change.week, change.actor, change.measure, ...figures(change), ...figures(roundedOf(change))),
        ),
        totals('Total', '', '', ...figures(sumOf(weeks)), ...figures(sumOf(weeks.map(roundedOf)))),
      ],
    },
    look,
  );

const recordsTable = (changes: Changes, { color }: Look): readonly string[] =>
  drawTable(
    {
      columns: [
        { title: 'Record' },
        { title: 'Status' },
        { title: 'Live', align: RIGHT },
        { title: 'What if', align: RIGHT },
        { title: 'Change', align: RIGHT },
      ],
      rows: changes.records.map((change) => row(change.id, change.status, ...figures(change))),
    },
    { color, width: 400 },
  );

export const renderChanges = (changes: Changes, look: Look): string => {
  const { live, candidate, recordCounts, recordDeltaMs } = changes;
  const count = recordCounts.appeared + recordCounts.vanished + recordCounts.changed;
  const title = `What if ${candidate} ruled in place of ${live}?`;
  if (count === 0 && changes.weeks.length === 0) return `${title}\nNothing would change.`;
  const shown = changes.records.length;
  return [
    title,
    '',
    `Person-weeks that differ: ${grouped(changes.weeks.length)}`,
    ...(changes.weeks.length === 0 ? [] : weeksTable(changes, look)),
    '',
    `Records that differ: ${grouped(count)} (${grouped(recordCounts.changed)} changed, ${grouped(recordCounts.appeared)} appeared, ${grouped(recordCounts.vanished)} vanished); counted time ${signed(recordDeltaMs)}`,
    ...(shown === 0 ? [] : recordsTable(changes, look)),
    ...(shown < count ? [`... and ${grouped(count - shown)} more; see them with --limit`] : []),
  ].join('\n');
};
