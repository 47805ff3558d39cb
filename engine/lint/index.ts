/** lint: the mistakes that a rule set can make and still load. One check a file; this is the table of them. */
import type { RuleSet } from '../../schemas/rule-set.ts';
import { expand } from '../language/expand.ts';
import { cancelsBeforePausing } from './cancels-before-pausing.ts';
import { cyclicExtends } from './cyclic-extends.ts';
import { doubleBooking } from './double-booking.ts';
import type { Check, Complaint } from './finding.ts';
import { overlappingHours } from './overlapping-hours.ts';
import { pauseInStart } from './pause-in-start.ts';
import { resumeWithoutPause } from './resume-without-pause.ts';
import { shadowedRule } from './shadowed-rule.ts';
import { sharesNot100 } from './shares-not-100.ts';
import { startInStop } from './start-in-stop.ts';
import { unboundedClock } from './unbounded-clock.ts';
import { unitTrap } from './unit-trap.ts';
import { unknownEventType } from './unknown-event-type.ts';
import { unreachableRule } from './unreachable-rule.ts';

/** Codes are stable: scripts may rely on them. */
export const CHECKS = {
  'start-in-stop': startInStop,
  'pause-in-start': pauseInStart,
  'cancels-before-pausing': cancelsBeforePausing,
  'resume-without-pause': resumeWithoutPause,
  'unreachable-rule': unreachableRule,
  'shadowed-rule': shadowedRule,
  'double-booking': doubleBooking,
  'unbounded-clock': unboundedClock,
  'overlapping-hours': overlappingHours,
  'shares-not-100': sharesNot100,
  'unknown-event-type': unknownEventType,
  'unit-trap': unitTrap,
  'cyclic-extends': cyclicExtends,
} as const satisfies Readonly<Record<string, Check>>;
export type LintCode = keyof typeof CHECKS;

export interface LintFinding extends Complaint {
  readonly code: LintCode;
}

const isLintCode = (name: string): name is LintCode => Object.hasOwn(CHECKS, name);
const LINT_CODES = Object.keys(CHECKS).filter(isLintCode);

/** One mistake of a rule with two clocks is told once. */
const distinct = (findings: readonly LintFinding[]): readonly LintFinding[] => [
  ...new Map(findings.map((finding) => [`${finding.code}\n${finding.path.join('\n')}`, finding])).values(),
];

/** In the order of the checks. A rule whose `extends` leads nowhere has no meaning that could be judged. */
export const lint = (ruleSet: RuleSet): readonly LintFinding[] => {
  const linted = { ruleSet, rules: expand(ruleSet).rules };
  return distinct(LINT_CODES.flatMap((code) => CHECKS[code](linted).map((one) => ({ ...one, code }))));
};
