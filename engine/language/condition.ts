/** Conditions compiled: tests on the codes of fields. What nobody has told equals no value and no number. */
import type { AnyOf, FieldTest, Values, Where } from '../../schemas/condition.ts';
import { type Dictionary, UNTOLD } from '../clock/dictionary.ts';
import { asList } from './problem.ts';

/** `values`: the code of each field of the plan, UNTOLD where nobody has told it. */
export type Test = (values: Int32Array, dictionary: Dictionary) => boolean;

/** The fields and texts that the conditions of a rule set speak of. */
export interface Vocabulary {
  fieldOf(name: string): number;
  codesOf(values: Values): readonly number[];
}

const isFieldTest = (value: Where[string]): value is FieldTest =>
  typeof value === 'object' && !Array.isArray(value);

const isOneOf = (field: number, codes: readonly number[]): Test => {
  const [only] = codes;
  if (codes.length === 1) return (values) => values[field] === only;
  return (values) => codes.includes(values[field] ?? UNTOLD);
};

const fieldTests = (field: number, test: FieldTest, words: Vocabulary): readonly Test[] => {
  const tests: Test[] = [];
  const { not, atLeast, atMost, known } = test;
  if (not !== undefined) {
    const isNot = isOneOf(field, words.codesOf(not));
    tests.push((values, dictionary) => !isNot(values, dictionary));
  }
  if (atLeast !== undefined)
    tests.push((values, dictionary) => dictionary.numberOf(values[field] ?? UNTOLD) >= atLeast);
  if (atMost !== undefined)
    tests.push((values, dictionary) => dictionary.numberOf(values[field] ?? UNTOLD) <= atMost);
  if (known !== undefined) tests.push((values) => ((values[field] ?? UNTOLD) !== UNTOLD) === known);
  return tests;
};

const all = (tests: readonly Test[]): Test => {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (values, dictionary) => tests.every((test) => test(values, dictionary));
};

const compileWhere = (where: Where, words: Vocabulary): Test =>
  all(
    Object.entries(where).flatMap(([name, wanted]) => {
      const field = words.fieldOf(name);
      return isFieldTest(wanted) ? fieldTests(field, wanted, words) : [isOneOf(field, words.codesOf(wanted))];
    }),
  );

/** Any of the conditions; each asks all of its fields. */
export const compileCondition = (condition: AnyOf, words: Vocabulary): Test => {
  const tests = asList<Where>(condition).map((where) => compileWhere(where, words));
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (values, dictionary) => tests.some((test) => test(values, dictionary));
};

/** The names of the fields that a condition looks at. */
export const fieldsOf = (condition: AnyOf | undefined): readonly string[] =>
  asList<Where>(condition).flatMap((where) => Object.keys(where));
