/** Wrap-up: what an agent still does after hanging up, until they say so, take the next contact, or the cap is over. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const CALL = `
rules:
  - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded }
  - rule: call.wrap-up
    on: call
    kind: wrap-up
    start: CallEnded
    stop: CallWrappedUp
    missingEnd: { closeAt: nextStart, cap: 3m }
  - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved }
  - { rule: task.own, on: task, measure: own, start: TaskStarted, stop: TaskCompleted }
`;

describe('after-call work', () => {
  it('makes with talk and hold the handle time: 600 + 90 + 120 = 810 s, without the ring (R31)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallOffered   | ANNA
      10:00:12         | call-1  | CallConnected | ANNA
      10:05:12         | call-1  | CallHeld      |
      10:06:42         | call-1  | CallResumed   |
      10:11:42         | call-1  | CallEnded     | ANNA
      10:13:42         | call-1  | CallWrappedUp | ANNA
    `).under(`${CALL}
  - { rule: call.handle, on: call, measure: handle, start: CallConnected, stop: CallWrappedUp }
`).then(`
      rule         | kind    | counted | subtracted     | grades
      call.handle  | call    | 0:13:30 |                | observed 0:13:30
      call.talk    | call    | 0:10:00 | paused 0:01:30 | observed 0:10:00
      call.wrap-up | wrap-up | 0:02:00 |                | observed 0:02:00
    `);
  });

  it('ends with the next call, which is inferred', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:05            | call-1  | CallEnded     | ANNA
      10:06:30         | call-2  | CallConnected | ANNA
      10:10            | call-2  | CallEnded     | ANNA
      10:10:20         | call-2  | CallWrappedUp | ANNA
    `).under(CALL).then(`
      subject | kind    | counted | grades           | because
      call-1  | call    | 0:05:00 | observed 0:05:00 | start -> stop
      call-1  | wrap-up | 0:01:30 | inferred 0:01:30 | start -> missingEnd.closeAt nextStart
      call-2  | call    | 0:03:30 | observed 0:03:30 | start -> stop
      call-2  | wrap-up | 0:00:20 | observed 0:00:20 | start -> stop
    `);
  });

  it('ends with the next contact of any kind of the same measure, and with no other', () => {
    given(`
      time             | subject  | event         | who
      2026-03-02 10:00 | call-1   | CallConnected | ANNA
      10:05            | call-1   | CallEnded     | ANNA
      10:05:30         | task-1   | TaskStarted   | ANNA
      10:05:40         | call-2   | CallConnected | BEN
      10:06            | ticket-1 | TicketOpened  | ANNA
    `).under(CALL).then(`
      who  | subject  | kind    | counted | status
      ANNA | call-1   | call    | 0:05:00 | closed
      ANNA | call-1   | wrap-up | 0:01:00 | closed
      ANNA | task-1   | task    | 0:00:00 | running
      BEN  | call-2   | call    | 0:00:00 | running
      ANNA | ticket-1 | ticket  | 0:00:00 | running
    `);
  });

  it('ends at the cap when the next call comes later', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:05            | call-1  | CallEnded     | ANNA
      10:08:00.001     | call-2  | CallConnected | ANNA
    `).under(CALL).then(`
      subject | kind    | counted | because                 | status
      call-1  | call    | 0:05:00 | start -> stop           | closed
      call-1  | wrap-up | 0:03:00 | start -> missingEnd.cap | closed
      call-2  | call    | 0:00:00 |                         | running
    `);
  });

  it('ends with a next call at the very instant of the cap, which is the better evidence', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:05 | call-1  | CallEnded     | ANNA
      10:08            | call-2  | CallConnected | ANNA
    `).under(CALL).then(`
      subject | counted | because
      call-1  | 0:03:00 | start -> missingEnd.closeAt nextStart
      call-2  | 0:00:00 |
    `);
  });

  it('that is said to have taken longer than the cap has taken longer', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:05 | call-1  | CallEnded     | ANNA
      10:12            | call-1  | CallWrappedUp | ANNA
    `).under(CALL).then(`
      counted | grades
      0:07:00 | observed 0:07:00
    `);
  });

  it('of two lost ends at one instant goes on for one: they do not end each other', () => {
    given(`
      time             | subject | event     | who
      2026-03-02 10:05 | call-1  | CallEnded | ANNA
      10:05            | call-2  | CallEnded | ANNA
    `).under(CALL).then(`
      subject | counted | status
      call-1  | 0:00:00 | closed
      call-2  | 0:00:00 | running
    `);
  });
});

describe('a wrap-up that names nobody', () => {
  it('wrap-up is the time of whoever had the call, when its end names nobody (clock.ts, UNASSIGNED)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:05            | call-1  | CallEnded     |
      10:06            | call-1  | CallWrappedUp |
    `).under(`
      rules:
        - { rule: call.wrap-up, on: call, start: CallEnded, stop: CallWrappedUp }
    `).then(`
      who  | counted
      ANNA | 0:01:00
    `);
  });
});

describe('two wrap-ups that begin in the same minute', () => {
  it('do not end each other for nothing: the later one, by id, lasts', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | call-1  | CallConnected | ANNA
      09:00            | call-2  | CallConnected | ANNA
      09:10            | call-1  | CallEnded     |
      09:10            | call-2  | CallEnded     |
      10:00            | call-3  | CallConnected | BEN
    `).under(`
      rules:
        - { rule: call.wrap-up, on: call, start: CallEnded, stop: CallWrappedUp, missingEnd: { closeAt: nextStart, cap: 3m } }
    `).then(`
      subject | who  | counted | grades
      call-1  | ANNA | 0:00:00 |
      call-2  | ANNA | 0:03:00 | inferred 0:03:00
    `);
  });
});

describe('a hang-up that is told twice', () => {
  it('begins one wrap-up, also where the second comes after its end', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 20:00 | call-1  | CallConnected | ANNA
      20:10            | call-1  | CallEnded     | ANNA
      20:11            | call-1  | CallWrappedUp | ANNA
      20:15            | call-1  | CallEnded     | ANNA
    `).under(`
      rules:
        - rule: call.wrap-up
          on: call
          start: { event: CallEnded, after: CallConnected }
          stop: CallWrappedUp
          missingEnd: { cap: 3m }
    `).then(`
      from             | to               | counted | status
      2026-03-02 20:10 | 2026-03-02 20:11 | 0:01:00 | closed
    `);
  });

  it('begins another where the caller was connected again', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 20:00 | call-1  | CallConnected | ANNA
      20:10            | call-1  | CallEnded     | ANNA
      20:11            | call-1  | CallWrappedUp | ANNA
      20:15            | call-1  | CallConnected | ANNA
      20:20            | call-1  | CallEnded     | ANNA
      20:22            | call-1  | CallWrappedUp | ANNA
    `).under(`
      rules:
        - rule: call.wrap-up
          on: call
          start: { event: CallEnded, after: CallConnected }
          stop: CallWrappedUp
    `).then(`
      cycle | counted
      1     | 0:01:00
      2     | 0:02:00
    `);
  });
});
