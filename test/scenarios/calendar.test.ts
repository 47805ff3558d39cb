/** The calendar: business hours and holidays, days of 23, 24 and 25 hours, and the edges of days and weeks. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const WEEK = (hours: string) =>
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `${day}: [${hours}]`).join(', ');

/** A ticket's clock within business hours, Monday to Friday. */
const WITHIN = (hours: string, rest = '') => `
calendars:
  office: { hours: { ${WEEK(hours)} }${rest} }
rules:
  - rule: ticket.work
    on: ticket
    start: TicketOpened
    pause: TicketPended
    resume: TicketResumed
    stop: TicketResolved
    calendar: office
`;
const NINE_TO_FIVE = WITHIN('"09:00-17:00"');

const SHIFT = `
rules:
  - { rule: visit.shift, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut }
`;

const ticket = (opened: string, resolved: string): string => `
  time        | subject  | event          | who
  ${opened}   | ticket-1 | TicketOpened   | ANNA
  ${resolved} | ticket-1 | TicketResolved |
`;
const visit = (from: string, to: string): string => `
  time    | subject | event           | who
  ${from} | visit-1 | VisitCheckedIn  | TOM
  ${to}   | visit-1 | VisitCheckedOut | TOM
`;

describe('business hours', () => {
  it('leave 1 h 30 min of a weekend of 60 h 30 min', () => {
    // Friday 21:00 to Monday 09:30 on 08-17: only Monday 08:00-09:30.
    given(ticket('2026-03-06 21:00', '2026-03-09 09:30')).under(WITHIN('"08:00-17:00"')).then(`
      from             | to               | counted | subtracted            | grades           | because
      2026-03-06 21:00 | 2026-03-09 09:30 | 1:30:00 | off-calendar 59:00:00 | observed 1:30:00 | calendar -> stop
    `);
  });

  it('cut a span at closing time, and the calendar is why', () => {
    // Monday 16-17 and Tuesday 09-10.
    given(ticket('2026-03-02 16:00', '2026-03-03 10:00')).under(NINE_TO_FIVE).then(`
      counted | spans | subtracted            | because
      2:00:00 | 2     | off-calendar 16:00:00 | start -> calendar, calendar -> stop
    `);
  });

  it('may have a break', () => {
    given(ticket('2026-03-02 11:00', '2026-03-02 14:00')).under(WITHIN('"09:00-12:00", "13:00-17:00"')).then(`
        counted | subtracted
        2:00:00 | off-calendar 1:00:00
      `);
  });

  it('count nothing outside them, and keep the record', () => {
    given(ticket('2026-03-02 18:00', '2026-03-02 20:00')).under(NINE_TO_FIVE).then(`
      from             | to               | counted | spans | subtracted           | status
      2026-03-02 18:00 | 2026-03-02 20:00 | 0:00:00 | 0     | off-calendar 2:00:00 | closed
    `);
  });

  it('are half-open: the closing instant is outside, the opening one inside', () => {
    given(ticket('2026-03-02 17:00', '2026-03-03 09:00')).under(NINE_TO_FIVE).then(`
      counted | spans | subtracted
      0:00:00 | 0     | off-calendar 16:00:00
    `);
    given(ticket('2026-03-02 16:59:59.999', '2026-03-03 09:00:00.001')).under(NINE_TO_FIVE).then(`
      counted     | spans | subtracted
      0:00:00.002 | 2     | off-calendar 16:00:00
    `);
  });

  it('keep a point at the opening instant and none at the closing one', () => {
    given(ticket('2026-03-02 09:00', '2026-03-02 09:00')).under(NINE_TO_FIVE).then(`
      counted | spans | status
      0:00:00 | 1     | closed
    `);
    given(ticket('2026-03-02 17:00', '2026-03-02 17:00')).under(NINE_TO_FIVE).then(`
      counted | spans | status
      0:00:00 | 0     | closed
    `);
  });

  it('know holidays', () => {
    // Monday 16-17, Tuesday is a holiday, Wednesday 09-10.
    given(ticket('2026-03-02 16:00', '2026-03-04 10:00'))
      .under(WITHIN('"09:00-17:00"', ', holidays: [2026-03-03]'))
      .days(
        `
        who  | day        | sum
        ANNA | 2026-03-02 | 1:00:00
        ANNA | 2026-03-04 | 1:00:00
      `,
      );
  });

  it('are in a zone of their own where the calendar names one', () => {
    // 09-17 in Berlin is 08-16 UTC in winter and 07-15 UTC in summer.
    const berlin = WITHIN('"09:00-17:00"', ', zone: Europe/Berlin');
    given(ticket('2026-03-02 06:30', '2026-03-02 09:00')).under(berlin).then(`
      counted
      1:00:00
    `);
    given(ticket('2026-07-06 06:30', '2026-07-06 09:00')).under(berlin).then(`
      counted
      2:00:00
    `);
  });

  it('count a day of work for a pause over the night (E4)', () => {
    // Monday 09-17 and Tuesday 09-10; the 16 h of the night are nobody's work and move nothing.
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      17:00            | ticket-1 | TicketPended   |
      2026-03-03 09:00 | ticket-1 | TicketResumed  |
      10:00            | ticket-1 | TicketResolved |
    `)
      .under(NINE_TO_FIVE)
      .days(
        `
        who  | day        | sum
        ANNA | 2026-03-02 | 8:00:00
        ANNA | 2026-03-03 | 1:00:00
      `,
      );
  });

  it('bound what a missing end infers', () => {
    // Opened at 16:00 with a cap of 3 h: until 19:00, of which 16-17 is within hours.
    given(
      `
      time             | subject  | event        | who
      2026-03-02 16:00 | ticket-1 | TicketOpened | ANNA
    `,
      { asOf: '2026-03-02 19:00' },
    ).under(`${NINE_TO_FIVE}    missingEnd: { cap: 3h }\n`).then(`
      counted | grades           | subtracted           | because
      1:00:00 | inferred 1:00:00 | off-calendar 2:00:00 | start -> calendar
    `);
  });

  it.each([
    ['2026-10-24', '7', '2026-10-25 06:00', '2:00:00', '7:00:00'],
    ['2026-03-28', '5', '2026-03-29 06:00', '2:00:00', '5:00:00'],
  ])(
    'of the night of %s have the hours that the night has: %s in the morning',
    (day, _, to, before, after) => {
      const next = to.slice(0, 10);
      given(ticket(`${day} 12:00`, `${next} 12:00`), { zone: 'Europe/Berlin' }).under(`
      calendars:
        night: { hours: { sat: ["22:00-24:00"], sun: ["00:00-06:00"] } }
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved, calendar: night }
    `).days(`
      who  | day     | sum
      ANNA | ${day}  | ${before}
      ANNA | ${next} | ${after}
    `);
    },
  );
});

describe('where the clocks change', () => {
  it('two hours on the wall in autumn are three (E15)', () => {
    given(visit('2026-10-25 01:30+02:00', '2026-10-25 03:30+01:00'), { zone: 'Europe/Berlin' }).under(SHIFT)
      .then(`
        counted | from             | to
        3:00:00 | 2026-10-25 01:30 | 2026-10-25 03:30
      `);
  });

  it('two hours on the wall in spring are one (E16)', () => {
    given(visit('2026-03-29 01:30+01:00', '2026-03-29 03:30+02:00'), { zone: 'Europe/Berlin' }).under(SHIFT)
      .then(`
        counted | from             | to
        1:00:00 | 2026-03-29 01:30 | 2026-03-29 03:30
      `);
  });

  it.each([
    ['Europe/Berlin', '2026-10-25', '2026-10-26', '25:00:00'],
    ['Europe/Berlin', '2026-03-29', '2026-03-30', '23:00:00'],
    ['Europe/Berlin', '2026-03-30', '2026-03-31', '24:00:00'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-06', '24:30:00'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-05', '23:30:00'],
    ['UTC', '2026-10-25', '2026-10-26', '24:00:00'],
  ])('a whole day in %s, %s, is one day (E15, E16)', (zone, day, next, length) => {
    given(visit(`${day} 00:00`, `${next} 00:00`), { zone }).under(SHIFT).days(`
      who | day    | sum       | union     | records
      TOM | ${day} | ${length} | ${length} | 1
    `);
  });

  it.each([
    ['an ordinary night', '2026-03-02', '2026-03-03', '6:00:00'],
    ['the night of a 25 h day', '2026-10-24', '2026-10-25', '7:00:00'],
    ['the night of a 23 h day', '2026-03-28', '2026-03-29', '5:00:00'],
  ])('a shift from 22:00 to 06:00 in %s is split at midnight (E15-E17)', (_, day, next, morning) => {
    const answer = given(visit(`${day} 22:00`, `${next} 06:00`), { zone: 'Europe/Berlin' }).under(SHIFT);
    answer.days(`
      who | day     | sum        | records
      TOM | ${day}  | 2:00:00    | 1
      TOM | ${next} | ${morning} | 0
    `);
    // The record itself stays whole.
    answer.then(`
      from         | to            | spans
      ${day} 22:00 | ${next} 06:00 | 1
    `);
  });
});

describe('the edges of days and weeks', () => {
  it('cut a record that lasts for days at every midnight', () => {
    given(visit('2026-03-02 22:00', '2026-03-05 01:00')).under(SHIFT).days(`
      who | day        | sum      | records
      TOM | 2026-03-02 | 2:00:00  | 1
      TOM | 2026-03-03 | 24:00:00 | 0
      TOM | 2026-03-04 | 24:00:00 | 0
      TOM | 2026-03-05 | 1:00:00  | 0
    `);
  });

  it('give what ends at midnight to the day before only', () => {
    given(visit('2026-03-02 22:00', '2026-03-03 00:00')).under(SHIFT).days(`
      who | day        | sum
      TOM | 2026-03-02 | 2:00:00
    `);
  });

  it('split Sunday 23:50 to Monday 00:10 into two weeks (E18)', () => {
    given(visit('2026-03-08 23:50', '2026-03-09 00:10')).under(SHIFT).weeks(`
      who | week     | sum     | records
      TOM | 2026-W10 | 0:10:00 | 1
      TOM | 2026-W11 | 0:10:00 | 0
    `);
  });

  it('split New Year where the week does, which is not where the year does', () => {
    // 2024-12-30 is the Monday of 2025-W01.
    given(`
      time             | subject | event           | who
      2024-12-29 23:00 | visit-1 | VisitCheckedIn  | TOM
      2024-12-30 01:00 | visit-1 | VisitCheckedOut | TOM
      2024-12-31 23:00 | visit-2 | VisitCheckedIn  | TOM
      2025-01-01 01:00 | visit-2 | VisitCheckedOut | TOM
    `).under(SHIFT).weeks(`
      who | week     | sum     | records
      TOM | 2024-W52 | 1:00:00 | 1
      TOM | 2025-W01 | 3:00:00 | 1
    `);
  });

  it('add a week up: 30 + 20 + 60 = 110 min in 2023-W18 (R32)', () => {
    given(`
      time             | subject | event           | who
      2023-05-02 09:00 | visit-1 | VisitCheckedIn  | TOM
      09:30            | visit-1 | VisitCheckedOut |
      14:00            | visit-2 | VisitCheckedIn  | TOM
      14:20            | visit-2 | VisitCheckedOut |
      2023-05-03 10:00 | visit-3 | VisitCheckedIn  | TOM
      11:00            | visit-3 | VisitCheckedOut |
    `).under(SHIFT).weeks(`
      who | week     | sum     | records
      TOM | 2023-W18 | 1:50:00 | 3
    `);
  });

  it('are those of the zone of the report: 20:00 in New York stays in March (E19)', () => {
    const table = visit('2025-04-01 00:00Z', '2025-04-01 00:30Z');
    given(table, { zone: 'America/New_York' }).under(SHIFT).days(`
      who | day        | sum
      TOM | 2025-03-31 | 0:30:00
    `);
    given(table, { zone: 'UTC' }).under(SHIFT).days(`
      who | day        | sum
      TOM | 2025-04-01 | 0:30:00
    `);
  });

  it('do not move for who travels: 13:00+02 to 13:30+01 is 90 min (E20)', () => {
    given(visit('2026-05-04 13:00+02:00', '2026-05-04 13:30+01:00'), { zone: 'Europe/Berlin' }).under(SHIFT)
      .then(`
        counted
        1:30:00
      `);
  });

  it('put a point on the day that it lies in', () => {
    given(visit('2026-03-03 00:00', '2026-03-03 00:00')).under(SHIFT).days(`
      who | day        | sum     | records
      TOM | 2026-03-03 | 0:00:00 | 1
    `);
  });
});

describe('a pause and the business hours', () => {
  it('a pause outside business hours is no pause: it is off the calendar (E4: counted pause 0)', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      17:00            | ticket-1 | TicketPended   |
      2026-03-03 09:00 | ticket-1 | TicketResumed  |
      10:00            | ticket-1 | TicketResolved |
    `).under(`
      calendars:
        office: { hours: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] } }
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, pause: TicketPended, resume: TicketResumed,
            stop: TicketResolved, calendar: office }
    `).then(`
      counted | subtracted
      9:00:00 | off-calendar 16:00:00
    `);
  });
});
