/** Allocation: one time divided over several targets, without losing a millisecond. */
import { type DurationMs, durationMs } from '../schemas/brand.ts';
import { PERCENT_WEIGHT, type Shares, WHOLE_WEIGHT, sharesProblem, weightsOf } from '../schemas/shares.ts';
import { compareText } from '../schemas/text-order.ts';

const assert = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new RangeError(otherwise);
};

/**
 * The largest remainder: each gets the whole units of its claim; what is then left goes, a unit at a time, to
 * those whose claims have most of a unit outstanding, the earlier one where two are equal. What is left at last
 * and is less than a unit goes to the next of them, so that the parts are the whole to the millisecond.
 *
 *     claims  2.25 s   3.75 s   1.5 s    unit 1 s
 *     whole   2        3        1        1.5 s are left
 *     then             + 1      + 0.5
 *
 * Nobody is a whole unit from their claim, and no claim of nothing gets anything. Claims are exact, in parts of
 * a millisecond (`partsOfMs` to one), and whole milliseconds together. BigInt: a claim times its parts is soon
 * more than 2^53.
 */
export const apportion = (
  claims: readonly bigint[],
  partsOfMs: bigint,
  unitMs: DurationMs = durationMs(1),
): readonly DurationMs[] => {
  const unit = BigInt(unitMs) * partsOfMs;
  const parts = claims.map((claim) => claim - (claim % unit));
  const outstanding = claims
    .map((claim, place) => ({ place, rest: claim % unit }))
    .sort((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1));
  let left = outstanding.reduce((sum, { rest }) => sum + rest, 0n);
  for (const { place } of outstanding) {
    const given = left < unit ? left : unit;
    parts[place] = (parts[place] ?? 0n) + given;
    left -= given;
  }
  return parts.map((part) => durationMs(Number(part / partsOfMs)));
};

/** What one target gets. */
export interface AllocatedPart {
  readonly target: string;
  readonly ms: DurationMs;
}

/** In the order of the shares, which also decides between equal remainders. At most one part is no multiple of the unit. */
export const allocate = (
  totalMs: DurationMs,
  shares: Shares,
  unitMs: DurationMs,
): readonly AllocatedPart[] => {
  assert(Number.isSafeInteger(totalMs) && totalMs >= 0, `no time to allocate: ${totalMs} ms`);
  assert(Number.isSafeInteger(unitMs) && unitMs > 0, `no unit to allocate in: ${unitMs} ms`);
  const problem = sharesProblem(shares);
  assert(problem === undefined, `${problem}`);
  const weights = weightsOf(shares);
  const claims = weights.map(({ weight }) => BigInt(totalMs) * BigInt(weight));
  const partsMs = apportion(claims, BigInt(WHOLE_WEIGHT), unitMs);
  return weights.flatMap(({ target }, place) => {
    const ms = partsMs[place];
    return ms === undefined ? [] : [{ target, ms }];
  });
};

export interface Deviation {
  readonly target: string;
  /**
   * Percentage points, always positive, rounded up to four decimals: shares are declared in four decimals, and
   * so it is over a threshold of as many exactly when the unrounded one is.
   */
  readonly points: number;
}

const roundedUp = (numerator: bigint, denominator: bigint): bigint =>
  (numerator + denominator - 1n) / denominator;

/** The target whose observed share is furthest from the declared one, which is 0 for a target that nobody declared. */
export const largestDeviation = (
  shares: Shares,
  observedMs: Readonly<Record<string, DurationMs>>,
): Deviation | undefined => {
  const declared = new Map(weightsOf(shares).map(({ target, weight }) => [target, BigInt(weight)]));
  const observed = new Map(Object.entries(observedMs).map(([target, ms]) => [target, BigInt(ms)]));
  const totalMs = [...observed.values()].reduce((sum, ms) => sum + ms, 0n);
  // Without evidence there is nothing that a declaration could deviate from.
  if (totalMs === 0n) return undefined;
  const undeclared = [...observed.keys()].filter((target) => !declared.has(target)).sort(compareText);
  let largest: { readonly target: string; readonly apart: bigint } | undefined;
  for (const target of [...declared.keys(), ...undeclared]) {
    const difference =
      (observed.get(target) ?? 0n) * BigInt(WHOLE_WEIGHT) - (declared.get(target) ?? 0n) * totalMs;
    const apart = difference < 0n ? -difference : difference;
    if (largest === undefined || apart > largest.apart) largest = { target, apart };
  }
  if (largest === undefined) return undefined;
  return {
    target: largest.target,
    points: Number(roundedUp(largest.apart, totalMs)) / PERCENT_WEIGHT,
  };
};
