/** Findings about one subject: what its facts and records show without looking at any other. */
import type { Finding } from '../../schemas/audit.ts';
import type { SubjectId } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { latestWords } from '../latest-word.ts';
import type { Orphan } from '../orphan.ts';
import type { Plan } from '../plan.ts';
import { AUDITORS } from './auditors.ts';
import { byFindingOrder } from './order.ts';

const OF_SUBJECT = Object.values(AUDITORS).flatMap((auditor) => (auditor.of === 'subject' ? [auditor] : []));

/** What is remarkable about a subject by itself, in order. `told` are all of its facts, and of what was merged into it. */
export const findingsOfSubject = (
  plan: Plan,
  subject: SubjectId,
  records: readonly TimeRecord[],
  orphans: readonly Orphan[],
  told: readonly TickmarkEvent[],
): readonly Finding[] => {
  const one = { plan, subject, records, orphans, facts: latestWords(told) };
  const found: Finding[] = [];
  for (const { find } of OF_SUBJECT) for (const finding of find(one)) found.push(finding);
  return found.sort(byFindingOrder);
};
