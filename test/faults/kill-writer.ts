/** The fault: a writer is killed, without a word, at any moment after its first acknowledgement. */
import { numbered } from './numbered.ts';
import { heldIn, startWriter } from './writing.ts';

export interface KilledWriters {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged, and not in the log afterwards. */
  readonly lost: readonly number[];
  /** In the log without having been acknowledged: written, and killed before it could say so. */
  readonly unsaid: number;
  readonly faults: readonly string[];
}

/** The longest that a writer goes on after its first acknowledgement. */
const LONGEST_MS = 40;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One log, written by one process after the other; each is killed after a time that `luck` says. */
export const killWriters = async (
  file: string,
  kills: number,
  luck: () => number,
  onKill: (done: number) => void = () => undefined,
): Promise<KilledWriters> => {
  const acknowledged: number[] = [];
  let next = 0;
  for (let done = 0; done < kills; done += 1) {
    const { child, ended, begun } = startWriter([file, next]);
    await begun;
    await pause(luck() * LONGEST_MS);
    child.kill('SIGKILL');
    const wrote = await ended;
    if (wrote.code !== null) throw new Error(`the writer ended by itself (${wrote.code}): ${wrote.stderr}`);
    acknowledged.push(...wrote.acknowledged);
    // The one after the last acknowledged may be there as well; written again it is a duplicate.
    next = (acknowledged.at(-1) ?? -1) + 1;
    onKill(done + 1);
  }
  const ids = new Map(
    Array.from({ length: next + kills }, (_, number) => [numbered(number).id as string, number]),
  );
  const { numbers, faults } = await heldIn(file, (id) => ids.get(id) ?? -1);
  const held = new Set(numbers);
  return {
    kills,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((number) => !held.has(number)),
    unsaid: held.size - new Set(acknowledged).size,
    faults,
  };
};
