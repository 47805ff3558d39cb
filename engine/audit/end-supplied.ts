/** Supplied ends: where the rule asks to be told that a policy ended the record. */
import type { Finding } from '../../schemas/audit.ts';
import type { DurationMs } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { clockText } from './figures.ts';

/**
 * Policies may cut what was supplied to pieces; all of it is known by its grade. Where a person's word began the record,
 * it is declared, as what lies before the supplied end is.
 */
const suppliedMs = ({ gradesMs }: TimeRecord): DurationMs =>
  gradesMs.inferred > 0 ? gradesMs.inferred : gradesMs.declared;

export const endSupplied = ({ records }: SubjectCase): readonly Finding[] =>
  records
    .filter(({ flags }) => flags?.includes('end-supplied'))
    .map((record) => ({
      code: 'end-supplied' as const,
      ...onRecord(record),
      detail: `its end never came; the rule supplied it and with it ${clockText(suppliedMs(record))}`,
    }));
