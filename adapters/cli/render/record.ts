/** One record explained: what it says, the stretches it is made of, the sum that must come out, and the evidence. */
import type { NamedHours } from '../../../engine/index.ts';
import { type DurationMs, elapsed, type EventId, minus, plus, NO_TIME } from '../../../schemas/brand.ts';
import type { StoredEvent } from '../../../schemas/event.ts';
import { GRADES, type Method, type TimeRecord } from '../../../schemas/record.ts';
import type { AttributedTime } from '../attributed.ts';
import { drawAllocation } from './allocation.ts';
import { calendarsAt, calendarText } from './calendars.ts';
import { cite, indexOf } from './citation.ts';
import { exactSeconds, hoursMinutesSeconds } from './duration.ts';
import { drawEvidence } from './evidence.ts';
import { flagLines, isFlagged } from './flags.ts';
import { flow } from './flow.ts';
import { dayOf, type LocalTime } from './local-moment.ts';
import { type Look, paint } from './paint.ts';
import { addUp, meaningsOf } from './subtraction.ts';
import { printable, wrap } from './text-width.ts';
import { drawTimeLine } from './time-line.ts';

export interface RecordView extends Look {
  readonly record: TimeRecord;
  /** One that is cited and not among them is named by its id alone. */
  readonly events: readonly StoredEvent[];
  /** Those that bound a stretch of it, or are why it counts or does not. */
  readonly decisive: ReadonlySet<EventId>;
  /** The calendars that its rule went by, and those by which its shifts end. */
  readonly hours: readonly NamedHours[];
  readonly shifts: readonly NamedHours[];
  /** How much of it counts beside what else the person did; absent where its measure has no policy for that. */
  readonly attributed?: AttributedTime | undefined;
  readonly zone: string;
  readonly localTime: LocalTime;
}

interface Part {
  readonly name: string;
  readonly ms: DurationMs;
}

const grades = ({ gradesMs }: TimeRecord): readonly Part[] =>
  GRADES.map((grade): Part => ({ name: grade, ms: gradesMs[grade] })).filter(({ ms }) => ms !== NO_TIME);

const sumOf = (parts: readonly Part[]): DurationMs => parts.reduce((sum, { ms }) => plus(sum, ms), NO_TIME);

/** `elapsed 0:09:00 = counted 0:07:42 + paused 0:01:18 (540 s = 462 s + 78 s)`; says so when it does not come out. */
const equation = (whole: Part, parts: readonly Part[], color: boolean): string => {
  const shown = parts.length > 0 ? parts : [{ name: 'nothing', ms: NO_TIME }];
  const left = `${whole.name} ${hoursMinutesSeconds(whole.ms)}`;
  const right = shown.map(({ name, ms }) => `${name} ${hoursMinutesSeconds(ms)}`).join(' + ');
  const seconds = shown.map(({ ms }) => `${exactSeconds(ms)} s`).join(' + ');
  const open = minus(whole.ms, sumOf(parts));
  const line = `${left} = ${right}`;
  if (open !== NO_TIME)
    return paint(`${line} DOES NOT ADD UP: ${hoursMinutesSeconds(open)} unaccounted for`, 'red', color);
  return `${line}   ${paint(`(${exactSeconds(whole.ms)} s = ${seconds})`, 'dim', color)}`;
};

const arithmetic = ({ record, events, hours, shifts, width, color }: RecordView): readonly string[] => {
  const index = indexOf(events);
  const calendars = calendarsAt(hours, shifts);
  const meanings = meaningsOf(record.subtracted, (because, at) =>
    cite(because, index, 'source', calendars(because, at)),
  );
  const counted: Part = { name: 'counted', ms: record.countedMs };
  const whole: Part = { name: 'elapsed', ms: elapsed(record.fromMs, record.toMs) };
  return [
    equation(whole, [counted, ...addUp(record.subtracted)], color),
    equation(counted, grades(record), color),
    ...meanings
      .flatMap((meaning) => wrap(printable(meaning), width))
      .map((line) => paint(line, 'dim', color)),
  ];
};

const METHODS: Readonly<Record<Method, string>> = {
  auto: 'timed from signals',
  manual: 'timed, typed or planned by a person',
  preset: 'booked by its rule',
  adjustment: 'corrected afterwards',
};
const STATES: Readonly<Record<TimeRecord['status'], string>> = {
  closed: 'closed',
  running: 'still running',
  paused: 'still paused',
  retracted: 'retracted',
};

/** `attributed 0:10:50 of 0:20:00`, and by which policy. */
const attributedText = ({ ms, ofMs, policy, among }: AttributedTime): string => {
  const kinds = among.length === 0 ? '' : ` among ${among.join(', ')}`;
  return `attributed ${hoursMinutesSeconds(ms)} of ${hoursMinutesSeconds(ofMs)} · ${policy}${kinds}`;
};

const headingOf = (view: RecordView): readonly string[] => {
  const { record, zone, localTime, attributed, width, color } = view;
  const days = [...new Set([record.fromMs, record.toMs].map((at) => dayOf(localTime(at))))].join(' – ');
  const facts = [record.subject, `rule ${record.rule}`, `kind ${record.kind}`, `measure ${record.measure}`];
  const state = [`cycle ${record.cycle}`, STATES[record.status], METHODS[record.method], days, zone];
  const attributes = Object.entries(record.attributes).map(([name, value]) => `${name}: ${value}`);
  const [elapsedMs, countedMs] = [elapsed(record.fromMs, record.toMs), record.countedMs];
  const figures = [
    `counted ${hoursMinutesSeconds(countedMs)}`,
    `elapsed ${hoursMinutesSeconds(elapsedMs)}`,
    `subtracted ${hoursMinutesSeconds(minus(elapsedMs, countedMs))}`,
    ...(record.roundedMs === countedMs ? [] : [`rounded ${hoursMinutesSeconds(record.roundedMs)}`]),
  ];
  const set = (texts: readonly string[]): readonly string[] => flow(texts.map(printable), width);
  return [
    paint(printable(record.id), 'bold', color),
    ...set([record.actor, ...facts]),
    ...set(state),
    ...set(attributes),
    ...calendarText(view.hours, localTime).flatMap((text) => wrap(printable(text), width)),
    ...set(figures).map((line) => paint(line, 'bold', color)),
    ...(attributed ? [paint(printable(attributedText(attributed)), 'bold', color)] : []),
  ];
};

/** `Evidence: 2 facts of call-7, 1 of person-ann; ...`: the record's own subject first. */
const factsTitle = ({ record, events }: RecordView): string => {
  const counts = Map.groupBy(events, ({ event }) => event.subject);
  const own = counts.get(record.subject)?.length ?? 0;
  const others = [...counts].filter(([subject]) => subject !== record.subject);
  const parts = [
    `${own} ${own === 1 ? 'fact' : 'facts'} of ${record.subject}`,
    ...others.map(([subject, facts]) => `${facts.length} of ${subject}`),
  ];
  return printable(`Evidence: ${parts.join(', ')}; ✓ bounds or decides a stretch of this record`);
};

/** What only some records have: what is remarkable, and who shares the time. */
const extras = ({ record, width, color }: RecordView): readonly string[] => [
  ...(isFlagged(record) ? ['', paint('Remarkable', 'bold', color), ...flagLines([record], { color })] : []),
  ...(record.allocation
    ? [
        '',
        paint('Allocation', 'bold', color),
        ...drawAllocation(record.allocation, record.roundedMs, { width, color }),
      ]
    : []),
];

/** For `tickmark explain`. Ends with a line break. */
export const renderRecord = (view: RecordView): string => {
  const { record, events, decisive, hours, shifts, localTime, width, color } = view;
  const look: Look = { width, color };
  const ends = [record.fromMs, record.toMs, ...(record.tail ? [record.tail.fromMs] : [])];
  const withDays = new Set(ends.map((at) => dayOf(localTime(at)))).size > 1;
  const title = (text: string): string => paint(text, 'bold', color);
  const lines = [
    ...headingOf(view),
    '',
    title('Time line'),
    ...drawTimeLine(
      { record, index: indexOf(events), calendarsAt: calendarsAt(hours, shifts), localTime, withDays },
      look,
    ),
    '',
    title('Arithmetic'),
    ...arithmetic(view),
    ...extras(view),
    '',
    ...wrap(factsTitle(view), width).map(title),
    ...drawEvidence({ events, decisive, localTime }, look),
  ];
  return `${lines.join('\n')}\n`;
};
