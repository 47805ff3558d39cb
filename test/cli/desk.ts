/** A desk: the command line in this process, on a folder of its own, by a clock that the test sets. */
import { join } from 'node:path';
import { runProgram } from '../../adapters/cli/program.ts';
import { DOORS } from '../../adapters/main.ts';
import { instantMs } from '../../schemas/brand.ts';
import { quietContext } from './quiet-context.ts';

export interface Answered {
  readonly code: number;
  readonly out: string;
  readonly talk: string;
}

export interface Desk {
  /** Runs `tickmark <words>` at this time of UTC, written `2026-03-02 12:00`. */
  at(time: string, ...words: readonly string[]): Promise<Answered>;
  /** What a command printed that has to succeed. */
  done(time: string, ...words: readonly string[]): Promise<string>;
}

/** Wide enough that nothing is cut. */
const WIDTH = 200;

export const deskIn = (folder: string): Desk => {
  const at: Desk['at'] = async (time, ...words) => {
    const [out, talk]: [string[], string[]] = [[], []];
    const context = quietContext({
      doors: DOORS,
      dataFolder: join(folder, 'data'),
      width: WIDTH,
      now: () => instantMs(Date.parse(`${time.replace(' ', 'T')}:00Z`)),
      out: (text) => void out.push(text),
      talk: (text) => void talk.push(text),
    });
    const code = await runProgram(context, ['node', 'tickmark', ...words]);
    return { code, out: out.join('\n'), talk: talk.join('\n') };
  };
  return {
    at,
    done: async (time, ...words) => {
      const { code, out, talk } = await at(time, ...words);
      if (code !== 0) throw new Error(`tickmark ${words.join(' ')} ended with ${code}:\n${talk}`);
      return out;
    },
  };
};
