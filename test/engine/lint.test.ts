/** The linter: mistakes that load, each seeded once, and rule sets that have none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHECKS, lint } from '../../engine/lint/index.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { ROOT } from '../house/tree.ts';

const read = (yaml: string): RuleSet => {
  const written: unknown = parse(yaml);
  return RuleSet.parse({ ruleSet: 'linted', version: 1, zone: 'UTC', ...Object(written) });
};

const linesOf = (ruleSet: RuleSet): readonly string[] =>
  lint(ruleSet).map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`);

/** A ticket's rule from lines of YAML, which are its keys. */
const ticket = (keys: string): string => `
rules:
  - rule: ticket.work
    on: ticket
${keys.replace(/^ *(?=\S)/gm, (blanks) => ' '.repeat(Math.max(4, blanks.length - 4)))}`;

/** Names, findings as `severity code path`, and the rule set. */
const expectFindings = (yaml: string, ...findings: readonly string[]): void =>
  expect(linesOf(read(yaml))).toEqual(findings);

const messageOf = (yaml: string): string | undefined => lint(read(yaml))[0]?.message;

describe('start-in-stop finds', () => {
  it('a start that a level stop keeps from beginning anything', () =>
    expectFindings(
      ticket(`
        start: { event: TicketStatusChanged, where: { status: done } }
        stop: { while: { status: [done, closed] } }
      `),
      'error start-in-stop rules.0.start',
    ));

  it('a level that lies within the stop', () =>
    expectFindings(
      ticket(`
        runWhile: { status: open }
        stop: { while: { status: { not: new } } }
      `),
      'error start-in-stop rules.0.runWhile',
    ));

  it('a start and a stop that are always the same instant', () =>
    expectFindings(
      ticket(`
        start: TicketStatusChanged
        stop: TicketStatusChanged
      `),
      'error start-in-stop rules.0.start',
    ));

  it('a stop that begins the next record, which is a reset', () =>
    expectFindings(
      ticket(`
        start: [TicketOpened, TicketReopened]
        stop: [TicketReopened, TicketResolved]
      `),
      'warning start-in-stop rules.0.start.1',
    ));

  it('nothing where the same event tells other values', () =>
    expectFindings(
      ticket(`
        start: { event: TicketStatusChanged, where: { status: open } }
        stop: [{ event: TicketStatusChanged, where: { status: [done, closed] } }, { while: { status: done } }]
      `),
    ));

  it('nothing where the event need not tell what the level asks', () =>
    expectFindings(
      ticket(`
        start: { event: TicketStatusChanged, where: { tier: { not: gold } } }
        stop: { while: { tier: { not: gold } } }
      `),
    ));
});

describe('pause-in-start finds', () => {
  it('a level that is a pause too', () =>
    expectFindings(
      ticket(`
        runWhile: { status: [open, new] }
        pause: [TicketPended, { while: { status: [new, open, waiting] } }]
        stop: TicketResolved
      `),
      'error pause-in-start rules.0.pause.1',
    ));

  it('a start that is a pause too, with no resume', () =>
    expectFindings(
      ticket(`
        start: TicketOpened
        pause: [TicketOpened, TicketPended]
        stop: TicketResolved
      `),
      'error pause-in-start rules.0.start',
    ));

  it('nothing where a resume ends the pause', () =>
    expectFindings(
      ticket(`
        start: TicketOpened
        pause: TicketOpened
        resume: TicketAssigned
        stop: TicketResolved
      `),
    ));

  it('nothing where the pause holds for some of the level', () =>
    expectFindings(
      ticket(`
        runWhile: { status: [open, new] }
        pause: { while: { status: new } }
        stop: TicketResolved
      `),
    ));
});

describe('cancels-before-pausing finds', () => {
  // SEMANTICS R18: start status in (New, Active), pause status = OnHold, cancelWhen = startFalse.
  const withEnd = (whenFalse: string, pause: string): string =>
    ticket(`
        runWhile: { status: [New, Active] }
        ${whenFalse}
        pause: ${pause}
      `);

  it.each([
    ['whenFalse: cancel', '{ while: { status: OnHold } }', 'cancels'],
    ['whenFalse: cancel', '{ event: TicketStatusChanged, where: { status: OnHold } }', 'cancels'],
    ['whenFalse: cancel', '{ changed: status, to: OnHold }', 'cancels'],
    ['whenFalse: stop', '{ while: { status: OnHold } }', 'stops'],
    ['', '{ while: { status: OnHold } }', 'stops'],
  ])('the trap with %s and pause %s', (whenFalse, pause, verb) => {
    expectFindings(withEnd(whenFalse, pause), 'error cancels-before-pausing rules.0.pause');
    expect(messageOf(withEnd(whenFalse, pause))).toMatch(new RegExp(`^it always ${verb} before pausing`));
  });

  it.each([
    ['whenFalse: cancel', '{ while: { status: Active } }'],
    ['whenFalse: cancel', '{ while: { tier: gold } }'],
    ['whenFalse: cancel', 'TicketPended'],
  ])('nothing with %s and pause %s', (whenFalse, pause) => expectFindings(withEnd(whenFalse, pause)));
});

describe('resume-without-pause finds', () => {
  it('a resume of a clock that nothing pauses', () =>
    expectFindings(
      ticket(`
        start: TicketOpened
        resume: TicketResumed
        stop: TicketResolved
      `),
      'error resume-without-pause rules.0.resume',
    ));

  it('nothing where the end of the level pauses', () =>
    expectFindings(
      ticket(`
        runWhile: { status: open }
        resume: TicketResumed
        stop: TicketResolved
      `),
    ));
});

describe('unreachable-rule finds', () => {
  const when = (condition: string, fields = ''): string =>
    `${fields}${ticket(`
        start: TicketOpened
        stop: TicketResolved
        when: ${condition}
      `)}`;
  const TIERS = 'fields: { tier: [gold, silver], size: number }\n';

  it.each([
    ['{ size: { atLeast: 9, atMost: 5 } }', ''],
    ['{ size: { atLeast: 9, known: false } }', ''],
    ['{ tier: bronze }', TIERS],
    ['[{ tier: bronze }, { tier: [iron, tin] }]', TIERS],
  ])('a condition that nothing fits: %s', (condition, fields) =>
    expectFindings(when(condition, fields), 'error unreachable-rule rules.0.when'),
  );

  it.each([
    ['{ size: { atLeast: 5, atMost: 5 } }', ''],
    ['[{ tier: bronze }, { tier: gold }]', TIERS],
    ['{ tier: { not: [gold, silver] } }', TIERS],
  ])('nothing in %s', (condition, fields) => expectFindings(when(condition, fields)));

  it('a validity that ends before it begins', () =>
    expectFindings(
      ticket(`
        start: TicketOpened
        stop: TicketResolved
        validFrom: 2026-04-01
        validUntil: 2026-04-01
      `),
      'error unreachable-rule rules.0.validUntil',
    ));

  it('a clock that nothing begins', () =>
    expectFindings(
      ticket(`
        stop: TicketResolved
      `),
      'error unreachable-rule rules.0',
    ));

  it('an abstract rule that nobody extends', () =>
    expectFindings(
      ticket(`
        abstract: true
        start: TicketOpened
      `),
      'warning unreachable-rule rules.0.abstract',
    ));
});

describe('shadowed-rule finds', () => {
  const pair = (first: string, second: string): string => `
rules:
  - { rule: some, on: ticket, oneOf: ticket, start: TicketOpened, stop: TicketResolved, ${first} }
  - { rule: other, on: ticket, oneOf: ticket, start: TicketOpened, stop: TicketResolved, ${second} }
`;
  it.each([
    ['describe: all', 'when: { tier: gold }', 1],
    ['when: { tier: [gold, silver] }', 'when: { tier: gold, region: north }', 1],
    ['when: { tier: { known: true } }', 'when: { tier: gold }', 1],
    ['when: { size: { atLeast: 5 } }', 'when: { size: { atLeast: 9 } }', 1],
    ['when: { tier: gold }', 'priority: 1', 0],
  ])('of %s and %s the one that never has its turn', (first, second, shadowed) =>
    expectFindings(pair(first, second), `error shadowed-rule rules.${shadowed}`),
  );

  it.each([
    ['when: { tier: gold }', 'describe: all others'],
    ['when: { tier: gold, region: north }', 'when: { tier: gold }'],
    ['when: { tier: { not: gold } }', 'when: { tier: { not: silver } }'],
    ['when: { size: { atLeast: 9 } }', 'when: { size: { atLeast: 5 } }'],
    ['when: { size: { atMost: 5 } }', 'when: { size: { atMost: 9 } }'],
    ['when: { tier: { known: true } }', 'when: { tier: { not: gold } }'],
    ['when: { tier: { known: false } }', 'when: { tier: gold }'],
    ['validUntil: 2026-04-01', 'validFrom: 2026-04-01'],
  ])('nothing in %s before %s', (first, second) => expectFindings(pair(first, second)));
});

describe('double-booking finds', () => {
  const pair = (first: string, second: string): string => `
rules:
  - { rule: some, on: call, maxSpan: 4h, stop: CallEnded, ${first} }
  - { rule: other, on: call, maxSpan: 4h, stop: CallEnded, ${second} }
`;
  it.each([
    ['start: CallConnected', 'start: [CallOffered, CallConnected]'],
    ['start: CallConnected, when: { queue: sales }', 'start: CallConnected, when: { tier: gold }'],
    ['runWhile: { state: talk }', 'runWhile: { state: [talk, hold] }'],
    [
      'start: CallConnected, when: { size: { atMost: 5 } }',
      'start: CallConnected, when: { size: { atLeast: 5 } }',
    ],
    ['start: { changed: queue, to: [sales, service] }', 'start: { changed: queue, to: service }'],
  ])('two rules of one measure that begin together: %s and %s', (first, second) =>
    expectFindings(pair(first, second), 'warning double-booking rules.1'),
  );

  it.each([
    ['start: CallConnected', 'start: CallOffered'],
    ['start: CallConnected', 'start: CallConnected, measure: handle'],
    ['start: CallConnected, when: { queue: sales }', 'start: CallConnected, when: { queue: service }'],
    ['start: CallConnected, when: { queue: { not: sales } }', 'start: CallConnected, when: { queue: sales }'],
    [
      'start: CallConnected, oneOf: call',
      'start: CallConnected, oneOf: call, priority: 1, when: { queue: sales }',
    ],
    ['start: CallConnected, validUntil: 2026-04-01', 'start: CallConnected, validFrom: 2026-04-01'],
    ['start: CallConnected, validFrom: 2026-04-01', 'start: CallConnected, validUntil: 2026-04-01'],
    [
      'start: { event: CallConnected, where: { direction: in } }',
      'start: { event: CallConnected, where: { direction: out } }',
    ],
    [
      'start: CallConnected, when: { queue: { known: true } }',
      'start: CallConnected, when: { queue: { known: false } }',
    ],
    [
      'start: CallConnected, when: { queue: { known: false } }',
      'start: CallConnected, when: { queue: { known: true } }',
    ],
    [
      'start: CallConnected, when: { size: { atMost: 5 } }',
      'start: CallConnected, when: { size: { atLeast: 6 } }',
    ],
    ['start: { changed: queue, to: sales }', 'start: { changed: queue, to: service }'],
    ['start: CallConnected', 'start: CallConnected, actorKinds: [bot]'],
    ['runWhile: { state: talk }', 'runWhile: { state: hold }'],
  ])('nothing in %s and %s', (first, second) => expectFindings(pair(first, second)));

  it('a rule that adds its parts to their own measure', () =>
    expectFindings(
      `
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, maxSpan: 4h }
  - { rule: call.handle, on: call, of: [call.talk] }
  - { rule: call.handled, on: call, of: call.talk, measure: handle }
`,
      'warning double-booking rules.1.of',
    ));
});

describe('unbounded-clock finds', () => {
  const call = (keys: string): string => `
rules:
  - { rule: call.talk, on: call, start: CallConnected, ${keys} }
`;
  it.each([
    ['stop: CallEnded', 'warning unbounded-clock rules.0'],
    ['stop: CallEnded, missingEnd: { closeAt: nextStart }', 'warning unbounded-clock rules.0.missingEnd'],
    ['cancel: CallAbandoned', 'error unbounded-clock rules.0'],
    ['stop: CallEnded, clocks: [wall, business]', 'warning unbounded-clock rules.0'],
    // A preset fills up what has ended; what has not, it leaves open.
    ['stop: CallEnded, preset: { duration: 1h }', 'warning unbounded-clock rules.0'],
    ['preset: { duration: 1h }', 'error unbounded-clock rules.0'],
  ])('%s', (keys, finding) => expectFindings(call(keys), finding));

  it.each([
    'stop: CallEnded, missingEnd: { closeAt: nextStart, cap: 2h }',
    'stop: CallEnded, missingEnd: { closeAt: lastSignal }',
    'stop: CallEnded, missingEnd: { closeAt: [nextStart, shiftEnd] }',
    'stop: CallEnded, maxSpan: 10h',
    'stop: CallEnded, preset: { duration: 1h }, missingEnd: { cap: 2h }',
  ])('nothing with %s', (keys) => expectFindings(call(keys)));

  it('nothing in a ticket that stays open until it is resolved', () =>
    expectFindings(
      ticket(`
        start: TicketOpened
        stop: TicketResolved
      `),
    ));
});

describe('overlapping-hours finds', () => {
  const open = (mon: string, more = ''): string => `
calendars: { office: { hours: { mon: ${mon} }${more} } }
rules: [{ rule: t, on: ticket, start: TicketOpened, stop: TicketResolved, calendar: office }]
`;
  it('hours of one day that lie in each other', () =>
    expectFindings(
      open('[09:00-13:00, 12:00-17:00]'),
      'warning overlapping-hours calendars.office.hours.mon.1',
    ));

  it('those of a later version', () =>
    expectFindings(
      open('[09:00-12:00]', ', changes: [{ from: 2026-04-01, hours: { tue: [08:00-09:00, 08:00-09:00] } }]'),
      'warning overlapping-hours calendars.office.changes.0.hours.tue.1',
    ));

  it('nothing in hours that touch', () => expectFindings(open('[09:00-13:00, 13:00-17:00]')));
});

describe('unit-trap finds', () => {
  const capped = (cap: string, more = ''): string => `
calendars: { office: { hours: { mon: [09:00-13:00, 14:00-18:00], tue: [09:00-13:00] } } }
rules: [{ rule: t, on: ticket, start: TicketOpened, stop: TicketResolved, missingEnd: { cap: ${cap} }${more} }]
`;
  it('days of the clock beside the working days of a calendar', () => {
    // 48 h of the clock are two days; the longest day of the office has 4 + 4 = 8 hours.
    expectFindings(capped('48h', ', calendar: office'), 'warning unit-trap rules.0.missingEnd.cap');
    expect(messageOf(capped('48h', ', calendar: office'))).toBe(
      '48h is 48 hours of the clock, and a day of office has 8h; if working days are meant, write their hours: 16h',
    );
  });

  it.each(['1 day', '2d', '3 days'])('a duration of %s', (cap) => {
    const good = read(capped('8h'));
    const [rule] = good.rules;
    const findings = lint({ ...good, rules: rule ? [{ ...rule, missingEnd: { cap } }] : [] });
    expect(findings).toMatchObject([{ code: 'unit-trap', severity: 'error' }]);
    expect(findings[0]?.message).toContain('write the hours');
  });

  it.each([
    ['48h', ''],
    ['48h', ', calendar: 24x7'],
    ['8h', ', calendar: office'],
  ])('nothing in %s%s', (cap, more) => expectFindings(capped(cap, more)));
});

describe('shares-not-100 finds', () => {
  const good = read(
    ticket(`
        start: TicketOpened
        stop: TicketResolved
        allocate: { over: { research: 30%, talks: 70% } }
      `),
  );
  const [rule] = good.rules;
  const shared = (over: Readonly<Record<string, string>>) =>
    lint({ ...good, rules: rule ? [{ ...rule, allocate: { over } }] : [] });

  it('shares that are 90 %', () =>
    expect(shared({ research: '30%', talks: '60%' })).toMatchObject([
      { code: 'shares-not-100', path: ['rules', 0, 'allocate', 'over'] },
    ]));

  it('a share that is none', () =>
    expect(shared({ research: '30%', talks: 'the rest' })).toMatchObject([
      { code: 'shares-not-100', path: ['rules', 0, 'allocate', 'over', 'talks'] },
    ]));

  it('nothing in 30 + 70', () => expect(lint(good)).toEqual([]));
});

describe('unknown-event-type finds', () => {
  it('every place where one is named', () =>
    expectFindings(
      `
audit: { counterpartTypes: [EmailRecieved] }
${ticket(`
        start: [TicketOpend, { event: TicketReopened, after: [TicketSolved] }]
        stop: { event: TicketSolved, where: { tier: gold } }
        retro: { startAt: TicketMade }
      `)}`,
      'error unknown-event-type rules.0.stop',
      'error unknown-event-type rules.0.start.0',
      'error unknown-event-type rules.0.start.1.after',
      'error unknown-event-type rules.0.retro.startAt',
      'error unknown-event-type audit.counterpartTypes.0',
    ));

  it('what was meant', () =>
    expect(
      messageOf(
        ticket(`
        start: TicketOpend
        stop: TicketResolved
      `),
      ),
    ).toBe('unknown event type "TicketOpend" (did you mean TicketOpened?)'));
});

describe('cyclic-extends finds', () => {
  const rule = (name: string, base: string): string =>
    `{ rule: ${name}, extends: ${base}, on: ticket, start: TicketOpened, stop: TicketResolved }`;

  it('rules that extend each other', () =>
    expectFindings(
      `rules: [${rule('a', 'b')}, ${rule('b', 'a')}]`,
      'error cyclic-extends rules.0.extends',
      'error cyclic-extends rules.1.extends',
    ));

  it('a rule that extends itself', () =>
    expect(messageOf(`rules: [${rule('a', 'a')}]`)).toBe(
      'a extends a: that never ends; leave extends out in one of them',
    ));

  it('nothing in a chain', () =>
    expectFindings(`
rules:
  - { rule: base, abstract: true, on: ticket, start: TicketOpened }
  - { rule: gold, extends: base, stop: TicketResolved, when: { tier: gold } }
  - { rule: silver, extends: gold, when: { tier: silver } }
`));
});

describe('a mistake in a rule that is extended', () => {
  it('is found in the rule that takes it', () =>
    expectFindings(
      `
rules:
  - { rule: base, abstract: true, on: ticket, start: TicketOpened, resume: TicketResumed }
  - { rule: work, extends: base, stop: TicketResolved }
`,
      'error resume-without-pause rules.1.resume',
    ));
});

describe('the standard rule set', () => {
  it('has no finding', () => {
    expect(lint(read(readFileSync(join(ROOT, 'rules/standard.yaml'), 'utf8')))).toEqual([]);
  });
});

describe('the checks', () => {
  it('are thirteen, each with a chapter here', () => {
    const chapters = [...readFileSync(import.meta.filename, 'utf8').matchAll(/^describe\('(\S+) finds'/gm)];
    expect(Object.keys(CHECKS).toSorted()).toEqual(chapters.map(([, name]) => name).toSorted());
    expect(chapters).toHaveLength(13);
  });
});
