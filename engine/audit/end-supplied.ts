/** Supplied ends: where the rule asks to be told that a policy ended the record. */
import type { Finding } from '../../schemas/audit.ts';
import { lengthOf } from '../interval/length.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { clockText } from './figures.ts';

export const endSupplied = ({ records }: SubjectCase): readonly Finding[] =>
  records
    .filter(({ flags }) => flags?.includes('end-supplied'))
    .map((record) => {
      const supplied = record.spans.filter(({ closed }) => closed.clause.startsWith('missingEnd.'));
      return {
        code: 'end-supplied' as const,
        ...onRecord(record),
        detail: `its end never came; the rule supplied it and with it ${clockText(lengthOf(supplied))}`,
      };
    });
