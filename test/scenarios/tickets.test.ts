/** Tickets: opened, waiting, reopened, handed over, and known only by their status. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const WORK = `
rules:
  - rule: ticket.work
    on: ticket
    start: [TicketOpened, TicketReopened]
    pause: TicketPended
    resume: TicketResumed
    stop: [TicketResolved, TicketClosed]
    handOver: TicketAssigned
`;

const FIRST_RESPONSE = `
rules:
  - rule: ticket.first-response
    on: ticket
    start: [TicketOpened, TicketReopened]
    stop:
      - TicketResolved
      - { event: TicketStatusChanged, where: { status: answered } }
`;

/** Status 1 to 5 are open, 6 is closed. */
const STEPS = `
rules:
  - rule: ticket.open
    on: ticket
    start: { event: TicketStatusChanged, where: { status: ['1', '2', '3', '4', '5'] } }
    stop: { event: TicketStatusChanged, where: { status: '6' } }
`;

describe('a ticket', () => {
  it('runs from the question to the answer: 1,425 s (R5)', () => {
    // 23 min 45 s.
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      09:23:45         | ticket-1 | TicketResolved |
    `).under(WORK).then(`
        who  | counted | grades           | because       | method
        ANNA | 0:23:45 | observed 0:23:45 | start -> stop | auto
      `);
  });

  it('rests while it waits: 7,200 s running, 3,600 s paused (R17)', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      10:00            | ticket-1 | TicketPended   |
      11:00            | ticket-1 | TicketResumed  |
      12:00            | ticket-1 | TicketResolved |
    `).under(WORK).then(`
        who  | counted | subtracted     | because
        ANNA | 2:00:00 | paused 1:00:00 | start -> pause, resume -> stop
      `);
  });

  it('rests the whole night where no calendar says when work is (E4 without its calendar)', () => {
    // 09:00-17:00 and 09:00-10:00 count; 17:00-09:00 is 16 h.
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      17:00            | ticket-1 | TicketPended   |
      2026-03-03 09:00 | ticket-1 | TicketResumed  |
      10:00            | ticket-1 | TicketResolved |
    `).under(WORK).then(`
        who  | counted | subtracted
        ANNA | 9:00:00 | paused 16:00:00
      `);
  });

  it('that is reopened begins a cycle of its own, and the time between counts nowhere (E1)', () => {
    // Resolved Monday 09:05, reopened Friday 14:00, answered 14:10: the second cycle is 600 s.
    const answer = given(`
      time             | subject  | event               | who  | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | ANNA |
      09:05            | ticket-1 | TicketResolved      | ANNA |
      2026-03-06 14:00 | ticket-1 | TicketReopened      |      |
      14:10            | ticket-1 | TicketStatusChanged | ANNA | answered
    `).under(FIRST_RESPONSE);
    answer.then(`
      who  | cycle | from             | counted | subtracted
      ANNA | 1     | 2026-03-02 09:00 | 0:05:00 |
      ANNA | 2     | 2026-03-06 14:00 | 0:10:00 |
    `);
    answer.weeks(`
      who  | week     | sum     | records
      ANNA | 2026-W10 | 0:15:00 | 2
    `);
  });

  it('that is created closed has a record of no length (E5)', () => {
    given(`
      time             | subject  | event        | who
      2026-03-02 10:00 | ticket-1 | TicketOpened | ANNA
      10:00            | ticket-1 | TicketClosed |
      15:00            | ticket-1 | TicketClosed |
    `).under(WORK).then(`
        who  | counted | status | to
        ANNA | 0:00:00 | closed | 2026-03-02 10:00
      `);
  });

  it('that is created waiting does not run (E5)', () => {
    given(`
      time             | subject  | event        | who
      2026-03-02 10:00 | ticket-1 | TicketOpened | ANNA
      10:00            | ticket-1 | TicketPended |
    `).under(WORK).then(`
        who  | counted | status | runs since
        ANNA | 0:00:00 | paused | 2026-03-02 10:00
      `);
  });

  it('is the time of whoever it is assigned to, also when that was before it was opened', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 08:55 | ticket-1 | TicketAssigned | A
      09:00            | ticket-1 | TicketOpened   |
      10:30            | ticket-1 | TicketAssigned | B
      11:00            | ticket-1 | TicketResolved |
      14:00            | ticket-1 | TicketReopened |
      14:20            | ticket-1 | TicketResolved |
    `).under(WORK).then(`
        who | cycle | counted | because
        A   | 1     | 1:30:00 | start -> handOver
        B   | 1     | 0:30:00 | handOver -> stop
        B   | 2     | 0:20:00 | start -> stop
      `);
  });

  it('may change hands while it is closed', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | A
      10:00            | ticket-1 | TicketResolved |
      11:00            | ticket-1 | TicketAssigned | B
      12:00            | ticket-1 | TicketReopened |
      12:10            | ticket-1 | TicketResolved |
    `).under(WORK).then(`
        who | cycle | counted
        A   | 1     | 1:00:00
        B   | 2     | 0:10:00
      `);
  });

  it('whose waiting never ended before it was resolved counts no waiting', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      09:40            | ticket-1 | TicketPended   |
      12:00            | ticket-1 | TicketResolved |
    `).under(WORK).then(`
        who  | counted | subtracted     | to
        ANNA | 0:40:00 | paused 2:20:00 | 2026-03-02 12:00
      `);
  });

  it('is the same whatever order its facts arrive in (E9)', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 12:00 | ticket-1 | TicketResolved |
      11:00            | ticket-1 | TicketResumed  |
      10:00            | ticket-1 | TicketPended   |
      09:30            | ticket-1 | TicketAssigned | B
      09:00            | ticket-1 | TicketOpened   | A
    `).under(WORK).then(`
        who | counted | subtracted
        A   | 0:30:00 |
        B   | 1:30:00 | paused 1:00:00
      `);
  });
});

describe('a ticket that is known by its status only', () => {
  it('is open from the first open status to the closed one, and each step is a sign of life', () => {
    given(`
      time             | subject  | event               | who  | status
      2026-03-02 09:00 | ticket-1 | TicketStatusChanged | ANNA | 1
      09:20            | ticket-1 | TicketStatusChanged | ANNA | 3
      10:00            | ticket-1 | TicketStatusChanged | ANNA | 6
      11:00            | ticket-1 | TicketStatusChanged | ANNA | 4
      11:15            | ticket-1 | TicketStatusChanged | ANNA | 6
    `).under(STEPS).then(`
        cycle | from             | counted | spans
        1     | 2026-03-02 09:00 | 1:00:00 | 1
        2     | 2026-03-02 11:00 | 0:15:00 | 1
      `);
  });

  it('and is never closed counts up to its last sign, and runs on from there', () => {
    given(
      `
      time             | subject  | event               | who  | status
      2026-03-02 09:00 | ticket-1 | TicketStatusChanged | ANNA | 1
      09:20            | ticket-1 | TicketStatusChanged | ANNA | 3
      09:45            | ticket-1 | TicketStatusChanged | ANNA | 2
    `,
      { asOf: '2026-03-09 09:00' },
    ).under(STEPS).then(`
        counted | status  | runs since       | because        | grades
        0:45:00 | running | 2026-03-02 09:45 | start -> start | observed 0:45:00
      `);
  });

  it('closes at its last sign where the rule says so, and infers nothing', () => {
    given(
      `
      time             | subject  | event               | who  | status
      2026-03-02 09:00 | ticket-1 | TicketStatusChanged | ANNA | 1
      09:45            | ticket-1 | TicketStatusChanged | ANNA | 2
    `,
      { asOf: '2026-03-09 09:00' },
    ).under(`${STEPS}    missingEnd: { closeAt: lastSignal }\n`).then(`
        counted | status | to               | grades
        0:45:00 | closed | 2026-03-02 09:45 | observed 0:45:00
      `);
  });

  it('and waits does not close at its last sign: nobody is working whose end could be missing', () => {
    given(
      `
      time             | subject  | event         | who
      2026-03-02 09:00 | ticket-1 | TicketOpened  | ANNA
      09:45            | ticket-1 | TicketPended  |
    `,
      { asOf: '2026-03-09 09:00' },
    ).under(`${WORK}    missingEnd: { closeAt: lastSignal }\n`).then(`
        counted | status | runs since
        0:45:00 | paused | 2026-03-02 09:45
      `);
  });
});

describe('a ticket that nobody has yet', () => {
  const QUEUED = `
    time             | subject  | event          | who
    2026-03-02 09:00 | ticket-1 | TicketOpened   |
    09:30            | ticket-1 | TicketAssigned | ANNA
    10:00            | ticket-1 | TicketResolved |
    11:00            | ticket-2 | TicketOpened   |
  `;

  it('is the time of nobody, and shown as such', () => {
    given(QUEUED).under(WORK).then(`
      who        | subject  | counted | status
      unassigned | ticket-1 | 0:30:00 | closed
      ANNA       | ticket-1 | 0:30:00 | closed
      unassigned | ticket-2 | 0:00:00 | running
    `);
  });

  it('makes no record where the rule skips it', () => {
    given(QUEUED).under(`${WORK}    unassigned: skip\n`).then(`
      who  | subject  | counted | from
      ANNA | ticket-1 | 0:30:00 | 2026-03-02 09:30
    `);
  });
});
