/**
 * A walkthrough: what a page tells its reader to do, done in the order of the page.
 *
 * `<!-- file: a.csv -->` before a block writes it to a file, `<!-- append: a.csv -->` adds it to one. In a `console`
 * block a line that begins with `$ ` is typed, and what follows up to the next one must be what stdout says.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOORS } from '../../adapters/main.ts';
import type { Block, Page } from './page.ts';
import { runIn } from './program.ts';
import { wordsOf } from './words.ts';

/** Stands in the documentation for the new folder that the demo makes. */
const DEMO_FOLDER = '/tmp/tickmark-demo-x7Kd2a';

export interface Step {
  readonly command: string;
  readonly output: string;
}

export const stepsOf = ({ text }: Block): readonly Step[] =>
  text.split(/^\$ /m).flatMap((part) => {
    if (part === '') return [];
    const [command = '', ...output] = part.replace(/\n$/, '').split('\n');
    return [{ command, output: output.join('\n') }];
  });

/** The spellings by which the documentation starts the program. */
const wordsTyped = (command: string, folder: string): readonly string[] => {
  const line = command.replaceAll(DEMO_FOLDER, join(folder, 'demo'));
  const [, script] = /^(?:npm ci && )?npm run (demo)$/.exec(line) ?? [];
  if (script !== undefined) return [script, '--data', join(folder, 'demo')];
  const [first, second, ...words] = wordsOf(line);
  if (first !== 'npx' || second !== 'tickmark')
    throw new Error(`a page types "${command}": write npx tickmark`);
  return words;
};

const write = ({ directive, text }: Block, folder: string): void => {
  if (!directive) return;
  const put = directive.verb === 'file' ? writeFileSync : appendFileSync;
  put(join(folder, directive.name), `${text}\n`);
};

/** A console block as it was really answered. */
export interface Played {
  readonly block: Block;
  readonly steps: readonly Step[];
}

export const play = async (page: Page, folder: string): Promise<readonly Played[]> => {
  const played: Played[] = [];
  let code = 0;
  const answer = async (command: string): Promise<string> => {
    if (command === 'echo $?') return String(code);
    const ran = await runIn(DOORS, folder, wordsTyped(command, folder));
    code = ran.code;
    return ran.out;
  };
  for (const block of page.blocks) {
    write(block, folder);
    if (block.language !== 'console') continue;
    const steps: Step[] = [];
    for (const { command } of stepsOf(block)) steps.push({ command, output: await answer(command) });
    played.push({ block, steps });
  }
  return played;
};

export const textOf = (steps: readonly Step[]): string =>
  steps.map(({ command, output }) => `$ ${command}${output === '' ? '' : `\n${output}`}`).join('\n');
