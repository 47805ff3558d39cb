/** The auditors: one for each code. A code without one does not compile. */
import type { FindingCode } from '../../schemas/audit.ts';
import { allocationOff } from './allocation-off.ts';
import type { Auditor } from './auditor.ts';
import { claimOff } from './claim-off.ts';
import { endSupplied } from './end-supplied.ts';
import { identicalDays } from './identical-days.ts';
import { lateEntry } from './late-entry.ts';
import { needsApproval } from './needs-approval.ts';
import { negativeSpan } from './negative-span.ts';
import { noCounterpart } from './no-counterpart.ts';
import { orphanEnd } from './orphan-end.ts';
import { overlap } from './overlap.ts';
import { reportedOff } from './reported-off.ts';
import { roundingBias } from './rounding-bias.ts';
import { ruleGone } from './rule-gone.ts';
import { spanTooLong } from './span-too-long.ts';

/** In the order of the catalogue. What is of a subject is kept with its rows; what is of a person is found when asked. */
export const AUDITORS: Readonly<Record<FindingCode, Auditor>> = {
  overlap: { of: 'person', find: overlap },
  'span-too-long': { of: 'subject', find: spanTooLong },
  'late-entry': { of: 'subject', find: lateEntry },
  'orphan-end': { of: 'subject', find: orphanEnd },
  'negative-span': { of: 'subject', find: negativeSpan },
  'no-counterpart': { of: 'subject', find: noCounterpart },
  'identical-days': { of: 'person', find: identicalDays },
  'rounding-bias': { of: 'person', find: roundingBias },
  'allocation-off': { of: 'person', find: allocationOff },
  'needs-approval': { of: 'subject', find: needsApproval },
  'claim-off': { of: 'subject', find: claimOff },
  'end-supplied': { of: 'subject', find: endSupplied },
  'rule-gone': { of: 'subject', find: ruleGone },
  'reported-off': { of: 'subject', find: reportedOff },
};
