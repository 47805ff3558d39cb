/** Calendar algebra: calendars put together, and calendars that follow whoever's time it is. */
import { deepEqual, equal, notEqual, throws } from 'node:assert/strict';
import { describe, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openCalendars } from '../../engine/calendar/business-hours.ts';
import type { OpenHours } from '../../engine/calendar/open-hours.ts';
import type { InstantMs } from '../../schemas/brand.ts';
import { Calendar } from '../../schemas/calendar.ts';
import { readTime } from '../support/scenario.ts';

const HOUR_MS = 3_600_000;

const open = (yaml: string, zone = 'UTC') =>
  openCalendars(z.record(z.string(), Calendar).parse(parse(yaml)), { zone });
const instant = (text: string): InstantMs => readTime(text, 'UTC', '').at;
const hoursIn = (hours: OpenHours, from: string, to: string): number =>
  hours.openMs(instant(from), instant(to)) / HOUR_MS;

const on = (hours: string, days = 'mon tue wed thu fri'): string =>
  `{ hours: { ${days
    .split(' ')
    .map((day) => `${day}: [${hours}]`)
    .join(', ')} } }`;

/** Monday 2026-03-09 is a holiday; on-call duty is on Monday evening and on Saturday. */
const CALENDARS = `
  team: ${on('08:00-18:00')}
  contract: ${on('09:00-17:00', 'mon tue wed thu fri sat')}
  holidays: { days: [2026-03-09] }
  onCall: { hours: { mon: ["20:00-22:00"], sat: ["10:00-12:00"] } }
  early: ${on('06:00-14:00')}
  late: ${on('12:00-22:00')}
`;
const WEEK = ['2026-03-09 00:00', '2026-03-16 00:00'] as const;

describe('calendars put together', () => {
  it.each([
    // Five days of 09-17.
    ['{ intersect: [team, contract] }', 40],
    // Four of them: Monday is a holiday.
    ['{ intersect: [team, contract], minus: [holidays] }', 32],
    // And 2 h on Monday, although it is a holiday, and 2 h on Saturday.
    ['{ intersect: [team, contract], minus: [holidays], plus: [onCall] }', 36],
    // 06-22 is 16 h on five days; 12-14 counts once.
    ['{ union: [early, late] }', 80],
    ['{ intersect: [early, late] }', 10],
    // 06-08 and 18-22 on four days.
    ['{ union: [early, late], minus: [team, holidays] }', 24],
    // 50 h of the team, and 2 + 2 h beside them.
    ['{ intersect: [team], plus: [onCall] }', 54],
    // All but one day of seven.
    ['{ intersect: [24x7], minus: [holidays] }', 144],
    ['{ intersect: [team], minus: [24x7] }', 0],
    ['{ intersect: [team], minus: [24x7], plus: [24x7] }', 168],
    ['{ union: [team, 24x7] }', 168],
    // One made of another: 36 h without the 2 h on call on Saturday.
    ['{ intersect: [inner], minus: [saturday] }', 34],
  ])('%s has %d h', (combined, hours) => {
    const calendars = open(`${CALENDARS}
  inner: { intersect: [team, contract], minus: [holidays], plus: [onCall] }
  saturday: { days: [2026-03-14] }
  it: ${combined}
`);
    equal(hoursIn(calendars.get('it'), ...WEEK), hours);
  });

  it('cut where one of them ends', () => {
    const it = open(`${CALENDARS}\n  it: { intersect: [team, contract], plus: [onCall] }`).get('it');
    deepEqual(it.within(instant('2026-03-09 12:00'), instant('2026-03-09 21:00')), [
      { fromMs: instant('2026-03-09 09:00'), toMs: instant('2026-03-09 17:00') },
      { fromMs: instant('2026-03-09 20:00'), toMs: instant('2026-03-09 22:00') },
    ]);
    equal(it.openUntil(instant('2026-03-09 12:00')), instant('2026-03-09 17:00'));
  });

  it('lend their zone to those that have none', () => {
    const calendars = open(`
      christmas: { days: [2026-12-25] }
      berlin: { zone: Europe/Berlin, days: [2026-12-25] }
      here: { intersect: [24x7], minus: [christmas] }
      newYork: { intersect: [24x7], minus: [christmas], zone: America/New_York }
      both: { intersect: [24x7], minus: [berlin], zone: America/New_York }
    `);
    const eve = instant('2026-12-24 12:00');
    equal(calendars.get('here').openUntil(eve), instant('2026-12-25 00:00'));
    equal(calendars.get('newYork').openUntil(eve), instant('2026-12-25 05:00'));
    equal(calendars.get('both').openUntil(eve), instant('2026-12-24 23:00'));
  });
});

describe('a calendar that follows its owner (N14)', () => {
  const calendars = open(
    `
    office: { zone: owner, hours: { mon: ["09:00-17:00"] } }
    holidays: { days: [2026-03-09] }
    support: { intersect: [office], minus: [holidays], zone: owner }
    inner: { union: [24x7], minus: [office] }
    fixed: { zone: Europe/Berlin, hours: { mon: ["09:00-17:00"] } }
  `,
    'Europe/Berlin',
  );

  it('counts 09-17 in Warsaw and then 09-17 in Toronto', () => {
    // A Monday in winter: 08-16 UTC and 14-22 UTC; handed over at 16:00 UTC.
    const [warsaw, toronto] = [
      calendars.get('office', 'Europe/Warsaw'),
      calendars.get('office', 'America/Toronto'),
    ];
    equal(hoursIn(warsaw, '2026-03-02 06:00', '2026-03-02 16:00'), 8);
    equal(hoursIn(toronto, '2026-03-02 16:00', '2026-03-02 23:00'), 6);
  });

  it('has the holidays of the owner, too', () => {
    // Monday in Auckland is Sunday 11:00 UTC to Monday 11:00 UTC.
    const [from, to] = ['2026-03-08 11:00', '2026-03-09 11:00'] as const;
    equal(hoursIn(calendars.get('office', 'Pacific/Auckland'), from, to), 8);
    equal(hoursIn(calendars.get('support', 'Pacific/Auckland'), from, to), 0);
  });

  it('is in the zone of the rule set where nobody’s is known', () => {
    equal(calendars.get('office').openUntil(instant('2026-03-02 10:00')), instant('2026-03-02 16:00'));
  });

  it('says that it does, also inside another, and others that they do not', () => {
    deepEqual(['office', 'support', 'inner', 'holidays', 'fixed', '24x7'].map(calendars.followsOwner), [
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is opened once for a zone, and one that follows nobody once', () => {
    equal(calendars.get('office', 'Europe/Warsaw'), calendars.get('office', 'Europe/Warsaw'));
    notEqual(calendars.get('office', 'Europe/Warsaw'), calendars.get('office', 'Asia/Tokyo'));
    equal(calendars.get('fixed', 'Europe/Warsaw'), calendars.get('fixed'));
    equal(calendars.get('24x7', 'Europe/Warsaw'), calendars.get('24x7'));
  });

  it('refuses an owner in a zone that is none, and a name that is no calendar', () => {
    throws(() => calendars.get('office', 'Europe/Warschau'), RangeError);
    throws(() => calendars.get('ofice'), /no calendar "ofice"/);
  });
});
