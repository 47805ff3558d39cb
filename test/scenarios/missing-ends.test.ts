/** Missing ends and missing starts: what no signal told, what the rule says instead, and how that is marked. */
import { describe, expect, it } from 'vitest';
import { horizonOf } from '../../engine/index.ts';
import { clockText, facts, given } from '../support/scenario.ts';

const TALK = (rest: string): string => `
rules:
  - rule: call.talk
    on: call
    start: CallConnected
    stop: CallEnded
    ${rest}
`;

describe('an end without a start', () => {
  const LONE_END = `
    time             | subject | event     | who  | duration
    2026-03-02 10:30 | call-1  | CallEnded | ANNA | 10m
  `;

  it('is no record but a finding (E8)', () => {
    const answer = given(LONE_END).under(TALK(''));
    answer.then('who | counted');
    answer.findings(`
      code       | who  | at               | subject | record | detail
      orphan-end | ANNA | 2026-03-02 10:30 | call-1  |        | CallEnded with nothing open: call.talk makes no record of it
    `);
  });

  it('is nothing at all where the rule ignores it', () => {
    const answer = given(LONE_END).under(TALK('missingStart: ignore'));
    answer.then('who | counted');
    answer.findings('code | who');
  });

  it('takes the length that it reports: 10:30 less 600 s is 10:20, inferred (E8)', () => {
    given(LONE_END).under(TALK('missingStart: duration')).then(`
      who  | from             | to               | counted | grades           | because
      ANNA | 2026-03-02 10:20 | 2026-03-02 10:30 | 0:10:00 | inferred 0:10:00 | missingStart.duration -> stop
    `);
  });

  it('is not looked at where the start was told: two signals are better than a length (E8)', () => {
    given(`
      time             | subject | event         | who  | duration
      2026-03-02 10:24 | call-1  | CallConnected | ANNA |
      10:30            | call-1  | CallEnded     | ANNA | 10m
    `)
      .under(TALK('missingStart: duration'))
      .then(
        `
        from             | counted | grades
        2026-03-02 10:24 | 0:06:00 | observed 0:06:00
      `,
      );
  });
});

describe('an end that was told to lie before its start', () => {
  const SKEWED = `
    time                | subject | event         | who
    2026-03-02 10:00:02 | call-1  | CallConnected | ANNA
    10:00               | call-1  | CallEnded     |
    11:00               | call-2  | CallConnected | BEN
    11:01               | call-2  | CallEnded     |
  `;

  it('by 2 s is a clock that runs wrong: 0 s, never less, and flagged (E21)', () => {
    const answer = given(SKEWED).under(TALK(''));
    answer.then(`
      subject | who  | status | counted | flags
      call-1  | ANNA | closed | 0:00:00 | negative-span
      call-2  | BEN  | closed | 0:01:00 |
    `);
    answer.findings(`
      code          | who  | at                  | record                  | detail
      negative-span | ANNA | 2026-03-02 10:00:02 | call-1/call.talk#1@ANNA | the end was told to lie 0:00:02 before the start; it counts 0 s
    `);
  });

  it('by more than the rule set allows is another story: an end of nothing and a call that runs (E21)', () => {
    given(SKEWED)
      .under(`clockSkew: 1s\n${TALK('')}`)
      .then(
        `
        subject | status  | counted | flags
        call-1  | running | 0:00:00 |
        call-2  | closed  | 0:01:00 |
      `,
      );
  });
});

describe('a transfer whose signal was lost', () => {
  it('ends for the first agent with the next call that the agent accepts, or with the cap (E3)', () => {
    // A accepts another call at 130 s; B has no other call, and 60 min are the most that is assumed.
    given(
      `
      time                | subject | event         | who
      2026-03-02 10:00:00 | call-1  | CallConnected | A
      10:02:10            | call-2  | CallConnected | A
      10:10               | call-2  | CallEnded     |
      11:00               | call-3  | CallConnected | B
    `,
      { asOf: '2026-03-02 12:00' },
    ).under(TALK('missingEnd: { closeAt: nextStart, cap: 60m }')).then(`
      subject | who | counted | grades           | because
      call-1  | A   | 0:02:10 | inferred 0:02:10 | start -> missingEnd.closeAt nextStart
      call-2  | A   | 0:07:50 | observed 0:07:50 | start -> stop
      call-3  | B   | 1:00:00 | inferred 1:00:00 | start -> missingEnd.cap
    `);
  });
});

describe('a missing end', () => {
  const ON_SITE = (missingEnd: string): string => `
    calendars:
      shift: { hours: { mon: ["08:00-12:00", "13:00-17:00"], tue: ["08:00-17:00"] } }
    rules:
      - { rule: visit.on-site, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut, missingEnd: ${missingEnd} }
  `;
  const FORGOTTEN = `
    time             | subject | event          | who
    2026-03-02 14:00 | visit-1 | VisitCheckedIn | TOM
    2026-03-03 09:00 | visit-2 | VisitCheckedIn | TOM
  `;
  const after = { asOf: '2026-03-04 00:00' };

  it('is the end of the shift in which the last sign lies (E7)', () => {
    given(FORGOTTEN, after).under(ON_SITE('{ closeAt: shiftEnd, shift: shift }')).then(`
      subject | to               | counted | grades           | because
      visit-1 | 2026-03-02 17:00 | 3:00:00 | inferred 3:00:00 | start -> missingEnd.closeAt shiftEnd
      visit-2 | 2026-03-03 17:00 | 8:00:00 | inferred 8:00:00 | start -> missingEnd.closeAt shiftEnd
    `);
  });

  it('is the earliest of several: the next start, the end of the shift, the cap (E7)', () => {
    // Monday 14:00 + 2 h is before 17:00; Tuesday 09:00 + 2 h is 11:00.
    given(FORGOTTEN, after).under(ON_SITE('{ closeAt: [nextStart, shiftEnd], shift: shift, cap: 2h }')).then(`
      subject | to               | because
      visit-1 | 2026-03-02 16:00 | start -> missingEnd.cap
      visit-2 | 2026-03-03 11:00 | start -> missingEnd.cap
    `);
    given(FORGOTTEN, after).under(ON_SITE('{ closeAt: [nextStart, shiftEnd], shift: shift }')).then(`
      subject | to               | because
      visit-1 | 2026-03-02 17:00 | start -> missingEnd.closeAt shiftEnd
      visit-2 | 2026-03-03 17:00 | start -> missingEnd.closeAt shiftEnd
    `);
  });

  it('of a check-in after the shift is the check-in: nothing is assumed of an evening (E7)', () => {
    given(
      `
      time             | subject | event          | who
      2026-03-02 18:30 | visit-1 | VisitCheckedIn | TOM
    `,
      after,
    ).under(ON_SITE('{ closeAt: shiftEnd, shift: shift }')).then(`
      from             | to               | status | counted
      2026-03-02 18:30 | 2026-03-02 18:30 | closed | 0:00:00
    `);
  });

  it('of two clocks is the end of the same shift', () => {
    // The last sign is the resume at 09:00, and the shift of Tuesday ends at 17:00.
    given(
      `
      time             | subject | event          | who
      2026-03-03 07:00 | visit-1 | VisitCheckedIn | TOM
      07:00            | visit-1 | VisitPaused    |
      09:00            | visit-1 | VisitResumed   |
    `,
      after,
    ).under(`
      calendars:
        office: { hours: { tue: ["09:00-17:00"] } }
      rules:
        - { rule: visit, on: visit, start: VisitCheckedIn, pause: VisitPaused, resume: VisitResumed, stop: VisitCheckedOut,
            calendar: office, clocks: [wall, business], missingEnd: { closeAt: shiftEnd } }
    `).then(`
      rule       | to               | counted
      visit      | 2026-03-03 17:00 | 8:00:00
      visit.wall | 2026-03-03 17:00 | 8:00:00
    `);
  });

  it('gives way to the real one, which is observed: 47:00 in place of an hour (E7)', () => {
    given(
      `
      time             | subject | event           | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn  | TOM
      15:00            | visit-2 | VisitCheckedIn  | TOM
      2026-03-02 13:52 | visit-1 | VisitCheckedOut | TOM
    `,
      after,
    ).under(ON_SITE('{ closeAt: nextStart, cap: 60m }')).then(`
      subject | to               | counted | grades
      visit-1 | 2026-03-02 13:52 | 0:47:00 | observed 0:47:00
      visit-2 | 2026-03-02 16:00 | 1:00:00 | inferred 1:00:00
    `);
  });
});

describe('a very long clock', () => {
  it('of 340 h is cut at 10 h, which is inferred, and flagged (E30)', () => {
    // 14 days and 4 h after Monday 08:00 is Monday 12:00; 330 of the 340 h are over the maximum.
    given(`
      time             | subject | event         | who
      2026-03-02 08:00 | task-1  | TaskStarted   | ANNA
      2026-03-16 12:00 | task-1  | TaskCompleted |
    `).under(`
      rules:
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, maxSpan: 10h }
    `).then(`
      counted  | subtracted             | grades            | because          | flags
      10:00:00 | over-maximum 330:00:00 | inferred 10:00:00 | start -> maxSpan | span-too-long
    `);
  });
});

describe('a clock with a longest span', () => {
  const AT_MOST = `
    rules:
      - { rule: task.work, on: task, start: TaskStarted, pause: TaskPaused, resume: TaskResumed, stop: TaskCompleted, maxSpan: 10h }
  `;

  it('that nobody stopped is closed there 340 h later, inferred and flagged (E30)', () => {
    given(
      `
      time             | subject | event       | who
      2026-03-02 08:00 | task-1  | TaskStarted | ANNA
    `,
      { asOf: '2026-03-16 12:00' },
    ).under(AT_MOST).then(`
      counted  | to               | grades            | status | because          | flags
      10:00:00 | 2026-03-02 18:00 | inferred 10:00:00 | closed | start -> maxSpan | span-too-long
    `);
  });

  it('that nobody stopped runs until it is reached', () => {
    given(
      `
      time             | subject | event       | who
      2026-03-02 08:00 | task-1  | TaskStarted | ANNA
    `,
      { asOf: '2026-03-02 17:59:59.999' },
    ).under(AT_MOST).then(`
      counted | status  | runs since       | flags
      0:00:00 | running | 2026-03-02 08:00 |
    `);
  });

  it('is as long from its first instant on, with what was paused in between', () => {
    // 08:00 to 18:00 less the hour from 12:00; the two hours after it are over the maximum.
    given(`
      time             | subject | event         | who
      2026-03-02 08:00 | task-1  | TaskStarted   | ANNA
      12:00            | task-1  | TaskPaused    |
      13:00            | task-1  | TaskResumed   |
      20:00            | task-1  | TaskCompleted |
    `).under(AT_MOST).then(`
      counted | subtracted                           | grades                             | flags
      9:00:00 | paused 1:00:00, over-maximum 2:00:00 | observed 4:00:00, inferred 5:00:00 | span-too-long
    `);
  });
});

describe('three marks a day', () => {
  it('are two segments between them: 3.5 h and 4.5 h, inferred (R23)', () => {
    // The last mark of the day begins what nobody has ended yet.
    given(`
      time             | subject | event       | who
      2026-03-02 09:00 | task-1  | TaskStarted | ANNA
      12:30            | task-2  | TaskStarted | ANNA
      17:00            | task-3  | TaskStarted | ANNA
    `).under(`
      rules:
        - { rule: day.mark, on: task, start: TaskStarted, stop: TaskCompleted, missingEnd: { closeAt: nextStart } }
    `).then(`
      subject | counted | grades           | status
      task-1  | 3:30:00 | inferred 3:30:00 | closed
      task-2  | 4:30:00 | inferred 4:30:00 | closed
      task-3  | 0:00:00 |                  | running
    `);
  });
});

describe('a clock that is looked at while it runs', () => {
  it('is open since 10:00, which at 10:03 is 180 s, and saved when the call ends (R43)', () => {
    const begun = `
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:03            | call-2  | CallConnected | BEN
    `;
    const answer = given(begun).under(TALK(''));
    answer.then(`
      subject | status  | runs since       | counted
      call-1  | running | 2026-03-02 10:00 | 0:00:00
      call-2  | running | 2026-03-02 10:03 | 0:00:00
    `);
    const since = answer.records[0]?.tail?.fromMs ?? 0;
    expect(clockText(horizonOf(facts(begun)) - since)).toBe('0:03:00');
    given(`${begun}\n 10:05 | call-1 | CallEnded |\n`).under(TALK('')).then(`
      subject | status  | runs since       | counted
      call-1  | closed  |                  | 0:05:00
      call-2  | running | 2026-03-02 10:03 | 0:00:00
    `);
  });
});
