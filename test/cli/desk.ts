/** A desk: the command line in this process, on a folder of its own, by a clock that the test sets. */
import { join } from 'node:path';
import { type Context } from '../../adapters/cli/context.ts';
import { runProgram } from '../../adapters/cli/program.ts';
import { openLogger } from '../../adapters/logger.ts';
import { DOORS } from '../../adapters/main.ts';
import { instantMs } from '../../schemas/brand.ts';

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
    const context: Context = {
      doors: DOORS,
      terminal: {
        out: (text) => void out.push(text.trimEnd()),
        talk: (text) => void talk.push(text),
        progress: () => ({ update: () => undefined, end: () => undefined }),
        color: false,
        width: WIDTH,
      },
      config: {
        dataFolder: join(folder, 'data'),
        rulesFile: undefined,
        log: undefined,
        answers: undefined,
        apiKeys: undefined,
        apiKeysFile: undefined,
        sourcesFile: undefined,
        logLevel: 'silent',
        color: false,
      },
      environment: {},
      logger: openLogger('silent'),
      now: () => instantMs(Date.parse(`${time.replace(' ', 'T')}:00Z`)),
      exit: () => undefined,
    };
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
