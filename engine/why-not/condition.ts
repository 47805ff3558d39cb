/** A condition that does not hold: which of its fields fails, what the field is, and what it must be. */
import type { AnyOf, FieldTest, Where } from '../../schemas/condition.ts';
import { UNTOLD, newDictionary } from '../clock/dictionary.ts';
import { compileCondition } from '../language/condition.ts';
import { asList } from '../language/problem.ts';

/** What is known of a field; undefined where nobody has told it. */
export type Values = (field: string) => string | undefined;

export interface Failing {
  readonly field: string;
  /** `≠ support` */
  readonly short: string;
  /** `type is billing, must be support` */
  readonly says: string;
}

/** How far from holding: the fields of the nearest alternative that fail, in the order written; none when it holds. */
export interface Distance {
  readonly failing: readonly Failing[];
}

const isTest = (wanted: Where[string]): wanted is FieldTest =>
  typeof wanted === 'object' && !Array.isArray(wanted);

const anyText = (values: string | number | boolean | readonly (string | number | boolean)[]): string =>
  asList<string | number | boolean>(values).join(' or ');

/** The engine's own test, asked about one field. */
const fits = (field: string, wanted: Where[string], told: string | undefined): boolean => {
  const dictionary = newDictionary();
  const words = {
    fieldOf: () => 0,
    codesOf: (values: string | number | boolean | readonly (string | number | boolean)[]) =>
      asList<string | number | boolean>(values).map((value) => dictionary.codeOf(String(value))),
  };
  const test = compileCondition({ [field]: wanted }, words);
  return test(Int32Array.of(told === undefined ? UNTOLD : dictionary.codeOf(told)), dictionary);
};

/** What is wanted, in words, and as the sign that is put before it where it is not so. */
const wish = (wanted: Where[string]): { readonly says: string; readonly short: string } => {
  if (!isTest(wanted)) return { says: `must be ${anyText(wanted)}`, short: `≠ ${anyText(wanted)}` };
  const { not, atLeast, atMost, known } = wanted;
  const parts = [
    ...(not === undefined ? [] : [{ says: `must not be ${anyText(not)}`, short: `= ${anyText(not)}` }]),
    ...(atLeast === undefined ? [] : [{ says: `must be at least ${atLeast}`, short: `< ${atLeast}` }]),
    ...(atMost === undefined ? [] : [{ says: `must be at most ${atMost}`, short: `> ${atMost}` }]),
    ...(known === undefined
      ? []
      : [{ says: known ? 'must be told' : 'must not be told', short: known ? 'untold' : 'told' }]),
  ];
  return {
    says: parts.map(({ says }) => says).join(' and '),
    short: parts.map(({ short }) => short).join(' or '),
  };
};

const failingOf = (where: Where, values: Values): readonly Failing[] =>
  Object.entries(where).flatMap(([field, wanted]) => {
    const told = values(field);
    if (fits(field, wanted, told)) return [];
    const { says, short } = wish(wanted);
    const is = told === undefined ? `nobody has told ${field}` : `${field} is ${told}`;
    return [{ field, short, says: `${is}, ${says}` }];
  });

/** Of several alternatives the one with the fewest fields that fail, the first of equals. */
export const distanceOf = (condition: AnyOf, values: Values): Distance => {
  const alternatives = asList<Where>(condition).map((where) => failingOf(where, values));
  const nearest = alternatives.reduce<readonly Failing[] | undefined>(
    (best, one) => (best === undefined || one.length < best.length ? one : best),
    undefined,
  );
  return { failing: nearest ?? [] };
};
