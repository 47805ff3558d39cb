/** Rounding bias: weeks that rounding makes much longer, or much shorter, than they were measured. */
import type { Finding } from '../../schemas/audit.ts';
import { minus } from '../../schemas/brand.ts';
import type { PersonWeek } from '../../schemas/report.ts';
import { mondayOfWeek } from '../calendar/date.ts';
import type { Plan } from '../plan.ts';
import type { PersonCase } from './auditor.ts';
import { clockText, percentText, signedText } from './figures.ts';

const USUAL_PERCENT = 10;

/**
 * The coarsest unit of the measure's rules: a week that is off by less was rounded once, which is no bias. A minimum
 * charge is no unit: what it adds may be many of them.
 */
const unitOf = ({ rulesByName }: Plan, measure: string): number =>
  Math.max(
    0,
    ...[...rulesByName.values()]
      .filter((rule) => rule.measure === measure)
      .map(({ rounding }) => rounding.unitMs),
  );

const biasOf = (plan: Plan, { all: { tally }, measure }: PersonWeek): string | undefined => {
  const { sumMs, roundedMs } = tally;
  const biasMs = minus(roundedMs, sumMs);
  const over = plan.ruleSet.audit?.roundingBiasOver ?? USUAL_PERCENT;
  if (sumMs === 0 || Math.abs(biasMs) < unitOf(plan, measure)) return undefined;
  // Whole milliseconds on both sides: nothing is decided by a rounded percentage.
  if (Math.abs(biasMs) * 100 <= over * sumMs) return undefined;
  const sign = biasMs > 0 ? '+' : '';
  return `${clockText(sumMs)} measured, ${clockText(roundedMs)} rounded in ${measure}: ${signedText(biasMs)} (${sign}${percentText(biasMs, sumMs)})`;
};

/** One finding a week, at the week's beginning. */
export const roundingBias = ({ plan, actor, weeks }: PersonCase): readonly Finding[] =>
  weeks.flatMap((week) => {
    const detail = biasOf(plan, week);
    if (detail === undefined) return [];
    return [
      {
        code: 'rounding-bias' as const,
        actor,
        atMs: plan.zone.startOfDay(mondayOfWeek(week.week)),
        detail,
      },
    ];
  });
