/** The time line of a record: one line for each stretch, counted or subtracted, and one for the end that has not come. */
import { elapsed, type InstantMs } from '../../../schemas/brand.ts';
import type { Because, TimeRecord } from '../../../schemas/record.ts';
import { type Citation, CITATIONS, cite, type EventIndex } from './citation.ts';
import type { CalendarsAt } from './calendars.ts';
import { hoursMinutesSeconds } from './duration.ts';
import { clockAfter, clockOf, dayOf, type LocalTime } from './local-moment.ts';
import type { Look } from './paint.ts';
import { nameOf } from './subtraction.ts';
import { drawTable, heading, row, type Row, type Table, tableWidth } from './table.ts';

interface Stretch {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
  readonly what: string;
  readonly grade: string;
  readonly opened: Because;
  readonly closed: Because;
}

/** Spans and subtractions in order of time. */
const stretchesOf = ({ spans, subtracted }: TimeRecord): readonly Stretch[] =>
  [
    ...spans.map((span): Stretch => ({ ...span, what: '+ counted' })),
    ...subtracted.map((gap): Stretch => ({ ...gap, what: `- ${nameOf(gap)}`, grade: '' })),
  ].toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);

interface View {
  readonly record: TimeRecord;
  readonly index: EventIndex;
  readonly calendarsAt: CalendarsAt;
  readonly localTime: LocalTime;
  readonly citation: Citation;
  readonly withDays: boolean;
}

const stretchRow = (stretch: Stretch, { index, localTime, citation, calendarsAt }: View): Row => {
  const from = localTime(stretch.fromMs);
  const citeAt = (because: Because, at: InstantMs): string =>
    cite(because, index, citation, calendarsAt(because, at));
  return {
    kind: 'row',
    cells: [
      clockOf(from),
      clockAfter(from, localTime(stretch.toMs)),
      hoursMinutesSeconds(elapsed(stretch.fromMs, stretch.toMs)),
      stretch.what,
      stretch.grade,
      citeAt(stretch.opened, stretch.fromMs),
      citeAt(stretch.closed, stretch.toMs),
    ],
    styles: stretch.grade === '' ? ['dim', 'dim', 'dim', 'dim', 'dim', 'dim', 'dim'] : [],
  };
};

/** On a closed record the tail remains as the place where a signal is missing: one that still comes replaces the rule's end. */
const tailRow = (view: View): Row | undefined => {
  const { record, index, localTime, citation, calendarsAt } = view;
  const { status, tail } = record;
  if (tail === undefined) return undefined;
  const from = localTime(tail.fromMs);
  const cap = tail.closesAtMs === undefined ? '' : ` (cap ${clockAfter(from, localTime(tail.closesAtMs))})`;
  const at = tail.closed && cite(tail.closed, index, citation, calendarsAt(tail.closed, tail.fromMs));
  const [what, closed] = status === 'closed' ? ['no end', 'never signalled'] : [tail.state, 'not yet'];
  const end = at === undefined ? closed + cap : `${at} at once`;
  return row(clockOf(from), '…', '', what, '', cite(tail.opened, index, citation), end);
};

const rowsOf = (view: View): readonly Row[] => {
  const tail = tailRow(view);
  const lines = [
    ...stretchesOf(view.record).map((stretch) => ({ atMs: stretch.fromMs, line: stretchRow(stretch, view) })),
    ...(tail === undefined ? [] : [{ atMs: view.record.tail?.fromMs ?? view.record.toMs, line: tail }]),
  ];
  if (!view.withDays) return lines.map(({ line }) => line);
  const days = lines.map(({ atMs }) => dayOf(view.localTime(atMs)));
  return lines.flatMap(({ line }, index) => {
    const day = days[index] ?? '';
    return day === days[index - 1] ? [line] : [heading(day), line];
  });
};

const tableOf = (view: View): Table => ({
  columns: [
    { title: 'From' },
    { title: 'To' },
    { title: 'Length', align: 'right' },
    { title: 'What' },
    { title: 'Grade' },
    { title: 'Opened by', flexible: true, wraps: true },
    { title: 'Closed by', flexible: true, wraps: true },
  ],
  rows: rowsOf(view),
});

/** Types and sources are named where there is room; the list of the evidence names them in any case. */
export const drawTimeLine = (view: Omit<View, 'citation'>, look: Look): readonly string[] => {
  const tables = CITATIONS.map((citation) => tableOf({ ...view, citation }));
  const fitting = tables.find((table) => tableWidth(table) <= look.width) ?? tables.at(-1);
  return fitting === undefined ? [] : drawTable(fitting, look);
};
