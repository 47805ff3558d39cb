/** The program as the documentation meets it: run in this process, in a folder of its own, with its clock held still. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Context } from '../../adapters/cli/context.ts';
import { runProgram } from '../../adapters/cli/program.ts';
import { DOORS } from '../../adapters/main.ts';
import { instantMs } from '../../schemas/brand.ts';

/** The width of a stdout that is no terminal. */
const WIDTH = 110;
/** After every date in the documentation. */
const NOW = instantMs(Date.UTC(2025, 2, 10, 12));

export interface Ran {
  readonly code: number;
  readonly out: string;
}

const contextIn = (folder: string, print: (text: string) => void): Context => ({
  doors: DOORS,
  terminal: {
    out: (text) => print(text.trimEnd()),
    talk: () => undefined,
    progress: () => ({ update: () => undefined, end: () => undefined }),
    color: false,
    width: WIDTH,
  },
  config: {
    dataFolder: join(folder, '.tickmark'),
    rulesFile: undefined,
    logLevel: 'silent',
    color: false,
  },
  now: () => NOW,
  exit: () => undefined,
});

/** Runs `tickmark <words>`. A word that names a file of the folder means that file. Paths are printed as they were typed. */
export const runIn = async (folder: string, words: readonly string[]): Promise<Ran> => {
  const printed: string[] = [];
  const typed = words.map((word) =>
    existsSync(join(folder, word)) && word !== '' ? join(folder, word) : word,
  );
  const code = await runProgram(
    contextIn(folder, (text) => printed.push(text)),
    ['node', 'tickmark', ...typed],
  );
  const lines = printed.join('\n').replaceAll(`${folder}/`, '').split('\n');
  return { code, out: lines.map((line) => line.trimEnd()).join('\n') };
};
