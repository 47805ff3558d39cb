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
});
