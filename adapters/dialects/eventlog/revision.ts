/** The revision of a message: of two words on the same id, the later one counts. */
import type { Mapping } from '../../../schemas/mapping.ts';
import { quote } from '../reading/quote.ts';
import { type Row, type TextOf } from './row.ts';
import type { TimeOf } from './row-time.ts';

/** A whole number, or the sentence that says why there is none; undefined where the message names none. */
export type RevisionOf = (row: Row, timeOf: TimeOf) => number | string | undefined;

const wholeNumber = (column: string, text: string): number | string | undefined => {
  if (text === '') return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number)
    ? number
    : `the revision in ${column} is ${quote(text)}, and it is a whole number or a time of the mapping`;
};

const instant = (name: string, timeOf: TimeOf): number | string | undefined => {
  const time = timeOf(name);
  if (time.kind === 'absent') return undefined;
  if (time.kind === 'rejected') return time.rejection.message;
  return time.at >= 0 ? time.at : `the revision ${name} lies before 1970: ${quote(time.text)}`;
};

export const compileRevision = ({ revision, times }: Mapping, text: TextOf): RevisionOf => {
  if (revision === undefined) return () => undefined;
  if (Object.hasOwn(times, revision)) return (_, timeOf) => instant(revision, timeOf);
  return (row) => wholeNumber(revision, text(row, revision));
};
