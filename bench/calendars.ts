/**
 * The length of business hours: prefix sums against the usual way, a loop over the days, in the same run.
 *
 *     node bench/calendars.ts [--intervals 2000] [--seed 2026] [--json]
 *
 * The usual way is luxon: start of day, plus one day, set the hours, intersect. Both are asked for the same
 * intervals first and must agree on each of them to the millisecond. See bench/README.md.
 */
import { parseArgs } from 'node:util';
import { DateTime, Interval } from 'luxon';
import { openCalendars } from '../engine/calendar/business-hours.ts';
import type { OpenHours } from '../engine/calendar/open-hours.ts';
import { type InstantMs, instantMs } from '../schemas/brand.ts';
import { luck } from './luck.ts';
import { shown } from './shown.ts';

const DAY_MS = 86_400_000;
const ZONE = 'Europe/Berlin';
const OPENINGS = [
  [8, 12],
  [13, 17],
] as const;
const HOLIDAYS = ['2020', '2021', '2022', '2023', '2024', '2025', '2026', '2027', '2028', '2029'].flatMap(
  (year) => ['01-01', '05-01', '10-03', '12-25', '12-26'].map((day) => `${year}-${day}`),
);
/** Intervals begin anywhere in these ten years. */
const FROM_MS = Date.UTC(2020, 0, 1);
const UNTIL_MS = Date.UTC(2029, 9, 1);
/** What the prefix sums are asked about; the usual way would need the better part of an hour. */
const ASKED = 1_000_000;
const PASSES = 5;

interface Asked {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

const intervals = (count: number, shortestMs: number, longestMs: number, seed: number): readonly Asked[] => {
  const random = luck(seed);
  return Array.from({ length: count }, () => {
    const fromMs = Math.floor(FROM_MS + random() * (UNTIL_MS - FROM_MS));
    const lengthMs = Math.floor(shortestMs + random() * (longestMs - shortestMs));
    return { fromMs: instantMs(fromMs), toMs: instantMs(fromMs + lengthMs) };
  });
};

const prefixSums = (): OpenHours => {
  const hours = OPENINGS.map((opening) =>
    opening.map((hour) => `${String(hour).padStart(2, '0')}:00`).join('-'),
  );
  const week = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };
  return openCalendars({ office: { hours: week, holidays: HOLIDAYS } }, { zone: ZONE }).get('office');
};

const HOLIDAY = new Set(HOLIDAYS);

const dayByDay = ({ fromMs, toMs }: Asked): number => {
  const from = DateTime.fromMillis(fromMs, { zone: ZONE });
  const to = DateTime.fromMillis(toMs, { zone: ZONE });
  const whole = Interval.fromDateTimes(from, to);
  let sumMs = 0;
  for (let day = from.startOf('day'); day < to; day = day.plus({ days: 1 })) {
    if (day.weekday > 5 || HOLIDAY.has(day.toISODate() ?? '')) continue;
    for (const [opens, closes] of OPENINGS) {
      const open = Interval.fromDateTimes(day.set({ hour: opens }), day.set({ hour: closes }));
      sumMs += open.intersection(whole)?.length() ?? 0;
    }
  }
  return sumMs;
};

interface Timing {
  readonly microseconds: number;
  readonly least: number;
  readonly most: number;
}

/** Microseconds for each interval: the median of a few passes, the first of which only warms up. */
const timed = (passes: number, asked: readonly Asked[], lengthOf: (one: Asked) => number): Timing => {
  let sumMs = 0;
  const costs = Array.from({ length: passes + 1 }, () => {
    const began = performance.now();
    for (const one of asked) sumMs += lengthOf(one);
    return ((performance.now() - began) * 1000) / asked.length;
  })
    .slice(1)
    .toSorted((a, b) => a - b);
  if (sumMs <= 0) throw new Error('nothing was open');
  const at = (index: number): number => costs.at(index) ?? NaN;
  return { microseconds: at(costs.length >> 1), least: at(0), most: at(-1) };
};

const WORKLOADS = [
  { name: '1 to 90 days', shortestMs: DAY_MS, longestMs: 90 * DAY_MS },
  { name: 'up to 1 day', shortestMs: 0, longestMs: DAY_MS },
] as const;

const agree = (asked: readonly Asked[], hours: OpenHours): number => {
  let totalMs = 0;
  for (const one of asked) {
    const [ours, usual] = [hours.openMs(one.fromMs, one.toMs), dayByDay(one)];
    if (ours !== usual) throw new Error(`[${one.fromMs}, ${one.toMs}) is ${ours} ms and ${usual} ms long`);
    totalMs += ours;
  }
  return totalMs;
};

const measure = (
  { name, shortestMs, longestMs }: (typeof WORKLOADS)[number],
  count: number,
  seed: number,
) => {
  const asked = intervals(ASKED, shortestMs, longestMs, seed);
  const compared = asked.slice(0, count);
  const hours = prefixSums();
  const began = performance.now();
  hours.openMs(instantMs(FROM_MS), instantMs(UNTIL_MS + longestMs));
  const tableMs = performance.now() - began;
  const totalMs = agree(compared, hours);
  const ours = timed(PASSES, asked, ({ fromMs, toMs }) => hours.openMs(fromMs, toMs));
  // One pass of the agreement has warmed it up; three more are enough for a loop that takes milliseconds.
  const usual = timed(3, compared, dayByDay);
  const ratio = usual.microseconds / ours.microseconds;
  return { intervals: name, compared: count, totalMs, tableMs, ours, usual, ratio };
};

const print = (cells: readonly string[]): void => {
  const [name = '', ...figures] = cells;
  process.stdout.write(`${name.padEnd(16)}${figures.map((figure) => figure.padStart(20)).join('')}\n`);
};

const told = ({ microseconds, least, most }: Timing, digits: number): string =>
  `${shown(microseconds, digits)} (${shown(least, digits)}-${shown(most, digits)})`;

const { values } = parseArgs({
  options: {
    intervals: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '2026' },
    json: { type: 'boolean', default: false },
  },
});
const results = WORKLOADS.map((workload) => measure(workload, Number(values.intervals), Number(values.seed)));
if (values.json)
  process.stdout.write(`${JSON.stringify({ node: process.versions.node, results }, null, 2)}\n`);
else {
  process.stdout.write(`Node ${process.versions.node}, tz ${process.versions['tz']}, ${ZONE}, ten years\n\n`);
  print(['µs an interval', 'prefix sums', 'luxon, day by day', 'ratio', 'table built, ms']);
  for (const { intervals: name, ours, usual, ratio, tableMs } of results)
    print([name, told(ours, 3), told(usual, 0), shown(ratio, 0), shown(tableMs, 1)]);
  const [first] = results;
  if (first)
    process.stdout.write(
      `\nEqual to the millisecond on ${shown(first.compared, 0)} intervals of each kind.\n`,
    );
}
