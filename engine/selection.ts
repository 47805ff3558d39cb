/** Selection: which rules time a subject, and which of a group has a line. */
import type { InstantMs } from '../schemas/brand.ts';
import type { Encoded } from './clock/encode.ts';
import { UNTOLD } from './clock/dictionary.ts';
import { byStrength } from './language/strength.ts';
import type { CompiledRule, Plan } from './plan.ts';
import type { TimeLine } from './stretch.ts';

/** Made once: of all arrays those of no length take longest to make. */
const NO_VALUES = new Int32Array(0);

/** What is known of the subject by an instant, as codes of the plan's fields. */
export const valuesAt = ({ fields }: Plan, { columns }: Encoded, untilMs: number): Int32Array => {
  const after = columns.at.findIndex((at) => at > untilMs);
  const told = after < 0 ? columns.at.length : after;
  return Int32Array.from(
    fields,
    (_, field) => columns.fields[field]?.subarray(0, told).findLast((code) => code !== UNTOLD) ?? UNTOLD,
  );
};

export const endOfLine = ({ stretches, tail }: TimeLine): number =>
  tail ? Infinity : (stretches.at(-1)?.toMs ?? Infinity);

const startOfLine = ({ stretches, tail }: TimeLine): InstantMs | undefined =>
  stretches[0]?.fromMs ?? tail?.fromMs;

const isValid = ({ zone }: Plan, { selection }: CompiledRule, startMs: InstantMs | undefined): boolean => {
  const { fromDay, untilDay } = selection;
  if (fromDay === undefined && untilDay === undefined) return true;
  if (startMs === undefined) return false;
  const day = zone.dayOf(startMs);
  return (fromDay === undefined || day >= fromDay) && (untilDay === undefined || day < untilDay);
};

/** Whether it has the subject is decided instant by instant, not in the end. */
const choosesInTime = ({ source }: CompiledRule): boolean =>
  source.from === 'carried' || (source.from === 'clock' && source.clock.holds !== undefined);

/** The rules whose condition holds in the end; of one group, whether a line is this rule's or a stronger one's. */
export const selector = (plan: Plan, encoded: Encoded, rules: readonly CompiledRule[]) => {
  const asksValues = rules.some(({ selection }) => selection.fits !== undefined);
  const values = asksValues ? valuesAt(plan, encoded, Infinity) : NO_VALUES;
  const fitting = rules.filter(
    (rule) => choosesInTime(rule) || (rule.selection.fits?.(values, encoded.dictionary) ?? true),
  );
  const isOwnAt = (rule: CompiledRule, startMs: InstantMs | undefined): boolean =>
    isValid(plan, rule, startMs) &&
    !fitting.some(
      (other) =>
        other !== rule &&
        !choosesInTime(other) &&
        other.selection.oneOf !== undefined &&
        other.selection.oneOf === rule.selection.oneOf &&
        byStrength(other.selection.strength, rule.selection.strength) < 0 &&
        isValid(plan, other, startMs),
    );
  const isOwn = (rule: CompiledRule, line: TimeLine): boolean => isOwnAt(rule, startOfLine(line));
  return { fitting, isOwn, isOwnAt };
};
