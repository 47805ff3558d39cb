/** Problems of calendars: what the schema refuses, what only all calendars together show, and what overlaps. */
import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { calendarProblems, overlappingHours } from '../../engine/calendar/problems.ts';
import { Calendar } from '../../schemas/calendar.ts';

const read = (yaml: string) => z.record(z.string(), Calendar).parse(parse(yaml));
const told = (problems: ReturnType<typeof calendarProblems>): readonly string[] =>
  problems.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`);

describe('a calendar', () => {
  it.each([
    '{ hours: {} }',
    '{ zone: owner, hours: { mon: ["09:00-17:00"] }, holidays: [2026-03-09, { date: 2026-03-10, knownFrom: 2026-04-01 }] }',
    '{ hours: {}, changes: [{ from: 2026-01-01, hours: {} }, { from: 2026-02-01, holidays: [] }] }',
    '{ days: [2026-03-09, { date: 2026-03-10, knownFrom: 2026-04-01 }] }',
    '{ intersect: [team, 24x7], minus: [holidays], plus: [on-call], zone: owner }',
    '{ union: [team] }',
  ])('may be %s', (yaml) => equal(Calendar.safeParse(parse(yaml)).success, true));

  it.each([
    '{}',
    '{ minus: [holidays] }',
    '{ intersect: [] }',
    '{ intersect: [a], union: [b] }',
    '{ hours: {}, days: [] }',
    '{ hours: {}, plus: [a] }',
    '{ days: [2026-02-30] }',
    '{ hours: { mon: ["17:00-09:00"] } }',
    '{ hours: { mon: ["24:00-24:00"] } }',
    '{ hours: { monday: [] } }',
    '{ hours: {}, changes: [{ from: 2026-01-01 }] }',
    '{ hours: {}, holidays: [{ date: 2026-03-09 }] }',
  ])('may not be %s', (yaml) => equal(Calendar.safeParse(parse(yaml)).success, false));
});

describe('calendars have a problem', () => {
  const GOOD = `
    team: { zone: Europe/Berlin, hours: {} }
    holidays: { zone: owner, days: [] }
    support: { intersect: [team, 24x7], minus: [holidays], plus: [team] }
  `;

  it('never, where every name, zone and date is in order', () => deepEqual(calendarProblems(read(GOOD)), []));

  it('where a name is none of them, and are told the nearest one', () => {
    deepEqual(calendarProblems(read(`${GOOD}\n    it: { union: [team, suport], minus: [24x] }`)), [
      {
        path: ['calendars', 'it', 'union', 1],
        message: 'no calendar "suport" in this rule set (did you mean support?)',
      },
      {
        path: ['calendars', 'it', 'minus', 0],
        message: 'no calendar "24x" in this rule set (did you mean 24x7?)',
      },
    ]);
  });

  it('where one is made of itself, told once', () => {
    deepEqual(
      told(calendarProblems(read('a: { union: [b] }\nb: { union: [24x7], plus: [c] }\nc: { union: [b] }'))),
      ['c.union.0: a calendar cannot be made of itself: b -> c -> b'],
    );
    deepEqual(told(calendarProblems(read('a: { union: [24x7, a] }'))), [
      'a.union.1: a calendar cannot be made of itself: a -> a',
    ]);
  });

  it('not where two are made of the same third', () => {
    deepEqual(
      told(calendarProblems(read('a: { days: [] }\nb: { union: [a] }\nc: { union: [a, b], minus: [b] }'))),
      [],
    );
  });

  it('where a zone is unknown', () => {
    deepEqual(told(calendarProblems(read('a: { zone: Europe/Berln, days: [] }'))), [
      'a.zone: unknown time zone "Europe/Berln": write an IANA name such as Europe/Berlin, UTC or UTC+10',
    ]);
  });

  it('where changes go back in time, or two begin on one day', () => {
    const change = (date: string) => `{ from: ${date}, hours: {} }`;
    const dates = ['2026-02-01', '2026-01-01', '2026-03-01', '2026-03-01'];
    deepEqual(told(calendarProblems(read(`a: { hours: {}, changes: [${dates.map(change).join(', ')}] }`))), [
      'a.changes.1.from: changes stand in order of date: 2026-01-01 does not come after 2026-02-01',
      'a.changes.3.from: changes stand in order of date: 2026-03-01 does not come after 2026-03-01',
    ]);
  });

  it('where one takes the name of the one that is always open', () => {
    deepEqual(told(calendarProblems(read('24x7: { days: [] }'))), [
      '24x7: 24x7 is always open and cannot be written; rename it',
    ]);
  });
});

describe('hours overlap', () => {
  it('on a day of the week or of a later version of it, and not where they only touch', () => {
    const yaml = `
      office: { hours: { mon: ["09:00-12:00", "12:00-17:00"], tue: ["09:00-13:00", "12:00-17:00"] } }
      shop: { hours: {}, changes: [{ from: 2026-01-01, hours: { sat: ["12:00-14:00", "15:00-16:00", "08:00-20:00"] } }] }
      days: { days: [2026-01-01] }
    `;
    deepEqual(overlappingHours(read(yaml)), [
      {
        path: ['calendars', 'office', 'hours', 'tue', 1],
        message: '12:00-17:00 overlaps 09:00-13:00; what overlaps counts once',
      },
      {
        path: ['calendars', 'shop', 'changes', 0, 'hours', 'sat', 2],
        message: '08:00-20:00 overlaps 12:00-14:00; what overlaps counts once',
      },
    ]);
  });
});
