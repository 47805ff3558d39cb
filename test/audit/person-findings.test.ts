/** What only shows beside the rest of a person's work, by numbers worked out by hand. */
import { describe, expect, it } from 'vitest';
import { linesOf } from './audited.ts';

const rulesWith = (more: string, rule = ''): string => `
${more}
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded${rule} }
  - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted }
  - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved }
`;
const USUAL = rulesWith('audit: {}');

const HEADER = 'time | subject | event | who';
const two = (value: number): string => String(value).padStart(2, '0');
const clock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');

/** A task of ANNA's on a day, from and to in seconds of the day. */
const task = (id: string, day: string, from: number, to: number, more = ''): string =>
  [
    `${day} ${clock(from)} | ${id} | TaskStarted | ANNA${more}`,
    `${day} ${clock(to)} | ${id} | TaskCompleted | ANNA${more}`,
  ].join('\n');
const HOUR = 3600;

describe('records overlap', () => {
  const day = '2026-03-02';
  const table = [
    HEADER,
    task('task-1', day, 9 * HOUR, 10 * HOUR),
    task('task-2', day, 9.5 * HOUR, 10.5 * HOUR),
    task('task-3', day, 9.75 * HOUR, 10 * HOUR),
    task('task-4', day, 10.5 * HOUR, 11 * HOUR),
  ].join('\n');

  it('once for each that runs beside an earlier one; those that touch do not', async () => {
    expect(await linesOf('overlap', USUAL, table)).toEqual([
      '2026-03-02 09:30 ANNA task-2/task.work#1@ANNA: 0:30:00 at the same time as task-1/task.work#1@ANNA, counted in full in work',
      '2026-03-02 09:45 ANNA task-3/task.work#1@ANNA: 0:15:00 at the same time as task-1/task.work#1@ANNA and 1 more, counted in full in work',
    ]);
  });

  it('with nothing that only touches', async () => {
    const touching = [
      HEADER,
      task('task-1', day, 9 * HOUR, 10 * HOUR),
      task('task-2', day, 9.5 * HOUR, 10.5 * HOUR),
      task('task-3', day, 10 * HOUR, 10.25 * HOUR),
    ].join('\n');
    expect((await linesOf('overlap', USUAL, touching)).at(-1)).toBe(
      '2026-03-02 10:00 ANNA task-3/task.work#1@ANNA: 0:15:00 at the same time as task-2/task.work#1@ANNA, counted in full in work',
    );
  });

  it('also where they count in full on purpose, and not where a policy divides the time', async () => {
    const policy = (name: string): string =>
      rulesWith(`measures: { work: { overlap: { policy: ${name} } } }`);
    expect(await linesOf('overlap', policy('countAll'), table)).toHaveLength(2);
    expect(await linesOf('overlap', policy('fairShare'), table)).toEqual([]);
    expect(await linesOf('overlap', policy('exclusive'), table)).toEqual([]);
  });

  it('of kinds that a policy leaves out, among themselves and beside those that share', async () => {
    const among = (kinds: string): string =>
      rulesWith(`measures: { work: { overlap: { policy: fairShare, among: ${kinds} } } }`);
    const beside = `
      ${HEADER}
      ${day} 09:00 | task-1 | TaskStarted   | ANNA
      ${day} 09:30 | task-2 | TaskStarted   | ANNA
      ${day} 09:45 | call-1 | CallConnected | ANNA
      ${day} 09:50 | call-2 | CallConnected | ANNA
      ${day} 10:00 | task-1 | TaskCompleted |
      ${day} 10:30 | task-2 | TaskCompleted |
      ${day} 10:40 | call-1 | CallEnded     |
      ${day} 10:50 | call-2 | CallEnded     |`;
    // The calls share 09:50-10:40 and count on top of the tasks: 09:45-10:30 and 09:50-10:30.
    expect(await linesOf('overlap', among('call'), beside)).toEqual([
      '2026-03-02 09:30 ANNA task-2/task.work#1@ANNA: 0:30:00 at the same time as task-1/task.work#1@ANNA, counted in full in work',
      '2026-03-02 09:45 ANNA call-1/call.talk#1@ANNA: 0:45:00 at the same time as task-1/task.work#1@ANNA and 1 more, counted on top in work',
      '2026-03-02 09:50 ANNA call-2/call.talk#1@ANNA: 0:40:00 at the same time as task-1/task.work#1@ANNA and 1 more, counted on top in work',
    ]);
    expect(await linesOf('overlap', among('[call, task]'), beside)).toEqual([]);
  });

  it('over midnight once, for as long as both run', async () => {
    const night = `
      ${HEADER}
      2026-03-02 22:00 | task-1 | TaskStarted   | ANNA
      2026-03-02 23:00 | task-2 | TaskStarted   | ANNA
      2026-03-03 01:00 | task-1 | TaskCompleted | ANNA
      2026-03-03 02:00 | task-2 | TaskCompleted | ANNA`;
    expect(await linesOf('overlap', USUAL, night)).toEqual([
      '2026-03-02 23:00 ANNA task-2/task.work#1@ANNA: 2:00:00 at the same time as task-1/task.work#1@ANNA, counted in full in work',
    ]);
  });

  it('not of two people, and not of nobody', async () => {
    const others = `
      ${HEADER}
      2026-03-02 09:00 | task-1 | TaskStarted   | ANNA
      2026-03-02 09:00 | task-2 | TaskStarted   | BEN
      2026-03-02 10:00 | task-1 | TaskCompleted | ANNA
      2026-03-02 10:00 | task-2 | TaskCompleted | BEN
      2026-03-02 09:00 | task-3 | TaskStarted   |
      2026-03-02 09:30 | task-4 | TaskStarted   |
      2026-03-02 10:00 | task-3 | TaskCompleted |
      2026-03-02 10:00 | task-4 | TaskCompleted |`;
    expect(await linesOf('overlap', USUAL, others)).toEqual([]);
  });
});

describe('days are identical', () => {
  /** 09:00-12:00 and 13:00-17:00. */
  const office = (date: number, lunch = 12): string =>
    [
      task(`task-${date}a`, `2026-03-${two(date)}`, 9 * HOUR, lunch * HOUR),
      task(`task-${date}b`, `2026-03-${two(date)}`, 13 * HOUR, 17 * HOUR),
    ].join('\n');
  const month = (...days: readonly string[]): string => [HEADER, ...days].join('\n');

  it('on five working days running, Monday 2 to Friday 6 March (D38)', async () => {
    const week = [2, 3, 4, 5, 6].map((date) => office(date));
    expect(await linesOf('identical-days', USUAL, month(...week))).toEqual([
      '2026-03-02 09:00 ANNA: 5 working days running, 2026-03-02 to 2026-03-06, all 9:00:00-12:00:00, 13:00:00-17:00:00 in work',
    ]);
    expect(await linesOf('identical-days', USUAL, month(...week.slice(1)))).toEqual([]);
  });

  it('over a weekend, but not over a working day without work', async () => {
    const over = [4, 5, 6, 9, 10].map((date) => office(date));
    expect(await linesOf('identical-days', USUAL, month(...over))).toHaveLength(1);
    const gap = [3, 4, 5, 9, 10].map((date) => office(date));
    expect(await linesOf('identical-days', USUAL, month(...gap))).toEqual([]);
  });

  it('no longer when one of them is a second off', async () => {
    const days = [2, 3, 5, 6].map((date) => office(date));
    expect(await linesOf('identical-days', USUAL, month(...days, office(4, 12 + 1 / 3600)))).toEqual([]);
  });

  it('by as many days as the rule set says', async () => {
    const strict = rulesWith('audit: { identicalDays: 2 }');
    expect(await linesOf('identical-days', strict, month(office(2), office(3)))).toHaveLength(1);
  });

  it('by the clocks of the zone, also over a change of the clocks', async () => {
    // Berlin, 25 to 31 March 2026: 09:00 is 08:00Z until the 28th, 07:00Z from the 29th on.
    const berlin = rulesWith('zone: Europe/Berlin');
    const days = [25, 26, 27].map((date) => task(`task-${date}`, `2026-03-${date}`, 8 * HOUR, 12 * HOUR));
    const after = [30, 31].map((date) => task(`task-${date}`, `2026-03-${date}`, 7 * HOUR, 11 * HOUR));
    expect(await linesOf('identical-days', berlin, month(...days, ...after))).toHaveLength(1);
    expect(await linesOf('identical-days', USUAL, month(...days, ...after))).toEqual([]);
  });

  it('not of tickets that are open for weeks', async () => {
    const table = `
      ${HEADER}
      2026-03-02 08:00 | ticket-1 | TicketOpened   | ANNA
      2026-03-20 08:00 | ticket-1 | TicketResolved | ANNA`;
    expect(await linesOf('identical-days', USUAL, table)).toEqual([]);
  });
});

describe('rounding is biased', () => {
  const UP = rulesWith('round: { unit: 15m, mode: up, scope: record }');
  /** 60 tasks of 4:10 on one day, ten minutes apart. */
  const sixty = [
    HEADER,
    ...Array.from({ length: 60 }, (_, at) => task(`task-${at}`, '2026-03-04', at * 600, at * 600 + 250)),
  ].join('\n');

  it('by +650 min when 60 calls of 4:10 are rounded up to 15 min each (R7)', async () => {
    // 60 x 250 s = 250 min; 60 x 15 min = 900 min; 650 / 250 = 260 %. The week begins on Monday, 2 March.
    expect(await linesOf('rounding-bias', UP, sixty)).toEqual([
      '2026-03-02 00:00 ANNA: 4:10:00 measured, 15:00:00 rounded in work: +10:50:00 (+260.0 %)',
    ]);
  });

  it('downwards with its sign', async () => {
    const down = rulesWith('round: { unit: 15m, mode: down, scope: record }');
    expect(await linesOf('rounding-bias', down, sixty)).toEqual([
      '2026-03-02 00:00 ANNA: 4:10:00 measured, 0:00:00 rounded in work: -4:10:00 (-100.0 %)',
    ]);
  });

  it('not in a neutral mode on what is spread evenly (N13)', async () => {
    // 1, 2 ... 30 min to the nearest 15: 7 go to 0, 15 to 15 (8 to 22), 8 to 30 (23 to 30): 225 + 240 = 465 = 1 + ... + 30.
    const spread = Array.from({ length: 30 }, (_, at) =>
      task(`task-${at}`, '2026-03-04', at * 2400, at * 2400 + (at + 1) * 60),
    );
    const nearest = rulesWith('round: { unit: 15m, mode: nearest, scope: record }');
    expect(await linesOf('rounding-bias', nearest, [HEADER, ...spread].join('\n'))).toEqual([]);
  });

  it('more than the rule set allows, and by more than one unit', async () => {
    // 15 x 10 min = 150 min; 15 x 15 min = 225 min: +50 %.
    const tens = Array.from({ length: 15 }, (_, at) =>
      task(`task-${at}`, '2026-03-04', at * 1800, at * 1800 + 600),
    );
    const rounded = (audit: string): string =>
      rulesWith(`${audit}\nround: { unit: 15m, mode: up, scope: record }`);
    const table = [HEADER, ...tens].join('\n');
    expect(await linesOf('rounding-bias', rounded('audit: { roundingBiasOver: 49 }'), table)).toHaveLength(1);
    expect(await linesOf('rounding-bias', rounded('audit: { roundingBiasOver: 50 }'), table)).toEqual([]);
    // One task of 10 min became 15: rounded once is not biased.
    expect(await linesOf('rounding-bias', UP, [HEADER, tens[0] ?? ''].join('\n'))).toEqual([]);
  });
});

describe('a minimum charge', () => {
  const charged = (minCharge: string): string =>
    rulesWith(`round: { unit: 15m, mode: up, scope: record, minCharge: ${minCharge} }`);

  it('is no unit: 20 min that are charged as an hour are +40 min, more than one unit of 15', async () => {
    const once = [HEADER, task('task-1', '2026-03-04', 9 * HOUR, 9 * HOUR + 1200)].join('\n');
    expect(await linesOf('rounding-bias', charged('1h'), once)).toEqual([
      '2026-03-02 00:00 ANNA: 0:20:00 measured, 1:00:00 rounded in work: +0:40:00 (+200.0 %)',
    ]);
    // 20 min are two units of 15.
    expect(await linesOf('rounding-bias', charged('15m'), once)).toEqual([]);
  });
});

describe('an allocation is off the evidence', () => {
  const [KINDS, DAY] = ['2026-03-02', '2026-03-03'];
  /** A day of 10 h that ANNA shared out 30/50/20, and 100 min of which signals show 12, 71 and 17. */
  const rules = (audit = 'audit: {}'): string => `
${audit}
rules:
  - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped,
      allocate: { over: { research: 30%, negotiation: 50%, follow-up: 20% } } }
  - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted }
  - { rule: call.talk, on: call, kind: negotiation, start: CallConnected, stop: CallEnded }
`;
  const timer = `
    ${DAY} 08:00:00 | timer-1 | TimerStarted | ANNA |
    ${DAY} 18:00:00 | timer-1 | TimerStopped | ANNA |`;
  const phase = (id: string, minute: number, minutes: number, name: string): string =>
    task(id, KINDS, minute * 60, (minute + minutes) * 60, ` | ${name}`);
  const evidence = (...minutes: readonly [number, number, number]): string =>
    [
      phase('task-1', 0, minutes[0], 'research'),
      phase('task-2', 200, minutes[1], 'negotiation'),
      phase('task-3', 400, minutes[2], 'follow-up'),
      phase('task-4', 700, 300, 'lunch'),
    ].join('\n');
  const table = (rows: string): string => `time | subject | event | who | phase\n${rows}\n${timer}`;

  it('by 21 points when 30/50/20 are declared and 12/71/17 observed (R21)', async () => {
    expect(await linesOf('allocation-off', rules(), table(evidence(12, 71, 17)))).toEqual([
      '2026-03-02 00:00 ANNA: research/negotiation/follow-up declared 30/50/20 %, observed 12/71/17 % by attribute phase: negotiation is 21 points off',
    ]);
  });

  it('by more points than the rule set allows', async () => {
    const allowed = (points: number): string => rules(`audit: { allocationOffOver: ${points} }`);
    expect(await linesOf('allocation-off', allowed(21), table(evidence(12, 71, 17)))).toEqual([]);
    expect(await linesOf('allocation-off', allowed(20.9), table(evidence(12, 71, 17)))).toHaveLength(1);
    expect(await linesOf('allocation-off', rules(), table(evidence(30, 50, 20)))).toEqual([]);
  });

  it('by kinds of work where there are such, and never without evidence', async () => {
    const call = `
      ${KINDS} 09:00:00 | call-1 | CallConnected | ANNA |
      ${KINDS} 10:00:00 | call-1 | CallEnded     | ANNA |`;
    // All that was observed is negotiation, 100 % against 50 %.
    expect(await linesOf('allocation-off', rules(), table(`${evidence(30, 50, 20)}\n${call}`))).toEqual([
      '2026-03-02 00:00 ANNA: research/negotiation/follow-up declared 30/50/20 %, observed 0/100/0 % by kind: negotiation is 50 points off',
    ]);
    expect(await linesOf('allocation-off', rules(), table(phase('task-4', 700, 300, 'lunch')))).toEqual([]);
  });

  it('where what a person says of their own time is no evidence', async () => {
    const said = timer.replaceAll('ANNA |', 'ANNA | research');
    // As evidence the 10 h of the timer would make research 98 of 100.
    expect(
      await linesOf(
        'allocation-off',
        rules(),
        `time | subject | event | who | phase\n${evidence(30, 50, 20)}\n${said}`,
      ),
    ).toEqual([]);
  });

  it('and the last word of a person is what was declared', async () => {
    const word = `time | subject | event | who | phase | over
      ${evidence(12, 71, 17)
        .split('\n')
        .map((row) => `${row} |`)
        .join('\n')}
      ${timer
        .trim()
        .split('\n')
        .map((row) => `${row} |`)
        .join('\n')}
      ${DAY} 19:00:00 | timer-1 | TimeAllocated | ANNA | | research 12%, negotiation 71%, follow-up 17%`;
    expect(await linesOf('allocation-off', rules(), word)).toEqual([]);
  });
});
