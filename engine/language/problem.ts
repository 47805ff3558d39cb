/** A problem of a rule set: where it is, and what to write instead. */
export interface RuleProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export const asList = <Item>(value: Item | readonly Item[] | undefined): readonly Item[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Item];
