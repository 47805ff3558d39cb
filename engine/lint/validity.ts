/** The validity of rules: from which local date until before which one. Dates compare as text. */
import type { Rule } from '../../schemas/rule.ts';

type Dated = Pick<Rule, 'validFrom' | 'validUntil'>;

const bounds = ({ validFrom = '', validUntil = '9999-99-99' }: Dated): readonly [string, string] => [
  validFrom,
  validUntil,
];

export const neverValid = (rule: Dated): boolean => {
  const [from, until] = bounds(rule);
  return from >= until;
};

/** Whenever `inner` is valid, `outer` is too. */
export const isValidWithin = (inner: Dated, outer: Dated): boolean => {
  const [[from, until], [outerFrom, outerUntil]] = [bounds(inner), bounds(outer)];
  return outerFrom <= from && until <= outerUntil;
};

export const validTogether = (a: Dated, b: Dated): boolean => {
  const [[aFrom, aUntil], [bFrom, bUntil]] = [bounds(a), bounds(b)];
  return aFrom < bUntil && bFrom < aUntil;
};
