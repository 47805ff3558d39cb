/** Rounding: comes once and last, and never changes the raw figure it is made from. */
import { type DurationMs, durationMs } from '../schemas/brand.ts';
import { durationOf } from '../schemas/duration.ts';
import type { RoundPolicy } from '../schemas/rule-set.ts';

export interface Rounding {
  readonly unitMs: DurationMs;
  readonly mode: 'up' | 'down' | 'nearest';
  readonly scope: 'record' | 'day';
}

/** Whole minutes per person, day and rule: what a report shows when nobody asked for a unit. */
const DEFAULT: RoundPolicy = { unit: '1m', mode: 'nearest', scope: 'day' };

export const compileRounding = (policy: RoundPolicy | undefined): Rounding => {
  const { unit, mode, scope } = policy ?? DEFAULT;
  return { unitMs: durationOf(unit), mode, scope };
};

const STEPS = { up: Math.ceil, down: Math.floor, nearest: Math.round } as const;

/** An exact multiple of the unit stays as it is in every mode; a half goes up. */
export const round = (rawMs: DurationMs, { unitMs, mode }: Rounding): DurationMs =>
  durationMs(STEPS[mode](rawMs / unitMs) * unitMs);
