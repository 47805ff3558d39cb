/** The terminal of this process: data to stdout, talk and progress to stderr. */
import type { Terminal } from './context.ts';
import { progress } from './render/progress.ts';

/** Columns, where stdout is no terminal. */
const WIDTH = 110;

export const terminalOf = (color: boolean): Terminal => ({
  out: (text) => void process.stdout.write(`${text.trimEnd()}\n`),
  talk: (text) => void process.stderr.write(`${text}\n`),
  progress: (label) =>
    progress({
      stream: process.stderr,
      isTty: process.stderr.isTTY,
      now: () => performance.now(),
      label,
      width: process.stderr.columns ?? 80,
    }),
  color: color && process.stdout.isTTY,
  width: process.stdout.columns ?? WIDTH,
});
