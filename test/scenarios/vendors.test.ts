/** Vendors: how the rule models of other systems behave, told in ours, with the traps that they set. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lint } from '../../engine/lint/index.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { given } from '../support/scenario.ts';

/** What the linter says of rules: `code` of each finding. */
const mistakesIn = (rules: string): readonly string[] => {
  const written: unknown = parse(rules);
  return lint(RuleSet.parse({ ruleSet: 'vendor', version: 1, zone: 'UTC', ...Object(written) })).map(
    ({ code }) => code,
  );
};

/** A ticket by its states, in order of time. */
const states = (...rows: readonly (readonly [time: string, state: string])[]): string =>
  `time | subject | event | status\n${rows.map(([time, state]) => `${time} | ticket-1 | TicketStatusChanged | ${state}`).join('\n')}`;

describe('a ServiceNow definition', () => {
  const HELD = states(
    ['2026-03-02 09:00', 'new'],
    ['10:00', 'on hold'],
    ['11:00', 'active'],
    ['12:00', 'resolved'],
  );

  it('whose start lies within its stop never attaches: stop overrides start', () => {
    const rules = `
      rules:
        - rule: sla
          on: ticket
          runWhile: { status: active }
          stop: { while: { status: { not: [new, on hold] } } }
    `;
    given(HELD).under(rules).then('from | counted');
    expect(mistakesIn(rules)).toContain('start-in-stop');
  });

  it('whose stop still holds does not begin again, whatever starts it', () => {
    // Closed from 10:00 to 11:30: the reopening at 11:00 begins nothing, that at 12:00 does.
    given(`
      time             | subject  | event               | status | who
      2026-03-02 09:00 | ticket-1 | TicketOpened        | open   | ANNA
      10:00            | ticket-1 | TicketStatusChanged | closed |
      11:00            | ticket-1 | TicketReopened      |        | ANNA
      11:30            | ticket-1 | TicketStatusChanged | open   |
      12:00            | ticket-1 | TicketReopened      |        | ANNA
      13:00            | ticket-1 | TicketStatusChanged | closed |
    `).under(`
      rules:
        - { rule: sla, on: ticket, start: [TicketOpened, TicketReopened], stop: { while: { status: closed } } }
    `).then(`
      cycle | from             | to               | counted
      1     | 2026-03-02 09:00 | 2026-03-02 10:00 | 1:00:00
      2     | 2026-03-02 12:00 | 2026-03-02 13:00 | 1:00:00
    `);
  });

  it('whose start lies within its pause attaches paused and never runs', () => {
    const rules = `
      rules:
        - rule: sla
          on: ticket
          runWhile: { status: on hold }
          whenFalse: keep
          pause: { while: { status: [on hold, active] } }
          stop: { while: { status: resolved } }
    `;
    given(HELD).under(rules).then(`
      from             | to               | counted | subtracted
      2026-03-02 10:00 | 2026-03-02 12:00 | 0:00:00 | paused 2:00:00
    `);
    expect(mistakesIn(rules)).toContain('pause-in-start');
  });

  it('whose start and pause exclude each other is always cancelled before it pauses (R18)', () => {
    // New at 09:00, cancelled at 10:00 by the hold, attached again at 11:00: one hour in place of two.
    const rules = `
      rules:
        - rule: sla
          on: ticket
          runWhile: { status: [new, active] }
          whenFalse: cancel
          pause: { while: { status: on hold } }
          stop: { while: { status: resolved } }
    `;
    given(HELD).under(rules).then(`
      cycle | from             | to               | counted | subtracted
      1     | 2026-03-02 11:00 | 2026-03-02 12:00 | 1:00:00 |
    `);
    expect(mistakesIn(rules)).toContain('cancels-before-pausing');
  });

  it('that is never cancelled by its start pauses, and counts the hours before too', () => {
    given(HELD).under(`
      rules:
        - rule: sla
          on: ticket
          runWhile: { status: [new, active] }
          whenFalse: keep
          pause: { while: { status: on hold } }
          stop: { while: { status: resolved } }
    `).then(`
      from             | counted | subtracted
      2026-03-02 09:00 | 2:00:00 | paused 1:00:00
    `);
  });

  const REPLIED = `
    time             | subject  | event               | status   | replied
    2026-03-02 09:00 | ticket-1 | TicketStatusChanged | new      |
    10:00            | ticket-1 | TicketStatusChanged | on hold  |
    11:00            | ticket-1 | TicketStatusChanged | active   |
    12:00            | ticket-1 | TicketStatusChanged | active   | yes
    13:00            | ticket-1 | TicketStatusChanged | resolved |
  `;
  const RESUMING = (resume: string): string => `
    rules:
      - rule: sla
        on: ticket
        runWhile: { status: [new, active, on hold] }
        pause: { while: { status: on hold } }
        ${resume}
        stop: { while: { status: resolved } }
  `;

  it('that resumes when pause is false goes on at 11:00 (mode 1)', () => {
    given(REPLIED).under(RESUMING('')).then(`
      counted | subtracted
      3:00:00 | paused 1:00:00
    `);
  });

  it('that resumes only by its own condition is still paused at 11:00, and goes on at 12:00 (mode 2)', () => {
    // 09-10 and 12-13.
    given(REPLIED).under(RESUMING('resume: { while: { replied: "yes" } }')).then(`
      counted | subtracted
      2:00:00 | paused 2:00:00
    `);
  });

  it('that is asked to resume while its pause still holds stays paused until it is asked again (mode 2)', () => {
    // On hold 10-11. The first resume lies within, the second at 11:30: 09-10 and 11:30-12 count.
    given(`
      time             | subject  | event               | status
      2026-03-02 09:00 | ticket-1 | TicketStatusChanged | new
      10:00            | ticket-1 | TicketStatusChanged | on hold
      10:30            | ticket-1 | TicketResumed       |
      11:00            | ticket-1 | TicketStatusChanged | active
      11:30            | ticket-1 | TicketResumed       |
      12:00            | ticket-1 | TicketStatusChanged | resolved
    `)
      .under(RESUMING('resume: TicketResumed'))
      .then('counted | subtracted\n 1:30:00 | paused 1:30:00');
  });

  it('that is reset when the location changes from X to Y has two records', () => {
    const moved = (from: string, to: string): string => `
      time             | subject  | event               | status   | location
      2026-03-02 09:00 | ticket-1 | TicketStatusChanged | new      | ${from}
      10:00            | ticket-1 | TicketStatusChanged | active   | ${to}
      12:00            | ticket-1 | TicketStatusChanged | resolved |
    `;
    const rules = (closes: string): string => `
      rules:
        - rule: sla
          on: ticket
          runWhile: { status: [new, active] }
          reset: { changed: location, from: X, to: Y }
          ${closes}
          stop: { while: { status: resolved } }
    `;
    given(moved('X', 'Y')).under(rules('')).then(`
      cycle | from             | to               | counted | because
      1     | 2026-03-02 09:00 | 2026-03-02 10:00 | 1:00:00 | runWhile -> reset
      2     | 2026-03-02 10:00 | 2026-03-02 12:00 | 2:00:00 | reset -> stop
    `);
    given(moved('X', 'Y')).under(rules('resetCloses: cancelled')).then(`
      cycle | from             | counted
      1     | 2026-03-02 10:00 | 2:00:00
    `);
    for (const table of [moved('X', 'Z'), moved('W', 'Y'), moved('X', 'X'), moved('', 'Y')])
      given(table).under(rules('')).then(`
        cycle | from             | counted
        1     | 2026-03-02 09:00 | 3:00:00
      `);
  });

  it('with two clocks shows Friday 21:00 to Monday 09:30 as 60 h 30 min and as 1 h 30 min', () => {
    given(`
      time             | subject  | event          | who
      2026-03-06 21:00 | ticket-1 | TicketOpened   | ANNA
      2026-03-09 09:30 | ticket-1 | TicketResolved |
    `).under(`
      calendars:
        office: { hours: { mon: ["08:00-17:00"], tue: ["08:00-17:00"], wed: ["08:00-17:00"], thu: ["08:00-17:00"], fri: ["08:00-17:00"] } }
      rules:
        - { rule: sla, on: ticket, start: TicketOpened, stop: TicketResolved, calendar: office, clocks: [wall, business] }
    `).then(`
      rule     | measure | counted
      sla      | work    | 1:30:00
      sla.wall | wall    | 60:30:00
    `);
  });

  it('with two clocks takes the pause from both', () => {
    // Monday 16:00 to Tuesday 10:00 is 18 h; paused 16:30-17:30, of which half an hour is within the hours.
    given(`
      time             | subject  | event          | who
      2026-03-02 16:00 | ticket-1 | TicketOpened   | ANNA
      16:30            | ticket-1 | TicketPended   |
      17:30            | ticket-1 | TicketResumed  |
      2026-03-03 10:00 | ticket-1 | TicketResolved |
    `).under(`
      calendars:
        office: { hours: { mon: ["08:00-17:00"], tue: ["08:00-17:00"] } }
      rules:
        - { rule: sla, on: ticket, start: TicketOpened, pause: TicketPended, resume: TicketResumed, stop: TicketResolved,
            calendar: office, clocks: [wall, business] }
    `).then(`
      rule     | counted  | subtracted
      sla      | 2:30:00  | paused 0:30:00, off-calendar 0:30:00, off-calendar 14:30:00
      sla.wall | 17:00:00 | paused 1:00:00
    `);
  });
});

describe('a Jira metric at one instant', () => {
  const CLOCK = `
    rules:
      - { rule: sla, on: ticket, start: [TicketOpened, TicketReopened], pause: TicketPended, resume: TicketResumed, stop: TicketResolved }
  `;

  it('stops rather than pauses: the pause was of the cycle that ends, and the next one runs', () => {
    // 10:00 is stop, pause and start at once; stop and pause are about the open cycle, then the next is begun.
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA
      10:00            | ticket-1 | TicketReopened | ANNA
      10:00            | ticket-1 | TicketPended   |
      10:00            | ticket-1 | TicketResolved |
    `).under(CLOCK).then(`
      cycle | from             | to               | counted | status
      1     | 2026-03-02 09:00 | 2026-03-02 10:00 | 1:00:00 | closed
      2     | 2026-03-02 10:00 | 2026-03-02 10:00 | 0:00:00 | running
    `);
  });

  it('pauses rather than starts while the state that pauses holds', () => {
    // Waiting from 10:00 to 11:00, whatever else happens at 10:00: the second cycle counts 11-12.
    given(`
      time             | subject  | event               | status  | who
      2026-03-02 09:00 | ticket-1 | TicketOpened        |         | ANNA
      10:00            | ticket-1 | TicketReopened      |         | ANNA
      10:00            | ticket-1 | TicketStatusChanged | waiting |
      10:00            | ticket-1 | TicketResolved      |         |
      11:00            | ticket-1 | TicketStatusChanged | open    |
      12:00            | ticket-1 | TicketResolved      |         |
    `).under(`
      rules:
        - { rule: sla, on: ticket, start: [TicketOpened, TicketReopened], pause: { while: { status: waiting } }, stop: TicketResolved }
    `).then(`
      cycle | from             | to               | counted | subtracted
      1     | 2026-03-02 09:00 | 2026-03-02 10:00 | 1:00:00 |
      2     | 2026-03-02 10:00 | 2026-03-02 12:00 | 1:00:00 | paused 1:00:00
    `);
  });

  it('begins paused where its start and its pause come together', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketPended   |
      09:00            | ticket-1 | TicketOpened   | ANNA
      11:00            | ticket-1 | TicketResumed  |
      12:00            | ticket-1 | TicketResolved |
    `).under(CLOCK).then(`
      from             | counted | subtracted
      2026-03-02 09:00 | 1:00:00 | paused 2:00:00
    `);
  });

  it('with the same trigger in start and stop has many tiny cycles, which the linter names', () => {
    const rules = `
      rules:
        - { rule: sla, on: ticket, start: TicketStatusChanged, stop: TicketStatusChanged }
    `;
    given(states(['2026-03-02 09:00', 'new'], ['10:00', 'active'], ['11:00', 'done']))
      .under(rules)
      .then(
        `
        cycle | from             | to               | counted
        1     | 2026-03-02 09:00 | 2026-03-02 09:00 | 0:00:00
        2     | 2026-03-02 10:00 | 2026-03-02 10:00 | 0:00:00
        3     | 2026-03-02 11:00 | 2026-03-02 11:00 | 0:00:00
      `,
      );
    expect(mistakesIn(rules)).toContain('start-in-stop');
  });

  it('says whether it is paused or outside its calendar, which Jira shows alike', () => {
    given(`
      time             | subject  | event          | who
      2026-03-02 15:00 | ticket-1 | TicketOpened   | ANNA
      16:00            | ticket-1 | TicketPended   |
      16:30            | ticket-1 | TicketResumed  |
      18:00            | ticket-1 | TicketResolved |
    `).under(`
      calendars:
        office: { hours: { mon: ["09:00-17:00"] } }
      rules:
        - { rule: sla, on: ticket, start: TicketOpened, pause: TicketPended, resume: TicketResumed, stop: TicketResolved, calendar: office }
    `).then(`
      counted | subtracted
      1:30:00 | paused 0:30:00, off-calendar 1:00:00
    `);
  });
});

describe('the metrics of Zendesk', () => {
  const DAY = states(
    ['2026-03-02 09:00', 'new'],
    ['09:30', 'open'],
    ['10:00', 'pending'],
    ['12:00', 'open'],
    ['13:00', 'on-hold'],
    ['14:00', 'open'],
    ['15:00', 'solved'],
  );

  it('run in their own states and end when the ticket is solved', () => {
    // Work: 09-10, 12-13, 14-15. Requester waits: 09-10, 12-15. Pending: 10-12. On hold: 13-14. Solved after 6 h.
    given(DAY).under(`
      rules:
        - rule: agent-work
          on: ticket
          measure: agent-work
          runWhile: { status: [new, open] }
          stop: { while: { status: solved } }
        - { rule: requester-wait, extends: agent-work, measure: requester-wait, runWhile: { status: [new, open, on-hold] } }
        - { rule: agent-wait, on: ticket, measure: agent-wait, runWhile: { status: pending } }
        - { rule: on-hold, on: ticket, measure: on-hold, runWhile: { status: on-hold } }
        - { rule: first-resolution, extends: agent-work, measure: resolution, runWhile: { status: { known: true } }, reopen: ignore }
    `).then(`
      rule             | counted | subtracted
      agent-work       | 3:00:00 | paused 2:00:00, paused 1:00:00
      first-resolution | 6:00:00 |
      requester-wait   | 4:00:00 | paused 2:00:00
      agent-wait       | 2:00:00 |
      on-hold          | 1:00:00 |
    `);
  });

  it('begin a new instance when a solved ticket is opened again, but for the first resolution', () => {
    given(
      `${DAY}\n2026-03-03 09:00 | ticket-1 | TicketStatusChanged | open\n10:00 | ticket-1 | TicketStatusChanged | solved`,
    )
      .under(
        `
        rules:
          - rule: agent-work
            on: ticket
            measure: agent-work
            runWhile: { status: [new, open] }
            stop: { while: { status: solved } }
          - { rule: first-resolution, extends: agent-work, measure: resolution, runWhile: { status: { known: true } }, reopen: ignore }
      `,
      )
      .then(
        `
        rule             | cycle | counted
        agent-work       | 1     | 3:00:00
        first-resolution | 1     | 6:00:00
        agent-work       | 2     | 1:00:00
      `,
      );
  });
});
