/** The language, second half: what becomes of measured time. A short rule set for each thing that must be sayable. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCases } from '../../adapters/cases/run-case.ts';
import { compile } from '../../engine/index.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { given, planOf } from '../support/scenario.ts';

const TASK = (from: string, to: string): string => `
  time    | subject | event         | who
  ${from} | task-1  | TaskStarted   | ANNA
  ${to}   | task-1  | TaskCompleted |
`;

describe('time that does not count', () => {
  it('is idle from the last sign on (D22)', () => {
    // Signs at 10:00, 10:02 and 10:12: 10 min are more than 3.
    given(`
      time             | subject       | event         | who
      2026-03-02 10:00 | task-1        | TaskStarted   | ANNA
      10:00            | presence-ANNA | PersonActive  | ANNA
      10:02            | presence-ANNA | PersonActive  | ANNA
      10:12            | presence-ANNA | PersonActive  | ANNA
      10:12            | task-1        | TaskCompleted |
    `)
      .under(
        'rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted, idle: { threshold: 3m } }]',
      )
      .then('counted | subtracted\n 0:02:00 | idle 0:10:00');
  });

  it('is off the calendar of the team, of headquarters where the team has none, and never off 24x7 (D23)', () => {
    // Monday 06:00-20:00: night shift until 08:00; headquarters 09-17; always.
    given(`
      time             | subject     | event            | who  | team
      2026-01-01 00:00 | person-ANNA | PersonJoinedTeam | ANNA | night
      2026-01-01 00:00 | person-BEN  | PersonJoinedTeam | BEN  | sales
      2026-01-01 00:00 | person-CARA | PersonJoinedTeam | CARA | emergency
      2026-03-02 06:00 | task-1      | TaskStarted      | ANNA |
      2026-03-02 06:00 | task-2      | TaskStarted      | BEN  |
      2026-03-02 06:00 | task-3      | TaskStarted      | CARA |
      20:00            | task-1      | TaskCompleted    |      |
      20:00            | task-2      | TaskCompleted    |      |
      20:00            | task-3      | TaskCompleted    |      |
    `).under(`
      calendars:
        hq: { hours: { mon: ["09:00-17:00"] } }
        night: { hours: { mon: ["00:00-08:00"] } }
      rules:
        - { rule: task, on: task, start: TaskStarted, stop: TaskCompleted,
            calendar: { by: owner.team, use: { emergency: 24x7 }, fallback: hq } }
    `).then(`
      who  | counted
      ANNA | 2:00:00
      BEN  | 8:00:00
      CARA | 14:00:00
    `);
  });

  it('is outside what the team and the contract have in common, less holidays, plus on-call (D24)', () => {
    // Monday 09-15; Tuesday a holiday with on-call 20-22; Wednesday 09-15. From Monday 00:00 to Thursday 00:00.
    given(TASK('2026-03-02 00:00', '2026-03-05 00:00'))
      .under(
        `
        calendars:
          team: { hours: { mon: ["08:00-15:00"], tue: ["08:00-15:00"], wed: ["08:00-15:00"] } }
          contract: { hours: { mon: ["09:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"] } }
          holidays: { days: [2026-03-03] }
          on-call: { hours: { tue: ["20:00-22:00"] } }
          support: { intersect: [team, contract], minus: [holidays], plus: [on-call] }
        rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted, calendar: support }]
      `,
      )
      .days(
        `
        who  | day        | sum
        ANNA | 2026-03-02 | 6:00:00
        ANNA | 2026-03-03 | 2:00:00
        ANNA | 2026-03-04 | 6:00:00
      `,
      );
  });

  it('is shown beside what counts, by a clock on the wall (D25)', () => {
    given(TASK('2026-03-02 16:00', '2026-03-02 20:00'))
      .under(
        `
        calendars: { office: { hours: { mon: ["09:00-17:00"] } } }
        rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted, calendar: office, clocks: [wall, business] }]
      `,
      )
      .then(
        `
        rule      | measure | counted
        task      | work    | 1:00:00
        task.wall | wall    | 4:00:00
      `,
      );
  });

  it('runs beside something stronger: call before visit before mail, measure by measure (D26)', () => {
    // The call has 10:00-10:10, the mail what is left of 10:00-10:30. The second measure counts both in full.
    const both = `
      time             | subject | event            | who
      2026-03-02 10:00 | email-1 | EmailWorkStarted | ANNA
      10:00            | call-1  | CallConnected    | ANNA
      10:10            | call-1  | CallEnded        |
      10:30            | email-1 | EmailWorkEnded   |
    `;
    given(both)
      .under(
        `
        measures: { work: { overlap: { policy: priority, order: [call, visit, chat, email] } } }
        rules:
          - { rule: call, on: call, start: CallConnected, stop: CallEnded }
          - { rule: email, on: email, start: EmailWorkStarted, stop: EmailWorkEnded }
          - { rule: call.cost, extends: call, measure: cost }
          - { rule: email.cost, extends: email, measure: cost }
      `,
      )
      .days(
        `
        who  | measure | day        | sum     | attributed
        ANNA | cost    | 2026-03-02 | 0:40:00 | 0:40:00
        ANNA | work    | 2026-03-02 | 0:40:00 | 0:30:00
      `,
      );
  });
});

describe('time that is shared out and rounded', () => {
  it('goes 30/50/20 to research, negotiation and follow-up (D27)', () => {
    given(TASK('2026-03-02 09:00', '2026-03-02 09:47'))
      .under(
        'rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted, allocate: { over: { research: 30%, negotiation: 50%, follow-up: 20% } } }]',
      )
      .then('allocated\n research 0:14:06, negotiation 0:23:30, follow-up 0:09:24');
  });

  it('goes where the person says, from the person’s word on (D27)', () => {
    given(`
      time             | subject | event         | who  | over
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA |
      10:00            | task-1  | TaskCompleted |      |
      17:00            | task-1  | TimeAllocated | ANNA | research 10%, negotiation 90%
    `)
      .under(
        'rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted, allocate: { over: { research: 100% } } }]',
      )
      .then('allocated\n research 0:06:00, negotiation 0:54:00');
  });

  it.each([
    ['each project of a day apart', ', by: project', '0:30:00'],
    ['the day as a whole', '', '0:15:00'],
  ])('is charged in 15-minute units, %s, and what was measured stays (D28)', (_, by, rounded) => {
    // P 5 min, Q 5 + 5 min: 15 and 15. Together they are 15.
    given(`
      time             | subject | event         | who  | project
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA | P
      09:05            | task-1  | TaskCompleted |      |
      10:00            | task-2  | TaskStarted   | ANNA | Q
      10:05            | task-2  | TaskCompleted |      |
      11:00            | task-3  | TaskStarted   | ANNA | Q
      11:05            | task-3  | TaskCompleted |      |
    `)
      .under(
        `rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted, round: { unit: 15m, mode: up, scope: day${by} } }]`,
      )
      .days(`who | day | sum | rounded\n ANNA | 2026-03-02 | 0:15:00 | ${rounded}`);
  });

  it('is charged at least 15 minutes, and by the minute above (D28)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA
      09:02            | task-1  | TaskCompleted |
      10:00            | task-2  | TaskStarted   | ANNA
      10:16:30         | task-2  | TaskCompleted |
    `)
      .under(
        'rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted, round: { unit: 1m, mode: up, scope: record, minCharge: 15m } }]',
      )
      .then('subject | counted | rounded\n task-1 | 0:02:00 | 0:15:00\n task-2 | 0:16:30 | 0:17:00');
  });
});

describe('whose time it is, and whether', () => {
  it('is of whoever owns the ticket, each their part (D29)', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   |
      09:20            | ticket-1 | TicketAssigned | MIRA
      10:00            | ticket-1 | TicketAssigned | TOM
      10:45            | ticket-1 | TicketResolved |
    `)
      .under(
        'rules: [{ rule: work, on: ticket, start: TicketOpened, handOver: TicketAssigned, stop: TicketResolved, unassigned: skip }]',
      )
      .then('who | counted\n MIRA | 0:40:00\n TOM | 0:45:00');
  });

  it('is of people, not of bots (D30)', () => {
    given(`
      time             | subject | event       | who  | actorKind
      2026-03-02 09:00 | chat-1  | ChatStarted | ECHO | bot
      09:20            | chat-1  | ChatEnded   |      |
      10:00            | chat-2  | ChatStarted | ANNA | human
      10:10            | chat-2  | ChatEnded   |      |
    `)
      .under('rules: [{ rule: chat, on: chat, start: ChatStarted, stop: ChatEnded, actorKinds: [human] }]')
      .then('who | counted\n ANNA | 0:10:00');
  });

  it('is not counted: this team’s meetings do not count (D31)', () => {
    // BEN joins the team at 11:00, in the middle of the meeting.
    given(`
      time             | subject     | event            | who  | team
      2026-01-01 00:00 | person-ANNA | PersonJoinedTeam | ANNA | research
      2026-03-02 11:00 | person-BEN  | PersonJoinedTeam | BEN  | research
      2026-03-02 10:00 | meeting-1   | MeetingStarted   | ANNA |
      2026-03-02 10:00 | meeting-2   | MeetingStarted   | BEN  |
      12:00            | meeting-1   | MeetingEnded     |      |
      12:00            | meeting-2   | MeetingEnded     |      |
    `)
      .under(
        'rules: [{ rule: meeting, on: meeting, start: MeetingStarted, stop: MeetingEnded, exempt: { when: { team: research } } }]',
      )
      .then(
        `
        who  | counted | subtracted
        ANNA | 0:00:00 | exempt 2:00:00
        BEN  | 1:00:00 | exempt 1:00:00
      `,
      );
  });

  it('counts once, however often and in whatever order it was told (D33)', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 09:30 | task-1  | TaskCompleted |
      09:00            | task-1  | TaskStarted   | ANNA
      09:30            | task-1  | TaskCompleted |
      09:00            | task-1  | TaskStarted   | ANNA
    `)
      .under('rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted }]')
      .then('counted | facts\n 0:30:00 | 2');
  });
});

describe('rules that change', () => {
  it('what was opened before the first of April stays under the old rule (D34)', () => {
    // The one of 31 March ends in April and is still rounded as in March.
    given(`
      time             | subject  | event          | who
      2026-03-31 23:50 | ticket-1 | TicketOpened   | ANNA
      2026-04-01 00:10 | ticket-1 | TicketResolved |
      2026-04-01 09:00 | ticket-2 | TicketOpened   | ANNA
      09:20            | ticket-2 | TicketResolved |
    `)
      .under(
        `
        rules:
          - { rule: work, abstract: true, on: ticket, start: TicketOpened, stop: TicketResolved }
          - { rule: v2, extends: work, validUntil: 2026-04-01, round: { unit: 15m, mode: up, scope: record } }
          - { rule: v3, extends: work, validFrom: 2026-04-01, round: { unit: 1m, mode: up, scope: record } }
      `,
      )
      .then(
        `
        subject  | rule | counted | rounded
        ticket-1 | v2   | 0:20:00 | 0:30:00
        ticket-2 | v3   | 0:20:00 | 0:20:00
      `,
      );
  });

  it.each([
    ['asCorrected', '0:00:00'],
    ['asWas', '8:00:00'],
  ])('a holiday that was not known on the day counts %s (D35)', (reference, counted) => {
    given(TASK('2026-03-09 09:00', '2026-03-09 17:00'))
      .under(
        `
        reference: ${reference}
        calendars: { office: { hours: { mon: ["09:00-17:00"] }, holidays: [{ date: 2026-03-09, knownFrom: 2026-03-12 }] } }
        rules: [{ rule: task, on: task, start: TaskStarted, stop: TaskCompleted, calendar: office }]
      `,
      )
      .then(`counted\n ${counted}`);
  });

  it('what is typed in after more than seven days waits for approval (D37)', () => {
    given(`
      time             | recorded         | subject | event       | who  | duration | reason
      2026-03-02 10:00 | 2026-03-09 10:00 | entry-7 | TimeEntered | ANNA | 30m      | was out
      2026-03-02 12:00 | 2026-03-10 12:00 | entry-8 | TimeEntered | ANNA | 30m      | forgot
    `)
      .under(
        'rules: [{ rule: entry, on: entry, stop: TimeEntered, missingStart: duration, backfill: { withinDays: 7 } }]',
      )
      .then(
        `
        subject | counted | subtracted
        entry-7 | 0:30:00 |
        entry-8 | 0:00:00 | unapproved 0:30:00
      `,
      );
  });

  const IN_ORDER = `
    rules:
      - { rule: work, on: ticket, start: TicketOpened, stop: TicketResolved, cancel: TicketClosed, reset: TicketAssigned,
          pause: TicketPended, resume: TicketResumed }
  `;

  it('at one instant a stop goes before a cancel, a cancel before a reset, a pause before a resume (D39)', () => {
    // 10:00: stopped, not cancelled. 11:00: cancelled, not begun again. 13:00: paused and resumed, it ran on.
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      10:00            | ticket-1 | TicketClosed   |
      10:00            | ticket-1 | TicketResolved |
      10:30            | ticket-2 | TicketOpened   | ANNA
      11:00            | ticket-2 | TicketAssigned | ANNA
      11:00            | ticket-2 | TicketClosed   |
      12:00            | ticket-3 | TicketOpened   | ANNA
      13:00            | ticket-3 | TicketResumed  |
      13:00            | ticket-3 | TicketPended   |
      14:00            | ticket-3 | TicketResolved |
    `)
      .under(IN_ORDER)
      .then(
        'subject | from | counted\n ticket-1 | 2026-03-02 09:00 | 1:00:00\n ticket-3 | 2026-03-02 12:00 | 2:00:00',
      );
  });

  it('at one instant a stop goes before a reset, and a reset before a pause (D39)', () => {
    // 10:00: stopped, and nothing begins. 12:00: begun again, and that one waits until 13:00.
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      10:00            | ticket-1 | TicketAssigned | ANNA
      10:00            | ticket-1 | TicketResolved |
      11:30            | ticket-2 | TicketOpened   | ANNA
      12:00            | ticket-2 | TicketPended   |
      12:00            | ticket-2 | TicketAssigned | ANNA
      13:00            | ticket-2 | TicketResumed  |
      14:00            | ticket-2 | TicketResolved |
    `)
      .under(IN_ORDER)
      .then(
        `
        subject  | cycle | from             | counted | subtracted
        ticket-1 | 1     | 2026-03-02 09:00 | 1:00:00 |
        ticket-2 | 1     | 2026-03-02 11:30 | 0:30:00 |
        ticket-2 | 2     | 2026-03-02 12:00 | 1:00:00 | paused 1:00:00
      `,
      );
  });

  it('a rule takes from another what it does not say itself (D40)', () => {
    // After-call work of 10 min: the cap is 2 min for sales and 3 for the rest.
    given(
      `
      time             | subject | event     | who  | queue
      2026-03-02 10:00 | call-1  | CallEnded | ANNA | sales
      11:00            | call-2  | CallEnded | BEN  | help
    `,
      { asOf: '2026-03-02 12:00' },
    ).under(`
      rules:
        - { rule: base.acw, abstract: true, on: call, oneOf: acw, start: CallEnded, stop: CallWrappedUp, missingEnd: { cap: 180s } }
        - { rule: acw.sales, extends: base.acw, when: { queue: sales }, missingEnd: { cap: 120s } }
        - { rule: acw, extends: base.acw }
    `).then(`
      subject | rule      | counted
      call-1  | acw.sales | 0:02:00
      call-2  | acw       | 0:03:00
    `);
  });

  it('a rule set brings the cases that prove it (D41)', () => {
    const plan = planOf(`
      rules:
        - { rule: talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded }
      cases:
        - case: a held call does not count the hold
          given: |
            time             | subject | event         | who
            2026-03-02 10:00 | call-1  | CallConnected | ANNA
            10:05            | call-1  | CallHeld      |
            10:06:30         | call-1  | CallResumed   |
            10:11:30         | call-1  | CallEnded     |
          then: |
            counted | subtracted
            0:10:00 | paused 0:01:30
        - case: a case that is wrong says so
          given: |
            time             | subject | event         | who
            2026-03-02 10:00 | call-1  | CallConnected | ANNA
            10:05            | call-1  | CallEnded     |
          then: |
            counted
            0:06:00
    `);
    expect(runCases(plan).map(({ status }) => status)).toEqual(['passed', 'failed']);
  });
});

describe('what cannot be said', () => {
  const problemOf = (rules: string): string => {
    const written: unknown = parse(rules);
    const read = RuleSet.safeParse({ ruleSet: 'd', version: 1, zone: 'UTC', ...Object(written) });
    if (!read.success) return 'refused by the schema';
    const compiled = compile(read.data);
    return compiled.ok ? 'loads' : (compiled.problems[0]?.message ?? '');
  };
  const asking = (condition: string, rest = ''): string =>
    `${rest}\nrules: [{ rule: t, on: task, when: ${condition}, start: TaskStarted, stop: TaskCompleted }]`;

  it.each([
    ['the clock of the machine', '{ tier: { before: now } }'],
    ['chance', '{ tier: { random: 2 } }'],
    ['a pattern that may run for ever', '{ tier: { matches: "(a+)+$" } }'],
    ['a look at the outside', '{ tier: { url: "https://example.org" } }'],
  ])('%s (D42)', (_, condition) => {
    expect(problemOf(asking(condition))).toBe('refused by the schema');
  });

  it('a field that nobody declared (D42)', () => {
    expect(problemOf(asking('{ teir: gold }', 'fields: { tier: [gold, silver] }'))).toContain('teir');
    expect(problemOf(asking('{ tier: gold }', 'fields: { tier: [gold, silver] }'))).toBe('loads');
  });
});
