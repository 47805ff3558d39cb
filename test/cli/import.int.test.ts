/** Importing through the command line: idempotent, with errors that name their place. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Report } from '../../schemas/report.ts';
import { BANK, jsonLines, printed, tickmark } from './command.ts';
import { eventsOf, talkMs, talks, writeCalls } from './calls.ts';
import { hourOf, importItems, writeItems } from './items.ts';
import { answersIn, eventsIn } from './stored.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { ROOT } from '../house/tree.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const bankImport = (file: string, data: string): readonly string[] => [
  ...['import', file, '--mapping', BANK.mapping, '--rules', BANK.rules, '--data', data, '--json'],
];

describe('an import', () => {
  it('times every talk of the file and adds nothing the second time', async () => {
    const [file, data] = [folders.fresh('calls.txt'), folders.fresh('data')];
    const calls = writeCalls(file, 1500);
    const events = eventsOf(calls);
    const phantoms = calls.filter(({ outcome }) => outcome === 'PHANTOM').length;
    const first = JSON.parse(await printed(...bankImport(file, data)));
    expect(first).toMatchObject({
      signals: 1500,
      accepted: 1500 - phantoms,
      rejected: 0,
      appended: events,
      duplicates: 0,
    });
    const report = Report.parse(
      JSON.parse(await printed('report', 'total', '--format', 'json', '--data', data)),
    );
    expect(report.total).toMatchObject({ records: talks(calls).length, sumMs: talkMs(calls) });
    const [log, answers] = [eventsIn(data), answersIn(data)];
    const second = JSON.parse(await printed(...bankImport(file, data)));
    expect(second).toMatchObject({ signals: 1500, appended: 0, duplicates: events });
    expect(eventsIn(data)).toEqual(log);
    expect(answersIn(data)).toEqual(answers);
  });

  it('gives the same answers in batches of 1, 7 and 1000', async () => {
    const file = folders.fresh('calls.txt');
    writeCalls(file, 150);
    const seen: unknown[] = [];
    for (const batch of ['1', '7', '1000']) {
      const data = folders.fresh('data');
      await printed(...bankImport(file, data), '--batch', batch);
      seen.push([eventsIn(data), await printed('report', 'week', '--week', 'all', '--data', data)]);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('says the same of a row told in two ways, whatever the batch', async () => {
    const rows = [hourOf('1', 8), hourOf('1', 9), hourOf('2', 10)];
    const seen: unknown[] = [];
    for (const batch of ['1', '1000']) {
      const items = writeItems(folders.fresh('conflict'), rows);
      const { code, stdout } = await tickmark(...importItems(items), '--batch', batch, '--json');
      const { accepted, rejected, appended } = JSON.parse(stdout);
      const letters = jsonLines(await printed('deadletters', 'ls', '--json', '--data', items.data));
      expect(letters).toMatchObject([{ signal: { line: 3 }, rejection: { code: 'conflicting-duplicate' } }]);
      seen.push({ code, accepted, rejected, appended });
    }
    expect(seen).toEqual(Array(2).fill({ code: 3, accepted: 2, rejected: 1, appended: 4 }));
  });
});

describe('an import of messages', () => {
  const message = (id: string, type: string, more: object = {}) => ({
    event: { id, type, occurred_at: `2025-03-03T09:0${id}:00+01:00` },
    ticket: { number: 81, agent: { email: 'lena' }, ...more },
  });
  const messages = [
    message('1', 'ticket.assigned'),
    message('2', 'ticket.status', { status: 'asleep' }),
    message('3', 'ticket.status', { status: 'solved' }),
  ];
  const mapping = join(ROOT, 'examples/webhook/mapping.yaml');
  const importing = (file: string, data: string) =>
    tickmark('import', file, '--mapping', mapping, '--data', data, '--json');

  it('takes one file of them all, or one a line, and a bad one is a dead letter alone', async () => {
    const data = folders.fresh('data');
    const [whole, lines] = [`${folders.fresh('many')}.json`, `${folders.fresh('many')}.ndjson`];
    writeFileSync(whole, JSON.stringify(messages));
    writeFileSync(lines, messages.map((one) => JSON.stringify(one)).join('\n'));
    const first = await importing(whole, data);
    expect(first.code).toBe(3);
    expect(JSON.parse(first.stdout)).toMatchObject({ signals: 3, accepted: 2, rejected: 1, appended: 2 });
    const letters = jsonLines(await printed('deadletters', 'ls', '--json', '--data', data));
    expect(letters).toMatchObject([{ signal: { raw: JSON.stringify(messages[1]) } }]);
    const second = await importing(lines, data);
    expect(JSON.parse(second.stdout)).toMatchObject({ signals: 3, appended: 0, duplicates: 2, rejected: 1 });
  });
});

const BROKEN: readonly (readonly [name: string, from: RegExp, to: string, place: string, says: RegExp])[] = [
  ['a mistyped key', /^zone:/m, 'zoen:', '4:1', /unknown key "zoen" \(did you mean "?zone/],
  ['a time that the mapping does not have', /at: end/, 'at: ende', '14:36', /ende/],
  ['an event type that there is not', /TaskStarted/, 'TaskStrated', '13:17', /TaskStarted/],
  ['a zone that there is not', /zone: UTC/, 'zone: Mars/Olympus', '4:7', /Mars\/Olympus/],
  ['text that is no YAML', /id: id/, 'id: [id', '6:', /./],
];

describe('a mapping that is wrong', () => {
  for (const [name, from, to, place, says] of BROKEN)
    it(`is refused with line and column: ${name}`, async () => {
      const items = writeItems(folders.fresh('broken'), [hourOf('1', 1)]);
      writeFileSync(items.mapping, readFileSync(items.mapping, 'utf8').replace(from, to));
      const { code, stdout, stderr } = await tickmark(...importItems(items));
      expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`${items.mapping}:${place}`);
      expect(stderr).toMatch(says);
    });

  it('is refused when the file has other columns, each with its place in the mapping', async () => {
    const items = writeItems(folders.fresh('columns'), []);
    writeFileSync(items.file, 'id,agnt,begin,end,what\n');
    const { code, stderr } = await tickmark(...importItems(items));
    expect(code).toBe(2);
    expect(stderr).toContain('does not fit');
    expect(stderr).toMatch(/mapping\.yaml:8:20: the file has no column "start"/);
    expect(stderr).toMatch(/mapping\.yaml:13:48: the file has no column "agent" \(did you mean agnt\?\)/);
  });
});

const BROKEN_RULES: readonly (readonly [name: string, from: RegExp, to: string, place: string])[] = [
  ['a mistyped key', /stop:/, 'stpo:', '8:5'],
  ['an event type that there is not', /TaskStarted/, 'TaskStrated', '7:12'],
  ['a kind that there is not', /on: task/, 'on: tsak', '6:9'],
  ['a zone that there is not', /zone: UTC/, 'zone: Mars/Olympus', '3:7'],
];

describe('a rule set that is wrong', () => {
  for (const [name, from, to, place] of BROKEN_RULES)
    it(`is refused with line and column: ${name}`, async () => {
      const items = writeItems(folders.fresh('rules'), [hourOf('1', 1)]);
      writeFileSync(items.rules, readFileSync(items.rules, 'utf8').replace(from, to));
      for (const args of [
        ['rules', 'check', items.rules],
        ['what-if', '--rules', items.rules, '--data', items.data],
        importItems(items),
      ]) {
        const { code, stdout, stderr } = await tickmark(...args);
        expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain(`${items.rules}:${place}`);
      }
    });
});
