/** Rounding: once, last, and beside the raw figure. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const TALK = (round: string) => `
rules:
  - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded${round} }
`;
const ROUND = (unit: string, mode: string, scope: string) =>
  TALK(`, round: { unit: ${unit}, mode: ${mode}, scope: ${scope} }`);

const THREE_TIMES_FIVE = `
  time             | subject | event         | who
  2026-03-02 09:00 | call-1  | CallConnected | ANNA
  09:05            | call-1  | CallEnded     |
  10:00            | call-2  | CallConnected | ANNA
  10:05            | call-2  | CallEnded     |
  11:00            | call-3  | CallConnected | ANNA
  11:05            | call-3  | CallEnded     |
`;

/** One call of a length, written `mm:ss.mmm`. */
const callOf = (length: string): string => `
  time               | subject | event         | who
  2026-03-02 09:00   | call-1  | CallConnected | ANNA
  09:${length}       | call-1  | CallEnded     |
`;

describe('a smallest unit of 15 min, upwards', () => {
  it('makes 45 min of three times 5 min when each record is rounded alone (R2)', () => {
    const answer = given(THREE_TIMES_FIVE).under(ROUND('15m', 'up', 'record'));
    answer.then(`
      subject | counted | rounded
      call-1  | 0:05:00 | 0:15:00
      call-2  | 0:05:00 | 0:15:00
      call-3  | 0:05:00 | 0:15:00
    `);
    answer.days(`
      who  | day        | sum     | rounded
      ANNA | 2026-03-02 | 0:15:00 | 0:45:00
    `);
  });

  it('leaves the same 15 min when the day is rounded (R2)', () => {
    const answer = given(THREE_TIMES_FIVE).under(ROUND('15m', 'up', 'day'));
    answer.then(`
      subject | counted | rounded
      call-1  | 0:05:00 | 0:05:00
      call-2  | 0:05:00 | 0:05:00
      call-3  | 0:05:00 | 0:05:00
    `);
    answer.days(`
      who  | day        | sum     | rounded
      ANNA | 2026-03-02 | 0:15:00 | 0:15:00
    `);
  });

  it('bills 900 min for the 250 min of 60 calls of 4:10 (R7)', () => {
    const clock = (minute: number): string =>
      `2026-03-02 ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const rows = Array.from({ length: 60 }, (_, n) => 540 + n * 5).map(
      (start) => `${clock(start)}:00 | call-${start} | CallConnected | ANNA
                  ${clock(start + 4)}:10 | call-${start} | CallEnded |`,
    );
    given(`time | subject | event | who\n${rows.join('\n')}`)
      .under(ROUND('15m', 'up', 'record'))
      .days(
        `
        who  | day        | sum     | rounded  | records
        ANNA | 2026-03-02 | 4:10:00 | 15:00:00 | 60
      `,
      );
  });
});

describe('a unit', () => {
  it.each([
    ['up', '15:00', '0:15:00'],
    ['down', '15:00', '0:15:00'],
    ['nearest', '15:00', '0:15:00'],
    ['up', '30:00', '0:30:00'],
    ['up', '15:00.001', '0:30:00'],
    ['down', '14:59.999', '0:00:00'],
    ['down', '29:59.999', '0:15:00'],
    ['nearest', '07:29.999', '0:00:00'],
    ['nearest', '07:30', '0:15:00'],
    ['nearest', '22:29.999', '0:15:00'],
    ['nearest', '22:30', '0:30:00'],
    ['up', '00:00', '0:00:00'],
    ['up', '00:00.001', '0:15:00'],
  ])('of 15 min, %s, makes of %s: %s', (mode, length, rounded) => {
    for (const scope of ['record', 'day'])
      given(callOf(length)).under(ROUND('15m', mode, scope)).days(`
        who  | day        | rounded
        ANNA | 2026-03-02 | ${rounded}
      `);
  });

  it.each([
    ['00:29.999', '0:00:00'],
    ['00:30', '0:01:00'],
    ['01:29.999', '0:01:00'],
    ['01:30', '0:02:00'],
  ])('is the nearest minute of a day when the rule names none: %s is %s', (length, rounded) => {
    given(callOf(length)).under(TALK('')).days(`
      who  | day        | rounded
      ANNA | 2026-03-02 | ${rounded}
    `);
  });

  it('of the rule overrules that of the rule set', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | call-1  | CallConnected | ANNA
      09:05            | call-1  | CallEnded     |
      10:00            | task-1  | TaskStarted   | ANNA
      10:05            | task-1  | TaskCompleted |
    `).under(`
      round: { unit: 1h, mode: up, scope: record }
      rules:
        - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, round: { unit: 10m, mode: up, scope: record } }
    `).then(`
      rule      | counted | rounded
      call.talk | 0:05:00 | 1:00:00
      task.work | 0:05:00 | 0:10:00
    `);
  });

  it('applies to each rule of a person and day alone', () => {
    // 5 min of talk and 5 min of a task, each 15 min up.
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | call-1  | CallConnected | ANNA
      09:05            | call-1  | CallEnded     |
      10:00            | task-1  | TaskStarted   | ANNA
      10:05            | task-1  | TaskCompleted |
      11:00            | task-2  | TaskStarted   | BEN
      11:05            | task-2  | TaskCompleted |
    `).under(`
      round: { unit: 15m, mode: up, scope: day }
      rules:
        - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted }
    `).days(`
      who  | day        | sum     | rounded
      ANNA | 2026-03-02 | 0:10:00 | 0:30:00
      BEN  | 2026-03-02 | 0:05:00 | 0:15:00
    `);
  });

  it('of a record that crosses midnight is added on its last day; that of a day, on each', () => {
    const table = `
      time             | subject | event         | who
      2026-03-02 23:50 | call-1  | CallConnected | ANNA
      2026-03-03 00:10 | call-1  | CallEnded     |
    `;
    // 20 min are 30 min in units of 15; 10 min are 15.
    given(table).under(ROUND('15m', 'up', 'record')).days(`
      who  | day        | sum     | rounded | records
      ANNA | 2026-03-02 | 0:10:00 | 0:10:00 | 1
      ANNA | 2026-03-03 | 0:10:00 | 0:20:00 | 0
    `);
    given(table).under(ROUND('15m', 'up', 'day')).days(`
      who  | day        | sum     | rounded
      ANNA | 2026-03-02 | 0:10:00 | 0:15:00
      ANNA | 2026-03-03 | 0:10:00 | 0:15:00
    `);
  });
});

describe('what is below a unit', () => {
  it('is not lost: ten times 29 s are 290 s (E33)', () => {
    // 290 s are 4 min 50 s, to the nearest minute 5; ten times nothing would be 0.
    const rows = Array.from(
      { length: 10 },
      (_, n) => `2026-03-02 09:0${n}:00 | call-${n} | CallConnected | ANNA
                 2026-03-02 09:0${n}:29 | call-${n} | CallEnded |`,
    );
    given(`time | subject | event | who\n${rows.join('\n')}`)
      .under(ROUND('1m', 'nearest', 'day'))
      .days(
        `
        who  | day        | sum     | rounded
        ANNA | 2026-03-02 | 0:04:50 | 0:05:00
      `,
      );
  });

  it('of a pause from 10:00:59 to 10:01:01 is 2 s, and no minute (E33)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:00:59         | call-1  | CallHeld      |
      10:01:01         | call-1  | CallResumed   |
      10:02            | call-1  | CallEnded     |
    `).under(TALK('')).then(`
      counted | subtracted
      0:01:58 | paused 0:00:02
    `);
  });

  it('adds up exactly: a thousand contacts of a third of a second are 333.333 s (R39)', () => {
    // The n-th contact lasts from n/3 s to (n+1)/3 s, in whole milliseconds: 333, 333, 334 ms ...
    const at = (n: number): string => {
      const ms = Math.floor((n * 1000) / 3);
      const clock = [Math.floor(ms / 60_000), Math.floor(ms / 1000) % 60].map((part) =>
        String(part).padStart(2, '0'),
      );
      return `2026-03-02 09:${clock.join(':')}.${String(ms % 1000).padStart(3, '0')}`;
    };
    const rows = Array.from(
      { length: 1000 },
      (_, n) => `${at(n)} | call-${n} | CallConnected | ANNA\n${at(n + 1)} | call-${n} | CallEnded |`,
    );
    given(`time | subject | event | who\n${rows.join('\n')}`)
      .under(ROUND('1m', 'nearest', 'day'))
      .days(
        `
        who  | day        | sum         | union       | records | overlapping
        ANNA | 2026-03-02 | 0:05:33.333 | 0:05:33.333 | 1000    | 0
      `,
      );
  });
});
