/** A contender: a piece of work that may have to share its time with others of the same person. */
import type { DurationMs, InstantMs } from '../../schemas/brand.ts';
import type { OverlapPolicy } from '../../schemas/measure.ts';
import type { Piece } from '../../schemas/record.ts';
import { compareText } from '../../schemas/text-order.ts';

export type OverlapPiece = Pick<Piece, 'fromMs' | 'toMs' | 'kind' | 'record' | 'beganMs'>;

export interface Contender {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
  readonly kind: string;
  readonly record: string;
  /** When the work began that this piece goes on with. */
  readonly beganMs: InstantMs;
  /** Which of the pieces given it is. */
  readonly place: number;
}

/** How much of each contender counts; one that is absent counts nothing. */
export type Attribution = (
  contenders: readonly Contender[],
  policy: OverlapPolicy,
) => ReadonlyMap<Contender, DurationMs>;

const byStart = (a: Contender, b: Contender): number =>
  a.fromMs - b.fromMs || compareText(a.record, b.record);

/** Who was there first; of what began in one instant, the record's id says. No two of one day are equal. */
export const byBeginning = (a: Contender, b: Contender): number =>
  a.beganMs - b.beganMs || compareText(a.record, b.record) || a.fromMs - b.fromMs;

/**
 * Where pieces of one record touch, the work did not begin anew: only the grade of its evidence changed.
 *
 *     record 1   |==observed==|==inferred==|     both began here |, and so before record 2
 *     record 2         |=============|
 *
 * After a pause it did: the person turned to it again. Points have no time to share and are left out.
 */
export const contendersOf = (
  pieces: readonly OverlapPiece[],
  among: readonly string[] | undefined,
): readonly Contender[] => {
  const lastOf = new Map<string, Contender>();
  return pieces
    .map(({ fromMs, toMs, kind, record, beganMs = fromMs }, place) => ({
      fromMs,
      toMs,
      kind,
      record,
      beganMs,
      place,
    }))
    .filter(({ fromMs, toMs, kind }) => fromMs < toMs && (among?.includes(kind) ?? true))
    .sort(byStart)
    .map((one) => {
      const last = lastOf.get(one.record);
      const contender = last?.toMs === one.fromMs ? { ...one, beganMs: last.beganMs } : one;
      lastOf.set(one.record, contender);
      return contender;
    });
};
