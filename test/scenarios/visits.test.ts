/** Visits: check-in to check-out, and the check-out that somebody forgot. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const ON_SITE = (missingEnd: string) => `
rules:
  - rule: visit.on-site
    on: visit
    start: VisitCheckedIn
    pause: VisitPaused
    resume: VisitResumed
    stop: VisitCheckedOut
    cancel: VisitCancelled
    missingEnd: ${missingEnd}
`;
const NEXT_OR_AN_HOUR = ON_SITE('{ closeAt: nextStart, cap: 60m }');

describe('a visit', () => {
  it('lasts from check-in to check-out: 47:00 observed (R30)', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn  | TOM
      13:52            | visit-1 | VisitCheckedOut | TOM
    `).under(NEXT_OR_AN_HOUR).then(`
        who | counted | grades           | status
        TOM | 0:47:00 | observed 0:47:00 | closed
      `);
  });

  it('does not count the pause', () => {
    // 09:00-10:00 and 10:30-12:00.
    given(`
      time             | subject | event           | who
      2026-03-02 09:00 | visit-1 | VisitCheckedIn  | TOM
      10:00            | visit-1 | VisitPaused     |
      10:30            | visit-1 | VisitResumed    |
      12:00            | visit-1 | VisitCheckedOut | TOM
    `).under(NEXT_OR_AN_HOUR).then(`
        counted | subtracted
        2:30:00 | paused 0:30:00
      `);
  });

  it('that was cancelled leaves no record, and the next check-in is the first cycle', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 09:00 | visit-1 | VisitCheckedIn  | TOM
      09:10            | visit-1 | VisitCancelled  |
      10:00            | visit-1 | VisitCheckedIn  | TOM
      10:20            | visit-1 | VisitCheckedOut |
    `).under(NEXT_OR_AN_HOUR).then(`
        cycle | from             | counted
        1     | 2026-03-02 10:00 | 0:20:00
      `);
  });

  it('that was cancelled after its end keeps its record', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 09:00 | visit-1 | VisitCheckedIn  | TOM
      09:10            | visit-1 | VisitCheckedOut |
      09:30            | visit-1 | VisitCancelled  |
    `).under(NEXT_OR_AN_HOUR).then(`
        counted | status
        0:10:00 | closed
      `);
  });
});

describe('a forgotten check-out', () => {
  it('ends at the cap, which is inferred (E7)', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn  | TOM
      15:00            | visit-2 | VisitCheckedIn  | TOM
      15:30            | visit-2 | VisitCheckedOut | TOM
    `).under(NEXT_OR_AN_HOUR).then(`
        subject | from             | to               | counted | grades           | because
        visit-1 | 2026-03-02 13:05 | 2026-03-02 14:05 | 1:00:00 | inferred 1:00:00 | start -> missingEnd.cap
        visit-2 | 2026-03-02 15:00 | 2026-03-02 15:30 | 0:30:00 | observed 0:30:00 | start -> stop
      `);
  });

  it('gives way to the real one when that arrives late (E7)', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn  | TOM
      15:00            | visit-2 | VisitCheckedIn  | TOM
      15:30            | visit-2 | VisitCheckedOut | TOM
      13:52            | visit-1 | VisitCheckedOut | TOM
    `).under(NEXT_OR_AN_HOUR).then(`
        subject | to               | counted | grades
        visit-1 | 2026-03-02 13:52 | 0:47:00 | observed 0:47:00
        visit-2 | 2026-03-02 15:30 | 0:30:00 | observed 0:30:00
      `);
  });

  it('ends at the next check-in when that comes before the cap', () => {
    given(`
      time             | subject | event          | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn | TOM
      13:30            | visit-2 | VisitCheckedIn | TOM
    `).under(NEXT_OR_AN_HOUR).then(`
        subject | to               | counted | because                                | status
        visit-1 | 2026-03-02 13:30 | 0:25:00 | start -> missingEnd.closeAt nextStart | closed
        visit-2 | 2026-03-02 13:30 | 0:00:00 |                                        | running
      `);
  });

  it('is not ended by somebody else, nor by work of another measure', () => {
    given(`
      time             | subject | event          | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn | TOM
      13:10            | visit-2 | VisitCheckedIn | EVE
      13:15            | task-1  | TaskStarted    | TOM
      13:50            | visit-3 | VisitCheckedIn | TOM
    `).under(`${NEXT_OR_AN_HOUR}
  - { rule: task.own, on: task, measure: own, start: TaskStarted, stop: TaskCompleted }
`).then(`
        who | subject | counted | status
        TOM | visit-1 | 0:45:00 | closed
        EVE | visit-2 | 0:00:00 | running
        TOM | task-1  | 0:00:00 | running
        TOM | visit-3 | 0:00:00 | running
      `);
  });

  it('still runs while the cap has not passed on the clock of the log', () => {
    given(
      `
      time             | subject | event          | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn | TOM
    `,
      { asOf: '2026-03-02 14:04:59.999' },
    ).under(NEXT_OR_AN_HOUR).then(`
        counted | status  | runs since
        0:00:00 | running | 2026-03-02 13:05
      `);
  });

  it('ends at the cap once the clock of the log has reached it, and then never moves again', () => {
    for (const asOf of ['2026-03-02 14:05', '2026-03-02 14:06', '2027-01-01 00:00'])
      given(
        `
        time             | subject | event          | who
        2026-03-02 13:05 | visit-1 | VisitCheckedIn | TOM
      `,
        { asOf },
      ).under(NEXT_OR_AN_HOUR).then(`
          counted | status | to               | grades
          1:00:00 | closed | 2026-03-02 14:05 | inferred 1:00:00
        `);
  });

  it('counts the cap from the last sign of work, and grades what lies before it observed', () => {
    // 09:00-09:30 and 10:00 on; the last sign is the resume at 10:00, so 10:00-11:00 is inferred.
    given(
      `
      time             | subject | event          | who
      2026-03-02 09:00 | visit-1 | VisitCheckedIn | TOM
      09:30            | visit-1 | VisitPaused    |
      10:00            | visit-1 | VisitResumed   |
    `,
      { asOf: '2026-03-02 18:00' },
    ).under(NEXT_OR_AN_HOUR).then(`
        counted | subtracted     | grades
        1:30:00 | paused 0:30:00 | observed 0:30:00, inferred 1:00:00
      `);
  });

  it('of a paused visit assumes nothing', () => {
    given(
      `
      time             | subject | event          | who
      2026-03-02 09:00 | visit-1 | VisitCheckedIn | TOM
      09:30            | visit-1 | VisitPaused    |
      17:00            | visit-2 | VisitCheckedIn | TOM
    `,
      { asOf: '2026-03-09 09:00' },
    ).under(NEXT_OR_AN_HOUR).then(`
        subject | counted | status | grades
        visit-1 | 0:30:00 | paused | observed 0:30:00
        visit-2 | 1:00:00 | closed | inferred 1:00:00
      `);
  });

  it('makes no clock of 340 hours: the cap of 10 h is what is inferred (E30)', () => {
    // 340 h after 2026-03-02 08:00 is 14 days and 4 h later.
    given(
      `
      time             | subject | event          | who
      2026-03-02 08:00 | visit-1 | VisitCheckedIn | TOM
    `,
      { asOf: '2026-03-16 12:00' },
    ).under(ON_SITE('{ cap: 10h }')).then(`
        counted  | to               | grades            | because
        10:00:00 | 2026-03-02 18:00 | inferred 10:00:00 | start -> missingEnd.cap
      `);
  });

  it('without a rule for it runs for ever and counts nothing', () => {
    given(
      `
      time             | subject | event          | who
      2026-03-02 08:00 | visit-1 | VisitCheckedIn | TOM
    `,
      { asOf: '2036-03-02 08:00' },
    ).under(`
      rules:
        - { rule: visit.on-site, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut }
    `).then(`
        counted | status  | runs since
        0:00:00 | running | 2026-03-02 08:00
      `);
  });
});

const SHIFT = `
rules:
  - { rule: visit.shift, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut, missingEnd: { closeAt: nextStart, cap: 10h } }
`;

describe('visits that nobody has', () => {
  it('nobody is not a person: an unassigned visit is not ended by another unassigned one', () => {
    given(`
      time             | subject | event          | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn |
      13:30            | visit-2 | VisitCheckedIn |
    `).under(SHIFT).then(`
      who        | subject | counted | status
      unassigned | visit-1 | 0:00:00 | running
      unassigned | visit-2 | 0:00:00 | running
    `);
  });
});
