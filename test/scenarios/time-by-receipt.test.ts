/** Facts that nobody timed: received (what they bound is inferred), or only planned (declared). */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const TICKETS = `
rules:
  - { rule: ticket.work, on: ticket, start: TicketOpened, pause: TicketPended, resume: TicketResumed, stop: TicketResolved }
`;

describe('a stretch that a time of receipt bounds', () => {
  it.each([
    ['opened by one', 'receipt', '', 'inferred 0:40:00'],
    ['closed by one', '', 'receipt', 'inferred 0:40:00'],
    ['bounded by two', 'receipt', 'receipt', 'inferred 0:40:00'],
    ['bounded by none', '', '', 'observed 0:40:00'],
  ])('%s', (_, first, last, grades) => {
    given(`
      time             | subject  | event          | who | timedBy
      2026-03-02 10:00 | ticket-1 | TicketOpened   | ana | ${first}
      10:40            | ticket-1 | TicketResolved | ana | ${last}
    `).under(TICKETS).then(`
        counted | grades
        0:40:00 | ${grades}
      `);
  });

  it('is inferred, and those beside it stay observed', () => {
    // 10:00 to 10:10 by the source's clock, paused at a time of receipt at 10:30, resumed 11:00, resolved 11:05.
    given(`
      time             | subject  | event          | who | timedBy
      2026-03-02 10:00 | ticket-1 | TicketOpened   | ana |
      10:30            | ticket-1 | TicketPended   | ana | receipt
      11:00            | ticket-1 | TicketResumed  | ana |
      11:05            | ticket-1 | TicketResolved | ana |
    `).under(TICKETS).then(`
        counted | grades                              | subtracted
        0:35:00 | observed 0:05:00, inferred 0:30:00 | paused 0:30:00
      `);
  });

  it('stays declared where a person says so: that is weaker', () => {
    given(`
      time             | subject | event        | who | timedBy
      2026-03-02 10:00 | timer-1 | TimerStarted | ana | receipt
      10:20            | timer-1 | TimerStopped | ana |
    `).under('rules: [{ rule: timer, on: timer, start: TimerStarted, stop: TimerStopped }]').then(`
        counted | grades
        0:20:00 | declared 0:20:00
      `);
  });
});

describe('a stretch of bare activity', () => {
  const SIGNS = 'rules: [{ rule: mail, on: email, session: { events: EmailAnswered, gap: 30m } }]';

  it.each([
    ['whose first sign has no time of its own is inferred', 'receipt', '', '', 'inferred 0:20:00'],
    ['whose last sign has none is inferred', '', '', 'receipt', 'inferred 0:20:00'],
    ['is observed where only a sign between has none', '', 'receipt', '', 'observed 0:20:00'],
  ])('%s', (_, first, middle, last, grades) => {
    given(`
      time             | subject | event         | who | timedBy
      2026-03-02 10:00 | email-1 | EmailAnswered | ana | ${first}
      10:10            | email-1 | EmailAnswered | ana | ${middle}
      10:20            | email-1 | EmailAnswered | ana | ${last}
    `).under(SIGNS).then(`
        counted | grades
        0:20:00 | ${grades}
      `);
  });
});

describe('an end that never came', () => {
  it('is told with what the rule supplied, and without what lies before it', () => {
    // Opened 10:00 by receipt, assigned 10:30, and no end: an hour is supplied from the last sign on, of 1:30 inferred.
    given(
      `
      time             | subject  | event         | who | timedBy
      2026-03-02 10:00 | ticket-1 | TicketOpened  | ana | receipt
      10:30            | ticket-1 | TicketAssigned | ana |
    `,
      { asOf: '15:00' },
    ).under(
      `rules: [{ rule: ticket.work, on: ticket, start: TicketOpened, handOver: TicketAssigned, stop: TicketResolved,
           missingEnd: { cap: 1h, flag: true } }]`,
    ).findings(`
        code         | detail
        end-supplied | its end never came; the rule supplied it and with it 1:00:00
      `);
  });
});

describe('a meeting of a calendar', () => {
  const MEETINGS = 'rules: [{ rule: meeting, on: meeting, start: MeetingStarted, stop: MeetingEnded }]';

  it.each([
    ['is declared: it was planned, and nobody has seen it', 'plan', 'plan', 'declared 0:45:00'],
    ['is declared also where a system saw its end', 'plan', '', 'declared 0:45:00'],
    ['is observed where a conferencing system saw both', '', '', 'observed 0:45:00'],
  ])('%s', (_, first, last, grades) => {
    given(`
      time             | subject   | event          | who | timedBy
      2026-03-02 14:00 | meeting-1 | MeetingStarted | ana | ${first}
      14:45            | meeting-1 | MeetingEnded   | ana | ${last}
    `).under(MEETINGS).then(`
        counted | grades
        0:45:00 | ${grades}
      `);
  });
});
