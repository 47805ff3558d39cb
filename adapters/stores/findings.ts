/** Findings of one subject: checked, and put in the order in which readers get them. */
import type { Finding } from '../../schemas/audit.ts';
import type { SubjectId } from '../../schemas/brand.ts';
import { sortedBy } from './order.ts';

/** A finding of another subject, or of none, is a bug of the caller: nothing would ever replace it. */
export const checkFindings = (subject: SubjectId, findings: readonly Finding[]): void => {
  for (const { code, subject: own } of findings)
    if (own !== subject) throw new Error(`finding ${code} of ${own ?? 'no subject'} put with ${subject}`);
};

/** Of what is equal in all five, the one that was put first comes first. */
export const findingsInOrder = (findings: Iterable<Finding>): readonly Finding[] =>
  sortedBy(
    findings,
    (finding) => finding.atMs,
    (finding) => finding.subject,
    (finding) => finding.code,
    (finding) => finding.record,
    (finding) => finding.event,
  );
