/** `tickmark serve` as a process, and what is said to it over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../house/tree.ts';

export interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

export interface Served {
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
  /** Closes the pipe of its stderr, as a reader that has gone. */
  stopListening(): void;
  /** Resolves when stderr has said so much, rejects when the process ends before. */
  said(words: RegExp): Promise<string>;
}

export interface Starting {
  readonly environment?: Readonly<Record<string, string>>;
  /** What runs node: by default nothing but itself. */
  readonly under?: readonly string[];
}

const PROGRAM = join(ROOT, 'adapters/cli/tickmark.js');

/** What it has said on stderr so far, and a promise for what it will say. */
const listenTo = (child: ChildProcess) => {
  let text = '';
  const waiting = new Set<() => void>();
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    for (const look of [...waiting]) look();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr: text }));
  });
  const said = (words: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = words.exec(text);
        if (!found) return;
        waiting.delete(look);
        resolve(found[1] ?? found[0]);
      };
      waiting.add(look);
      void ended.then(({ code }) =>
        reject(new Error(`ended with ${code} before it said ${words}:\n${text}`)),
      );
      look();
    });
  return { ended, said };
};

/** Starts it on a free port. Resolves when it listens, whether or not it is ready. */
export const startServe = async (
  args: readonly string[],
  { environment = {}, under = [] }: Starting = {},
): Promise<Served> => {
  const [command = process.execPath, ...before] = [...under, process.execPath];
  const child = spawn(command, [...before, PROGRAM, 'serve', '--port', '0', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { ended, said } = listenTo(child);
  const url = await said(/serves (http:\S+) /);
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    said,
    signal: (name) => void child.kill(name),
    stopListening: () => child.stderr.destroy(),
  };
};

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export const ask = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  const answer = await fetch(url, init);
  return { status: answer.status, body: await answer.text() };
};

export const postEvents = ({ url }: Served, events: readonly string[]): Promise<Answer> =>
  ask(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: `[${events.join(',')}]`,
  });

/** Asks until the answer is as wanted; the time limit of the test is the limit. */
export const askUntil = async (url: string, isSo: (answer: Answer) => boolean): Promise<Answer> => {
  for (;;) {
    const answer = await ask(url);
    if (isSo(answer)) return answer;
  }
};

export const untilReady = ({ url }: Served): Promise<Answer> =>
  askUntil(`${url}/readyz`, ({ status }) => status === 200);
