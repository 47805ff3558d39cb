/** Strength: which of the rules of one group has a subject, by priority, then by their order. */
import type { Rule } from '../../schemas/rule.ts';

export interface Strength {
  readonly priority: number;
  /** In the order of the file. */
  readonly place: number;
}

export const strengthOf = ({ priority = 0 }: Rule, place: number): Strength => ({ priority, place });

/** The stronger first. */
export const byStrength = (a: Strength, b: Strength): number => b.priority - a.priority || a.place - b.place;
