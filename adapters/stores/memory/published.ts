/** The memory of what was published, in memory. */
import type { Issue, Published, Reached } from '../../publishing/ports.ts';
import { sortedBy } from '../order.ts';

export const memoryPublished = async (): Promise<Published> => {
  const issues = new Map<string, Issue>();
  let reached: Reached | undefined;
  return {
    reached: async () => reached,
    issuesOf: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const issue = issues.get(id);
          return issue ? [[id, issue] as const] : [];
        }),
      ),
    async *allIssues() {
      if (issues.size > 0) yield sortedBy(issues.values(), ({ id }) => id);
    },
    keep: async (some, now) => {
      for (const issue of some) issues.set(issue.id, issue);
      reached = now ?? reached;
    },
    clear: async () => {
      issues.clear();
      reached = undefined;
    },
    close: async () => undefined,
  };
};
