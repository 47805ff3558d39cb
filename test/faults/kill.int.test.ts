/** The fault: the process is killed, without a word, at any moment of an import. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BANK, printed, startTickmark, tickmark } from '../cli/command.ts';
import { eventsOf, talkMs, writeCalls } from '../cli/calls.ts';
import { eventsIn, faultsIn, numberIn } from '../cli/stored.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';

const KILLS = 50;
/** In a row on one data folder, before the import may end there. */
const KILLS_A_FOLDER = 10;
const SEED = 20;
const ROWS = 3000;

const folders = temporaryFolder();
afterAll(() => folders.remove());

const file = folders.fresh('calls.txt');
const undisturbed = folders.fresh('undisturbed');
const importInto = (data: string): readonly string[] => [
  ...['import', file, '--mapping', BANK.mapping, '--rules', BANK.rules],
  ...['--batch', '25', '--data', data, '--json'],
];
const reportOf = (data: string): Promise<string> =>
  printed('report', 'week', '--week', 'all', '--format', 'json', '--data', data);

/** A linear congruence (Numerical Recipes): numbers in [0, 1). */
const luck = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** Starts an import and kills it after `delayMs`; whether it was still running then. */
const killAfter = async (data: string, delayMs: number): Promise<boolean> => {
  const running = startTickmark(importInto(data));
  const timer = setTimeout(running.kill, delayMs);
  const { code } = await running.ended;
  clearTimeout(timer);
  return code === null;
};

/** How far the folder got: nothing, part of the intake, part of the projection, all. */
const stageOf = (data: string, events: number): 'nothing' | 'intake' | 'projection' | 'all' => {
  try {
    const stored = numberIn(data, 'log.db', 'SELECT count(*) FROM event');
    if (stored <= 1) return 'nothing';
    if (stored < events) return 'intake';
    const reached = numberIn(data, 'answers.db', `SELECT max(json_extract(body, '$.position')) FROM state`);
    return reached < events ? 'projection' : 'all';
  } catch {
    return 'nothing';
  }
};

interface Expected {
  readonly events: readonly string[];
  readonly report: string;
  readonly durationMs: number;
}

const expectWhole = async (data: string, expected: Expected): Promise<void> => {
  const ended = await tickmark(...importInto(data));
  expect(ended.code, ended.stderr).toBe(0);
  expect(eventsIn(data)).toEqual(expected.events);
  expect(await reportOf(data)).toBe(expected.report);
  expect(await printed('verify', '--data', data)).toMatch(/^Identical: /);
  expect(faultsIn(data)).toEqual(['ok', 'ok']);
  expect(JSON.parse(await printed(...importInto(data)))).toMatchObject({ signals: ROWS, appended: 0 });
};

describe('an import that is killed', () => {
  let expected: Expected;

  beforeAll(async () => {
    const calls = writeCalls(file, ROWS);
    const startedMs = performance.now();
    await printed(...importInto(undisturbed));
    const durationMs = performance.now() - startedMs;
    expected = { events: eventsIn(undisturbed), report: await reportOf(undisturbed), durationMs };
    expect(expected.events).toHaveLength(eventsOf(calls));
    expect(JSON.parse(expected.report)).toMatchObject({ total: { sumMs: talkMs(calls) } });
  });

  it(`goes on to the same log and the same report, ${KILLS} times`, async () => {
    const random = luck(SEED);
    const stages = { nothing: 0, intake: 0, projection: 0, all: 0 };
    let killed = 0;
    for (let number = 0; killed < KILLS; number += 1) {
      const data = join(folders.fresh('killed'), 'data');
      for (let attempt = 0; attempt < KILLS_A_FOLDER && killed < KILLS; attempt += 1) {
        if (!(await killAfter(data, random() * expected.durationMs))) continue;
        killed += 1;
        stages[stageOf(data, expected.events.length + 1)] += 1;
      }
      await expectWhole(data, expected);
    }
    // Had all of them come before the first commit or after the last, this would prove nothing.
    expect(stages.intake, JSON.stringify(stages)).toBeGreaterThan(0);
    expect(stages.projection, JSON.stringify(stages)).toBeGreaterThan(0);
  });
});
