/** What waits for an approval. */
import type { Finding } from '../../schemas/audit.ts';
import { lengthOf } from '../interval/length.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { clockText } from './figures.ts';

export const needsApproval = ({ records }: SubjectCase): readonly Finding[] =>
  records
    .filter(({ flags }) => flags?.includes('needs-approval'))
    .map((record) => {
      const waiting = lengthOf(record.subtracted.filter(({ reason }) => reason === 'unapproved'));
      return {
        code: 'needs-approval' as const,
        ...onRecord(record),
        detail: `${clockText(waiting)} declared, and counted only once somebody else approves it`,
      };
    });
