/** Shares: how one time is divided over several targets, in percent. */
import { z } from 'zod';

/** A weight is a share in ten-thousandths of a percent, so that it is an integer: 33.3 % weighs 333,000. */
export const WHOLE_WEIGHT = 1_000_000;
export const PERCENT_WEIGHT = 10_000;

const PATTERN = /^(\d{1,3})(?:\.(\d{1,4}))?%$/;

const parseWeight = (share: string | number): number | undefined => {
  const match = PATTERN.exec(typeof share === 'number' ? `${share}%` : share);
  if (!match) return undefined;
  const [, whole = '', part = ''] = match;
  const weight = Number(whole) * PERCENT_WEIGHT + Number(part.padEnd(4, '0'));
  return weight <= WHOLE_WEIGHT ? weight : undefined;
};

const Share = z.union([z.string(), z.number()]).refine((share) => parseWeight(share) !== undefined, {
  message: 'a share is written like 30% or 33.3%, from 0% to 100% with at most four decimals',
  // A share that cannot be read has no sum to complain about.
  abort: true,
});

export interface Weighted {
  readonly target: string;
  readonly weight: number;
}

/**
 * The weights in the order in which the shares were declared (names of digits alone come first, by number:
 * no JavaScript object keeps their place).
 */
export const weightsOf = (shares: Readonly<Record<string, string | number>>): readonly Weighted[] =>
  Object.entries(shares).map(([target, share]) => {
    const weight = parseWeight(share);
    if (weight === undefined) throw new Error(`not a share: ${target} ${share}`);
    return { target, weight };
  });

const percent = (weight: number): string => `${weight / PERCENT_WEIGHT} %`;

/** A sentence when readable shares are not 100 % together: what they are, and what to do. */
export const sharesProblem = (shares: Readonly<Record<string, string | number>>): string | undefined => {
  const weights = weightsOf(shares);
  if (weights.length === 0)
    return 'the shares name no target: write at least one, for instance research: 100%';
  const sum = weights.reduce((all, { weight }) => all + weight, 0);
  if (sum === WHOLE_WEIGHT) return undefined;
  const mend =
    sum < WHOLE_WEIGHT
      ? `add ${percent(WHOLE_WEIGHT - sum)} to one of them`
      : `take ${percent(sum - WHOLE_WEIGHT)} from them`;
  return `the shares add up to ${percent(sum)} and must be 100 %: ${mend}`;
};

export const Shares = z
  .record(
    z.string().min(1),
    Share.meta({
      description: 'the part of the time that the target gets: 30%, 33.3% or a number of percent',
      pattern: PATTERN.source,
      examples: ['30%', '33.3%', 20],
    }),
  )
  .superRefine((shares, context) => {
    const message = sharesProblem(shares);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  })
  .describe('the targets that one time is divided over, each with its share; together they are 100%');
export type Shares = Readonly<z.infer<typeof Shares>>;
