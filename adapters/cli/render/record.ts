/** One record explained: what it says, the stretches it is made of, the sum that must come out, and the evidence. */
import { type DurationMs, elapsed, minus, plus, NO_TIME } from '../../../schemas/brand.ts';
import type { StoredEvent } from '../../../schemas/event.ts';
import { GRADES, type Method, type TimeRecord } from '../../../schemas/record.ts';
import { drawAllocation } from './allocation.ts';
import { indexOf } from './citation.ts';
import { exactSeconds, hoursMinutesSeconds } from './duration.ts';
import { drawEvidence } from './evidence.ts';
import { flagLines, isFlagged } from './flags.ts';
import { flow } from './flow.ts';
import { dayOf, type LocalTime } from './local-moment.ts';
import { type Look, paint } from './paint.ts';
import { addUp, meaningsOf } from './subtraction.ts';
import { printable } from './text-width.ts';
import { drawTimeLine } from './time-line.ts';

export interface RecordView extends Look {
  readonly record: TimeRecord;
  /** The facts of the record's subject; one that is cited and not among them is named by its id alone. */
  readonly events: readonly StoredEvent[];
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

const arithmetic = (record: TimeRecord, color: boolean): readonly string[] => {
  const counted: Part = { name: 'counted', ms: record.countedMs };
  const whole: Part = { name: 'elapsed', ms: elapsed(record.fromMs, record.toMs) };
  return [
    equation(whole, [counted, ...addUp(record.subtracted)], color),
    equation(counted, grades(record), color),
    ...meaningsOf(record.subtracted).map((meaning) => paint(meaning, 'dim', color)),
  ];
};

const METHODS: Readonly<Record<Method, string>> = {
  auto: 'timed from signals',
  manual: 'timed or typed by a person',
  preset: 'booked by its rule',
  adjustment: 'corrected afterwards',
};
const STATES: Readonly<Record<TimeRecord['status'], string>> = {
  closed: 'closed',
  running: 'still running',
  paused: 'still paused',
  retracted: 'retracted',
};

const headingOf = ({ record, zone, localTime, width, color }: RecordView): readonly string[] => {
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
    ...set(figures).map((line) => paint(line, 'bold', color)),
  ];
};

const factsTitle = (count: number, subject: string): string =>
  `Evidence: ${count} ${count === 1 ? 'fact' : 'facts'} of ${printable(subject)}; ✓ bounds a stretch of this record`;

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
  const { record, events, localTime, width, color } = view;
  const look: Look = { width, color };
  const ends = [record.fromMs, record.toMs, ...(record.tail ? [record.tail.fromMs] : [])];
  const withDays = new Set(ends.map((at) => dayOf(localTime(at)))).size > 1;
  const title = (text: string): string => paint(text, 'bold', color);
  const lines = [
    ...headingOf(view),
    '',
    title('Time line'),
    ...drawTimeLine({ record, index: indexOf(events), localTime, withDays }, look),
    '',
    title('Arithmetic'),
    ...arithmetic(record, color),
    ...extras(view),
    '',
    title(factsTitle(events.length, record.subject)),
    ...drawEvidence({ record, events, localTime }, look),
  ];
  return `${lines.join('\n')}\n`;
};
