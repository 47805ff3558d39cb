/** Reassignment: a ticket that changes its class while its clock runs, and which rule then has its time. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

/** Created as P3 at 09:00, paused from 10:00 to 11:00, raised to P1 at 12:00, resolved when the test says. */
const RAISED = (resolved: string): string => `
  time             | subject  | event               | priority | status
  2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |
  10:00            | ticket-1 | TicketPended        |          |
  11:00            | ticket-1 | TicketResumed       |          |
  12:00            | ticket-1 | TicketStatusChanged | P1       | urgent
  ${resolved}      | ticket-1 | TicketResolved      |          |
`;

/** One rule for each class, the stronger first. */
const CLASSES = (onReassign: string): string => `
rules:
  - rule: ticket.p1
    on: ticket
    oneOf: target
    when: { priority: P1 }
    onReassign: ${onReassign}
    start: TicketOpened
    pause: TicketPended
    resume: TicketResumed
    stop: TicketResolved
  - { rule: ticket.p3, extends: ticket.p1, when: { priority: P3 } }
`;

describe('a ticket that becomes urgent', () => {
  it('has run 2 h at 12:00 and 4 h at 14:00 when the new class counts from the beginning (E6)', () => {
    // 09-10 and 11-12 are 2 h; a target of 4 h is reached 2 h later.
    given(RAISED('12:00')).under(CLASSES('retro')).then(`
      rule      | from             | counted | subtracted     | because
      ticket.p1 | 2026-03-02 09:00 | 2:00:00 | paused 1:00:00 | start -> pause, resume -> stop
    `);
    given(RAISED('14:00')).under(CLASSES('retro')).then(`
      rule      | from             | counted | subtracted
      ticket.p1 | 2026-03-02 09:00 | 4:00:00 | paused 1:00:00
    `);
  });

  it('begins anew at 12:00 and has run 4 h at 16:00 when each class counts for itself (E6)', () => {
    // P3: 09-10 and 11-12. P1: 12-16.
    given(RAISED('16:00')).under(CLASSES('restart')).then(`
      rule      | from             | to               | counted | subtracted     | because
      ticket.p3 | 2026-03-02 09:00 | 2026-03-02 12:00 | 2:00:00 | paused 1:00:00 | start -> pause, resume -> onReassign
      ticket.p1 | 2026-03-02 12:00 | 2026-03-02 16:00 | 4:00:00 |                | onReassign -> stop
    `);
  });

  it('keeps what the old class measured and goes on under the new one when the clock is carried (E6)', () => {
    // P1 knows no pause here: what P3 paused stays paused, and the wait from 12:30 to 13:00 runs on.
    // 09-10 and 11-12 under P3, 12-14 under P1: 4 h. Counted anew under P1 it would be 5 h.
    given(`
      time             | subject  | event               | priority | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |
      10:00            | ticket-1 | TicketPended        |          |
      11:00            | ticket-1 | TicketResumed       |          |
      12:00            | ticket-1 | TicketStatusChanged | P1       | urgent
      12:30            | ticket-1 | TicketPended        |          |
      13:00            | ticket-1 | TicketResumed       |          |
      14:00            | ticket-1 | TicketResolved      |          |
    `).under(`
      rules:
        - { rule: ticket.p1, on: ticket, oneOf: target, when: { priority: P1 }, onReassign: carry,
            start: TicketOpened, stop: TicketResolved }
        - { rule: ticket.p3, on: ticket, oneOf: target, when: { priority: P3 }, onReassign: carry,
            start: TicketOpened, pause: TicketPended, resume: TicketResumed, stop: TicketResolved }
    `).then(`
      rule      | from             | to               | cycle | counted | subtracted
      ticket.p1 | 2026-03-02 09:00 | 2026-03-02 14:00 | 1     | 4:00:00 | paused 1:00:00
    `);
  });

  it('that is lowered again has the old rule for its first and last hours when each counts for itself', () => {
    given(`
      time             | subject  | event               | priority | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |
      10:00            | ticket-1 | TicketStatusChanged | P1       | urgent
      10:30            | ticket-1 | TicketStatusChanged | P3       | calm
      12:00            | ticket-1 | TicketResolved      |          |
    `).under(CLASSES('restart')).then(`
      rule      | cycle | from             | to               | counted
      ticket.p3 | 1     | 2026-03-02 09:00 | 2026-03-02 10:00 | 1:00:00
      ticket.p1 | 1     | 2026-03-02 10:00 | 2026-03-02 10:30 | 0:30:00
      ticket.p3 | 2     | 2026-03-02 10:30 | 2026-03-02 12:00 | 1:30:00
    `);
  });
});

describe('a clock that is carried from class to class', () => {
  const CARRIED = (p1: string, p3: string): string => `
    rules:
      - { rule: ticket.p1, on: ticket, oneOf: target, when: { priority: P1 }, onReassign: carry, start: TicketOpened, ${p1} }
      - { rule: ticket.p3, on: ticket, oneOf: target, when: { priority: P3 }, onReassign: carry, start: TicketOpened, ${p3} }
  `;
  const PAUSES = 'pause: TicketPended, resume: TicketResumed, stop: TicketResolved';
  /** Waiting from 10:00, P1 at 11:00, resumed at 12:00, resolved at 13:00. */
  const WAITING = `
    time             | subject  | event               | priority | status
    2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |
    10:00            | ticket-1 | TicketPended        |          |
    11:00            | ticket-1 | TicketStatusChanged | P1       | urgent
    12:00            | ticket-1 | TicketResumed       |          |
    13:00            | ticket-1 | TicketResolved      |          |
  `;

  it('waits on where the new class knows waiting too (E6)', () => {
    given(WAITING)
      .under(CARRIED(PAUSES, PAUSES))
      .then('rule | counted | subtracted\n ticket.p1 | 2:00:00 | paused 2:00:00');
  });

  it('runs from the switch on where the new class knows no waiting: nothing of its own could end it (E6)', () => {
    given(WAITING)
      .under(CARRIED('stop: TicketResolved', PAUSES))
      .then('rule | counted | subtracted\n ticket.p1 | 3:00:00 | paused 1:00:00');
  });

  it('is ended by what ends the class that has it, and by nothing of another class', () => {
    // P3 ends with closing, P1 only with resolving: closed at 10:30 as P3, and at 11:30 as P1.
    const closed = (at: string): string => `
      time             | subject  | event               | priority | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |
      ${at}            | ticket-1 | TicketClosed        |          |
      2026-03-02 11:00 | ticket-1 | TicketStatusChanged | P1       | urgent
      12:00            | ticket-1 | TicketResolved      |          |
    `;
    const rules = CARRIED('stop: TicketResolved', 'stop: [TicketResolved, TicketClosed]');
    given(closed('2026-03-02 10:30')).under(rules).then('rule | counted\n ticket.p3 | 1:30:00');
    given(closed('2026-03-02 11:30')).under(rules).then('rule | counted\n ticket.p1 | 3:00:00');
  });
});

describe('a ticket that is closed while another class has it', () => {
  it('numbers the cycles of its first class without a hole', () => {
    // P1 09-10, 10:30-11 and, opened again, 12-12:30. It is P2 when it is resolved at 11:30.
    given(`
      time             | subject  | event               | priority | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P1       |
      10:00            | ticket-1 | TicketStatusChanged | P2       | calm
      10:30            | ticket-1 | TicketStatusChanged | P1       | urgent
      11:00            | ticket-1 | TicketStatusChanged | P2       | calm
      11:30            | ticket-1 | TicketResolved      |          |
      12:00            | ticket-1 | TicketReopened      | P1       |
      12:30            | ticket-1 | TicketResolved      |          |
    `).under(`
      rules:
        - { rule: ticket.p1, on: ticket, when: { priority: P1 }, onReassign: restart, start: [TicketOpened, TicketReopened], stop: TicketResolved }
    `).then(`
      cycle | from             | to               | counted
      1     | 2026-03-02 09:00 | 2026-03-02 10:00 | 1:00:00
      2     | 2026-03-02 10:30 | 2026-03-02 11:00 | 0:30:00
      3     | 2026-03-02 12:00 | 2026-03-02 12:30 | 0:30:00
    `);
  });

  it('is the time of whoever had it meanwhile, and paused where it was paused meanwhile', () => {
    // P1 09-10 of A; from 11:00 of B, who got it at 10:15, paused since 10:30 and until 11:30.
    given(`
      time             | subject  | event               | priority | status | who
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P1       |        | A
      10:00            | ticket-1 | TicketStatusChanged | P2       | calm   |
      10:15            | ticket-1 | TicketAssigned      |          |        | B
      10:30            | ticket-1 | TicketPended        |          |        |
      11:00            | ticket-1 | TicketStatusChanged | P1       | urgent |
      11:30            | ticket-1 | TicketResumed       |          |        |
      12:00            | ticket-1 | TicketResolved      |          |        |
    `).under(`
      rules:
        - { rule: ticket.p1, on: ticket, when: { priority: P1 }, onReassign: restart, start: TicketOpened, handOver: TicketAssigned,
            pause: TicketPended, resume: TicketResumed, stop: TicketResolved }
    `).then(`
      cycle | who | from             | counted | subtracted
      1     | A   | 2026-03-02 09:00 | 1:00:00 |
      2     | B   | 2026-03-02 11:00 | 0:30:00 | paused 0:30:00
    `);
  });
});

/** The rule begins when the ticket becomes P1. */
const ON_RAISE = (retro: string): string => `
rules:
  - rule: ticket.p1
    on: ticket
    start: { changed: priority, to: P1 }
    pause: TicketPended
    resume: TicketResumed
    stop: TicketResolved
    ${retro}
`;

describe('a target of 4 h that is attached at 12:00', () => {
  it('is reached at 16:00 without a retroactive start', () => {
    given(RAISED('16:00')).under(ON_RAISE('')).then(`
      from             | counted | subtracted | because
      2026-03-02 12:00 | 4:00:00 |            | start -> stop
    `);
  });

  it('is reached at 13:00 with a retroactive start that asks for no pauses', () => {
    given(RAISED('13:00')).under(ON_RAISE('retro: { startAt: TicketOpened, applyPauses: false }')).then(`
      from             | counted | subtracted
      2026-03-02 09:00 | 4:00:00 |
    `);
  });

  it('is reached at 14:00 with a retroactive start and its pauses (E6)', () => {
    given(RAISED('14:00')).under(ON_RAISE('retro: { startAt: TicketOpened, applyPauses: true }')).then(`
      from             | counted | subtracted     | because
      2026-03-02 09:00 | 4:00:00 | paused 1:00:00 | retro -> pause, resume -> stop
    `);
  });

  it('is attached to nothing that never became urgent', () => {
    given(`
      time             | subject  | event               | priority | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |
      12:00            | ticket-1 | TicketStatusChanged | P2       | busy
      13:00            | ticket-1 | TicketResolved      |          |
    `)
      .under(ON_RAISE('retro: { startAt: TicketOpened }'))
      .then('from | counted');
  });

  it.each([
    [true, '2:00:00', 'paused 2:00:00'],
    [false, '3:00:00', 'paused 1:00:00'],
  ])('begins paused while what pauses it still holds; pauses before: %s', (applyPauses, counted, paused) => {
    // Waiting 10:00-12:00, raised at 11:00, resolved at 13:00.
    given(`
      time             | subject  | event               | priority | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |
      10:00            | ticket-1 | TicketStatusChanged |          | waiting
      11:00            | ticket-1 | TicketStatusChanged | P1       | waiting
      12:00            | ticket-1 | TicketStatusChanged |          | open
      13:00            | ticket-1 | TicketResolved      |          |
    `)
      .under(
        `
        rules:
          - { rule: ticket.p1, on: ticket, start: { changed: priority, to: P1 }, pause: { while: { status: waiting } },
              stop: TicketResolved, retro: { startAt: TicketOpened, applyPauses: ${String(applyPauses)} } }
      `,
      )
      .then(`counted | subtracted\n ${counted} | ${paused}`);
  });

  it.each([true, false])('knows whose time it was before, with pauses or without: %s (E2)', (applyPauses) => {
    // A had it 09-10, B 10-12; nothing was paused.
    given(`
      time             | subject  | event               | priority | status | who
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |        | A
      10:00            | ticket-1 | TicketAssigned      |          |        | B
      11:00            | ticket-1 | TicketStatusChanged | P1       | urgent |
      12:00            | ticket-1 | TicketResolved      |          |        |
    `)
      .under(
        ON_RAISE(
          `handOver: TicketAssigned\n    retro: { startAt: TicketOpened, applyPauses: ${String(applyPauses)} }`,
        ),
      )
      .then(
        `
        who | from             | counted
        A   | 2026-03-02 09:00 | 1:00:00
        B   | 2026-03-02 10:00 | 2:00:00
      `,
      );
  });

  it('takes a waiting ticket over as one that waits', () => {
    // Paused since 10:00 and raised at 12:00: 1 h has run, and nothing runs before the resume at 13:00.
    given(`
      time             | subject  | event               | priority | status
      2026-03-02 09:00 | ticket-1 | TicketOpened        | P3       |
      10:00            | ticket-1 | TicketPended        |          |
      12:00            | ticket-1 | TicketStatusChanged | P1       | urgent
      13:00            | ticket-1 | TicketResumed       |          |
      14:00            | ticket-1 | TicketResolved      |          |
    `)
      .under(ON_RAISE('retro: { startAt: TicketOpened }'))
      .then(
        `
        from             | counted | subtracted
        2026-03-02 09:00 | 2:00:00 | paused 3:00:00
      `,
      );
  });
});

describe('rules that compete for a ticket', () => {
  const COMPETING = `
    rules:
      - { rule: ticket.default, on: ticket, oneOf: target, start: TicketOpened, stop: TicketResolved }
      - { rule: ticket.p1, on: ticket, oneOf: target, priority: 10, when: { priority: P1 }, start: TicketOpened, stop: TicketResolved }
  `;

  it('time it once: first match takes P1, and nothing is timed twice (R48)', () => {
    const answer = given(`
      time             | subject  | event          | who  | priority
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA | P1
      10:00            | ticket-1 | TicketResolved |      |
      11:00            | ticket-2 | TicketOpened   | ANNA |
      11:30            | ticket-2 | TicketResolved |      |
    `).under(COMPETING);
    answer.then(`
      subject  | rule           | counted
      ticket-1 | ticket.p1      | 1:00:00
      ticket-2 | ticket.default | 0:30:00
    `);
    answer.days(`
      who  | day        | sum     | union   | overlapping
      ANNA | 2026-03-02 | 1:30:00 | 1:30:00 | 0
    `);
  });

  it('without a group all of them time it, which is how talk and wrap-up stand side by side (R48)', () => {
    given(`
      time             | subject  | event          | priority
      2026-03-02 09:00 | ticket-1 | TicketOpened   | P1
      10:00            | ticket-1 | TicketResolved |
    `)
      .under(COMPETING.replaceAll('oneOf: target, ', '').replace('priority: 10, ', ''))
      .then(
        `
        rule           | counted
        ticket.default | 1:00:00
        ticket.p1      | 1:00:00
      `,
      );
  });

  it('are ranked by their priority and then by their place in the file (R48)', () => {
    given(`
      time             | subject  | event          | tier | type
      2026-03-02 09:00 | ticket-1 | TicketOpened   | gold | support
      10:00            | ticket-1 | TicketResolved |      |
    `).under(`
      rules:
        - { rule: any, on: ticket, oneOf: sla, start: TicketOpened, stop: TicketResolved }
        - { rule: support, on: ticket, oneOf: sla, priority: 20, when: { type: support }, start: TicketOpened, stop: TicketResolved }
        - { rule: gold, on: ticket, oneOf: sla, priority: 20, when: { tier: gold }, start: TicketOpened, stop: TicketResolved }
    `).then(`
      rule    | counted
      support | 1:00:00
    `);
  });
});
