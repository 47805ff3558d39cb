/** cancels-before-pausing: the pause needs what ends the clock, so the clock is gone before it can pause. */
import { cannotHoldAt, clausesOf, conditionText } from './clauses.ts';
import { whenFalseOf } from '../language/defaults.ts';
import { type Check, error } from './finding.ts';

const ENDS = { cancel: 'cancels', stop: 'stops' } as const;

/** Source of the trap: ServiceNow, where "start condition no longer met" is the default of "when to cancel". */
export const cancelsBeforePausing: Check = ({ rules }) =>
  rules.flatMap(({ rule, index }) => {
    const { runWhile } = rule;
    const end = whenFalseOf(rule);
    if (runWhile === undefined || (end !== 'cancel' && end !== 'stop')) return [];
    return clausesOf(rule, index, 'pause')
      .filter(({ act }) => cannotHoldAt(act, runWhile))
      .map(({ path }) =>
        error(
          path,
          `it always ${ENDS[end]} before pausing: this pause never holds while ${conditionText(runWhile)}, and whenFalse is ${end}; add the pause's values to runWhile, or write whenFalse: pause and leave this pause out`,
        ),
      );
  });
