/** Totals: what every way of deriving must agree on, by rule and person, in whole milliseconds. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { RULES } from './recipe.ts';
import { AGENTS } from './traffic.ts';

/**
 * Of one rule and one person: closed running time, closed paused time, lines, those of them that are open, and ends that
 * have no start.
 */
export const FIGURES = ['runningMs', 'pausedMs', 'lines', 'tails', 'orphans'] as const;
export const RUNNING_MS = 0;
export const PAUSED_MS = 1;
/** Of whoever had it last. */
export const LINES = 2;
export const TAILS = 3;
/** Of whom the end names. */
export const ORPHANS = 4;

/** The last place is of time that nobody has been named for. */
const PEOPLE = AGENTS + 1;

export type Totals = Float64Array;

export const newTotals = (): Totals => new Float64Array(RULES.length * PEOPLE * FIGURES.length);

/** Where the figures of a person begin; `actor` -1: nobody. */
export const placeOf = (rule: number, actor: number): number =>
  (rule * PEOPLE + (actor < 0 ? AGENTS : actor)) * FIGURES.length;

export const increase = (totals: Totals, place: number, by: number): void => {
  totals[place] = (totals[place] ?? 0) + by;
};

/** The sums over all people, by rule. */
const sums = (totals: Totals): Measured['sums'] =>
  Object.fromEntries(
    RULES.map(({ name }, rule) => [
      name,
      FIGURES.map((_, figure) => {
        let sum = 0;
        for (let actor = -1; actor < AGENTS; actor += 1) sum += totals[placeOf(rule, actor) + figure] ?? NaN;
        return sum;
      }),
    ]),
  );

/** What one way of deriving reports: how long each pass took, and what it found. */
export const Measured = z.strictObject({
  /** After a pass that only warms up; the lesser of its time and its CPU time, all threads together. */
  passesMs: z.array(z.number()).min(1),
  /** SHA-256 over every total of every rule and person. */
  digest: z.string(),
  sums: z.record(z.string(), z.array(z.number())),
});
export type Measured = z.infer<typeof Measured>;

export const measuredOf = (passesMs: readonly number[], totals: Totals): Measured => ({
  passesMs: [...passesMs],
  digest: hash('sha256', Buffer.from(totals.buffer), 'hex'),
  sums: sums(totals),
});
