/** The help of every command, found by walking from the first one. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { commandsOf } from '../docs/command-tree.ts';
import { ROOT } from '../house/tree.ts';
import { printed, tickmark } from './command.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

/** Every command with its help, itself first. */
const walk = async (path: readonly string[]): Promise<readonly (readonly [string, string])[]> => {
  const help = await printed(...path, '--help');
  const below: (readonly [string, string])[] = [];
  for (const name of commandsOf(help)) below.push(...(await walk([...path, name])));
  return [[path.join(' '), help], ...below];
};

describe('help', () => {
  it('of every command shows an example of that command', async () => {
    const helps = await walk([]);
    const names = helps.map(([name]) => name);
    for (const known of ['import', 'report week', 'deadletters retry', 'rules apply', 'what-if', 'verify'])
      expect(names).toContain(known);
    const without = helps
      .filter(([name, help]) => !new RegExp(`^ +\\$ (npx )?tickmark ${name}`, 'm').test(help))
      .map(([name]) => name);
    expect(without).toEqual([]);
  });

  it('comes on stderr, with 2, when nothing was asked', async () => {
    const { code, stdout, stderr } = await tickmark();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(commandsOf(stderr)).toContain('import');
  });
});

describe('a command in a folder outside the checkout', () => {
  it('runs as the README says, under the Node that the checkout brings', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const [setting, command] = [...readme.matchAll(/`([^`\n]*\/path\/to\/tickmark\/[^`\n]*)`/g)].map(
      ([, text = '']) => text.replace('/path/to/tickmark', ROOT),
    );
    const folder = folders.fresh('elsewhere');
    mkdirSync(folder);
    const said = execFileSync('/bin/sh', ['-c', `${setting}; ${command} --version`], {
      cwd: folder,
      env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
      encoding: 'utf8',
    });
    expect(said).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
