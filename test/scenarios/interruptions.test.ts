/** Interruptions: a gap within the tolerance keeps the clock, a longer one makes two records. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const TOLERANT = `
rules:
  - rule: task.work
    on: task
    start: TaskStarted
    pause: TaskPaused
    resume: TaskResumed
    stop: TaskCompleted
    interruption: { keepUpTo: 120s }
`;
const SHARED = `
rules:
  - rule: ticket.work
    on: ticket
    start: [TicketOpened, TicketReopened]
    pause: TicketPended
    resume: TicketResumed
    stop: TicketResolved
    handOver: TicketAssigned
    interruption: { keepUpTo: 120s }
`;

describe('an interruption', () => {
  it('of 90 s is kept and marked: one record of 30:00 (R3)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:10            | task-1  | TaskPaused    |
      10:11:30         | task-1  | TaskResumed   |
      10:30            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      cycle | counted | subtracted | grades                              | because
      1     | 0:30:00 |            | observed 0:28:30, inferred 0:01:30 | start -> pause, interruption.keepUpTo -> interruption.keepUpTo, resume -> stop
    `);
  });

  it('of 121 s makes two records and counts in neither (R3)', () => {
    // 10:00-10:10 and 10:12:01-10:30 are 600 s and 1,079 s: with the 121 s they are the half hour.
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:10            | task-1  | TaskPaused    |
      10:12:01         | task-1  | TaskResumed   |
      10:30            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      cycle | from                | to               | counted | subtracted | grades
      1     | 2026-03-02 10:00    | 2026-03-02 10:10 | 0:10:00 |            | observed 0:10:00
      2     | 2026-03-02 10:12:01 | 2026-03-02 10:30 | 0:17:59 |            | observed 0:17:59
    `);
  });

  it('of exactly the tolerance is kept, of a millisecond more is not', () => {
    const table = (resumed: string) => `
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:10            | task-1  | TaskPaused    |
      ${resumed}       | task-1  | TaskResumed   |
      10:30            | task-1  | TaskCompleted |
    `;
    given(table('10:12')).under(TOLERANT).then(`
      cycle | counted
      1     | 0:30:00
    `);
    given(table('10:12:00.001')).under(TOLERANT).then(`
      cycle | counted
      1     | 0:10:00
      2     | 0:17:59.999
    `);
  });

  it('between a stop and the next start is judged alike', () => {
    // Cycle 1: 10:00-10:10, 90 s kept, 10:11:30-10:20. Cycle 2 begins 121 s after it: 10:22:01-10:30.
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:10            | task-1  | TaskCompleted |
      10:11:30         | task-1  | TaskStarted   | ANNA
      10:20            | task-1  | TaskCompleted |
      10:22:01         | task-1  | TaskStarted   | ANNA
      10:30            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      cycle | counted | grades
      1     | 0:20:00 | observed 0:18:30, inferred 0:01:30
      2     | 0:07:59 | observed 0:07:59
    `);
  });

  it('between a stop and the next start is kept up to exactly the tolerance', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:10            | task-1  | TaskCompleted |
      10:12            | task-1  | TaskStarted   | ANNA
      10:20            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      cycle | counted | grades
      1     | 0:20:00 | observed 0:18:00, inferred 0:02:00
    `);
  });

  it('that touches nothing joins two cycles and infers nothing', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:10            | task-1  | TaskCompleted |
      10:10            | task-1  | TaskStarted   | ANNA
      10:20            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      cycle | counted | grades           | spans
      1     | 0:20:00 | observed 0:20:00 | 2
    `);
  });

  it('that nothing follows stays a pause', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:10            | task-1  | TaskPaused    |
      10:11            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      counted | subtracted     | to
      0:10:00 | paused 0:01:00 | 2026-03-02 10:11
    `);
  });

  it('before an end that has not come is kept too', () => {
    given(`
      time             | subject | event       | who
      2026-03-02 10:00 | task-1  | TaskStarted | ANNA
      10:10            | task-1  | TaskPaused  |
      10:11            | task-1  | TaskResumed |
    `).under(TOLERANT).then(`
      counted | status  | runs since       | grades
      0:11:00 | running | 2026-03-02 10:11 | observed 0:10:00, inferred 0:01:00
    `);
  });

  it('is nobody’s time when somebody else goes on', () => {
    // A stops at 10:10, B starts at 10:11: a second cycle. A pauses at 11:10 and B resumes at 11:11: one cycle, handed over.
    given(`
      time             | subject  | event          | who
      2026-03-02 10:00 | ticket-1 | TicketOpened   | A
      10:10            | ticket-1 | TicketResolved |
      10:11            | ticket-1 | TicketReopened | B
      10:20            | ticket-1 | TicketResolved |
      11:00            | ticket-2 | TicketOpened   | A
      11:10            | ticket-2 | TicketPended   |
      11:11            | ticket-2 | TicketAssigned | B
      11:11            | ticket-2 | TicketResumed  |
      11:20            | ticket-2 | TicketResolved |
    `).under(SHARED).then(`
      subject  | who | cycle | counted | grades
      ticket-1 | A   | 1     | 0:10:00 | observed 0:10:00
      ticket-1 | B   | 2     | 0:09:00 | observed 0:09:00
      ticket-2 | A   | 1     | 0:10:00 | observed 0:10:00
      ticket-2 | B   | 1     | 0:09:00 | observed 0:09:00
    `);
  });
});

describe('an interruption is judged whole', () => {
  it('a long wait at the very beginning takes no cycle number (record.ts: cycle from 1)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:00            | task-1  | TaskPaused    |
      10:30            | task-1  | TaskResumed   |
      11:00            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      cycle | from             | counted
      1     | 2026-03-02 10:30 | 0:30:00
    `);
  });

  it('a pause and the gap after its stop are 31 min, not 1 (R3)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA
      10:00            | task-1  | TaskPaused    |
      10:30            | task-1  | TaskCompleted |
      10:31            | task-1  | TaskStarted   | ANNA
      11:00            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      cycle | counted | grades
      1     | 1:00:00 | observed 1:00:00
      2     | 0:29:00 | observed 0:29:00
    `);
  });

  it('paused 60 s, stopped and at once started again, is 60 s and kept (R3)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | task-1  | TaskStarted   | ANNA
      10:10            | task-1  | TaskPaused    |
      10:11            | task-1  | TaskCompleted |
      10:11            | task-1  | TaskStarted   | ANNA
      10:30            | task-1  | TaskCompleted |
    `).under(TOLERANT).then(`
      cycle | counted | grades
      1     | 0:30:00 | observed 0:29:00, inferred 0:01:00
    `);
  });

  it('100 s of A and 100 s of B are 200 s, and nobody’s (R3)', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 10:00 | ticket-1 | TicketOpened   | A
      10:10            | ticket-1 | TicketPended   |
      10:11:40         | ticket-1 | TicketAssigned | B
      10:13:20         | ticket-1 | TicketResumed  |
      10:30            | ticket-1 | TicketResolved |
    `).under(`
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, pause: TicketPended, resume: TicketResumed,
            stop: TicketResolved, handOver: TicketAssigned, interruption: { keepUpTo: 120s } }
    `).then(`
      who | counted
      A   | 0:10:00
      B   | 0:16:40
    `);
  });
});
