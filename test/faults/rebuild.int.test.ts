/** The fault: the process is killed, without a word, at any moment of a rebuild. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BANK, printed, startTickmark } from '../cli/command.ts';
import { writeCalls } from '../cli/calls.ts';
import { faultsIn, numberIn } from '../cli/stored.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';

const KILLS = 12;
/** Events enough for a second thread. */
const ROWS = 9000;

const folders = temporaryFolder();
afterAll(() => folders.remove());

const data = folders.fresh('data');
const rebuilding = ['rebuild', '--data', data] as const;
const report = (): Promise<string> =>
  printed('report', 'week', '--week', 'all', '--format', 'json', '--data', data);

const beside = (): readonly string[] => readdirSync(data).filter((name) => name.startsWith('answers.db.'));
const rowsIn = () => ({
  records: numberIn(data, 'answers.db', 'SELECT count(*) FROM time_record'),
  position: numberIn(data, 'answers.db', `SELECT max(json_extract(body, '$.position')) FROM state`),
});

describe('a rebuild that is killed', () => {
  let durationMs = 0;

  beforeAll(async () => {
    const file = folders.fresh('calls.txt');
    writeCalls(file, ROWS);
    const how = ['--mapping', BANK.mapping, '--rules', BANK.rules];
    await printed('import', file, ...how, '--data', data);
    const startedMs = performance.now();
    await printed(...rebuilding);
    durationMs = performance.now() - startedMs;
  });

  it(`leaves all of the rows, ${KILLS} times, and nothing of its own once one ends well`, async () => {
    const [rows, weeks] = [rowsIn(), await report()];
    expect(rows.position).toBeGreaterThan(20_000);
    let halfway = 0;
    for (let number = 1; number <= KILLS; number += 1) {
      const running = startTickmark(rebuilding);
      const timer = setTimeout(running.kill, (durationMs * number) / (KILLS + 1));
      await running.ended;
      clearTimeout(timer);
      if (beside().length > 0) halfway += 1;
      expect(rowsIn()).toEqual(rows);
    }
    // Had all of them come before the first row or after the last, this would prove nothing.
    expect(halfway).toBeGreaterThan(0);
    expect(await printed(...rebuilding)).toMatch(/^Rebuilt from /);
    expect(beside()).toEqual([]);
    expect(await report()).toBe(weeks);
    expect(await printed('verify', '--data', data)).toMatch(/^Identical: /);
    expect(faultsIn(data)).toEqual(['ok', 'ok']);
  });
});
