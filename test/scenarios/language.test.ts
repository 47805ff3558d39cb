/** The language, first half: which facts make a record. A short rule set for each thing that must be sayable. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

describe('which subjects', () => {
  it('a rule has a name, a measure, and a date from which it holds (D1)', () => {
    given(`
      time             | subject  | event          | who
      2026-03-31 09:00 | ticket-1 | TicketOpened   | ANNA
      10:00            | ticket-1 | TicketResolved |
      2026-04-01 09:00 | ticket-2 | TicketOpened   | ANNA
      11:00            | ticket-2 | TicketResolved |
    `).under(`
      version: 3
      rules:
        - { rule: ticket.work, on: ticket, measure: engaged, validFrom: 2026-04-01, start: TicketOpened, stop: TicketResolved }
    `).then(`
      rule        | measure | subject  | counted
      ticket.work | engaged | ticket-2 | 2:00:00
    `);
  });

  it('a rule is for support of gold customers, and goes before the rule for everybody (D2)', () => {
    given(`
      time             | subject  | event          | type    | tier
      2026-03-02 09:00 | ticket-1 | TicketOpened   | support | gold
      10:00            | ticket-1 | TicketResolved |         |
      11:00            | ticket-2 | TicketOpened   | support | silver
      12:00            | ticket-2 | TicketResolved |         |
    `).under(`
      rules:
        - { rule: everybody, on: ticket, oneOf: sla, start: TicketOpened, stop: TicketResolved }
        - { rule: gold, on: ticket, oneOf: sla, priority: 20, when: { type: support, tier: [gold] }, start: TicketOpened, stop: TicketResolved }
    `).then(`
      subject  | rule
      ticket-1 | gold
      ticket-2 | everybody
    `);
  });

  it('a clock belongs to a call, or to a call and each of its people (D3)', () => {
    // The call is 10:00-10:10; BEN is in it from 10:04 to 10:06.
    const table = `
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:04            | call-1  | CallJoined    | BEN
      10:06            | call-1  | CallLeft      | BEN
      10:10            | call-1  | CallEnded     |
    `;
    const rule = (per: string) => `
      rules:
        - { rule: call.talk, on: call, per: ${per}, start: [CallConnected, CallJoined], stop: [CallLeft, CallEnded], missingStart: ignore }
    `;
    given(table).under(rule('participant')).then(`
      who  | counted
      ANNA | 0:10:00
      BEN  | 0:02:00
    `);
    // One clock for all: whoever leaves first ends it.
    given(table).under(rule('subject')).then(`
      who  | counted
      ANNA | 0:06:00
    `);
  });
});

describe('start and stop', () => {
  it('a visit starts the clock at check-in (D4)', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 13:05 | visit-1 | VisitCheckedIn  | TOM
      13:52            | visit-1 | VisitCheckedOut |
    `)
      .under('rules: [{ rule: visit, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut }]')
      .then('who | counted\n TOM | 0:47:00');
  });

  it('any of several events starts it, and all that is asked of one must hold (D4)', () => {
    given(`
      time             | subject  | event          | queue | tier
      2026-03-02 09:00 | ticket-1 | TicketOpened   | sales | gold
      10:00            | ticket-1 | TicketResolved |       |
      11:00            | ticket-1 | TicketReopened |       |
      11:10            | ticket-1 | TicketResolved |       |
      12:00            | ticket-2 | TicketOpened   | sales | silver
      13:00            | ticket-2 | TicketResolved |       |
    `).under(`
      rules:
        - rule: ticket.work
          on: ticket
          start: [{ event: TicketOpened, where: { queue: sales, tier: gold } }, TicketReopened]
          stop: TicketResolved
    `).then(`
      subject  | cycle | counted
      ticket-1 | 1     | 1:00:00
      ticket-1 | 2     | 0:10:00
    `);
  });

  const BY_STATUS = `
    time             | subject  | event               | status
    2026-03-02 09:00 | ticket-1 | TicketStatusChanged | new
    09:30            | ticket-1 | TicketStatusChanged | open
    10:00            | ticket-1 | TicketStatusChanged | pending
    11:00            | ticket-1 | TicketStatusChanged | on_hold
    11:30            | ticket-1 | TicketStatusChanged | open
    12:00            | ticket-1 | TicketStatusChanged | solved
  `;

  it('a clock runs while the ticket is new or open (D5)', () => {
    given(BY_STATUS).under('rules: [{ rule: work, on: ticket, runWhile: { status: [new, open] } }]').then(`
      cycle | from             | counted
      1     | 2026-03-02 09:00 | 1:00:00
      2     | 2026-03-02 11:30 | 0:30:00
    `);
  });

  it('waiting has its reasons: an hour for the customer, half an hour for the vendor (D6)', () => {
    given(BY_STATUS).under(`
      rules:
        - rule: work
          on: ticket
          runWhile: { status: { known: true } }
          pause: [{ while: { status: pending }, reason: customer }, { while: { status: on_hold }, reason: vendor }]
          stop: { while: { status: solved } }
    `).then(`
      counted | subtracted
      1:30:00 | paused customer 1:00:00, paused vendor 0:30:00
    `);
  });

  it.each([
    ['when it waits no longer', '', '2:30:00', 'paused 0:30:00'],
    ['when the customer replied', 'resume: { event: TicketResumed },', '2:00:00', 'paused 1:00:00'],
  ])('a waiting ticket goes on %s (D7)', (_, resume, counted, paused) => {
    // Waiting 09:30-10:00, replied 10:30, resolved 12:00.
    given(`
      time             | subject  | event               | status  | who
      2026-03-02 09:00 | ticket-1 | TicketOpened        |         | ANNA
      09:30            | ticket-1 | TicketStatusChanged | waiting |
      10:00            | ticket-1 | TicketStatusChanged | open    |
      10:30            | ticket-1 | TicketResumed       |         |
      12:00            | ticket-1 | TicketResolved      |         |
    `)
      .under(
        `
        rules:
          - { rule: work, on: ticket, start: TicketOpened, pause: { while: { status: waiting } }, ${resume} stop: TicketResolved }
      `,
      )
      .then(`counted | subtracted\n ${counted} | ${paused}`);
  });

  it('a ticket is done when it is resolved, or closed without (D8)', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      09:10            | ticket-1 | TicketResolved |
      09:20            | ticket-2 | TicketOpened   | ANNA
      09:25            | ticket-2 | TicketClosed   |
    `)
      .under('rules: [{ rule: work, on: ticket, start: TicketOpened, stop: [TicketResolved, TicketClosed] }]')
      .then('subject | counted\n ticket-1 | 0:10:00\n ticket-2 | 0:05:00');
  });
});

describe('cancel, reset, reopen', () => {
  it('spam has no record, and its facts stay (D9)', () => {
    given(`
      time             | subject  | event          | who  | reason
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA |
      09:10            | ticket-1 | TicketClosed   |      | spam
      09:20            | ticket-2 | TicketOpened   | ANNA |
      09:25            | ticket-2 | TicketResolved |      |
    `).under(`
      rules:
        - { rule: work, on: ticket, start: TicketOpened, cancel: { event: TicketClosed, where: { reason: spam } }, stop: TicketResolved }
    `).then(`
      subject  | counted
      ticket-2 | 0:05:00
    `);
  });

  const LEFT = `
    time             | subject  | event               | status
    2026-03-02 09:00 | ticket-1 | TicketStatusChanged | open
    10:00            | ticket-1 | TicketStatusChanged | draft
    11:00            | ticket-1 | TicketStatusChanged | solved
  `;
  // Open 09-10, then a draft until it is solved at 11.
  it.each([
    ['cancels', 'cancel', ''],
    ['pauses', 'pause', '1:00:00 | paused 1:00:00 | 2026-03-02 11:00'],
    ['stops', 'stop', '1:00:00 | | 2026-03-02 10:00'],
    ['never matters', 'keep', '2:00:00 | | 2026-03-02 11:00'],
  ])('a start that is no longer true %s (D9)', (_, whenFalse, expected) => {
    given(LEFT)
      .under(
        `rules: [{ rule: work, on: ticket, runWhile: { status: open }, whenFalse: ${whenFalse}, stop: { while: { status: solved } } }]`,
      )
      .then(`counted | subtracted | to\n${expected}`);
  });

  it.each([
    ['completes', 'completed', '1 | A | 1:00:00\n 2 | A | 2:00:00'],
    ['drops', 'cancelled', '1 | A | 2:00:00'],
  ])('another team %s the record and begins the next (D10)', (_, closes, expected) => {
    given(`
      time             | subject  | event               | who | status | team
      2026-03-02 09:00 | ticket-1 | TicketOpened        | A   |        | first-line
      10:00            | ticket-1 | TicketStatusChanged |     | moved  | second-line
      12:00            | ticket-1 | TicketResolved      |     |        |
    `)
      .under(
        `rules: [{ rule: work, on: ticket, start: TicketOpened, reset: { changed: team }, resetCloses: ${closes}, stop: TicketResolved }]`,
      )
      .then(`cycle | who | counted\n${expected}`);
  });

  it('each assignment is a record of its own, which is how Salesforce counts (D10)', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | A
      10:00            | ticket-1 | TicketAssigned | B
      12:00            | ticket-1 | TicketResolved |
    `).under(`
      rules:
        - { rule: work, on: ticket, start: TicketOpened, reset: TicketAssigned, handOver: TicketAssigned, stop: TicketResolved }
    `).then(`
      cycle | who | counted | because
      1     | A   | 1:00:00 | start -> reset
      2     | B   | 2:00:00 | reset -> stop
    `);
  });

  it.each([
    ['newCycle', '1 | 1:00:00 |\n 2 | 0:30:00 |'],
    ['continue', '1 | 1:30:00 | closed 2:00:00'],
    ['ignore', '1 | 1:00:00 |'],
  ])('a ticket that comes back: %s (D11)', (reopen, expected) => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | A
      10:00            | ticket-1 | TicketResolved |
      12:00            | ticket-1 | TicketReopened | A
      12:30            | ticket-1 | TicketResolved |
    `)
      .under(
        `rules: [{ rule: work, on: ticket, start: [TicketOpened, TicketReopened], stop: TicketResolved, reopen: ${reopen} }]`,
      )
      .then(`cycle | counted | subtracted\n${expected}`);
  });

  it.each([
    ['with its pauses', true, '2:00:00 | paused 1:00:00'],
    ['without them', false, '3:00:00 |'],
  ])('a record that begins late begins at the opening, %s (D12)', (_, applyPauses, expected) => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   |
      10:00            | ticket-1 | TicketPended   |
      11:00            | ticket-1 | TicketResumed  |
      11:30            | ticket-1 | TicketAssigned | ANNA
      12:00            | ticket-1 | TicketResolved |
    `)
      .under(
        `
        rules:
          - { rule: work, on: ticket, start: TicketAssigned, pause: TicketPended, resume: TicketResumed, stop: TicketResolved,
              retro: { startAt: TicketOpened, applyPauses: ${String(applyPauses)} } }
      `,
      )
      .then(`counted | subtracted\n${expected}`);
  });

  it.each([
    ['retro', '2:00:00', '2026-03-02 09:00'],
    ['restart', '1:00:00', '2026-03-02 10:00'],
  ])('a ticket that turns gold after an hour: %s (D13)', (onReassign, counted, from) => {
    given(`
      time             | subject  | event               | who  | tier | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | ANNA |      |
      10:00            | ticket-1 | TicketStatusChanged |      | gold | open
      11:00            | ticket-1 | TicketResolved      |      |      |
    `)
      .under(
        `rules: [{ rule: gold, on: ticket, when: { tier: gold }, onReassign: ${onReassign}, start: TicketOpened, stop: TicketResolved }]`,
      )
      .then(`counted | from\n ${counted} | ${from}`);
  });

  it('a ticket that turns gold after an hour carries its clock from the rule before (D13)', () => {
    given(`
      time             | subject  | event               | who  | tier | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | ANNA | none |
      10:00            | ticket-1 | TicketStatusChanged |      | gold | open
      11:00            | ticket-1 | TicketResolved      |      |      |
    `).under(`
      rules:
        - { rule: gold, on: ticket, oneOf: sla, onReassign: carry, when: { tier: gold }, start: TicketOpened, stop: TicketResolved }
        - { rule: plain, on: ticket, oneOf: sla, onReassign: carry, when: { tier: none }, start: TicketOpened, stop: TicketResolved }
    `).then(`
      rule | from             | counted
      gold | 2026-03-02 09:00 | 2:00:00
    `);
  });
});

describe('time that no start begins', () => {
  it('a call is booked when it ends (D14)', () => {
    given(`
      time             | subject | event     | who  | duration
      2026-03-02 10:30 | call-1  | CallEnded | ANNA | 10m
      11:30            | call-1  | CallEnded | ANNA | 5m
    `)
      .under('rules: [{ rule: call, on: call, stop: CallEnded, missingStart: duration }]')
      .then(
        `
        who  | from             | counted | grades
        ANNA | 2026-03-02 10:20 | 0:10:00 | inferred 0:10:00
        ANNA | 2026-03-02 11:25 | 0:05:00 | inferred 0:05:00
      `,
      );
  });

  it('after the meeting an hour is booked, of which half was not attended (D15)', () => {
    given(`
      time             | subject   | event          | who
      2026-03-02 14:00 | meeting-1 | MeetingStarted | ANNA
      14:30            | meeting-1 | MeetingEnded   |
    `)
      .under(
        'rules: [{ rule: meeting, on: meeting, start: MeetingStarted, stop: MeetingEnded, preset: { duration: 60m, approval: none } }]',
      )
      .then(
        `
        counted | grades                               | because
        1:00:00 | observed 0:30:00, declared 0:30:00 | start -> stop, preset -> preset
      `,
      );
  });

  /** Reach 8 s, dial 12 s, talk 600 s around 90 s of hold, after-call work 120 s. */
  const OUTBOUND = `
    time                | subject | event          | who
    2026-03-02 10:00:00 | call-1  | CallContacting | ANNA
    10:00:08            | call-1  | CallDialed     | ANNA
    10:00:20            | call-1  | CallConnected  | ANNA
    10:05:20            | call-1  | CallHeld       |
    10:06:50            | call-1  | CallResumed    |
    10:11:50            | call-1  | CallEnded      |
    10:13:50            | call-1  | CallWrappedUp  |
  `;
  const STATES = `
    rules:
      - { rule: reach, on: call, measure: before, start: CallContacting, stop: CallDialed }
      - { rule: dial, on: call, measure: before, start: CallDialed, stop: CallConnected }
      - { rule: talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded }
      - { rule: hold, on: call, measure: hold, start: CallHeld, stop: [CallResumed, CallEnded], missingStart: ignore }
      - { rule: acw, on: call, kind: wrap-up, start: CallEnded, stop: CallWrappedUp, missingEnd: { closeAt: nextStart, cap: 180s } }
  `;

  it('a call goes through its states: reach, dial, talk, hold, after-call work (D16)', () => {
    given(OUTBOUND).under(STATES).then(`
      rule  | counted
      reach | 0:00:08
      dial  | 0:00:12
      talk  | 0:10:00
      hold  | 0:01:30
      acw   | 0:02:00
    `);
  });

  it('handle time is talk, hold and after-call work; Genesys adds dialling and reaching (D17)', () => {
    // 600 + 90 + 120 = 810 s; 810 + 12 + 8 = 830 s.
    given(OUTBOUND).under(`${STATES}
      - { rule: handle.connect, on: call, measure: handle, of: [talk, hold, acw] }
      - { rule: handle.genesys, on: call, measure: handle-out, of: [talk, hold, acw, dial, reach] }
    `).then(`
      rule           | counted
      handle.genesys | 0:13:50
      reach          | 0:00:08
      dial           | 0:00:12
      handle.connect | 0:13:30
      talk           | 0:10:00
      hold           | 0:01:30
      acw            | 0:02:00
    `);
  });

  it('a missing end is the next start, five minutes after the last sign, or the end of the shift (D18)', () => {
    given(
      `
      time             | subject | event         | who
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA
      09:02            | task-2  | TaskStarted   | ANNA
      16:58            | task-3  | TaskStarted   | BEN
    `,
      { asOf: '2026-03-02 18:00' },
    ).under(`
      calendars:
        shift: { hours: { mon: ["08:00-17:00"] } }
      rules:
        - { rule: task, on: task, start: TaskStarted, stop: TaskCompleted, missingEnd: { closeAt: [nextStart, shiftEnd], shift: shift, cap: 5m } }
    `).then(`
      subject | counted | because
      task-1  | 0:02:00 | start -> missingEnd.closeAt nextStart
      task-2  | 0:05:00 | start -> missingEnd.cap
      task-3  | 0:02:00 | start -> missingEnd.closeAt shiftEnd
    `);
  });

  it.each([
    ['ignored', 'ignore', ''],
    ['flagged, and no record', 'flag', ''],
    ['as long as it says', 'duration', '2026-03-02 10:20 | 0:10:00'],
  ])('an end without a start is %s (D19)', (_, missingStart, expected) => {
    given(`
      time             | subject | event     | who  | duration
      2026-03-02 10:30 | call-1  | CallEnded | ANNA | 10m
    `)
      .under(
        `rules: [{ rule: call, on: call, start: CallConnected, stop: CallEnded, missingStart: ${missingStart} }]`,
      )
      .then(`from | counted\n${expected}`);
  });

  it('short gaps are kept, short records dropped, long ones cut (D20)', () => {
    // task-1 with 2 min of pause is 20 min; task-2 is 9 s; task-3 is cut at 10 h.
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA
      09:10            | task-1  | TaskPaused    |
      09:12            | task-1  | TaskResumed   |
      09:20            | task-1  | TaskCompleted |
      09:30            | task-2  | TaskStarted   | ANNA
      09:30:09         | task-2  | TaskCompleted |
      10:00            | task-3  | TaskStarted   | ANNA
      21:00            | task-3  | TaskCompleted |
    `).under(`
      rules:
        - { rule: task, on: task, start: TaskStarted, pause: TaskPaused, resume: TaskResumed, stop: TaskCompleted,
            interruption: { keepUpTo: 120s }, minSpan: 10s, maxSpan: 10h }
    `).then(`
      subject | counted  | subtracted            | grades
      task-1  | 0:20:00  |                       | observed 0:18:00, inferred 0:02:00
      task-2  | 0:00:00  | under-minimum 0:00:09 |
      task-3  | 10:00:00 | over-maximum 1:00:00  | inferred 10:00:00
    `);
  });

  it('mails that were answered are stretches of work, a minute before and two after (D21)', () => {
    // 09:00 and 09:04 are one stretch: 1 + 4 + 2 min. 09:20 is one of its own: 1 + 0 + 2 min.
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | email-1 | EmailAnswered | ANNA
      09:04            | email-1 | EmailAnswered | ANNA
      09:20            | email-1 | EmailAnswered | ANNA
    `)
      .under(
        'rules: [{ rule: mail, on: email, session: { events: EmailAnswered, gap: 5m, before: 1m, after: 2m } }]',
      )
      .then(
        `
        from             | to               | counted | grades
        2026-03-02 08:59 | 2026-03-02 09:06 | 0:07:00 | observed 0:04:00, inferred 0:03:00
        2026-03-02 09:19 | 2026-03-02 09:22 | 0:03:00 | inferred 0:03:00
      `,
      );
  });
});
