/** The command line of a test: nothing set in the environment, nothing logged, and what is printed goes where the test says. */
import type { Context } from '../../adapters/cli/context.ts';
import { openLogger } from '../../adapters/logger.ts';

export interface Quiet extends Pick<Context, 'doors' | 'now'> {
  readonly dataFolder: string;
  /** Columns of the terminal. */
  readonly width: number;
  readonly out: (text: string) => void;
  readonly talk?: (text: string) => void;
}

export const quietContext = ({
  doors,
  now,
  dataFolder,
  width,
  out,
  talk = () => undefined,
}: Quiet): Context => ({
  doors,
  terminal: {
    out: (text) => out(text.trimEnd()),
    talk,
    progress: () => ({ update: () => undefined, end: () => undefined }),
    color: false,
    width,
  },
  config: {
    dataFolder,
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
  now,
  exit: () => undefined,
});
