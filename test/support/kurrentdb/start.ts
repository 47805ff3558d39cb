/** Starting, harming and ending the emulator from a test. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Counts, EmulatorOptions, FromEmulator, ToEmulator } from './emulator.ts';
import type { Fault } from './faults.ts';

const PROGRAM = join(import.meta.dirname, 'emulator.ts');

/** As docs/kurrentdb.md advises; a server takes 1 MiB when nobody has set it. */
const MAX_APPEND_BYTES = 16 * 1024 * 1024;

export interface Emulator {
  readonly port: number;
  readonly connectionString: string;
  /** The next calls of the kind misbehave. */
  plan(fault: Fault): Promise<void>;
  counts(): Promise<Counts>;
  /** SIGKILL: what was not sent is lost. Answers when the process is gone. */
  kill(): Promise<void>;
}

const heard = async (child: ChildProcess, told: FromEmulator['told']): Promise<FromEmulator> => {
  for (;;) {
    const [message] = (await once(child, 'message')) as [FromEmulator];
    if (message.told === told) return message;
  }
};

const asked = async (child: ChildProcess, message: ToEmulator): Promise<FromEmulator> => {
  const answer = heard(child, message.ask);
  child.send(message);
  return answer;
};

export const startEmulator = async (options: Partial<EmulatorOptions> = {}): Promise<Emulator> => {
  const all: EmulatorOptions = { port: 0, maxAppendBytes: MAX_APPEND_BYTES, ...options };
  const child = fork(PROGRAM, [JSON.stringify(all)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  const ready = await Promise.race([heard(child, 'ready'), gone]);
  if (!('told' in ready) || ready.told !== 'ready') throw new Error('the emulator ended before it was ready');
  return {
    port: ready.port,
    connectionString: `esdb://127.0.0.1:${ready.port}?tls=false`,
    plan: async (fault) => void (await asked(child, { ask: 'fault', fault })),
    counts: async () => {
      const answer = await asked(child, { ask: 'counts' });
      if (answer.told !== 'counts') throw new Error('no counts');
      return answer.counts;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
};
