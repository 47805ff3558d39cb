/** The memory of what was published, in memory. */
import type { Publication, Published, Reached } from '../../publishing/ports.ts';
import { sortedBy } from '../order.ts';

export const memoryPublished = async (): Promise<Published> => {
  const publications = new Map<string, Publication>();
  let reached: Reached | undefined;
  return {
    reached: async () => reached,
    publicationsOf: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const publication = publications.get(id);
          return publication ? [[id, publication] as const] : [];
        }),
      ),
    async *allPublications() {
      if (publications.size > 0) yield sortedBy(publications.values(), ({ id }) => id);
    },
    keep: async (some, now) => {
      for (const publication of some) publications.set(publication.id, publication);
      reached = now ?? reached;
    },
    clear: async () => {
      publications.clear();
      reached = undefined;
    },
    close: async () => undefined,
  };
};
