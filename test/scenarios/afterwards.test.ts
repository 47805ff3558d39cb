/** Afterwards: what is learned, corrected, merged and taken back when the time has long passed. */
import { describe, expect, it } from 'vitest';
import { given } from '../support/scenario.ts';

const WORK = `
rules:
  - { rule: ticket.work, on: ticket, start: [TicketOpened, TicketReopened], stop: TicketResolved }
`;

describe('a ticket that is opened again', () => {
  const REOPENED = `
    time             | subject  | event          | who
    2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
    09:05            | ticket-1 | TicketResolved |
    2026-03-06 14:00 | ticket-1 | TicketReopened | ANNA
    14:10            | ticket-1 | TicketResolved |
  `;
  // Monday 09:05 to Friday 14:00 is 4 days and 4 h 55 min: 100 h 55 min that never count.
  it.each([
    ['begins a cycle of its own', 'newCycle', '1 | 0:05:00 |\n 2 | 0:10:00 |'],
    ['goes on with its record, and the time between is closed', 'continue', '1 | 0:15:00 | closed 100:55:00'],
    ['is not timed again', 'ignore', '1 | 0:05:00 |'],
  ])('%s (E1)', (_, reopen, expected) => {
    given(REOPENED)
      .under(WORK.replace('stop:', `reopen: ${reopen}, stop:`))
      .then(`cycle | counted | subtracted\n${expected}`);
  });
});

describe('a ticket that is created closed', () => {
  it('has run 0 s and is closed at its creation (E5)', () => {
    given(`
      time             | subject  | event               | who  | status
      2026-03-02 10:00 | ticket-1 | TicketOpened        | ANNA | closed
      15:00            | ticket-1 | TicketStatusChanged |      | closed
    `).under(`
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, stop: { while: { status: closed } } }
    `).then(`
      from             | to               | counted | status
      2026-03-02 10:00 | 2026-03-02 10:00 | 0:00:00 | closed
    `);
  });

  it('has run 0 s when it is created waiting, until it waits no longer (E5)', () => {
    given(`
      time             | subject  | event               | who  | status
      2026-03-02 10:00 | ticket-1 | TicketOpened        | ANNA | waiting
      15:00            | ticket-1 | TicketStatusChanged |      | open
      15:20            | ticket-1 | TicketResolved      |      |
    `).under(`
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, pause: { while: { status: waiting } }, stop: TicketResolved }
    `).then(`
      from             | counted | subtracted
      2026-03-02 10:00 | 0:20:00 | paused 5:00:00
    `);
  });
});

describe('bare activity with a gap of 5 s', () => {
  const BARE = (rows: string): string => `
    time                | subject | event         | who
    2026-03-02 10:00:10 | email-1 | EmailAnswered | ANNA
    10:00:12            | email-1 | EmailAnswered | ANNA
    10:00:20            | email-1 | EmailAnswered | ANNA
    ${rows}
  `;
  const STRETCHES = `
    rules:
      - { rule: email.work, on: email, session: { events: EmailAnswered, gap: 5s } }
  `;

  it('at 10, 12 and 20 is one stretch of 2 s and a point', () => {
    given(BARE('')).under(STRETCHES).then(`
      from                | to                  | counted
      2026-03-02 10:00:10 | 2026-03-02 10:00:12 | 0:00:02
      2026-03-02 10:00:20 | 2026-03-02 10:00:20 | 0:00:00
    `);
  });

  it.each([
    ['10:00:25', '2026-03-02 10:00:20 | 0:00:05'],
    ['10:00:25.001', '2026-03-02 10:00:20 | 0:00:00\n 2026-03-02 10:00:25.001 | 0:00:00'],
  ])('after which the next is at %s belongs together up to exactly 5 s', (next, expected) => {
    given(BARE(`${next} | email-1 | EmailAnswered | ANNA`))
      .under(STRETCHES)
      .then(`from | counted\n 2026-03-02 10:00:10 | 0:00:02\n ${expected}`);
  });

  it('assumes nothing twice: what comes after one stretch leaves less to assume before the next', () => {
    // 8 s apart: 4 s after the first, and of the 6 s before the second the 4 s that are left.
    given(`
      time                | subject | event         | who
      2026-03-02 10:00:10 | email-1 | EmailAnswered | ANNA
      10:00:18            | email-1 | EmailAnswered | ANNA
    `).under(`
      rules:
        - { rule: email.work, on: email, session: { events: EmailAnswered, gap: 5s, before: 6s, after: 4s } }
    `).then(`
      from                | to                  | counted | grades
      2026-03-02 10:00:04 | 2026-03-02 10:00:14 | 0:00:10 | inferred 0:00:10
      2026-03-02 10:00:14 | 2026-03-02 10:00:22 | 0:00:08 | inferred 0:00:08
    `);
  });

  it('of two people is two stretches, numbered in order of time', () => {
    // ANNA at 10 and 12, BEN at 14, ANNA at 20.
    given(BARE('10:00:14 | email-1 | EmailAnswered | BEN')).under(STRETCHES).then(`
      cycle | who  | from                | counted
      1     | ANNA | 2026-03-02 10:00:10 | 0:00:02
      2     | BEN  | 2026-03-02 10:00:14 | 0:00:00
      3     | ANNA | 2026-03-02 10:00:20 | 0:00:00
    `);
  });

  it('is one stretch of 10 s when the 16 arrives late (E9)', () => {
    given(BARE('10:00:16 | email-1 | EmailAnswered | ANNA')).under(STRETCHES).then(`
      from                | to                  | counted | grades
      2026-03-02 10:00:10 | 2026-03-02 10:00:20 | 0:00:10 | observed 0:00:10
    `);
  });
});

describe('two tickets that turn out to be one', () => {
  const TWO = `
    time             | subject  | event          | who  | into
    2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA |
    09:30            | ticket-1 | TicketResolved |      |
    09:25            | ticket-2 | TicketOpened   | ANNA |
    09:45            | ticket-2 | TicketResolved |      |
  `;

  it('count once where they overlap: 30 min and 20 min with 5 in common are 45 (E27)', () => {
    const answer = given(`${TWO}\n10:00 | ticket-2 | SubjectMerged | | ticket-1`).under(WORK);
    answer.then(`
      subject  | cycle | counted | subtracted
      ticket-1 | 1     | 0:30:00 |
      ticket-1 | 2     | 0:15:00 | merged 0:05:00
    `);
    answer.days(`
      who  | day        | sum     | union
      ANNA | 2026-03-02 | 0:45:00 | 0:45:00
    `);
  });

  it('leave no clock behind that runs for ever: what is open ends at the merge (E27)', () => {
    // ticket-2 runs 09:50-10:05, of which ticket-1 has the ten minutes until 10:00.
    given(`
      time             | subject  | event          | who  | into
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA |
      10:00            | ticket-1 | TicketResolved |      |
      09:50            | ticket-2 | TicketOpened   | ANNA |
      10:05            | ticket-2 | SubjectMerged  |      | ticket-1
      2026-03-03 09:00 | ticket-3 | TicketOpened   | BEN  |
    `)
      .under(WORK)
      .then(
        `
        subject  | who  | status  | to               | counted | subtracted
        ticket-1 | ANNA | closed  | 2026-03-02 10:00 | 1:00:00 |
        ticket-1 | ANNA | closed  | 2026-03-02 10:05 | 0:05:00 | merged 0:10:00
        ticket-3 | BEN  | running | 2026-03-03 09:00 | 0:00:00 |
      `,
      );
  });

  it('count for each of two people in full (E27)', () => {
    given(`
      time             | subject  | event          | who  | into
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA |
      09:30            | ticket-1 | TicketResolved |      |
      09:25            | ticket-2 | TicketOpened   | BEN  |
      09:45            | ticket-2 | TicketResolved |      |
      10:00            | ticket-2 | SubjectMerged  |      | ticket-1
    `)
      .under(WORK)
      .then('who | cycle | counted\n ANNA | 1 | 0:30:00\n BEN | 2 | 0:20:00');
  });

  it('were two until then, and their sum was 50 (E27)', () => {
    given(TWO).under(WORK).days(`
      who  | day        | sum     | union
      ANNA | 2026-03-02 | 0:50:00 | 0:45:00
    `);
  });
});

describe('a ticket that its source deletes', () => {
  it('counts 0 of its 3 x 10 min, and every record is still there (E28)', () => {
    const answer = given(`
      time             | subject  | event          | who  | reason
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA |
      09:10            | ticket-1 | TicketResolved |      |
      10:00            | ticket-1 | TicketReopened | ANNA |
      10:10            | ticket-1 | TicketResolved |      |
      11:00            | ticket-1 | TicketReopened | ANNA |
      11:10            | ticket-1 | TicketResolved |      |
      2026-03-04 16:00 | ticket-1 | TimeRetracted  |      | deleted at the source
    `).under(WORK);
    answer.then(`
      cycle | from             | to               | counted | subtracted        | status    | facts
      1     | 2026-03-02 09:00 | 2026-03-02 09:10 | 0:00:00 | retracted 0:10:00 | retracted | 7
      2     | 2026-03-02 10:00 | 2026-03-02 10:10 | 0:00:00 | retracted 0:10:00 | retracted | 7
      3     | 2026-03-02 11:00 | 2026-03-02 11:10 | 0:00:00 | retracted 0:10:00 | retracted | 7
    `);
    expect(answer.records.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(0);
  });
});

describe('a holiday that is added when the day is over', () => {
  // Monday 2026-03-09, 09-17; the holiday became known on Thursday.
  it.each([
    ['asWas', '8:00:00', ''],
    ['asCorrected', '0:00:00', 'off-calendar 8:00:00'],
  ])('counts %s: %s (E29)', (reference, counted, subtracted) => {
    given(`
      time             | subject  | event          | who
      2026-03-09 09:00 | ticket-1 | TicketOpened   | ANNA
      17:00            | ticket-1 | TicketResolved |
    `).under(`
      reference: ${reference}
      calendars:
        office: { hours: { mon: ["09:00-17:00"] }, holidays: [{ date: 2026-03-09, knownFrom: 2026-03-12 }] }
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved, calendar: office }
    `).then(`
      counted    | subtracted
      ${counted} | ${subtracted}
    `);
  });
});

describe('a second that the clocks of the world insert', () => {
  it('is not in POSIX time: 23:59:59 to midnight of 2016 is 1 s, though 2 s went by (E32)', () => {
    given(`
      time                | subject | event         | who
      2016-12-31 23:59:59 | call-1  | CallConnected | ANNA
      2017-01-01 00:00:00 | call-1  | CallEnded     |
    `)
      .under(`rules: [{ rule: call.talk, on: call, start: CallConnected, stop: CallEnded }]`)
      .then(
        `
        counted
        0:00:01
      `,
      );
  });
});

const ENTRIES = (rest: string): string => `
rules:
  - { rule: entry.manual, on: entry, stop: TimeEntered, missingStart: duration${rest} }
`;

describe('time that is entered late', () => {
  it('knows how late: Monday 10:00 entered on Wednesday 16:00 is declared and flagged (R8)', () => {
    // 54 h are more than 24.
    given(`
      time             | recorded         | subject | event       | who  | duration
      2026-03-02 10:00 | 2026-03-04 16:00 | entry-1 | TimeEntered | ANNA | 30m
      2026-03-02 12:00 | 2026-03-03 12:00 | entry-2 | TimeEntered | ANNA | 30m
    `).under(ENTRIES('')).then(`
      subject | from             | counted | grades           | method | flags
      entry-1 | 2026-03-02 09:30 | 0:30:00 | declared 0:30:00 | manual | late-entry
      entry-2 | 2026-03-02 11:30 | 0:30:00 | declared 0:30:00 | manual |
    `);
  });

  const SIX_AND_EIGHT_DAYS = `
    time             | recorded         | subject | event       | who  | duration | by
    2026-03-02 10:00 | 2026-03-10 10:00 | entry-8 | TimeEntered | ANNA | 30m      |
    2026-03-04 10:00 | 2026-03-10 10:00 | entry-6 | TimeEntered | ANNA | 30m      |
  `;

  it('counts within the window of 7 days and waits for approval beyond it (R41)', () => {
    given(SIX_AND_EIGHT_DAYS).under(ENTRIES(', backfill: { withinDays: 7 }')).then(`
      subject | counted | subtracted         | flags
      entry-8 | 0:00:00 | unapproved 0:30:00 | late-entry, needs-approval
      entry-6 | 0:30:00 |                    | late-entry
    `);
  });

  it('counts beyond it too when somebody approved it, and is as late as before (R41)', () => {
    given(`${SIX_AND_EIGHT_DAYS}\n2026-03-11 09:00 | | entry-8 | TimeApproved | ANNA | | EVE`)
      .under(ENTRIES(', backfill: { withinDays: 7 }'))
      .then(
        `
        subject | counted | subtracted | flags
        entry-8 | 0:30:00 |            | late-entry
        entry-6 | 0:30:00 |            | late-entry
      `,
      );
  });
});

describe('time that is added to a record made of others', () => {
  it('is a record of its own beside it, of what the parts do not count already', () => {
    // Talk 09:00-09:10 and wrap-up to 09:11 make 11 min; of 09:05-09:40 the 6 min to 09:11 are counted, 29 are not.
    given(`
      time             | subject | event         | who | rule        | effect | from  | to    | reason
      2026-03-02 09:00 | call-1  | CallConnected | TOM |             |        |       |       |
      09:10            | call-1  | CallEnded     | TOM |             |        |       |       |
      09:11            | call-1  | CallWrappedUp | TOM |             |        |       |       |
      12:00            | call-1  | TimeCorrected | TOM | call.handle | add    | 09:05 | 09:40 | called back
    `).under(`
      rules:
        - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
        - { rule: call.acw, on: call, start: { event: CallEnded, after: CallConnected }, stop: CallWrappedUp }
        - { rule: call.handle, on: call, measure: handle, of: [call.talk, call.acw] }
    `).then(`
      rule        | cycle | counted | method     | grades
      call.handle | 1     | 0:11:00 | auto       | observed 0:11:00
      call.talk   | 1     | 0:10:00 | auto       | observed 0:10:00
      call.acw    | 1     | 0:01:00 | auto       | observed 0:01:00
      call.handle | 2     | 0:29:00 | adjustment | declared 0:29:00
    `);
  });

  it('keeps the flag of an end that came too early, also where gaps are kept (E21)', () => {
    given(`
      time                | subject | event         | who
      2026-03-02 10:00:02 | call-1  | CallConnected | ANNA
      10:00               | call-1  | CallEnded     |
    `).under(`
      rules:
        - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, interruption: { keepUpTo: 60s } }
    `).then(`
      subject | counted | flags
      call-1  | 0:00:00 | negative-span
    `);
  });

  it('is nobody’s own to approve, and an approval is for what had been told by then', () => {
    const rules = `
      rules:
        - { rule: entry.typed, on: entry, stop: TimeEntered, missingStart: duration, backfill: { withinDays: 1 } }
    `;
    const entered = (recorded: string) => `
      time             | recorded         | subject | event        | who | duration | by
      2026-03-02 10:00 | ${recorded} | entry-1 | TimeEntered  | TOM | 30m      |
      2026-03-06 12:00 | 2026-03-06 12:00 | entry-1 | TimeApproved | TOM |          | BOSS
    `;
    given(entered('2026-03-06 09:00')).under(rules).then(`
      who | counted | flags
      TOM | 0:30:00 | late-entry
    `);
    given(entered('2026-03-09 09:00')).under(rules).then(`
      who | counted | subtracted         | flags
      TOM | 0:00:00 | unapproved 0:30:00 | late-entry, needs-approval
    `);
  });
});
