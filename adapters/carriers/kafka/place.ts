/**
 * The place in a partition where reading goes on, and what was lost before it.
 *
 *     committed                       start               end
 *        |  what retention took away    |   what is there   |
 *        [------------ loss ------------)[-----------------)
 */
import type { Committed, Extent } from './port.ts';

export interface Loss {
  /** `expired`: the broker deleted it before it was read. `remade`: the topic is another one than was read. */
  readonly because: 'expired' | 'remade';
  /** Where reading would have gone on. */
  readonly fromOffset: number;
  /** Where it can go on. */
  readonly toOffset: number;
}

export interface Place {
  readonly nextOffset: number;
  readonly loss?: Loss;
}

/** Compacted and transactional topics have gaps of their own: only what the whole partition no longer has is lost. */
const lossOf = (nextOffset: number, { startOffset, endOffset }: Extent): Loss | undefined => {
  const range = { fromOffset: nextOffset, toOffset: startOffset };
  if (nextOffset < startOffset) return { because: 'expired', ...range };
  if (nextOffset > endOffset) return { because: 'remade', ...range };
  return undefined;
};

/** A group that has not read yet begins with what is there: nobody promised it what was before. */
export const placeOf = ({ nextOffset }: Pick<Committed, 'nextOffset'>, extent: Extent): Place => {
  if (nextOffset === undefined) return { nextOffset: extent.startOffset };
  const loss = lossOf(nextOffset, extent);
  return loss ? { nextOffset: loss.toOffset, loss } : { nextOffset };
};

/** What stands beside a committed offset: the time of the last message before it, for the day on which it is lost. */
export const noteOf = (readMs: number): string => `read ${readMs}`;

export const readMsIn = (note: string): number | undefined => {
  const [, digits] = /^read (\d{1,16})$/.exec(note) ?? [];
  return digits === undefined ? undefined : Number(digits);
};
