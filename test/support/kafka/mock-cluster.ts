/** The mock cluster of librdkafka: three brokers in a process of its own, which fail as they are told. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface MockCluster {
  readonly brokers: readonly string[];
  /** `errors API COUNT CODE`, `down BROKER`...: see mock-cluster.c. */
  tell(line: string): Promise<void>;
  stop(): Promise<void>;
}

export interface MockProgram {
  start(): Promise<MockCluster>;
  remove(): void;
}

const SOURCE = join(import.meta.dirname, 'mock-cluster.c');

const start = async (program: string): Promise<MockCluster> => {
  const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'ignore'] });
  const gone = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the mock cluster has ended');
    return value;
  };
  return {
    brokers: (await next()).split(','),
    tell: async (line) => {
      child.stdin.write(`${line}\n`);
      const answer = await next();
      if (answer !== 'ok') throw new Error(`the mock cluster did not understand: ${line}`);
    },
    stop: async () => {
      child.stdin.end();
      await gone;
    },
  };
};

/** Compiled from its source; why that cannot be, where it cannot. */
export const mockProgram = (): MockProgram | string => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-mock-'));
  const program = join(folder, 'mock-cluster');
  const built = spawnSync('gcc', ['-o', program, SOURCE, '-lrdkafka'], { encoding: 'utf8' });
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (built.status === 0) return { start: () => start(program), remove };
  remove();
  return built.error
    ? 'there is no C compiler: apt-get install gcc'
    : `the mock cluster does not compile (apt-get install librdkafka-dev libc6-dev): ${built.stderr.slice(0, 200)}`;
};
