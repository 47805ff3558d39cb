/** Writers that are stopped: what they acknowledged, and what the log holds afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';

const PROGRAM = new URL('./programs/writer.ts', import.meta.url).pathname;

export interface Wrote {
  /** The numbers that were acknowledged, in order. */
  readonly acknowledged: readonly number[];
  readonly stderr: string;
  /** Null when it was killed. */
  readonly code: number | null;
}

interface Writer {
  readonly child: ChildProcess;
  readonly ended: Promise<Wrote>;
  /** Resolves when the first event is acknowledged, or the process has ended without one. */
  readonly begun: Promise<void>;
}

/** `around`: what starts it, for instance strace with its flags. */
export const startWriter = (args: readonly (string | number)[], around: readonly string[] = []): Writer => {
  const [command = '', ...rest] = [...around, process.execPath, PROGRAM, ...args.map(String)];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  const ended = once(child, 'close').then(([code]: (number | null)[]): Wrote => {
    // A number that was cut off in the middle was not acknowledged.
    const whole = texts.stdout.slice(0, texts.stdout.lastIndexOf('\n') + 1);
    return {
      acknowledged: whole.split('\n').slice(0, -1).map(Number),
      stderr: texts.stderr,
      code: code ?? null,
    };
  });
  const begun = Promise.race([once(child.stdout, 'data'), ended]).then(() => undefined);
  return { child, ended, begun };
};

/** What a log holds: the numbers of its events in the order of their positions, and what is wrong with it. */
export const heldIn = async (
  file: string,
  numberOf: (id: string) => number,
): Promise<{ readonly numbers: readonly number[]; readonly faults: readonly string[] }> => {
  const log = await sqliteEventLog(file);
  try {
    const numbers: number[] = [];
    for await (const page of log.readAll(0)) numbers.push(...page.map(({ event }) => numberOf(event.id)));
    return { numbers, faults: await log.integrityCheck() };
  } finally {
    await log.close();
  }
};
