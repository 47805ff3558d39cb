/** A finding of the linter: a mistake that loads, where it is, and what to write instead. */
import type { RuleSet } from '../../schemas/rule-set.ts';
import type { ConcreteRule } from '../language/expand.ts';

/** error: something in the rule set can never do what it says; warning: it does, and that is seldom what is meant. */
export type Severity = 'error' | 'warning';

/** What a check says; the table of checks adds its code. */
export interface Complaint {
  readonly severity: Severity;
  /** Into the rule set as written. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What checks look at: the rule set as written, and its rules with what they extend filled in. */
export interface Linted {
  readonly ruleSet: RuleSet;
  readonly rules: readonly ConcreteRule[];
}

export type Check = (linted: Linted) => readonly Complaint[];

export const error = (path: Complaint['path'], message: string): Complaint => ({
  severity: 'error',
  path,
  message,
});

export const warning = (path: Complaint['path'], message: string): Complaint => ({
  severity: 'warning',
  path,
  message,
});
