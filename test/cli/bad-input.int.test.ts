/** Bad input through the command line: kept with its line and its reason, and the rest goes on. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeadLetter } from './printed.ts';
import { jsonLines, printed, tickmark, type Ended } from './command.ts';
import { type Items, hourOf, importItems, writeItems } from './items.ts';
import { numberIn } from './stored.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const lettersIn = async (data: string, ...more: readonly string[]): Promise<readonly DeadLetter[]> =>
  jsonLines(await printed('deadletters', 'ls', '--json', '--data', data, ...more)).map((letter) =>
    DeadLetter.parse(letter),
  );

const TEN_MB = 10 * 1024 * 1024;
const WRONG: readonly (readonly [code: string, row: string | Buffer])[] = [
  ['malformed', 'x1,ann,2020-01-06T01:00:00Z'],
  ['malformed', 'x2,ann,2020-01-06T01:00:00Z,2020-01-06T02:00:00Z,task,more'],
  ['malformed', 'x3,"ann" or so,2020-01-06T01:00:00Z,2020-01-06T02:00:00Z,task'],
  ['unknown-type', hourOf('x4', 3, 'errand')],
  ['bad-time', 'x5,ann,2020-02-30T01:00:00Z,2020-03-01T02:00:00Z,task'],
  ['bad-time', 'x6,ann,yesterday,2020-03-01T02:00:00Z,task'],
  ['end-before-start', 'x7,ann,2020-01-06T02:00:00Z,2020-01-06T01:00:00Z,task'],
  ['missing-field', 'x8,,2020-01-06T01:00:00Z,2020-01-06T02:00:00Z,task'],
  ['future-dated', 'x9,ann,2999-01-06T01:00:00Z,2999-01-06T02:00:00Z,task'],
  ['encoding', Buffer.from('xa,J\u00fcrgen,2020-01-06T01:00:00Z,2020-01-06T02:00:00Z,task', 'latin1')],
  ['line-too-long', `xb,${'a'.repeat(TEN_MB)},2020-01-06T01:00:00Z,2020-01-06T02:00:00Z,task`],
];

describe('a file in which every second line is bad', () => {
  let items: Items;
  let ended: Ended;

  beforeAll(async () => {
    const rows = WRONG.flatMap(([, row], at) => [row, hourOf(`good${at}`, at)]);
    items = writeItems(folders.fresh('bad'), rows);
    ended = await tickmark(...importItems(items));
  });

  it('ends with 3 and one line that counts', () => {
    const [good, bad] = [WRONG.length, WRONG.length];
    expect(ended.code, ended.stderr).toBe(3);
    expect(ended.stdout).toBe(
      `${items.file}: ${good + bad} signals: ${good} accepted, ${bad} dead letters; ${2 * good} events added, 0 known already.\n`,
    );
  });

  it('keeps each bad line with its number and its code', async () => {
    const letters = await lettersIn(items.data);
    // The header is line 1; then a bad row and a good one in turn.
    const expected = WRONG.map(([code], at) => ({ line: 2 + 2 * at, code }));
    expect(letters.map(({ signal, rejection }) => ({ line: signal.line, code: rejection.code }))).toEqual(
      expected,
    );
  });

  it('keeps the text as it came', async () => {
    const letters = await lettersIn(items.data);
    const raws = letters.map(({ signal }) => signal.raw);
    expect(raws).toEqual(WRONG.map(([, row]) => (typeof row === 'string' ? row : row.toString('latin1'))));
  });

  it('times every good line', async () => {
    const report = await printed('report', 'total', '--format', 'json', '--data', items.data);
    expect(JSON.parse(report)).toMatchObject({
      total: { records: WRONG.length, sumMs: WRONG.length * 3_600_000 },
    });
  });

  it('shows one letter in full, with the meaning of its code', async () => {
    const [letter] = await lettersIn(items.data);
    const shown = await printed('deadletters', 'show', letter?.id.slice(0, 8) ?? '', '--data', items.data);
    expect(shown).toContain('items.csv:2');
    expect(shown).toContain('malformed');
    expect(shown).toContain('x1,ann,2020-01-06T01:00:00Z');
  });

  it('tells the same again and adds nothing when it is imported again', async () => {
    const again = await tickmark(...importItems(items));
    expect(again.code).toBe(3);
    expect(again.stdout).toContain(`0 events added, ${2 * WRONG.length} known already.`);
    expect(await lettersIn(items.data, '--all')).toHaveLength(WRONG.length);
  });

  it('is not guessed at when letters are tried again: what no mapping can mend still waits', async () => {
    const ended = await tickmark('deadletters', 'retry', '--mapping', items.corrected, '--data', items.data);
    expect(ended.code).toBe(3);
    const waiting = await lettersIn(items.data);
    const mendable = ['unknown-type'];
    expect(waiting.map(({ rejection }) => rejection.code)).toEqual(
      WRONG.map(([code]) => code).filter((code) => !mendable.includes(code)),
    );
  });
});

describe('an NDJSON line in another encoding', () => {
  it('is not read as something that it does not say, neither at once nor on retry', async () => {
    const items = writeItems(folders.fresh('latin'), []);
    const mapping = join(items.data, '../ndjson.yaml');
    writeFileSync(
      mapping,
      `mapping: items\nsource: items\nformat: ndjson\nzone: UTC\nid: id\nsubject: { kind: task, id: id }\ntimes:\n  start: { column: start, format: iso }\nrows:\n  - events: [{ type: TaskStarted, at: start, actor: agent }]\n`,
    );
    const file = join(items.data, '../items.ndjson');
    writeFileSync(
      file,
      Buffer.from('{"id":"1","agent":"J\u00fcrgen","start":"2020-01-06T10:00:00Z"}\n', 'latin1'),
    );
    const first = await tickmark('import', file, '--mapping', mapping, '--data', items.data);
    expect(first.code).toBe(3);
    const again = await tickmark('deadletters', 'retry', '--mapping', mapping, '--data', items.data);
    expect(again.code, again.stdout).toBe(3);
    expect(await lettersIn(items.data)).toMatchObject([{ rejection: { code: 'encoding' } }]);
    expect(numberIn(items.data, 'log.db', 'SELECT count(*) FROM event')).toBe(0);
  });
});

describe('letters that a corrected mapping understands', () => {
  it('become records, once', async () => {
    const items = writeItems(folders.fresh('retry'), [
      hourOf('1', 8),
      hourOf('2', 9, 'errand'),
      hourOf('3', 10, 'errand'),
    ]);
    expect((await tickmark(...importItems(items))).code).toBe(3);
    const retry = ['deadletters', 'retry', '--mapping', items.corrected, '--data', items.data];
    const resolved = await tickmark(...retry);
    expect(resolved).toMatchObject({
      code: 0,
      stdout: '2 of 2 dead letters resolved, 0 still wait.\n',
    });
    const records = jsonLines(await printed('records', '--format', 'json', '--data', items.data));
    expect(records).toMatchObject([{ subject: 'task-1' }, { subject: 'task-2' }, { subject: 'task-3' }]);
    const head = numberIn(items.data, 'log.db', 'SELECT count(*) FROM event');
    // Two events a row, and the rule set.
    expect(head).toBe(7);
    expect((await tickmark(...retry)).code).toBe(0);
    expect(numberIn(items.data, 'log.db', 'SELECT count(*) FROM event')).toBe(head);
    expect(await lettersIn(items.data)).toEqual([]);
    expect(await lettersIn(items.data, '--all')).toMatchObject([
      { status: 'resolved' },
      { status: 'resolved' },
    ]);
  });
});

describe('a file with nothing in it', () => {
  it('that has a header only adds nothing, and that is fine', async () => {
    const items = writeItems(folders.fresh('header'), []);
    const ended = await tickmark(...importItems(items));
    expect(ended).toMatchObject({
      code: 0,
      stdout: `${items.file}: 0 signals: 0 accepted, 0 dead letters; 0 events added, 0 known already.\n`,
    });
  });

  it('that has not even a header is refused with what is missing', async () => {
    const items = writeItems(folders.fresh('empty'), []);
    writeFileSync(items.file, '');
    const ended = await tickmark(...importItems(items));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('the file is empty: its first line must name the columns');
  });
});
