/** The evidence of a record: every fact of its subject, and a tick mark beside those that bound a stretch of it. */
import { elapsed, type EventId } from '../../../schemas/brand.ts';
import type { StoredEvent } from '../../../schemas/event.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { shortId } from './citation.ts';
import { hoursMinutesSeconds } from './duration.ts';
import { clockOf, dayOf, type LocalTime } from './local-moment.ts';
import type { Look } from './paint.ts';
import { drawTable, heading, type Row, type Table, tableWidth } from './table.ts';

const DAY_MS = 86_400_000;

/** Being told within a minute is no lateness worth a word. */
const LATE_FROM_MS = 60_000;

const inOrder = (a: StoredEvent, b: StoredEvent): number =>
  a.event.occurredAt - b.event.occurredAt ||
  (a.event.sequence ?? 0) - (b.event.sequence ?? 0) ||
  a.position - b.position;

const citedBy = ({ spans, subtracted, tail }: TimeRecord): ReadonlySet<EventId> =>
  new Set(
    [
      ...[...spans, ...subtracted].flatMap(({ opened, closed }) => [opened, closed]),
      ...(tail ? [tail.opened] : []),
    ]
      .map(({ event }) => event)
      .filter((event) => event !== undefined),
  );

const actorOf = ({ event: { data } }: StoredEvent): string => ('actor' in data ? (data.actor ?? '') : '');

const lateness = ({ event: { occurredAt, recordedAt } }: StoredEvent): string => {
  const lateMs = elapsed(occurredAt, recordedAt);
  if (lateMs <= LATE_FROM_MS) return '';
  const days = Math.floor(lateMs / DAY_MS);
  return days > 1 ? `${days} days late` : `${hoursMinutesSeconds(lateMs)} late`;
};

interface View {
  readonly record: TimeRecord;
  readonly events: readonly StoredEvent[];
  readonly localTime: LocalTime;
  readonly withPerson: boolean;
}

const eventRow = (stored: StoredEvent, cited: ReadonlySet<EventId>, { localTime, withPerson }: View): Row => {
  const { event } = stored;
  return {
    kind: 'row',
    cells: [
      cited.has(event.id) ? '✓' : '',
      clockOf(localTime(event.occurredAt)),
      event.type,
      event.source,
      ...(withPerson ? [actorOf(stored)] : []),
      lateness(stored),
      shortId(event.id),
      shortId(event.signalHash),
    ],
  };
};

const rowsOf = (view: View): readonly Row[] => {
  const sorted = view.events.toSorted(inOrder);
  const cited = citedBy(view.record);
  const days = sorted.map(({ event }) => dayOf(view.localTime(event.occurredAt)));
  const severalDays = new Set(days).size > 1;
  return sorted.flatMap((stored, index) => {
    const day = days[index] ?? '';
    const line = eventRow(stored, cited, view);
    return severalDays && day !== days[index - 1] ? [heading('', day), line] : [line];
  });
};

const tableOf = (view: View): Table => ({
  columns: [
    { title: '', style: 'green' },
    { title: 'Time' },
    { title: 'Fact' },
    { title: 'Source', flexible: true },
    ...(view.withPerson ? [{ title: 'Person', flexible: true }] : []),
    { title: 'Recorded', style: 'yellow' },
    { title: 'Event', style: 'dim' },
    { title: 'Signal', style: 'dim' },
  ],
  rows: rowsOf(view),
});

/** In order of time; the person is left out where there is no room. */
export const drawEvidence = (view: Omit<View, 'withPerson'>, look: Look): readonly string[] => {
  const full = tableOf({ ...view, withPerson: true });
  return drawTable(tableWidth(full) <= look.width ? full : tableOf({ ...view, withPerson: false }), look);
};
