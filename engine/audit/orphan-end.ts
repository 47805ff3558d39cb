/** Orphan ends: what was told to end and never began. */
import type { Finding } from '../../schemas/audit.ts';
import type { SubjectCase } from './auditor.ts';

export const orphanEnd = ({ orphans, facts }: SubjectCase): readonly Finding[] =>
  orphans.map(({ actor, atMs, subject, event, rule }) => {
    const type = facts.find(({ id }) => id === event)?.type ?? 'an end';
    return {
      code: 'orphan-end' as const,
      actor,
      atMs,
      subject,
      event,
      detail: `${type} with nothing open: ${rule} makes no record of it`,
    };
  });
