/** The command line as a user has it: a process of its own, its exit code and what it printed. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from './logs.ts';

const PROGRAM = join(ROOT, 'adapters/cli/tickmark.js');

export interface Printed {
  readonly code: number | null;
  readonly out: string;
  readonly talk: string;
}

/** Nothing of the tester's own environment reaches the process but what finds the temporary folder. */
const environment = (): NodeJS.ProcessEnv => ({ NO_COLOR: '1', TMPDIR: process.env['TMPDIR'] });

export const tickmark = async (...words: readonly string[]): Promise<Printed> => {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    cwd: ROOT,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  const [out, talk, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, talk };
};
