/**
 * Certainty about conditions: what holds whatever the facts are.
 *
 * Every answer is on the safe side: true means sure, false means sure of nothing. A field that nobody has told equals
 * no value and no number, fits every `not`, and fits `known: false`.
 */
import type { AnyOf, Where } from '../../schemas/condition.ts';
import { asList } from '../language/problem.ts';

/** All that one condition asks of one field. */
interface Range {
  /** One of these; any value, or none told, when absent. */
  readonly values?: readonly string[];
  readonly not: readonly string[];
  readonly atLeast: number;
  readonly atMost: number;
  readonly known?: boolean;
}

const ANYTHING: Range = { not: [], atLeast: -Infinity, atMost: Infinity };

const texts = (
  values: string | number | boolean | readonly (string | number | boolean)[],
): readonly string[] => asList<string | number | boolean>(values).map(String);

const rangeOf = (test: Where[string] | undefined): Range => {
  if (test === undefined) return ANYTHING;
  if (typeof test !== 'object' || Array.isArray(test)) return { ...ANYTHING, values: texts(test) };
  return {
    not: test.not === undefined ? [] : texts(test.not),
    atLeast: test.atLeast ?? -Infinity,
    atMost: test.atMost ?? Infinity,
    ...(test.known === undefined ? {} : { known: test.known }),
  };
};

const isBounded = ({ atLeast, atMost }: Range): boolean => atLeast > -Infinity || atMost < Infinity;
const needsTold = (range: Range): boolean =>
  range.values !== undefined || range.known === true || isBounded(range);

const fits = (value: string, range: Range): boolean =>
  (range.values?.includes(value) ?? true) &&
  !range.not.includes(value) &&
  range.known !== false &&
  (!isBounded(range) || (Number(value) >= range.atLeast && Number(value) <= range.atMost));

/** Whatever fits `a` fits `b`. */
const isWithin = (a: Range, b: Range): boolean => {
  if (a.values) return a.values.filter((value) => fits(value, a)).every((value) => fits(value, b));
  if (b.values) return false;
  return (
    b.not.every((value) => !fits(value, a)) &&
    a.atLeast >= b.atLeast &&
    a.atMost <= b.atMost &&
    (b.known === undefined || (b.known ? needsTold(a) : a.known === false))
  );
};

/** Nothing fits both. */
const isApart = (a: Range, b: Range): boolean => {
  if (a.values) return !a.values.some((value) => fits(value, a) && fits(value, b));
  if (b.values) return isApart(b, a);
  return (
    Math.max(a.atLeast, b.atLeast) > Math.min(a.atMost, b.atMost) ||
    (needsTold(a) && b.known === false) ||
    (needsTold(b) && a.known === false)
  );
};

const alternatives = (condition: AnyOf | undefined): readonly Where[] =>
  condition === undefined ? [{}] : asList<Where>(condition);

const isApartAnywhere = (a: Where, b: Where): boolean =>
  Object.keys(a).some((field) => isApart(rangeOf(a[field]), rangeOf(b[field])));

/** Nothing can ever fit it. */
export const isImpossible = (condition: AnyOf | undefined): boolean =>
  alternatives(condition).every((where) => isApartAnywhere(where, where));

/** Whatever fits `a` fits `b`; no condition fits everything. */
export const implies = (a: AnyOf | undefined, b: AnyOf | undefined): boolean =>
  alternatives(a).every((one) =>
    alternatives(b).some((other) =>
      Object.keys(other).every((field) => isWithin(rangeOf(one[field]), rangeOf(other[field]))),
    ),
  );

/** Nothing fits both. */
export const excludes = (a: AnyOf | undefined, b: AnyOf | undefined): boolean =>
  alternatives(a).every((one) => alternatives(b).every((other) => isApartAnywhere(one, other)));

/** What a condition on one event says for sure of the subject from that event on: the values that the event tells. */
export const toldBy = (where: Where | undefined): Where =>
  Object.fromEntries(Object.entries(where ?? {}).filter(([, test]) => needsTold(rangeOf(test))));
