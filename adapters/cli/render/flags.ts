/** Flags: what is remarkable about records, each code with its sentence. */
import { FINDING_CODES, FINDINGS } from '../../../schemas/audit.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { type Look, paint } from './paint.ts';

type Flagged = Pick<TimeRecord, 'flags'>;

export const isFlagged = ({ flags = [] }: Flagged): boolean => flags.length > 0;

/** Each code once, in its fixed order. */
export const codesOf = (records: readonly Flagged[]): readonly (keyof typeof FINDINGS)[] =>
  FINDING_CODES.filter((code) => records.some(({ flags = [] }) => flags.includes(code)));

/** `late-entry: declared time was entered long after it happened`, a line for each code. */
export const flagLines = (records: readonly Flagged[], { color }: Pick<Look, 'color'>): readonly string[] =>
  codesOf(records).map((code) => `${paint(code, 'yellow', color)}: ${FINDINGS[code]}`);
