/** The faults around the files: a folder in use, newer or none at all, and files that are not there. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../adapters/stores/sqlite/index.ts';
import { type Items, hourOf, importItems, writeItems } from '../cli/items.ts';
import { printed, startTickmark, tickmark } from '../cli/command.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

/** An error says what is wrong and what to do; only a bug shows a stack. */
const BUG = /this is a bug|\n {4}at |node:internal/;

describe('a data folder that another process works on', () => {
  it('is refused by name of the process, and free again afterwards', async () => {
    const data = folders.fresh('busy');
    const held = await openDataFolder(data);
    const refused = await tickmark('report', 'week', '--data', data);
    held.release();
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`in use by process ${process.pid}`);
    expect(refused.stderr).toContain('Wait until process');
    expect(refused.stderr).not.toMatch(BUG);
    expect((await tickmark('report', 'week', '--data', data)).code).toBe(0);
  });

  it('lets one of two imports in at a time, and no event is lost or doubled', async () => {
    const rows = Array.from({ length: 20 }, (_, hour) => hourOf(`${hour}`, hour));
    const items = writeItems(folders.fresh('race'), rows);
    const both = await Promise.all(
      [1, 2].map(() => startTickmark([...importItems(items), '--batch', '1']).ended),
    );
    const codes = both.map(({ code }) => code);
    expect(codes).toContain(0);
    for (const code of codes) expect([0, 1]).toContain(code);
    expect(await printed('verify', '--data', items.data)).toMatch(/^Identical: /);
    const again = await printed(...importItems(items), '--json');
    expect(JSON.parse(again)).toMatchObject({ signals: 20, appended: 0, duplicates: 40 });
  });
});

describe('a data folder that does not fit', () => {
  it('is refused when a newer program labelled it, and left alone', async () => {
    const data = folders.fresh('newer');
    mkdirSync(data);
    writeFileSync(join(data, 'tickmark.json'), '{"format":99,"createdBy":"tickmark 9.0.0"}\n');
    const refused = await tickmark('report', 'week', '--data', data);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/format 99; this program reads up to format \d+[^]*Update Tickmark/);
    expect(refused.stderr).not.toMatch(BUG);
    expect(readdirSync(data)).toEqual(['tickmark.json']);
  });

  it('is refused when a newer program wrote its log', async () => {
    const items = writeItems(folders.fresh('newer-log'), [hourOf('1', 1)]);
    await printed(...importItems(items));
    const database = new DatabaseSync(join(items.data, 'log.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const refused = await tickmark('report', 'week', '--data', items.data);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/version 99[^]*Update Tickmark/);
    expect(refused.stderr).not.toMatch(BUG);
  });

  it('is refused when it is a file', async () => {
    const data = folders.fresh('file');
    writeFileSync(data, 'not a folder');
    const refused = await tickmark('report', 'week', '--data', data);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(data);
    expect(refused.stderr).toContain('Name a folder that Tickmark made or that does not exist yet');
    expect(refused.stderr).not.toMatch(BUG);
  });

  it('is refused when its log is no database', async () => {
    const items = writeItems(folders.fresh('garbage'), [hourOf('1', 1)]);
    await printed(...importItems(items));
    for (const name of readdirSync(items.data))
      if (name.startsWith('log.db-')) rmSync(join(items.data, name));
    writeFileSync(join(items.data, 'log.db'), 'no database at all'.repeat(1000));
    const refused = await tickmark('report', 'week', '--data', items.data);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('log.db cannot be opened as a database');
    expect(refused.stderr).not.toMatch(BUG);
  });

  it('derives the answers anew when their file is gone', async () => {
    const items = writeItems(folders.fresh('no-answers'), [hourOf('1', 1)]);
    await printed(...importItems(items));
    const report = ['report', 'total', '--format', 'json', '--data', items.data];
    const before = await printed(...report);
    for (const name of readdirSync(items.data))
      if (name.startsWith('answers.db')) rmSync(join(items.data, name));
    expect(await printed(...report)).toBe(before);
  });
});

describe('a wrong command line', () => {
  let items: Items;
  beforeAll(() => {
    items = writeItems(folders.fresh('usage'), [hourOf('1', 1)]);
  });

  const refusals: readonly (readonly [name: string, args: () => readonly string[], says: RegExp])[] = [
    ['an unknown flag', () => ['report', 'week', '--wek', 'all'], /unknown option '--wek'[^]*--week/],
    ['an unknown command', () => ['reprot'], /unknown command 'reprot'[^]*report/],
    [
      'a file that is not there',
      () => ['import', join(items.data, 'no.csv')],
      /no\.csv: there is no such file/,
    ],
    ['a folder in place of a file', () => ['import', '/', '--mapping', items.mapping], /directory/],
    [
      'a mapping that is not there',
      () => ['import', items.file, '--mapping', `${items.mapping}.no`],
      /mapping\.yaml\.no:1:1: there is no such file/,
    ],
    [
      'rules that are not there',
      () => ['rules', 'apply', 'no-rules.yaml'],
      /no-rules\.yaml:1:1: there is no/,
    ],
    ['a batch of nothing', () => ['import', items.file, '--batch', '0'], /--batch takes a whole number/],
    ['a week that is none', () => ['report', 'week', '--week', '1999-W60'], /"1999-W60" is not a week/],
    ['a measure that no rule has', () => ['report', 'week', '--measure', 'wrok'], /this rule set has: work/],
    ['a format that there is not', () => ['report', 'week', '--format', 'xml'], /table, csv, json/],
    ['a limit that is no number', () => ['records', '--limit', 'all'], /--limit takes a whole number/],
    ['a time without an offset', () => ['timers', '--as-of', '2020-01-06T10:00:00'], /offset/],
    ['a record that is not there', () => ['explain', 'call-1'], /list them: tickmark records/],
    ['a letter that is not there', () => ['deadletters', 'show', 'zz'], /list them: tickmark deadletters ls/],
    ['a seed that is no number', () => ['demo', '--seed', 'abc'], /--seed/],
    ['a missing argument', () => ['what-if'], /--rules/],
  ];

  for (const [name, args, says] of refusals)
    it(`is refused with what to write instead: ${name}`, async () => {
      const asked = args();
      const refused = await tickmark(...asked, ...(asked[0] === 'reprot' ? [] : ['--data', items.data]));
      expect(refused, refused.stderr).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toMatch(says);
      expect(refused.stderr).not.toMatch(BUG);
    });

  it('is refused by what the environment may say', async () => {
    const { code, stderr } = await startTickmark(['report', 'week'], { LOG_LEVEL: 'loud' }).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/LOG_LEVEL[^]*"warn"/);
  });
});
