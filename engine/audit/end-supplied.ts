/** Supplied ends: where the rule asks to be told that a policy ended the record. */
import type { Finding } from '../../schemas/audit.ts';
import type { DurationMs } from '../../schemas/brand.ts';
import { type TickmarkEvent, isTimedByReceipt } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { lengthOf } from '../interval/length.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { clockText } from './figures.ts';

/** What is known by when we heard of it is inferred as well; it lies before the end that never came. */
const inferredMs = ({ gradesMs, spans, tail }: TimeRecord, facts: readonly TickmarkEvent[]): DurationMs =>
  tail && facts.some(isTimedByReceipt)
    ? lengthOf(spans.filter(({ grade, fromMs }) => grade === 'inferred' && fromMs >= tail.fromMs))
    : gradesMs.inferred;

/**
 * Policies may cut what was supplied to pieces; all of it is known by its grade. Where a person's word began the record,
 * it is declared, as what lies before the supplied end is.
 */
const suppliedMs = (record: TimeRecord, facts: readonly TickmarkEvent[]): DurationMs => {
  const inferred = inferredMs(record, facts);
  return inferred > 0 ? inferred : record.gradesMs.declared;
};

export const endSupplied = ({ records, facts }: SubjectCase): readonly Finding[] =>
  records
    .filter(({ flags }) => flags?.includes('end-supplied'))
    .map((record) => ({
      code: 'end-supplied' as const,
      ...onRecord(record),
      detail: `its end never came; the rule supplied it and with it ${clockText(suppliedMs(record, facts))}`,
    }));
