/** People: several at once, one who does several things at once, and what is known of a person besides the work. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

describe('a conference', () => {
  it('is the time of everybody who takes part, for as long as they do (E24)', () => {
    // ANNA 10:00-10:15, BEN 10:05-10:20, CARA 10:10-10:20.
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:05            | call-1  | CallJoined    | BEN
      10:10            | call-1  | CallJoined    | CARA
      10:15            | call-1  | CallLeft      | ANNA
      10:20            | call-1  | CallEnded     |
    `).under(`
      rules:
        - { rule: call.talk, on: call, per: participant, start: [CallConnected, CallJoined], stop: [CallLeft, CallEnded] }
    `).then(`
      who  | from             | to               | counted | because
      ANNA | 2026-03-02 10:00 | 2026-03-02 10:15 | 0:15:00 | start -> stop
      BEN  | 2026-03-02 10:05 | 2026-03-02 10:20 | 0:15:00 | start -> stop
      CARA | 2026-03-02 10:10 | 2026-03-02 10:20 | 0:10:00 | start -> stop
    `);
  });

  it('asks a colleague while the customer is on hold: hold for the one, talk inside for the other (E24)', () => {
    // Talk 10:00-10:05 and 10:07:30-10:10; hold 150 s; BEN is asked for 110 s of it.
    given(`
      time             | subject | event         | who  | role
      2026-03-02 10:00 | call-1  | CallConnected | ANNA |
      10:05            | call-1  | CallHeld      |      |
      10:05:10         | call-1  | CallJoined    | BEN  | consult
      10:07            | call-1  | CallLeft      | BEN  |
      10:07:30         | call-1  | CallResumed   |      |
      10:10            | call-1  | CallEnded     |      |
    `).under(`
      rules:
        - { rule: talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded }
        - { rule: hold, on: call, measure: hold, start: CallHeld, stop: [CallResumed, CallEnded] }
        - { rule: consult, on: call, measure: talk-internal, per: participant,
            start: { event: CallJoined, where: { role: consult } }, stop: [CallLeft, CallEnded], missingStart: ignore }
    `).then(`
      rule    | who  | counted | subtracted
      talk    | ANNA | 0:07:30 | paused 0:02:30
      hold    | ANNA | 0:02:30 |
      consult | BEN  | 0:01:50 |
    `);
  });

  it('is nobody’s before they take part, also when its beginning names nobody (E24)', () => {
    // ANNA was offered the call and answered; BEN joined a minute later.
    given(`
      time             | subject | event         | who
      2026-03-02 09:59 | call-1  | CallOffered   | ANNA
      10:00            | call-1  | CallConnected |
      10:01            | call-1  | CallJoined    | BEN
      10:04            | call-1  | CallEnded     |
    `).under(`
      rules:
        - { rule: call.talk, on: call, per: participant, start: [CallConnected, CallJoined], stop: [CallLeft, CallEnded] }
    `).then(`
      who  | from             | counted
      ANNA | 2026-03-02 10:00 | 0:04:00
      BEN  | 2026-03-02 10:01 | 0:03:00
    `);
  });
});

describe('a bot', () => {
  const CHAT = (kinds: string): string => `
    rules:
      - { rule: chat.talk, on: chat, start: ChatStarted, handOver: ChatTransferred, stop: ChatEnded${kinds} }
  `;
  const BEGUN_BY_BOT = `
    time             | subject | event           | who  | actorKind
    2026-03-02 10:00 | chat-1  | ChatStarted     | bot  | bot
    10:20            | chat-1  | ChatTransferred | ANNA |
    10:30            | chat-1  | ChatEnded       |      |
  `;

  it('is nobody whose time counts: bot 20 min and human 10 min are 10 min (E26)', () => {
    given(BEGUN_BY_BOT).under(CHAT('')).then(`
      who  | counted
      ANNA | 0:10:00
    `);
  });

  it('is timed where the rule asks for it (E26)', () => {
    given(BEGUN_BY_BOT).under(CHAT(', actorKinds: [human, bot]')).then(`
      who  | counted
      bot  | 0:20:00
      ANNA | 0:10:00
    `);
  });
});

const THREE_CHATS = `
  time             | subject | event       | who
  2026-03-02 10:00 | chat-a  | ChatStarted | ANNA
  10:05            | chat-b  | ChatStarted | ANNA
  10:10            | chat-c  | ChatStarted | ANNA
  10:20            | chat-a  | ChatEnded   |
  10:25            | chat-b  | ChatEnded   |
  10:30            | chat-c  | ChatEnded   |
`;
const CHATS = (overlap: string): string => `
measures:
  work: { overlap: ${overlap} }
rules:
  - { rule: chat.talk, on: chat, start: ChatStarted, stop: ChatEnded }
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
`;

describe('three chats at once, A 0-20, B 5-25, C 10-30 min', () => {
  it.each([
    // 20 + 20 + 20.
    ['counted in full', '{ policy: countAll }', '1:00:00'],
    // The half hour in which at least one of them ran.
    ['shared fairly', '{ policy: fairShare }', '0:30:00'],
    // A has 0-20, B 20-25, C 25-30.
    ['one at a time', '{ policy: exclusive, keep: first }', '0:30:00'],
    // 5 + 5 alone, 5 + 5 of two, and 10 min in which two of three count.
    ['at most two at a time', '{ policy: cap, atMost: 2 }', '0:50:00'],
  ])('%s are one sum, one union, and a figure of the policy (E14, R20)', (_, policy, figure) => {
    given(THREE_CHATS).under(CHATS(policy)).days(`
      who  | day        | sum     | union   | attributed | overlapping
      ANNA | 2026-03-02 | 1:00:00 | 0:30:00 | ${figure}  | 2
    `);
  });

  it('shared fairly are 10:50, 8:20 and 10:50 (R20)', () => {
    // A: 5 + 5/2 + 10/3. B: 5/2 + 10/3 + 5/2. C: 10/3 + 5/2 + 5.
    given(THREE_CHATS).under(CHATS('{ policy: fairShare }')).then(`
      subject | counted | attributed
      chat-a  | 0:20:00 | 0:10:50
      chat-b  | 0:20:00 | 0:08:20
      chat-c  | 0:20:00 | 0:10:50
    `);
  });

  it('keep what they get on either side of midnight and of a pause', () => {
    // A 23:00-01:00 less 00:40-00:50, B 23:30-00:30: A has 30 + 15 and 15 + 10 + 10, B 15 and 15.
    given(`
      time             | subject | event       | who
      2026-03-02 23:00 | chat-a  | ChatStarted | ANNA
      23:30            | chat-b  | ChatStarted | ANNA
      2026-03-03 00:30 | chat-b  | ChatEnded   |
      00:40            | chat-a  | ChatPaused  |
      00:50            | chat-a  | ChatResumed |
      01:00            | chat-a  | ChatEnded   |
    `).under(`
      measures:
        work: { overlap: { policy: fairShare } }
      rules:
        - { rule: chat.talk, on: chat, start: ChatStarted, pause: ChatPaused, resume: ChatResumed, stop: ChatEnded }
    `).then(`
      subject | counted | attributed
      chat-a  | 1:50:00 | 1:20:00
      chat-b  | 1:00:00 | 0:30:00
    `);
  });

  it('of which a call takes the time: the call in full, the chat around it (N15)', () => {
    // The chat runs 10:00-10:30, the call 10:10-10:20.
    given(`
      time             | subject | event         | who
      2026-03-02 10:00 | chat-a  | ChatStarted   | ANNA
      10:10            | call-1  | CallConnected | ANNA
      10:20            | call-1  | CallEnded     |
      10:30            | chat-a  | ChatEnded     |
    `)
      .under(CHATS('{ policy: priority, order: [call, chat] }'))
      .days(
        `
        who  | day        | sum     | union   | attributed
        ANNA | 2026-03-02 | 0:40:00 | 0:30:00 | 0:30:00
      `,
      );
  });
});

describe('a day of two jobs at once', () => {
  it.each([
    ['2026-03-02', '2026-03-03', '48:00:00', '24:00:00'],
    ['2026-10-25', '2026-10-26', '50:00:00', '25:00:00'],
  ])('%s to %s has no more time than it has: sum %s, union %s (N15)', (day, next, sum, union) => {
    given(
      `
      time          | subject | event           | who
      ${day} 00:00  | visit-1 | VisitCheckedIn  | TOM
      ${day} 00:00  | visit-2 | VisitCheckedIn  | TOM
      ${next} 00:00 | visit-1 | VisitCheckedOut |
      ${next} 00:00 | visit-2 | VisitCheckedOut |
    `,
      { zone: 'Europe/Berlin' },
    ).under(`
      measures:
        work: { overlap: { policy: fairShare } }
      rules:
        - { rule: visit.shift, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut }
    `).days(`
      who | day    | sum    | union    | attributed
      TOM | ${day} | ${sum} | ${union} | ${union}
    `);
  });
});

describe('hours that follow their owner', () => {
  it('are 09-17 in Warsaw, then 09-17 in Toronto (N14)', () => {
    // Warsaw is 08-16 UTC, Toronto 14-22 UTC. Opened 07:00 UTC, handed over 16:00, resolved 23:00: 8 h and 6 h.
    given(`
      time             | subject  | event             | who | zone
      2026-01-01 00:00 | person-A | PersonMovedToZone | A   | Europe/Warsaw
      2026-01-01 00:00 | person-B | PersonMovedToZone | B   | America/Toronto
      2026-03-02 07:00 | ticket-1 | TicketOpened      | A   |
      16:00            | ticket-1 | TicketAssigned    | B   |
      23:00            | ticket-1 | TicketResolved    |     |
    `).under(`
      calendars:
        office: { zone: owner, hours: { mon: ["09:00-17:00"] } }
      rules:
        - { rule: ticket.work, on: ticket, start: TicketOpened, handOver: TicketAssigned, stop: TicketResolved, calendar: office }
    `).then(`
      who | counted | subtracted
      A   | 8:00:00 | off-calendar 1:00:00
      B   | 6:00:00 | off-calendar 1:00:00
    `);
  });

  it('move with who travels, and the time between two instants does not (E20)', () => {
    // Berlin 09-17 is 08-16 UTC; in London from 12:00 UTC on, 09-17 is 09-17 UTC. 08:00 to 18:00 UTC: 08-17.
    given(`
      time             | subject    | event             | who | zone
      2026-01-01 00:00 | person-TOM | PersonMovedToZone | TOM | Europe/Berlin
      2026-03-02 12:00 | person-TOM | PersonMovedToZone | TOM | Europe/London
      2026-03-02 08:00 | visit-1    | VisitCheckedIn    | TOM |
      18:00            | visit-1    | VisitCheckedOut   |     |
    `).under(`
      calendars:
        office: { zone: owner, hours: { mon: ["09:00-17:00"] } }
      rules:
        - { rule: visit.hours, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut, calendar: office }
    `).then(`
      counted | subtracted
      9:00:00 | off-calendar 1:00:00
    `);
  });
});

describe('a machine that sleeps', () => {
  it('is not at work: 02:09 to 09:02 is excluded, the whole of it (E31)', () => {
    // 8 h less 6 h 53 min. It is idle from the last sign on, not from 15 min after it.
    given(`
      time             | subject       | event         | who
      2026-03-02 01:55 | presence-ANNA | PersonActive  | ANNA
      02:09            | presence-ANNA | PersonActive  | ANNA
      09:02            | presence-ANNA | PersonActive  | ANNA
      09:15            | presence-ANNA | PersonActive  | ANNA
      2026-03-02 01:55 | task-1        | TaskStarted   | ANNA
      09:15            | task-1        | TaskCompleted |
    `).under(`
      rules:
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, idle: { threshold: 15m } }
    `).then(`
      counted | subtracted   | because
      0:27:00 | idle 6:53:00 | start -> idle, idle -> stop
    `);
  });

  it('is not idle for as long as the threshold allows (E31)', () => {
    given(`
      time             | subject       | event         | who
      2026-03-02 10:00 | presence-ANNA | PersonActive  | ANNA
      10:15            | presence-ANNA | PersonActive  | ANNA
      10:30:00.001     | presence-ANNA | PersonActive  | ANNA
      2026-03-02 10:00 | task-1        | TaskStarted   | ANNA
      10:30:00.001     | task-1        | TaskCompleted |
    `).under(`
      rules:
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, idle: { threshold: 15m } }
    `).then(`
      counted | subtracted
      0:15:00 | idle 0:15:00.001
    `);
  });
});

/** Five days of eight hours, and the meeting of Wednesday morning in the words of the exemption. */
const WEEK = (words: string): string => `
  time             | subject  | event              | who | exemption | category | from  | to    | by   | reason
  2026-03-02 08:00 | visit-1  | VisitCheckedIn     | A7  |           |          |       |       |      |
  16:00            | visit-1  | VisitCheckedOut    |     |           |          |       |       |      |
  2026-03-03 08:00 | visit-2  | VisitCheckedIn     | A7  |           |          |       |       |      |
  16:00            | visit-2  | VisitCheckedOut    |     |           |          |       |       |      |
  2026-03-04 08:00 | visit-3  | VisitCheckedIn     | A7  |           |          |       |       |      |
  16:00            | visit-3  | VisitCheckedOut    |     |           |          |       |       |      |
  2026-03-05 08:00 | visit-4  | VisitCheckedIn     | A7  |           |          |       |       |      |
  16:00            | visit-4  | VisitCheckedOut    |     |           |          |       |       |      |
  2026-03-06 08:00 | visit-5  | VisitCheckedIn     | A7  |           |          |       |       |      |
  16:00            | visit-5  | VisitCheckedOut    |     |           |          |       |       |      |
  2026-03-04 17:00 | person-A7 | ExemptionRequested | A7 | w10       | meeting  | 09:00 | 13:00 |      | review
  ${words}
`;
const EXEMPTING = `
rules:
  - { rule: visit.on-site, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut, exempt: { granted: meeting } }
`;
const GRANTED = '2026-03-05 09:00 | person-A7 | ExemptionGranted | A7 | w10 | | | | EVE |';

describe('an exemption for the meeting of a week', () => {
  it('moves 4 h from what counts to what is exempt; the week is still 40 h (R26)', () => {
    const answer = given(WEEK(GRANTED)).under(EXEMPTING);
    answer.weeks(`
      who | week     | sum
      A7  | 2026-W10 | 36:00:00
    `);
    answer.then(`
      subject | counted | subtracted
      visit-1 | 8:00:00 |
      visit-2 | 8:00:00 |
      visit-3 | 4:00:00 | exempt meeting 4:00:00
      visit-4 | 8:00:00 |
      visit-5 | 8:00:00 |
    `);
  });

  it.each([
    ['was only asked for', ''],
    ['was refused', '2026-03-05 09:00 | person-A7 | ExemptionRefused | A7 | w10 | | | | EVE |'],
    ['was withdrawn', `${GRANTED}\n2026-03-06 09:00 | person-A7 | ExemptionWithdrawn | A7 | w10 | | | | |`],
  ])('that %s exempts nothing (R26)', (_, words) => {
    given(WEEK(words)).under(EXEMPTING).weeks(`
      who | week     | sum
      A7  | 2026-W10 | 40:00:00
    `);
  });
});
