/**
 * given(facts).under(rules).then(records): the one way to say what the engine must answer.
 *
 * Facts are a table: `time | subject | event | who | ...`. A time is local in the scenario's zone
 * (`2026-03-02 09:00`, or `09:10` on the day of the row above) or carries its offset (`01:30+02:00`). Columns other
 * than these four are the event's own fields (status, reason, team) or attributes. The expectation is a table too;
 * only the columns it names are compared. `.days()` and `.weeks()` are expectations on what each person's days and
 * ISO weeks in the scenario's zone add up to.
 */
import { hash } from 'node:crypto';
import { expect } from 'vitest';
import { parse } from 'yaml';
import {
  type Plan,
  addTallies,
  answer,
  compile,
  dateOfDay,
  dayOfDate,
  piecesOf,
  tally,
  weekOfDay,
  zoneOf,
} from '../../engine/index.ts';
import { type EventId, type InstantMs, eventId, instantMs, localDate } from '../../schemas/brand.ts';
import { TickmarkEvent } from '../../schemas/event.ts';
import { GRADES, type GradesMs, type Piece, type TimeRecord } from '../../schemas/record.ts';
import type { Tally } from '../../schemas/report.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { type TableRow, formatTable, headerOf, parseTable } from './table.ts';

const DAY_MS = 86_400_000;
const OWN_FIELDS = new Set(['status', 'reason', 'team']);
const FIXED = new Set(['time', 'subject', 'event', 'who', 'sequence', 'id']);

const TIME = /^(?:(\d{4}-\d\d-\d\d)[ T])?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{3}))?)?(Z|[+-]\d\d:\d\d)?$/;

/** The instant of a written time, and the local date it was on. */
export const readTime = (text: string, zone: string, dateBefore: string): { at: InstantMs; date: string } => {
  const match = TIME.exec(text);
  if (!match) throw new Error(`not a time: "${text}"`);
  const [, date = dateBefore, h, m, s = '0', ms = '0', offset] = match;
  if (date === '') throw new Error(`the first time needs a date: "${text}"`);
  const localMs =
    dayOfDate(localDate(date)) * DAY_MS + ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms);
  if (offset !== undefined) {
    const sign = offset.startsWith('-') ? -1 : 1;
    const minutes = offset === 'Z' ? 0 : Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
    return { at: instantMs(localMs - sign * minutes * 60_000), date };
  }
  const [only, second] = zoneOf(zone).toInstants(localMs);
  if (only === undefined || second !== undefined)
    throw new Error(
      `"${text}" is ${only === undefined ? 'no time' : 'two times'} in ${zone}: write its offset`,
    );
  return { at: only, date };
};

/** A UUID made from a name, so that a scenario can repeat an event by repeating its row. */
export const idOf = (name: string): EventId => {
  const hex = hash('sha1', name, 'hex');
  return eventId(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
};

const attributesOf = (row: TableRow): Readonly<Record<string, string>> | undefined => {
  const entries = Object.entries(row).filter(
    ([name, value]) => !FIXED.has(name) && !OWN_FIELDS.has(name) && value !== '',
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

const factOf = (row: TableRow, at: InstantMs): TickmarkEvent => {
  const own = Object.entries(row).filter(([name, value]) => OWN_FIELDS.has(name) && value !== '');
  const attributes = attributesOf(row);
  return TickmarkEvent.parse({
    // However its time is written, the same row is the same fact.
    id: idOf(JSON.stringify([at, { ...row, time: '' }])),
    source: 'scenario',
    type: row['event'],
    subject: row['subject'],
    occurredAt: at,
    recordedAt: at,
    ...(row['sequence'] ? { sequence: Number(row['sequence']) } : {}),
    dialect: 'scenario@1',
    signalHash: hash('sha256', JSON.stringify(row), 'hex'),
    data: {
      ...(row['who'] ? { actor: row['who'] } : {}),
      ...(attributes ? { attributes } : {}),
      ...Object.fromEntries(own),
    },
  });
};

/** The facts of a table, in its order. */
export const facts = (table: string, zone = 'UTC'): readonly TickmarkEvent[] => {
  let date = '';
  return parseTable(table).map((row) => {
    const read = readTime(row['time'] ?? '', zone, date);
    date = read.date;
    return factOf(row, read.at);
  });
};

/** The plan of rules written as YAML; name, version and zone are filled in where absent. */
export const planOf = (rules: string, zone = 'UTC'): Plan => {
  const written: unknown = parse(rules);
  const ruleSet = RuleSet.parse({ ruleSet: 'scenario', version: 1, zone, ...Object(written) });
  const compiled = compile(ruleSet);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.plan;
};

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** `h:mm:ss`, with `.mmm` where there are milliseconds. */
export const clockText = (ms: number): string => {
  const rest = ms % 1000;
  return `${Math.floor(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}`;
};

/** `YYYY-MM-DD hh:mm`, with seconds and milliseconds where there are any. */
export const localText = (at: InstantMs, zone: string): string => {
  const localMs = at + zoneOf(zone).offsetAt(at);
  const day = Math.floor(localMs / DAY_MS);
  const clock = clockText(localMs - day * DAY_MS);
  return `${dateOfDay(day)} ${clock.padStart(clock.includes('.') ? 12 : 8, '0').replace(/:00$/, '')}`;
};

const gradesText = (gradesMs: GradesMs): string =>
  GRADES.filter((grade) => gradesMs[grade] > 0)
    .map((grade) => `${grade} ${clockText(gradesMs[grade])}`)
    .join(', ');

/** What of a record can be asked for in the header of an expectation. */
const columnsOf = (record: TimeRecord, zone: string): TableRow => ({
  who: record.actor,
  subject: record.subject,
  rule: record.rule,
  kind: record.kind,
  measure: record.measure,
  cycle: String(record.cycle),
  status: record.status,
  method: record.method,
  from: localText(record.fromMs, zone),
  to: localText(record.toMs, zone),
  counted: clockText(record.countedMs),
  rounded: clockText(record.roundedMs),
  spans: String(record.spans.length),
  facts: String(record.facts),
  subtracted: record.subtracted
    .map(({ reason, fromMs, toMs }) => `${reason} ${clockText(toMs - fromMs)}`)
    .join(', '),
  grades: gradesText(record.gradesMs),
  because: record.spans.map(({ opened, closed }) => `${opened.clause} -> ${closed.clause}`).join(', '),
  'runs since': record.tail ? localText(record.tail.fromMs, zone) : '',
});

/** What of a tally can be asked for. */
const tallyColumns = (sum: Tally): TableRow => ({
  sum: clockText(sum.sumMs),
  union: clockText(sum.unionMs),
  records: String(sum.records),
  overlapping: String(sum.overlapping),
  rounded: clockText(sum.roundedMs),
  grades: gradesText(sum.gradesMs),
  auto: clockText(sum.methodsMs.auto),
  manual: clockText(sum.methodsMs.manual),
});

interface DayTally {
  readonly who: string;
  readonly measure: string;
  readonly day: string;
  readonly week: string;
  readonly sum: Tally;
}

/** By person, then measure, then day. */
const dayTallies = (records: readonly TimeRecord[], plan: Plan): readonly DayTally[] => {
  const pieces = records.flatMap((record) => piecesOf(record, plan.zone));
  const key = ({ actor, measure, day }: Piece): string => `${actor}\n${measure}\n${day}`;
  return [...Map.groupBy(pieces, key)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      if (!first) return [];
      const { actor: who, measure, day } = first;
      return [{ who, measure, day, week: weekOfDay(dayOfDate(day)), sum: tally(own, plan.rulesByName) }];
    });
};

const weekRows = (days: readonly DayTally[]): readonly TableRow[] =>
  [...Map.groupBy(days, ({ who, measure, week }) => `${who}\n${measure}\n${week}`).values()].map((own) => ({
    who: own[0]?.who ?? '',
    measure: own[0]?.measure ?? '',
    week: own[0]?.week ?? '',
    ...tallyColumns(addTallies(own.map(({ sum }) => sum))),
  }));

const compare = (shown: readonly TableRow[], expected: string): void => {
  const header = headerOf(expected);
  const unknown = header.filter((name) => shown[0] && !(name in shown[0]));
  if (unknown.length > 0) throw new Error(`nothing is called ${unknown.join(', ')}`);
  expect(formatTable(header, shown)).toBe(formatTable(header, parseTable(expected)));
};

/** Each expectation compares the columns that it names, and no other. */
export interface ScenarioAnswer {
  readonly records: readonly TimeRecord[];
  /** The records, in order of start and id. */
  then(expected: string): void;
  /** What each day adds up to, by person, measure and day: `who | day | sum | union | records | rounded`. */
  days(expected: string): void;
  /** The same for ISO weeks: `who | week | sum`. */
  weeks(expected: string): void;
}

export interface Scenario {
  /** The same facts under rules written as YAML. */
  under(rules: string): ScenarioAnswer;
}

/** `asOf`: the log's own clock, when it has gone on after the last of these facts. */
export const given = (
  table: string,
  { zone = 'UTC', asOf }: { zone?: string; asOf?: string } = {},
): Scenario => ({
  under: (rules) => {
    const known = facts(table, zone);
    const plan = planOf(rules, zone);
    const records =
      asOf === undefined ? answer(plan, known) : answer(plan, known, readTime(asOf, zone, '').at);
    const shown = records.map((record) => columnsOf(record, zone));
    const days = dayTallies(records, plan);
    return {
      records,
      then: (expected) => compare(shown, expected),
      days: (expected) =>
        compare(
          days.map(({ sum, ...keys }) => ({ ...keys, ...tallyColumns(sum) })),
          expected,
        ),
      weeks: (expected) => compare(weekRows(days), expected),
    };
  },
});
