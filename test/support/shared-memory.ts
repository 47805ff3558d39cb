/** Rows in memory that several workers write, one transaction after the other: every order can be tried, without a server. */
import { memoryReadModels } from '../../adapters/stores/memory/index.ts';
import type { ProjectionState, ReadModels, SharedReadModels } from '../../projections/ports.ts';

export interface SharedMemory {
  readonly rows: ReadModels;
  worker(worker: number, of: number): SharedReadModels;
}

export const sharedMemory = async (): Promise<SharedMemory> => {
  const rows = await memoryReadModels();
  let states: ProjectionState[] = [];
  return {
    rows,
    worker: (worker, of) => ({
      ...rows,
      transact: (work) =>
        rows.transact(async (transaction) => {
          let saved: ProjectionState | undefined;
          const result = await work({
            ...transaction,
            state: async () => saved ?? (states.length === of ? states[worker] : undefined),
            save: async (state) => {
              saved = state;
            },
          });
          if (saved) states[worker] = saved;
          return result;
        }),
      join: async (_isUsable, beginning) => {
        const [least = beginning] = states.toSorted((a, b) => a.position - b.position);
        if (states.length !== of) states = Array.from({ length: of }, () => least);
        return states[worker] ?? beginning;
      },
    }),
  };
};
