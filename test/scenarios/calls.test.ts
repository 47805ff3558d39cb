/** Calls: talk, hold, wrap-up, transfer, and the ends that never come. */
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
    handOver: CallTransferred
    missingEnd: { closeAt: nextStart, cap: 60m }
`;

describe('a call', () => {
  it('counts what lies between connected and ended', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallOffered   |
      10:00:12         | call-1  | CallConnected | ANNA
      10:11:42         | call-1  | CallEnded     |
    `).under(TALK).then(`
        who  | from                | to                  | counted | grades           | because
        ANNA | 2026-03-02 10:00:12 | 2026-03-02 10:11:42 | 0:11:30 | observed 0:11:30 | start -> stop
      `);
  });

  it('does not count the hold, and says so (E23: a hold that is never released ends with the call)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:05            | call-1  | CallHeld      |
      10:06:30         | call-1  | CallResumed   |
      10:10            | call-1  | CallHeld      |
      10:11:30         | call-1  | CallEnded     |
    `).under(TALK).then(`
        who  | counted | subtracted                     | status
        ANNA | 0:08:30 | paused 0:01:30, paused 0:01:30 | closed
      `);
  });

  it('belongs to each agent in turn when it is transferred (E2)', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 10:00 | call-1  | CallConnected   | A
      10:02            | call-1  | CallTransferred | B
      11:00            | call-1  | CallEnded       |
    `).under(TALK).then(`
        who | counted | because
        A   | 0:02:00 | start -> handOver
        B   | 0:58:00 | handOver -> stop
      `);
  });

  it('whose transfer was lost ends at the next call of the agent, and says that this is inferred (E3)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | A
      10:02:10         | call-2  | CallConnected | A
      10:12:10         | call-2  | CallEnded     |
    `).under(TALK).then(`
        who | subject | counted | grades           | because
        A   | call-1  | 0:02:10 | inferred 0:02:10 | start -> missingEnd.closeAt nextStart
        A   | call-2  | 0:10:00 | observed 0:10:00 | start -> stop
      `);
  });

  it('of no length is a point that counts nothing (E12)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | A
      10:00            | call-1  | CallEnded     |
    `).under(TALK).then(`
        who | from             | to               | counted | spans | status
        A   | 2026-03-02 10:00 | 2026-03-02 10:00 | 0:00:00 | 1     | closed
      `);
  });

  it('shows the time until it was answered under no rule: ring does not count (R31, E25)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallOffered   | ANNA
      10:00:12         | call-1  | CallConnected | ANNA
      10:10:12         | call-1  | CallEnded     |
      10:30            | call-2  | CallOffered   | ANNA
      10:30:20         | call-2  | CallAbandoned |
    `).under(TALK).then(`
        who  | subject | from                | counted
        ANNA | call-1  | 2026-03-02 10:00:12 | 0:10:00
      `);
  });

  it('has every measure its own figure: talk 600 s, engaged 690 s, billable 900 s (R1)', () => {
    const answer = given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:04            | call-1  | CallHeld      |
      10:05:30         | call-1  | CallResumed   |
      10:11:30         | call-1  | CallEnded     |
    `).under(`
      rules:
        - { rule: talk, on: call, measure: talk, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded }
        - { rule: engaged, on: call, measure: engaged, start: CallConnected, stop: CallEnded }
        - { rule: billable, on: call, measure: billable, start: CallConnected, stop: CallEnded,
            round: { unit: 15m, mode: up, scope: record } }
    `);
    answer.then(`
      measure  | counted | rounded
      billable | 0:11:30 | 0:15:00
      engaged  | 0:11:30 | 0:11:30
      talk     | 0:10:00 | 0:10:00
    `);
    // Measures are never added to each other. Without a unit of its own a day is shown in whole minutes: 11:30 is 12.
    answer.days(`
      who  | measure  | day        | sum     | records | rounded
      ANNA | billable | 2026-03-02 | 0:11:30 | 1       | 0:15:00
      ANNA | engaged  | 2026-03-02 | 0:11:30 | 1       | 0:12:00
      ANNA | talk     | 2026-03-02 | 0:10:00 | 1       | 0:10:00
    `);
  });

  it('that has not ended is running, and counts nothing that no signal proves', () => {
    given(
      `
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
    `,
      { asOf: '2026-03-02 10:03' },
    ).under(TALK).then(`
        who  | status  | counted | runs since       | from             | to
        ANNA | running | 0:00:00 | 2026-03-02 10:00 | 2026-03-02 10:00 | 2026-03-02 10:00
      `);
  });

  it('that is on hold and has no end is paused, counted up to the hold', () => {
    given(
      `
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:04            | call-1  | CallHeld      |
    `,
      { asOf: '2026-03-02 18:00' },
    ).under(TALK).then(`
        who  | status | counted | runs since       | grades
        ANNA | paused | 0:04:00 | 2026-03-02 10:04 | observed 0:04:00
      `);
  });

  it('is held once when it is held twice, and not changed by a resume while it runs', () => {
    // On hold from 10:02 to 10:05.
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:01            | call-1  | CallResumed   |
      10:02            | call-1  | CallHeld      |
      10:03            | call-1  | CallHeld      |
      10:05            | call-1  | CallResumed   |
      10:10            | call-1  | CallEnded     |
    `).under(TALK).then(`
        counted | spans | subtracted     | because
        0:07:00 | 2     | paused 0:03:00 | start -> pause, resume -> stop
      `);
  });

  it('gives the time of a hold to whoever holds the call, and none of it counts', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 10:00 | call-1  | CallConnected   | A
      10:02            | call-1  | CallHeld        |
      10:03            | call-1  | CallTransferred | B
      10:07            | call-1  | CallResumed     |
      10:10            | call-1  | CallEnded       |
    `).under(TALK).then(`
        who | counted | subtracted     | from             | to
        A   | 0:02:00 | paused 0:01:00 | 2026-03-02 10:00 | 2026-03-02 10:03
        B   | 0:03:00 | paused 0:04:00 | 2026-03-02 10:03 | 2026-03-02 10:10
      `);
  });

  it('that comes back to the first agent says what somebody else had meanwhile', () => {
    // A 10:00-10:02 and 10:07-10:10; B 10:02-10:07.
    given(`
      time             | subject | event           | who
      2026-03-02 10:00 | call-1  | CallConnected   | A
      10:02            | call-1  | CallTransferred | B
      10:07            | call-1  | CallTransferred | A
      10:10            | call-1  | CallEnded       |
    `).under(TALK).then(`
        who | counted | spans | subtracted
        A   | 0:05:00 | 2     | handed-over 0:05:00
        B   | 0:05:00 | 1     |
      `);
  });

  it('without a connection has an end and no record (E8)', () => {
    given(`
      time             | subject | event     | who
      2026-03-02 10:00 | call-1  | CallEnded | ANNA
    `)
      .under(TALK)
      .then('who | counted');
  });

  it('of nobody is unassigned, and gets no share of another agent', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 10:00 | call-1  | CallConnected   |
      10:02            | call-1  | CallTransferred | B
      10:03            | call-1  | CallEnded       |
    `).under(TALK).then(`
        who        | counted | because
        unassigned | 0:02:00 | start -> handOver
        B          | 0:01:00 | handOver -> stop
      `);
  });

  it('beside another of the same agent makes a sum of both and a union of one time (E13, E14)', () => {
    // Talk 10:00-10:20 and 10:05-10:25 is 40 min in 25 min; 12:00-12:32 and 12:32-13:00 only touch;
    // 10:05-10:10 and 10:20-10:25 both lie within 10:00-10:30.
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | A
      10:05            | call-2  | CallConnected | A
      10:20            | call-1  | CallEnded     |
      10:25            | call-2  | CallEnded     |
      2026-03-03 12:00 | call-3  | CallConnected | A
      12:32            | call-3  | CallEnded     |
      12:32            | call-4  | CallConnected | A
      13:00            | call-4  | CallEnded     |
      2026-03-04 10:00 | call-5  | CallConnected | A
      10:05            | call-6  | CallConnected | A
      10:10            | call-6  | CallEnded     |
      10:20            | call-7  | CallConnected | A
      10:25            | call-7  | CallEnded     |
      10:30            | call-5  | CallEnded     |
    `).under(TALK).days(`
        who | day        | sum     | union   | records | overlapping
        A   | 2026-03-02 | 0:40:00 | 0:25:00 | 2       | 1
        A   | 2026-03-03 | 1:00:00 | 1:00:00 | 2       | 0
        A   | 2026-03-04 | 0:40:00 | 0:30:00 | 3       | 2
      `);
  });
});
