/** The dead letters in memory. */
import type { DeadLetters } from '../../../projections/ports.ts';
import type { DeadLetter } from '../../../schemas/signal.ts';
import { deliveredAgain, inOrder, pageIn, resolved } from '../dead-letter.ts';

export const memoryDeadLetters = async (): Promise<DeadLetters> => {
  const letters = new Map<string, DeadLetter>();
  const list: DeadLetters['list'] = async (status) =>
    inOrder([...letters.values()].filter((letter) => status === undefined || letter.status === status));
  return {
    put: async (arriving) => {
      for (const letter of arriving) {
        const former = letters.get(letter.id);
        letters.set(letter.id, former ? deliveredAgain(former, letter) : letter);
      }
    },
    list,
    page: async (after, limit, status) => pageIn(await list(status), after, limit),
    get: async (id) => letters.get(id),
    resolve: async (ids) => {
      for (const id of ids) {
        const letter = letters.get(id);
        if (letter) letters.set(id, resolved(letter));
      }
    },
  };
};
