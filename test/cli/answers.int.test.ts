/** The answers as the command line prints them: data on stdout, in three forms that say the same. */
import { writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Report } from '../../schemas/report.ts';
import { TimeRecord } from '../../schemas/record.ts';
import { BANK, jsonLines, printed, tickmark } from './command.ts';
import { Explained } from './printed.ts';
import { type Call, talkMs, talks, writeCalls } from './calls.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { ROOT } from '../house/tree.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const data = folders.fresh('data');
let calls: readonly Call[] = [];
beforeAll(async () => {
  const file = folders.fresh('calls.txt');
  calls = writeCalls(file, 2500);
  await printed('import', file, '--mapping', BANK.mapping, '--rules', BANK.rules, '--data', data);
});

/** No cell of these reports needs quotes. */
const csvRows = (text: string): readonly Readonly<Record<string, string>>[] => {
  const [header = '', ...lines] = text.trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const column = (rows: readonly Readonly<Record<string, string>>[], name: string): number =>
  sum(rows.map((row) => Number(row[name])));

describe('report week', () => {
  const all = ['report', 'week', '--week', 'all', '--by', 'agent', '--data', data];

  it('as JSON fits its schema and adds up to the talks of the file', async () => {
    const report = Report.parse(JSON.parse(await printed(...all, '--format', 'json')));
    expect(report.total).toMatchObject({ records: talks(calls).length, sumMs: talkMs(calls) });
    expect(sum(report.lines.map(({ tally }) => tally.sumMs))).toBe(talkMs(calls));
    for (const { daysMs, tally } of report.lines) {
      expect(sum(daysMs ?? [])).toBe(tally.sumMs);
      expect(tally.unionMs).toBeLessThanOrEqual(tally.sumMs);
      expect(sum(Object.values(tally.gradesMs))).toBe(tally.sumMs);
    }
    expect(report.weeks.length).toBeGreaterThan(0);
  });

  it('as CSV adds up to the same, by days, grades and methods', async () => {
    const rows = csvRows(await printed(...all, '--format', 'csv'));
    const seconds = talkMs(calls) / 1000;
    expect(column(rows, 'sum_s')).toBe(seconds);
    expect(column(rows, 'records')).toBe(talks(calls).length);
    const days = ['mon_s', 'tue_s', 'wed_s', 'thu_s', 'fri_s', 'sat_s', 'sun_s'];
    expect(sum(days.map((day) => column(rows, day)))).toBe(seconds);
    expect(column(rows, 'auto_s') + column(rows, 'manual_s')).toBe(seconds);
    expect(column(rows, 'observed_s')).toBe(seconds);
  });

  it('says of each agent what the file says', async () => {
    const rows = csvRows(
      await printed('report', 'total', '--by', 'agent', '--format', 'csv', '--data', data),
    );
    const expected = [...Map.groupBy(talks(calls), ({ server }) => server)]
      .map(([agent, own]) => [agent, String(own.length), String(talkMs(own) / 1000)])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    expect(rows.map(({ agent, records, sum_s: seconds }) => [agent, records, seconds])).toEqual(expected);
  });

  it('says of each customer what the file says', async () => {
    const rows = csvRows(
      await printed('report', 'total', '--by', 'customer', '--format', 'csv', '--data', data),
    );
    const named = talks(calls).filter(({ customer_id: customer }) => customer !== '0');
    const found = new Map(rows.map(({ customer, sum_s: seconds }) => [customer, Number(seconds)]));
    for (const [customer, own] of Map.groupBy(named, ({ customer_id: customer }) => customer))
      expect(found.get(customer)).toBe(talkMs(own) / 1000);
  });

  it('as a table has a total that is the sum in hours and minutes', async () => {
    const seconds = talkMs(calls) / 1000;
    const report = await printed(...all);
    // Shown in whole minutes, cut or rounded: one of the two.
    const shown = [Math.floor(seconds / 60), Math.round(seconds / 60)].map(
      (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`,
    );
    const totals = report.split('\n').filter((line) => line.startsWith('Total'));
    expect(totals).toHaveLength(1);
    expect(shown.some((text) => totals[0]?.includes(` ${text} `))).toBe(true);
  });
});

describe('records and explain', () => {
  it('print every record as JSON, each of whose figures adds up', async () => {
    const lines = jsonLines(
      await printed('records', '--limit', '100000', '--format', 'json', '--data', data),
    );
    const records = lines.map((line) => TimeRecord.parse(line));
    expect(records).toHaveLength(talks(calls).length);
    for (const { fromMs, toMs, countedMs, spans, subtracted, gradesMs } of records) {
      const lengths = [...spans, ...subtracted].map((stretch) => stretch.toMs - stretch.fromMs);
      expect(sum(lengths)).toBe(toMs - fromMs);
      expect(sum(spans.map((span) => span.toMs - span.fromMs))).toBe(countedMs);
      expect(sum(Object.values(gradesMs))).toBe(countedMs);
    }
  });

  it('explains a held call with an arithmetic that is right, and the events that prove it', async () => {
    const held = folders.fresh('held');
    const file = folders.fresh('held.ndjson');
    const event = (type: string, clock: string) => ({
      ...{ specversion: '1.0', id: `${type}-${clock}`, source: 'pbx', type, subject: 'call-1' },
      ...{ time: `2020-01-06T${clock}Z`, data: { actor: 'ann' } },
    });
    const facts = [
      event('CallConnected', '10:00:00'),
      event('CallHeld', '10:02:30'),
      event('CallResumed', '10:03:15'),
      event('CallEnded', '10:09:00'),
    ];
    writeFileSync(file, facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
    await printed('import', file, '--data', held);
    const explained = await printed('explain', 'call-1/call.talk#1@ann', '--data', held);
    // 9:00 in all, of which 0:45 on hold: 540 s = 495 s + 45 s.
    expect(explained).toContain('elapsed 0:09:00 = counted 0:08:15 + paused 0:00:45');
    expect(explained).toContain('(540 s = 495 s + 45 s)');
    for (const { type } of facts) expect(explained).toContain(type);
    const { record, events } = Explained.parse(
      JSON.parse(await printed('explain', 'call-1/call.talk#1@ann', '--json', '--data', held)),
    );
    expect(record.countedMs).toBe(495_000);
    expect(events).toHaveLength(4);
  });
});

describe('timers', () => {
  it('say for how long what runs has been running at the instant asked for', async () => {
    const [running, file] = [folders.fresh('running'), folders.fresh('running.ndjson')];
    const fact = {
      ...{ specversion: '1.0', id: '1', source: 'pbx', type: 'CallConnected', subject: 'call-7' },
      ...{ time: '2020-01-06T10:00:00Z', data: { actor: 'ann' } },
    };
    writeFileSync(file, `${JSON.stringify(fact)}\n`);
    await printed('import', file, '--data', running);
    const asOf = await printed('timers', '--as-of', '2020-01-06T11:03:20+01:00', '--data', running);
    expect(asOf).toContain('call-7/call.talk#1@ann');
    expect(asOf).toContain('0:03:20');
    // What runs is counted nowhere.
    const report = await printed('report', 'total', '--format', 'json', '--data', running);
    expect(JSON.parse(report)).toMatchObject({ total: { sumMs: 0 } });
  });
});

describe('stdout', () => {
  it('holds the data and nothing else, though there is talk', async () => {
    const { stdout, stderr } = await tickmark('report', 'week', '--format', 'json', '--data', data);
    expect(Report.parse(JSON.parse(stdout)).report).toBe('week');
    const file = folders.fresh('two.txt');
    writeCalls(file, 50, 8);
    const again = await tickmark('import', file, '--mapping', BANK.mapping, '--json', '--data', data);
    expect(jsonLines(again.stdout)).toMatchObject([{ signals: 50 }]);
    expect(again.stderr).not.toBe('');
    expect(stderr).toBe('');
  });

  it('may be closed by its reader before the end', () => {
    const shell = spawnSync(
      'bash',
      [
        '-c',
        '"$0" adapters/cli/tickmark.js records --limit 100000 --format json --data "$1" | head -1; echo "${PIPESTATUS[0]}"',
        process.execPath,
        data,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(shell.stderr).toBe('');
    const [record = '', code] = shell.stdout.trimEnd().split('\n');
    expect(TimeRecord.parse(JSON.parse(record)).kind).toBe('call');
    // 0, or 141 as for a program that SIGPIPE ended.
    expect(['0', '141']).toContain(code);
  });
});
