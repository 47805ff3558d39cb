/** Evidence: what every second of a record rests on, and that the parts make the whole. */
import { describe, expect, it } from 'vitest';
import { shift } from '../../schemas/brand.ts';
import type { Because, TimeRecord } from '../../schemas/record.ts';
import { given } from '../support/scenario.ts';

/** A visit with everything that can take time away from it. */
const TEN_HOURS = `
  time             | subject      | event              | who | exemption | category | from  | to    | by  | reason
  2026-03-02 08:00 | visit-1      | VisitCheckedIn     | TOM |           |          |       |       |     |
  12:00            | visit-1      | VisitPaused        |     |           |          |       |       |     |
  12:30            | visit-1      | VisitResumed       |     |           |          |       |       |     |
  18:00            | visit-1      | VisitCheckedOut    |     |           |          |       |       |     |
  14:00            | presence-TOM | PersonActive       | TOM |           |          |       |       |     |
  15:00            | presence-TOM | PersonActive       | TOM |           |          |       |       |     |
  08:00            | person-TOM   | ExemptionRequested | TOM | x1        | meeting  | 10:00 | 11:00 |     | review
  08:30            | person-TOM   | ExemptionGranted   | TOM | x1        |          |       |       | EVE |
`;
const EVERY_POLICY = `
calendars:
  office: { hours: { mon: ["09:00-17:00"] } }
rules:
  - rule: visit.on-site
    on: visit
    start: VisitCheckedIn
    pause: VisitPaused
    resume: VisitResumed
    stop: VisitCheckedOut
    calendar: office
    idle: { threshold: 30m }
    exempt: { granted: meeting }
`;

const lengthOf = (stretches: readonly { readonly fromMs: number; readonly toMs: number }[]): number =>
  stretches.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs), 0);

/** Clauses that may stand where no event does: each is a word of the rule set. */
const DECLARED = ['calendar', 'idle', 'exempt.when', 'maxSpan', 'preset', 'missingEnd.cap'];
const rests = ({ event, clause }: Because): boolean => event !== undefined || DECLARED.includes(clause);
const unexplained = ({ spans }: TimeRecord): number =>
  lengthOf(spans.filter(({ opened, closed }) => !rests(opened) || !rests(closed)));

describe('ten hours from check-in to check-out', () => {
  it('are 5:30 that count, and every other minute has its reason (N12)', () => {
    // 10 h = 5:30 counted + 1:00 and 1:00 off the calendar + 0:30 paused + 1:00 idle + 1:00 exempt.
    const answer = given(TEN_HOURS).under(EVERY_POLICY);
    answer.then(`
      from             | to               | counted | subtracted
      2026-03-02 08:00 | 2026-03-02 18:00 | 5:30:00 | off-calendar 1:00:00, exempt meeting 1:00:00, paused 0:30:00, idle 1:00:00, off-calendar 1:00:00
    `);
    for (const { fromMs, toMs, countedMs, subtracted } of answer.records)
      expect(countedMs + lengthOf(subtracted)).toBe(toMs - fromMs);
  });

  it('rest on an event or on a word of the rule at both ends of every second (R4)', () => {
    const [record] = given(TEN_HOURS).under(EVERY_POLICY).records;
    expect(record && unexplained(record)).toBe(0);
  });

  it('would not, if a second were put in by hand (R4)', () => {
    const [record] = given(TEN_HOURS).under(EVERY_POLICY).records;
    const [span] = record?.spans ?? [];
    if (!record || !span) throw new Error('there is no record to put a second into');
    const nowhere = { clause: 'by hand' };
    const second = {
      ...span,
      fromMs: shift(span.fromMs, -1_000),
      toMs: span.fromMs,
      opened: nowhere,
      closed: nowhere,
    };
    expect(unexplained({ ...record, spans: [...record.spans, second] })).toBe(1_000);
  });
});

describe('forty minutes of a day', () => {
  it('are 35:12 observed, 3:18 inferred and 1:30 declared (N8)', () => {
    // The talk; the wrap-up that nobody ended, up to its cap of 198 s; the entry typed by hand.
    given(`
      time             | subject | event         | who  | duration
      2026-03-02 10:00 | call-1  | CallConnected | ANNA |
      10:35:12         | call-1  | CallEnded     | ANNA |
      11:00            | entry-1 | TimeEntered   | ANNA | 90s
    `).under(`
      rules:
        - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
        - { rule: call.wrap-up, on: call, kind: wrap-up, start: CallEnded, stop: CallWrappedUp, missingEnd: { cap: 198s } }
        - { rule: entry.manual, on: entry, stop: TimeEntered, missingStart: duration }
    `).days(`
      who  | day        | sum     | grades
      ANNA | 2026-03-02 | 0:40:00 | observed 0:35:12, inferred 0:03:18, declared 0:01:30
    `);
  });
});

describe('a week of 40 h', () => {
  it('says by which method each of its hours was timed (R37)', () => {
    // Four visits of 7:47:30 are 31:10; a timer of 6:20; 2:30 put in afterwards.
    given(`
      time             | subject | event           | who  | rule         | effect | from  | to    | reason
      2026-03-02 08:00 | visit-1 | VisitCheckedIn  | ANNA |              |        |       |       |
      15:47:30         | visit-1 | VisitCheckedOut |      |              |        |       |       |
      2026-03-03 08:00 | visit-2 | VisitCheckedIn  | ANNA |              |        |       |       |
      15:47:30         | visit-2 | VisitCheckedOut |      |              |        |       |       |
      2026-03-04 08:00 | visit-3 | VisitCheckedIn  | ANNA |              |        |       |       |
      15:47:30         | visit-3 | VisitCheckedOut |      |              |        |       |       |
      2026-03-05 08:00 | visit-4 | VisitCheckedIn  | ANNA |              |        |       |       |
      15:47:30         | visit-4 | VisitCheckedOut |      |              |        |       |       |
      2026-03-06 08:00 | timer-1 | TimerStarted    | ANNA |              |        |       |       |
      14:20            | timer-1 | TimerStopped    |      |              |        |       |       |
      2026-03-06 17:00 | timer-1 | TimeCorrected   | ANNA | timer.manual | add    | 14:20 | 16:50 | left out
    `).under(`
      rules:
        - { rule: visit.on-site, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut }
        - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped }
    `).weeks(`
      who  | week     | sum      | auto     | manual  | adjustment
      ANNA | 2026-W10 | 40:00:00 | 31:10:00 | 6:20:00 | 2:30:00
    `);
  });
});

describe('a meeting with a preset of 60 min', () => {
  const MEETING = `
    time             | subject   | event          | who  | by
    2026-03-02 14:00 | meeting-1 | MeetingStarted | ANNA |
    14:37            | meeting-1 | MeetingEnded   |      |
  `;
  const PRESET = (rest: string): string => `
    rules:
      - { rule: meeting.attendance, on: meeting, start: MeetingStarted, stop: MeetingEnded, preset: { duration: 60m${rest} } }
  `;

  it('of which 37 were attended waits for approval of the other 23 (R25)', () => {
    // 2,220 s observed, 1,380 s declared.
    given(MEETING).under(PRESET('')).then(`
      counted | subtracted         | grades           | flags
      0:37:00 | unapproved 0:23:00 | observed 0:37:00 | needs-approval
    `);
  });

  it('counts 2,220 s observed and 1,380 s declared when they are approved (R25)', () => {
    given(`${MEETING}\n2026-03-03 09:00 | meeting-1 | TimeApproved | ANNA | EVE`)
      .under(PRESET(''))
      .then(
        `
        counted | subtracted | grades
        1:00:00 |            | observed 0:37:00, declared 0:23:00
      `,
      );
  });

  it('counts no more than was attended when it is capped to what was observed (R25)', () => {
    given(MEETING).under(PRESET(', capTo: observed')).then(`
      counted | subtracted | grades
      0:37:00 |            | observed 0:37:00
    `);
  });
});

describe('a record that is shared out', () => {
  it.each([
    ['09:47', 'research 0:14:06, negotiation 0:23:30, follow-up 0:09:24', '0:47:00'],
    ['09:00:07', 'research 0:00:02, negotiation 0:00:04, follow-up 0:00:01', '0:00:07'],
  ])('until %s over 30/50/20 is exact: %s (R19)', (end, allocated, counted) => {
    // 2,820 s are 846 + 1,410 + 564. 7 s are 2.1, 3.5 and 1.4: 2 + 3 + 1, and the largest remainder has the seventh.
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA
      ${end}           | task-1  | TaskCompleted |
    `).under(`
      rules:
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted,
            round: { unit: 1s, mode: nearest, scope: record },
            allocate: { over: { research: 30%, negotiation: 50%, follow-up: 20% } } }
    `).then(`
      counted    | allocated
      ${counted} | ${allocated}
    `);
  });
});
