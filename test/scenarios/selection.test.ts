/** Selection: which subjects a rule times, which events its clauses take, and several rules on one subject. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const FOUR_CALLS = `
  time             | subject | event         | who | tier   | queue
  2026-03-02 09:00 | call-1  | CallConnected | A   | gold   |
  09:01            | call-1  | CallEnded     |     |        |
  10:00            | call-2  | CallConnected | A   | silver |
  10:02            | call-2  | CallEnded     |     |        | sales
  11:00            | call-3  | CallConnected | A   | bronze | sales
  11:04            | call-3  | CallEnded     |     |        |
  12:00            | call-4  | CallConnected | A   |        |
  12:08            | call-4  | CallEnded     |     |        |
`;
const WHEN = (condition: string) => `
rules:
  - { rule: call.talk, on: call, when: ${condition}, start: CallConnected, stop: CallEnded }
`;

describe('`when`', () => {
  it('takes the subjects with this attribute', () => {
    given(FOUR_CALLS).under(WHEN('{ tier: gold }')).then(`
      subject | counted
      call-1  | 0:01:00
    `);
  });

  it('takes any of several values, and leaves out subjects that do not say', () => {
    given(FOUR_CALLS).under(WHEN('{ tier: [gold, silver] }')).then(`
      subject | counted
      call-1  | 0:01:00
      call-2  | 0:02:00
    `);
  });

  it('wants every attribute that it names, whichever fact says it', () => {
    given(FOUR_CALLS).under(WHEN('{ tier: [gold, silver], queue: sales }')).then(`
      subject | counted
      call-2  | 0:02:00
    `);
  });

  it('looks at what the subject is known by in the end: a later fact overrules an earlier one', () => {
    given(`
      time             | subject | event         | who | tier
      2026-03-02 09:00 | call-1  | CallConnected | A   | silver
      09:01            | call-1  | CallEnded     |     | gold
      10:00            | call-2  | CallConnected | A   | gold
      10:02            | call-2  | CallEnded     |     | silver
    `).under(WHEN('{ tier: gold }')).then(`
      subject | counted
      call-1  | 0:01:00
    `);
  });

  it('takes nothing when no subject fits', () => {
    given(FOUR_CALLS).under(WHEN('{ tier: platinum }')).then('subject | counted');
  });
});

describe('`where`', () => {
  it('takes the events whose own field has the value', () => {
    // The hold for lunch stops the clock (20 min), the hold for a question does not.
    given(`
      time             | subject | event         | who | reason
      2026-03-02 09:00 | call-1  | CallConnected | A   |
      09:10            | call-1  | CallHeld      |     | question
      09:12            | call-1  | CallResumed   |     |
      09:20            | call-1  | CallHeld      |     | lunch
      09:40            | call-1  | CallResumed   |     |
      10:00            | call-1  | CallEnded     |     |
    `).under(`
      rules:
        - rule: call.talk
          on: call
          start: CallConnected
          pause: { event: CallHeld, where: { reason: lunch } }
          resume: CallResumed
          stop: CallEnded
    `).then(`
      counted | subtracted
      0:40:00 | paused 0:20:00
    `);
  });

  it('takes the events whose attribute has one of the values, and none that says nothing', () => {
    given(`
      time             | subject | event         | who | line
      2026-03-02 09:00 | call-1  | CallConnected | A   |
      09:10            | call-1  | CallConnected | A   | inbound
      09:20            | call-1  | CallEnded     |     |
    `).under(`
      rules:
        - rule: call.talk
          on: call
          start: { event: CallConnected, where: { line: [inbound, outbound] } }
          stop: CallEnded
    `).then(`
      from             | counted
      2026-03-02 09:10 | 0:10:00
    `);
  });

  it('of one clause does not narrow another clause on the same event', () => {
    given(`
      time             | subject  | event               | who | status
      2026-03-02 09:00 | ticket-1 | TicketStatusChanged | A   | open
      09:30            | ticket-1 | TicketStatusChanged | A   | waiting
      10:00            | ticket-1 | TicketStatusChanged | A   | open
      10:10            | ticket-1 | TicketStatusChanged | A   | unheard-of
      10:20            | ticket-1 | TicketStatusChanged | A   | done
    `).under(`
      rules:
        - rule: ticket.work
          on: ticket
          start: { event: TicketStatusChanged, where: { status: open } }
          pause: { event: TicketStatusChanged, where: { status: waiting } }
          stop: { event: TicketStatusChanged, where: { status: [done, closed] } }
    `).then(`
      counted | subtracted     | because
      0:50:00 | paused 0:30:00 | start -> pause, start -> stop
    `);
  });
});

describe('`changed`', () => {
  it('is another value than before: the first that anybody tells is none, and the same again is none', () => {
    // Told at 09:30, told again at 10:00, another team at 11:00.
    given(`
      time             | subject  | event               | who | status | team
      2026-03-02 09:00 | ticket-1 | TicketOpened        | A   |        |
      09:30            | ticket-1 | TicketStatusChanged |     | new    | first-line
      10:00            | ticket-1 | TicketStatusChanged |     | open   | first-line
      11:00            | ticket-1 | TicketStatusChanged |     | open   | second-line
      12:00            | ticket-1 | TicketResolved      |     |        |
    `).under(`
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, reset: { changed: team }, stop: TicketResolved }
    `).then(`
      cycle | from             | to               | counted
      1     | 2026-03-02 09:00 | 2026-03-02 11:00 | 2:00:00
      2     | 2026-03-02 11:00 | 2026-03-02 12:00 | 1:00:00
    `);
  });
});

describe('a paused clock', () => {
  const TABLE = `
    time             | subject  | event          | who
    2026-03-02 09:00 | ticket-1 | TicketOpened   | A
    09:10            | ticket-1 | TicketPended   |
    09:20            | ticket-1 | TicketOpened   | A
    09:30            | ticket-1 | TicketResolved |
  `;

  it('is resumed by a start where the rule knows no resume', () => {
    given(TABLE).under(`
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, pause: TicketPended, stop: TicketResolved }
    `).then(`
      counted | subtracted
      0:20:00 | paused 0:10:00
    `);
  });

  it('waits for the resume where the rule has one', () => {
    given(TABLE).under(`
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, pause: TicketPended, resume: TicketResumed, stop: TicketResolved }
    `).then(`
      counted | subtracted
      0:10:00 | paused 0:20:00
    `);
  });
});

describe('several rules', () => {
  it('time one subject side by side, each with its own cycles', () => {
    // Ring 12 s, talk 60 s; the rule for the whole is both.
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | call-1  | CallOffered   | A
      09:00:12         | call-1  | CallConnected | A
      09:01:12         | call-1  | CallEnded     |
    `).under(`
      rules:
        - { rule: ring, on: call, kind: ring, start: CallOffered, stop: CallConnected }
        - { rule: talk, on: call, start: CallConnected, stop: CallEnded }
        - { rule: whole, on: call, measure: whole, start: CallOffered, stop: CallEnded }
        - { rule: other, on: ticket, start: TicketOpened, stop: TicketResolved }
    `).then(`
      rule  | kind | measure | cycle | counted
      ring  | ring | work    | 1     | 0:00:12
      whole | call | whole   | 1     | 0:01:12
      talk  | call | work    | 1     | 0:01:00
    `);
  });

  it('leave alone what none of them is on', () => {
    given(`
      time             | subject | event          | who
      2026-03-02 09:00 | visit-1 | VisitCheckedIn | A
    `)
      .under(WHEN('{ tier: gold }'))
      .then('subject | counted');
  });
});

describe('a condition on nothing', () => {
  it('an absent field equals no value, not even the empty one (compile.ts, fieldOf)', () => {
    given(`
      time             | subject | event           | who
      2026-03-02 10:00 | visit-1 | VisitCheckedIn  | TOM
      10:30            | visit-1 | VisitCheckedOut |
    `)
      .under(
        `
        rules:
          - { rule: visit.shift, on: visit, when: { tier: "" }, start: VisitCheckedIn, stop: VisitCheckedOut }
      `,
      )
      .then('who | counted');
  });
});
