/** The tables of the README name what there is: every command, every variable, every dependency. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { readCommands } from './command-tree.ts';
import { pageAt, tableOf } from './page.ts';

const page = pageAt('README.md');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const firstCells = (column: string): readonly string[] =>
  tableOf(page, column).flatMap(([cell = '']) => cell.split(', '));

describe('the README has a row for', () => {
  it('every command', async () => {
    // Some that have commands below them do something themselves.
    const known = [...(await readCommands()).values()].filter(
      ({ path, commands, flags }) => path !== '' && (commands.length === 0 || flags.includes('--data')),
    );
    expect(firstCells('command').toSorted()).toEqual(known.map(({ path }) => path).toSorted());
  });

  it('every variable of the environment', () => {
    const variables = [...read('adapters/config.ts').matchAll(/^ {2}([A-Z_]+): z/gm)].map(([, name]) => name);
    expect(firstCells('variable').toSorted()).toEqual(variables.toSorted());
  });

  it('every dependency', () => {
    const { dependencies, devDependencies, optionalDependencies }: Record<string, object> = JSON.parse(
      read('package.json'),
    );
    const declared = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(firstCells('package').toSorted()).toEqual(declared.toSorted());
  });
});
