/** Ties, repeats and disorder: what arrives at one instant, twice, or in the wrong order. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const TALK = `
rules:
  - rule: call.talk
    on: call
    start: CallConnected
    pause: CallHeld
    resume: CallResumed
    stop: CallEnded
    cancel: CallAbandoned
    handOver: CallTransferred
`;

describe('at one instant', () => {
  it('a stop and a start close the open cycle and open the next (E12)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | A
      10:10            | call-1  | CallConnected | B
      10:10            | call-1  | CallEnded     |
      10:15            | call-1  | CallEnded     |
    `).under(TALK).then(`
        who | cycle | from             | counted
        A   | 1     | 2026-03-02 10:00 | 0:10:00
        B   | 2     | 2026-03-02 10:10 | 0:05:00
      `);
  });

  it('a start and a stop with nothing open are a point (E12)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:10 | call-1  | CallEnded     |
      10:10            | call-1  | CallConnected | B
    `).under(TALK).then(`
        who | cycle | counted | status
        B   | 1     | 0:00:00 | closed
      `);
  });

  it('the order of the source does not overrule the order of the roles', () => {
    given(`
      time             | subject | event         | who | sequence
      2026-03-02 10:00 | call-1  | CallConnected | A   | 1
      10:10            | call-1  | CallConnected | B   | 2
      10:10            | call-1  | CallEnded     |     | 3
    `).under(TALK).then(`
        who | cycle | counted | status
        A   | 1     | 0:10:00 | closed
        B   | 2     | 0:00:00 | running
      `);
  });

  it('of two hand-overs the later by the order of the source has it', () => {
    given(`
      time             | subject | event           | who | sequence
      2026-03-02 10:00 | call-1  | CallConnected   | A   | 1
      10:01            | call-1  | CallTransferred | C   | 3
      10:01            | call-1  | CallTransferred | B   | 2
      10:03            | call-1  | CallEnded       |     | 4
    `).under(TALK).then(`
        who | counted
        A   | 0:01:00
        C   | 0:02:00
      `);
  });

  it.each([
    ['a stop is stronger than a pause', 'CallEnded', 'CallHeld', 'closed'],
    ['a stop is stronger than a hand-over', 'CallEnded', 'CallTransferred', 'closed'],
    ['a pause comes before a resume', 'CallHeld', 'CallResumed', 'running'],
  ])('%s', (_, one, other, status) => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | A
      10:10            | call-1  | ${other}      | A
      10:10            | call-1  | ${one}        | A
    `).under(TALK).then(`
        who | counted | status
        A   | 0:10:00 | ${status}
      `);
  });

  it('a cancel is weaker than a stop and stronger than a pause', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | A
      10:10            | call-1  | CallAbandoned |
      10:10            | call-1  | CallEnded     |
      11:00            | call-2  | CallConnected | A
      11:10            | call-2  | CallHeld      |
      11:10            | call-2  | CallAbandoned |
    `).under(TALK).then(`
        subject | counted | status
        call-1  | 0:10:00 | closed
      `);
  });

  it('a start and a pause open a cycle that waits', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallHeld      |
      10:00            | call-1  | CallConnected | A
      10:04            | call-1  | CallResumed   |
      10:10            | call-1  | CallEnded     |
    `).under(TALK).then(`
        who | from             | counted | subtracted
        A   | 2026-03-02 10:00 | 0:06:00 | paused 0:04:00
      `);
  });
});

describe('a fact that is delivered', () => {
  it('three times counts once (E11)', () => {
    const answer = given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | A
      10:00            | call-1  | CallConnected | A
      10:00            | call-1  | CallConnected | A
      10:10            | call-1  | CallEnded     | A
      10:10            | call-1  | CallEnded     | A
      10:10            | call-1  | CallEnded     | A
    `).under(TALK);
    answer.then(`
      who | counted | facts
      A   | 0:10:00 | 2
    `);
    answer.days(`
      who | day        | sum     | records
      A   | 2026-03-02 | 0:10:00 | 1
    `);
  });

  it('late takes its place in time, not in the order of arrival (E9)', () => {
    // Connected 10:00, on hold 10:02-10:05, ended 10:10: 2 + 5 min.
    given(`
      time             | subject | event         | who
      2026-03-02 10:10 | call-1  | CallEnded     |
      10:05            | call-1  | CallResumed   |
      10:00            | call-1  | CallConnected | A
      10:02            | call-1  | CallHeld      |
    `).under(TALK).then(`
        who | from             | to               | counted | subtracted     | grades
        A   | 2026-03-02 10:00 | 2026-03-02 10:10 | 0:07:00 | paused 0:03:00 | observed 0:07:00
      `);
  });

  it('after its own end twice ends only once', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | A
      10:10            | call-1  | CallEnded     |
      10:20            | call-1  | CallEnded     |
      10:30            | call-1  | CallResumed   |
    `).under(TALK).then(`
        who | to               | counted | status
        A   | 2026-03-02 10:10 | 0:10:00 | closed
      `);
  });
});

describe('a ticket opened and handed over in one instant', () => {
  it('is from the start the time of whom it was given to', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 10:00 | ticket-1 | TicketOpened   | A
      10:00            | ticket-1 | TicketAssigned | B
      10:30            | ticket-1 | TicketResolved |
    `).under(`
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved, handOver: TicketAssigned }
    `).then(`
      who | counted | because
      B   | 0:30:00 | start -> stop
    `);
  });
});
