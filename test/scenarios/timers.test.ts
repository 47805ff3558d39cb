/** Timers: started and stopped by hand. What a person says is declared, and never becomes more than that. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const BY_HAND = `
rules:
  - rule: timer.manual
    on: timer
    start: TimerStarted
    stop: TimerStopped
    missingEnd: { closeAt: nextStart, cap: 10h }
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
`;

describe('a timer', () => {
  it('counts from start to stop: 1,800 s declared (R15)', () => {
    const answer = given(`
      time             | subject | event        | who  | account
      2026-03-02 14:00 | timer-1 | TimerStarted | ANNA | 42
      14:30            | timer-1 | TimerStopped |      |
    `).under(BY_HAND);
    answer.then(`
      who  | counted | grades           | method
      ANNA | 0:30:00 | declared 0:30:00 | manual
    `);
    answer.days(`
      who  | day        | sum     | grades           | auto    | manual
      ANNA | 2026-03-02 | 0:30:00 | declared 0:30:00 | 0:00:00 | 0:30:00
    `);
  });

  it('that nobody stopped ends at the cap, and is declared all the same', () => {
    given(
      `
      time             | subject | event        | who
      2026-03-02 08:00 | timer-1 | TimerStarted | ANNA
    `,
      { asOf: '2026-03-16 12:00' },
    ).under(BY_HAND).then(`
      counted  | grades            | because                 | status
      10:00:00 | declared 10:00:00 | start -> missingEnd.cap | closed
    `);
  });

  it('that nobody stopped ends when the person starts on something else', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 08:00 | timer-1 | TimerStarted  | ANNA
      09:15            | call-1  | CallConnected | ANNA
      09:25            | call-1  | CallEnded     | ANNA
    `).under(BY_HAND).then(`
      subject | counted | grades           | method
      timer-1 | 1:15:00 | declared 1:15:00 | manual
      call-1  | 0:10:00 | observed 0:10:00 | auto
    `);
  });

  it('pressed twice runs once', () => {
    given(`
      time             | subject | event        | who
      2026-03-02 08:00 | timer-1 | TimerStarted | ANNA
      08:20            | timer-1 | TimerStarted | ANNA
      09:00            | timer-1 | TimerStopped | ANNA
    `).under(BY_HAND).then(`
      cycle | counted | spans
      1     | 1:00:00 | 1
    `);
  });

  it('beside a call of the same time is in the sum and not in the union', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 08:00 | timer-1 | TimerStarted  | ANNA
      08:10            | call-1  | CallConnected | ANNA
      08:20            | call-1  | CallEnded     | ANNA
      09:00            | timer-1 | TimerStopped  | ANNA
    `).under(BY_HAND).days(`
      who  | day        | sum     | union   | auto    | manual  | overlapping
      ANNA | 2026-03-02 | 1:10:00 | 1:00:00 | 0:10:00 | 1:00:00 | 1
    `);
  });
});
