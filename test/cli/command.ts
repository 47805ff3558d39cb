/** The command line as a process: what it printed and how it ended, with nothing of the outside in its environment. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../house/tree.ts';

export const BANK = {
  mapping: join(ROOT, 'examples/bank/mapping.yaml'),
  rules: join(ROOT, 'examples/bank/rules.yaml'),
};

export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ended: Promise<Ended>;
  kill(): void;
}

/** Starts `tickmark ...`. */
export const startTickmark = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running => {
  const child = spawn(process.execPath, [join(ROOT, 'adapters/cli/tickmark.js'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...texts }));
  });
  return { ended, kill: () => void child.kill('SIGKILL') };
};

export const tickmark = (...args: readonly string[]): Promise<Ended> => startTickmark(args).ended;

/** What a command printed that has to succeed before the test begins. */
export const printed = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await tickmark(...args);
  if (code !== 0) throw new Error(`tickmark ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return stdout;
};

export const jsonLines = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
