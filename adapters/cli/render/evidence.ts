/** The evidence of a record: fact by fact, what it says, and a tick mark where it bounds or decides a stretch. */
import { replacements } from '../../../engine/index.ts';
import { elapsed, type EventId } from '../../../schemas/brand.ts';
import type { StoredEvent } from '../../../schemas/event.ts';
import { shortId } from './citation.ts';
import { hoursMinutesSeconds } from './duration.ts';
import { clockOf, dayOf, type LocalTime } from './local-moment.ts';
import type { Look } from './paint.ts';
import { saidOf } from './said.ts';
import { drawTable, heading, type Row, type Table, tableWidth } from './table.ts';

const DAY_MS = 86_400_000;

/** Being told within a minute is no lateness worth a word. */
const LATE_FROM_MS = 60_000;

const inOrder = (a: StoredEvent, b: StoredEvent): number =>
  a.event.occurredAt - b.event.occurredAt ||
  (a.event.sequence ?? 0) - (b.event.sequence ?? 0) ||
  a.position - b.position;

const actorOf = ({ event: { data } }: StoredEvent): string => ('actor' in data ? (data.actor ?? '') : '');

const lateness = ({ event: { occurredAt, recordedAt } }: StoredEvent): string => {
  const lateMs = elapsed(occurredAt, recordedAt);
  if (lateMs <= LATE_FROM_MS) return '';
  const days = Math.floor(lateMs / DAY_MS);
  return days > 1 ? `${days} days late` : `${hoursMinutesSeconds(lateMs)} late`;
};

interface View {
  readonly events: readonly StoredEvent[];
  readonly decisive: ReadonlySet<EventId>;
  /** What does not count any more, and which word does. */
  readonly replaced: ReadonlyMap<EventId, EventId>;
  readonly localTime: LocalTime;
  readonly withPerson: boolean;
  /** Facts of several subjects. */
  readonly withSubject: boolean;
  /** Facts that say more than their type and person. */
  readonly withWords: boolean;
}

const wordsOf = (
  { event }: StoredEvent,
  { replaced, localTime }: Pick<View, 'replaced' | 'localTime'>,
): string => saidOf(event, localTime, replaced.get(event.id));

const eventRow = (stored: StoredEvent, view: View): Row => {
  const { decisive, localTime, withPerson, withSubject, withWords } = view;
  const { event } = stored;
  return {
    kind: 'row',
    cells: [
      decisive.has(event.id) ? '✓' : '',
      clockOf(localTime(event.occurredAt)),
      event.type,
      event.source,
      ...(withSubject ? [event.subject] : []),
      ...(withPerson ? [actorOf(stored)] : []),
      ...(withWords ? [wordsOf(stored, view)] : []),
      lateness(stored),
      shortId(event.id),
      shortId(event.signalHash),
    ],
  };
};

const rowsOf = (view: View): readonly Row[] => {
  const sorted = view.events.toSorted(inOrder);
  const days = sorted.map(({ event }) => dayOf(view.localTime(event.occurredAt)));
  const severalDays = new Set(days).size > 1;
  return sorted.flatMap((stored, index) => {
    const day = days[index] ?? '';
    const line = eventRow(stored, view);
    return severalDays && day !== days[index - 1] ? [heading('', day), line] : [line];
  });
};

const tableOf = (view: View): Table => ({
  columns: [
    { title: '', style: 'green' },
    { title: 'Time' },
    { title: 'Fact' },
    { title: 'Source', flexible: true },
    ...(view.withSubject ? [{ title: 'Subject', flexible: true }] : []),
    ...(view.withPerson ? [{ title: 'Person', flexible: true }] : []),
    ...(view.withWords ? [{ title: 'Says', flexible: true, wraps: true }] : []),
    { title: 'Recorded', style: 'yellow' },
    { title: 'Event', style: 'dim' },
    { title: 'Signal', style: 'dim' },
  ],
  rows: rowsOf(view),
});

/** In order of time; the person is left out where there is no room. */
export const drawEvidence = (
  given: Pick<View, 'events' | 'decisive' | 'localTime'>,
  look: Look,
): readonly string[] => {
  const { events } = given;
  const view = { ...given, replaced: replacements(events.map(({ event }) => event)) };
  const withSubject = new Set(events.map(({ event }) => event.subject)).size > 1;
  const withWords = events.some((stored) => wordsOf(stored, view) !== '');
  const full = tableOf({ ...view, withPerson: true, withSubject, withWords });
  return drawTable(
    tableWidth(full) <= look.width ? full : tableOf({ ...view, withPerson: false, withSubject, withWords }),
    look,
  );
};
