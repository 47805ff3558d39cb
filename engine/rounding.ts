/** Rounding: comes once and last, and never changes the raw figure it is made from. */
import { type DurationMs, NO_TIME, durationMs } from '../schemas/brand.ts';
import { durationOf } from '../schemas/duration.ts';
import type { RoundPolicy } from '../schemas/rule.ts';

export interface Rounding {
  readonly unitMs: DurationMs;
  readonly mode: 'up' | 'down' | 'nearest';
  readonly scope: 'record' | 'day';
  /** With scope day: each value of this attribute is a sum of its own. */
  readonly by: string | undefined;
  /** What counts at all counts at least this much. */
  readonly minChargeMs: DurationMs;
}

/** Whole minutes per person, day and rule: what a report shows when nobody asked for a unit. */
const DEFAULT: RoundPolicy = { unit: '1m', mode: 'nearest', scope: 'day' };

export const compileRounding = (policy: RoundPolicy | undefined): Rounding => {
  const { unit, mode, scope, by, minCharge } = policy ?? DEFAULT;
  return {
    unitMs: durationOf(unit),
    mode,
    scope,
    by,
    minChargeMs: minCharge === undefined ? NO_TIME : durationOf(minCharge),
  };
};

const STEPS = { up: Math.ceil, down: Math.floor, nearest: Math.round } as const;

/** An exact multiple of the unit stays as it is in every mode; a half goes up; nothing stays nothing. */
export const round = (
  rawMs: DurationMs,
  { unitMs, mode, minChargeMs }: Pick<Rounding, 'unitMs' | 'mode' | 'minChargeMs'>,
): DurationMs =>
  rawMs === 0 ? NO_TIME : durationMs(Math.max(STEPS[mode](rawMs / unitMs) * unitMs, minChargeMs));
