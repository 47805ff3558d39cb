/** Other rules through the command line: tried without a trace, applied once, and proved. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Report } from '../../schemas/report.ts';
import { BANK, printed, tickmark } from './command.ts';
import { type Call, talkMs, talks, writeCalls } from './calls.ts';
import { answersIn, eventsIn, numberIn, tamper } from './stored.ts';
import { WhatIf } from './printed.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const ROWS = 3000;
const POSITIONS = 'SELECT count(*) FROM event';
const file = folders.fresh('calls.txt');
const rules = folders.fresh('rules.yaml');
let calls: readonly Call[] = [];

/** Only calls of one type are work. */
const CANDIDATE = `ruleSet: bank-ps
version: 2
zone: Asia/Jerusalem
rules:
  - rule: call.talk
    on: call
    when: { type: PS }
    start: CallConnected
    stop: CallEnded
`;
const isCounted = ({ type }: Call): boolean => type === 'PS';

const imported = async (ruleFile: string): Promise<string> => {
  const data = folders.fresh('data');
  await printed('import', file, '--mapping', BANK.mapping, '--rules', ruleFile, '--data', data);
  return data;
};

/** Week and agent -> sum. */
const sumsOf = async (data: string): Promise<ReadonlyMap<string, number>> => {
  const report = await printed(
    ...['report', 'week', '--week', 'all', '--by', 'agent', '--format', 'json', '--data', data],
  );
  const { lines } = Report.parse(JSON.parse(report));
  return new Map(lines.map(({ week, by, tally }) => [`${week} ${by['agent']}`, tally.sumMs]));
};

/** What changes from one to the other; what stays is left out. */
const differences = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> =>
  new Map(
    [...new Set([...before.keys(), ...after.keys()])]
      .map((key) => [key, (after.get(key) ?? 0) - (before.get(key) ?? 0)] as const)
      .filter(([, delta]) => delta !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** The candidate with cases of its own: a call of the type that counts, and one of another. */
const withCases = (name: string, countedTalk: string): string => {
  const path = folders.fresh(name);
  writeFileSync(
    path,
    `${CANDIDATE}cases:
  - case: a call of type PS is work
    given: |
      time             | subject | event         | who  | type
      1999-02-01 09:00 | call-1  | CallConnected | mira | PS
      09:08            | call-1  | CallEnded     |      |
    then: |
      who  | counted
      mira | ${countedTalk}
  - case: a call of another type is none
    given: |
      time             | subject | event         | who  | type
      1999-02-01 09:00 | call-1  | CallConnected | mira | NW
      09:08            | call-1  | CallEnded     |      |
    then: |
      who | counted
`,
  );
  return path;
};

beforeAll(() => {
  calls = writeCalls(file, ROWS);
  writeFileSync(rules, CANDIDATE);
});

describe('what-if', () => {
  it('changes nothing live, and tells what a run under the other rules would differ by', async () => {
    const live = await imported(BANK.rules);
    const [log, answers] = [eventsIn(live), answersIn(live)];
    const position = numberIn(live, 'log.db', POSITIONS);
    const told = WhatIf.parse(
      JSON.parse(await printed('what-if', '--rules', rules, '--json', '--data', live, '--limit', '5')),
    );
    expect(eventsIn(live)).toEqual(log);
    expect(answersIn(live)).toEqual(answers);
    expect(numberIn(live, 'log.db', POSITIONS)).toBe(position);

    const other = await imported(rules);
    const deltas = told.weeks
      .map(({ week, actor, beforeMs, afterMs }) => [`${week} ${actor}`, afterMs - beforeMs] as const)
      .filter(([, delta]) => delta !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    expect(deltas).toEqual([...differences(await sumsOf(live), await sumsOf(other))]);

    // And by the file alone: the talks of the other types go.
    const gone = calls.filter((call) => !isCounted(call));
    expect(deltas.reduce((sum, [, delta]) => sum + delta, 0)).toBe(-talkMs(gone));
    expect(told.recordDeltaMs).toBe(-talkMs(gone));
    expect(told.recordCounts).toEqual({ appeared: 0, vanished: talks(gone).length, changed: 0 });
    expect(told.records).toHaveLength(5);
  });

  it('finds nothing to change under the same rules', async () => {
    const live = await imported(BANK.rules);
    const told = WhatIf.parse(
      JSON.parse(await printed('what-if', '--rules', BANK.rules, '--json', '--data', live)),
    );
    expect(told).toMatchObject({ weeks: [], records: [], recordDeltaMs: 0 });
  });
});

describe('rules apply', () => {
  it('moves the live answers to what a run under those rules gives, once', async () => {
    const [live, other] = [await imported(BANK.rules), await imported(rules)];
    const position = numberIn(live, 'log.db', POSITIONS);
    expect(await printed('rules', 'apply', rules, '--data', live)).toContain('bank-ps@2 rules the live');
    expect(numberIn(live, 'log.db', POSITIONS)).toBe(position + 1);
    expect(await sumsOf(live)).toEqual(await sumsOf(other));
    expect([...(await sumsOf(live)).values()].reduce((sum, ms) => sum + ms, 0)).toBe(
      talkMs(calls.filter(isCounted)),
    );
    expect(await printed('rules', 'apply', rules, '--data', live)).toContain('nothing was added');
    expect(numberIn(live, 'log.db', POSITIONS)).toBe(position + 1);
    expect(await printed('rules', 'show', '--data', live)).toContain('ruleSet: bank-ps');
    expect(await printed('verify', '--data', live)).toMatch(/^Identical: .*bank-ps@2/);
  });

  it('goes back to the former rules when they are applied again', async () => {
    const live = await imported(BANK.rules);
    const before = await sumsOf(live);
    await printed('rules', 'apply', rules, '--data', live);
    await printed('rules', 'apply', BANK.rules, '--data', live);
    expect(await sumsOf(live)).toEqual(before);
  });
});

describe('rules test', () => {
  it('passes with one line for each file', async () => {
    const [first, second] = [withCases('first.yaml', '0:08:00'), withCases('second.yaml', '0:08:00')];
    const { code, stdout } = await tickmark('rules', 'test', first, second);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${first}: 2 cases passed\n${second}: 2 cases passed\n`,
    });
  });

  it('names the case that fails, its line, and what differs', async () => {
    const path = withCases('wrong.yaml', '0:09:00');
    // The candidate has 9 lines, then comes `cases:`.
    const line = CANDIDATE.split('\n').length + 1;
    expect(await tickmark('rules', 'test', path)).toMatchObject({
      code: 3,
      stdout: [
        `${path}: 1 of 2 cases failed`,
        `  ${path}:${line}: a call of type PS is work`,
        '    then: - expected, + derived',
        '      who  | counted',
        '    - mira | 0:09:00',
        '    + mira | 0:08:00',
        '',
      ].join('\n'),
    });
  });

  it('runs some cases with --case, and tells them as JSON', async () => {
    const path = withCases('some.yaml', '0:09:00');
    expect((await tickmark('rules', 'test', path, '--case', 'ANOTHER type')).code).toBe(0);
    const { code, stdout } = await tickmark('rules', 'test', path, '--case', 'type PS', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { file: path, status: 'failed', cases: [{ case: 'a call of type PS is work', status: 'failed' }] },
      ],
    });
    const none = await tickmark('rules', 'test', path, '--case', 'no such');
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('has "no such" in its name');
  });

  it('says what cases are where a file has none, and still runs the others', async () => {
    const path = withCases('beside.yaml', '0:08:00');
    const { code, stdout, stderr } = await tickmark('rules', 'test', rules, path);
    expect(code).toBe(2);
    expect(stdout).toBe(`${path}: 2 cases passed\n`);
    expect(stderr).toMatch(/has no cases\n {2}Write them under the rules[^]*given: \|/);
  });

  it('ends with 2 where a case cannot be read', async () => {
    const path = withCases('unusable.yaml', '0:08:00 | 5');
    const { code, stdout } = await tickmark('rules', 'test', path);
    expect(code).toBe(2);
    expect(stdout).toContain('a row has 3 cells, the header 2');
  });
});

describe('rules apply with cases', () => {
  it('refuses a rule set whose cases fail, and takes it with --force', async () => {
    const live = await imported(BANK.rules);
    const position = numberIn(live, 'log.db', POSITIONS);
    const path = withCases('failing.yaml', '0:09:00');
    const refused = await tickmark('rules', 'apply', path, '--data', live);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/nothing was applied: .* 1 of 2 cases failed[^]*- mira \| 0:09:00/);
    expect(numberIn(live, 'log.db', POSITIONS)).toBe(position);

    const forced = await tickmark('rules', 'apply', path, '--force', '--data', live);
    expect(forced.code, forced.stderr).toBe(0);
    expect(forced.stderr).toContain('1 of 2 cases failed; applied anyway, as --force says');
    expect(numberIn(live, 'log.db', POSITIONS)).toBe(position + 1);
  });

  it('takes the same rules with other cases for the same rules', async () => {
    const live = await imported(rules);
    const path = withCases('proved.yaml', '0:08:00');
    expect(await printed('rules', 'apply', path, '--data', live)).toContain('nothing was added');
  });
});

describe('rules lint', () => {
  const linted = (yaml: string) => {
    const path = folders.fresh('linted.yaml');
    writeFileSync(path, yaml);
    return { path, ended: tickmark('rules', 'lint', path) };
  };

  it('finds nothing in the standard rule set', async () => {
    const { code, stdout } = await tickmark('rules', 'lint', 'rules/standard.yaml');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'rules/standard.yaml: no finding.\n' });
  });

  it('tells what keeps a file from loading among the other mistakes, each with its place', async () => {
    const { path, ended } = linted(`ruleSet: mistakes
version: 1
zone: UTC
rules:
  - { rule: a, on: ticket, start: TicketOpened, stop: TicketResolved, missingEnd: { cap: 1 day } }
  - { rule: b, on: ticket, start: TicketOpend, stop: TicketResolved }
  - { rule: c, on: ticket, start: TicketOpened, stop: TicketResolved, allocate: { over: { x: 90% } } }
  - { rule: d, extends: d }
  - { rule: e, on: ticket, start: TicketReopened, stop: TicketResolved, resume: TicketResumed, colour: red }
  - { rule: f, on: ticket, start: TicketReopened, stop: TicketResolved, resume: TicketResumed }
`);
    const { code, stdout } = await ended;
    expect(code).toBe(3);
    expect(stdout.split('\n').map((line) => line.replace(path, 'file').split(': ', 2).join(': '))).toEqual([
      'file:5:90: error unit-trap',
      'file:6:35: error unknown-event-type',
      'file:7:89: error shares-not-100',
      'file:8:25: error cyclic-extends',
      'file:9:96: error unusable',
      'file:10:81: error resume-without-pause',
      'file: 6 findings.',
      '',
    ]);
  });

  it('tells what only the compiler finds, once', async () => {
    const { ended } = linted(`${CANDIDATE}    calendar: nowhere\n    handOver: CallTransfered\n`);
    const { code, stdout } = await ended;
    expect(code).toBe(3);
    expect(stdout).toMatch(/:10:15: error unusable: no calendar "nowhere"/);
    expect(stdout.match(/CallTransfered/g)).toHaveLength(1);
  });

  it('tells them as JSON', async () => {
    const { code, stdout } = await tickmark('rules', 'lint', rules, '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      file: rules,
      findings: [{ code: 'unbounded-clock', severity: 'warning', line: 5, column: 5, path: ['rules', 0] }],
    });
  });

  it('ends with 2 where there is no file to read', async () => {
    const { code, stderr } = await tickmark('rules', 'lint', folders.fresh('nowhere.yaml'));
    expect(code).toBe(2);
    expect(stderr).toContain('there is no such file');
  });
});

describe('rebuild and verify', () => {
  let live: string;
  beforeAll(async () => {
    live = await imported(BANK.rules);
  });

  it('rebuilds the same rows from the first event', async () => {
    const rows = answersIn(live);
    expect(await printed('rebuild', '--data', live)).toMatch(/^Rebuilt from [\d,]+ events\.\n$/);
    expect(answersIn(live)).toEqual(rows);
  });

  it('names the record that somebody has changed, and rebuild mends it', async () => {
    const id = String(numberIn(live, 'answers.db', 'SELECT min(key) FROM time_record'));
    tamper(
      live,
      'answers.db',
      `UPDATE time_record SET body = json_set(body, '$.countedMs', 1) WHERE key = ${id}`,
    );
    const found = await tickmark('verify', '--data', live);
    expect(found.code).toBe(3);
    expect(found.stdout).toMatch(/^Different: \S+ .*call-.*\/call\.talk#1@AGENT\d\d/);
    await printed('rebuild', '--data', live);
    expect((await tickmark('verify', '--data', live)).code).toBe(0);
  });

  it('names the person-week that somebody has changed', async () => {
    tamper(
      live,
      'answers.db',
      `UPDATE person_week SET body = json_set(body, '$.all.tally.sumMs', 1) WHERE actor = 'AGENT07'`,
    );
    const found = await tickmark('verify', '--data', live);
    expect(found.code).toBe(3);
    expect(found.stdout).toMatch(/^Different: .*AGENT07/);
    await printed('rebuild', '--data', live);
  });

  it('names a row that somebody has removed', async () => {
    tamper(live, 'answers.db', `DELETE FROM person_day WHERE actor = 'AGENT08'`);
    const found = await tickmark('verify', '--data', live);
    expect(found.code).toBe(3);
    expect(found.stdout).toMatch(/^Different: .*AGENT08/);
    await printed('rebuild', '--data', live);
  });

  it('finds the pieces that reports add up changed, not only the rows beside them', async () => {
    tamper(
      live,
      'answers.db',
      `UPDATE time_record SET pieces = '[]' WHERE key = (SELECT min(key) FROM time_record)`,
    );
    const found = await tickmark('verify', '--data', live);
    expect(found.code, found.stdout).toBe(3);
    await printed('rebuild', '--data', live);
  });

  it('finds a log from which an event is gone', async () => {
    const data = await imported(BANK.rules);
    tamper(data, 'log.db', 'DELETE FROM event WHERE position = 5');
    const found = await tickmark('verify', '--data', data);
    expect(found.code).toBe(3);
    expect(found.stdout).toMatch(/damaged: positions have gaps/);
  });
});
