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
