/** A carrier before a cluster in memory, on a clock that stands still until it is told to go on. */
import { type HeldClock, heldClock, settled } from '../../serve/held-clock.ts';
import { type MemoryCluster, memoryCluster } from '../../support/kafka/memory-cluster.ts';
import { type Corridor, openCorridor } from './corridor.ts';
import { numbersIn, tasks } from './task.ts';

export const TOPIC = 'crm.signals';
export const DEAD = 'crm.dead';

export interface MemoryRoom {
  readonly cluster: MemoryCluster;
  readonly corridor: Corridor;
  readonly clock: HeldClock;
  /** Throws when it never becomes so. */
  until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** Resolves when so many tasks are in the log. */
  untilTasks(count: number): Promise<void>;
}

const TURNS = 2_000;

export const memoryRoom = async (partitions = 1): Promise<MemoryRoom> => {
  const [cluster, clock] = [memoryCluster(), heldClock()];
  cluster.createTopic(TOPIC, partitions);
  const corridor = await openCorridor({ topics: [TOPIC], clock, deadLetterTopic: DEAD });
  const until: MemoryRoom['until'] = async (what, isSo) => {
    for (let turn = 0; turn < TURNS; turn += 1) {
      if (await isSo()) return;
      await settled();
    }
    throw new Error(`never so: ${what}`);
  };
  return {
    cluster,
    corridor,
    clock,
    until,
    untilTasks: (count) =>
      until(`${count} tasks`, async () => numbersIn(await corridor.events()).length >= count),
  };
};

export const messages = (from: number, to: number, timestampMs = 0) =>
  tasks(from, to).map(({ value }) => ({ value: Buffer.from(value), timestampMs }));

export const outagesIn = async (corridor: Corridor) =>
  (await corridor.events())
    .filter(({ subject }) => subject === 'source-crm')
    .map(({ type, occurredAt }) => [type, occurredAt]);
