/** The commands that seal weeks, as a person types them. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { tickmark } from './command.ts';

const temporary = temporaryFolder();
const folder = temporary.fresh('seals');
afterAll(() => temporary.remove());

const RULES = `
ruleSet: talk
version: 1
zone: Europe/Berlin
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
`;

const call = (id: string, actor: string, from: string, to: string): readonly string[] =>
  (
    [
      ['CallConnected', from],
      ['CallEnded', to],
    ] as const
  ).map(([type, time]) =>
    JSON.stringify({
      specversion: '1.0',
      id: `${id}-${type}`,
      source: 'pbx',
      type,
      subject: `call-${id}`,
      time,
      data: { actor },
    }),
  );

const file = (name: string, lines: readonly string[]): string => {
  const path = temporary.fresh(name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

const run = (...args: readonly string[]) => tickmark(...args, '--data', folder);

describe('tickmark seal', () => {
  beforeAll(async () => {
    const rules = temporary.fresh('talk.yaml');
    writeFileSync(rules, RULES);
    const known = file('known.ndjson', [
      ...call('1', 'LENA', '2026-03-03T09:00:00Z', '2026-03-03T09:30:00Z'),
      ...call('2', 'LENA', '2026-03-10T09:00:00Z', '2026-03-10T09:30:00Z'),
    ]);
    const { code, stderr } = await run('import', known, '--rules', rules);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
  });

  it.each([
    [['2026-W10'], "required option '--by <person>'"],
    [['2099-W01', '--by', 'MARIA'], '2099-W01 is not over: it ends 2099-01-05'],
    [['2026-W09', '--by', 'MARIA'], 'there is no time in 2026-W09; weeks with records: 2026-W10 to 2026-W11'],
    [['March', '--by', 'MARIA'], 'is not a week'],
  ])('refuses %o and says why', async (args, why) => {
    const { code, stderr } = await run('seal', 'week', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });

  it('issues the week once, prints the same bytes ever after, and says where the rest stands', async () => {
    const sealed = await run('seal', 'week', '2026-W10', '--by', 'MARIA', '--json');
    expect(JSON.parse(sealed.stdout)).toMatchObject({
      added: true,
      week: '2026-W10',
      by: 'MARIA',
      timesheets: 1,
    });
    const again = await run('seal', 'week', '2026-W10', '--by', 'TOM');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('sealed before: by MARIA')]);
    const formats = ['table', 'csv', 'json'];
    // One after the other: a folder has one user at a time.
    const printed: string[] = [];
    for (const format of formats)
      printed.push((await run('report', 'week', '--week', '2026-W10', '--format', format)).stdout);
    await run(
      'import',
      file('late.ndjson', call('9', 'LENA', '2026-03-05T10:00:00Z', '2026-03-05T10:11:30Z')),
    );
    for (const [index, format] of formats.entries()) {
      const { stdout, stderr } = await run('report', 'week', '--week', '2026-W10', '--format', format);
      expect(stdout).toBe(printed[index]);
      expect(stderr).toContain('1 adjustment since: tickmark report week --week 2026-W11');
    }
    const open = await run('report', 'week', '--week', '2026-W11');
    expect(open.stdout).toMatch(/2026-W10 +LENA +\+0:11:30 +\+0:11:30/);
    const verified = await run('verify');
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('Identical')]);
  });

  it('says what a sealed week cannot be asked', async () => {
    const { code, stderr } = await run('report', 'week', '--week', '2026-W10', '--by', 'rule');
    expect([code, stderr]).toEqual([2, expect.stringContaining('add --live for what the log says today')]);
    const live = await run(
      'report',
      'week',
      '--week',
      '2026-W10',
      '--by',
      'rule',
      '--live',
      '--format',
      'csv',
    );
    // 30 minutes that were issued, and 690 s that were not.
    expect(live.stdout).toContain(`${30 * 60 + 690}`);
  });

  it('lists what is sealed', async () => {
    const { stdout } = await run('seal', 'ls', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ week: '2026-W10', by: 'MARIA', ruleSet: 'talk@1' });
    expect((await run('seal', 'ls')).stdout).toMatch(/2026-W10 .*MARIA .*work 0:30 .*talk@1 .*2026-W11/);
  });
});
