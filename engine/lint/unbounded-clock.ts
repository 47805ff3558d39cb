/** unbounded-clock: an end that may never come, and nothing that would stand in for it. */
import type { Rule } from '../../schemas/rule.ts';
import { asList } from '../language/problem.ts';
import { whenFalseOf } from '../language/defaults.ts';
import { type Check, error, warning } from './finding.ts';

/** Ended by its own nature or by a policy. The next start alone is no bound: it may never come. */
const isBounded = ({ on, start, runWhile, maxSpan, missingEnd, session, of }: Rule): boolean =>
  on === 'entry' ||
  // Without a start nothing is ever open: an end brings its own length.
  (start === undefined && runWhile === undefined) ||
  maxSpan !== undefined ||
  session !== undefined ||
  of !== undefined ||
  missingEnd?.cap !== undefined ||
  asList(missingEnd?.closeAt).some((closeAt) => closeAt !== 'nextStart');

const canEnd = (rule: Rule): boolean =>
  rule.stop !== undefined || (rule.runWhile !== undefined && ['stop', 'cancel'].includes(whenFalseOf(rule)));

/**
 * A ticket stays open until somebody resolves it, and its system remembers; a hang-up, a check-out and a timer are
 * what networks and people lose.
 */
const losesItsEnd = ({ on, missingEnd }: Rule): boolean => on !== 'ticket' || missingEnd !== undefined;

export const unboundedClock: Check = ({ rules }) =>
  rules.flatMap(({ rule, index }) => {
    if (isBounded(rule)) return [];
    const path = ['rules', index];
    if (!canEnd(rule))
      return [
        error(path, 'nothing ends this clock; write stop, or missingEnd: { cap: 2h }, or maxSpan: 10h'),
      ];
    if (!losesItsEnd(rule)) return [];
    return [
      warning(
        rule.missingEnd === undefined ? path : [...path, 'missingEnd'],
        'when its end is lost, this clock runs on for ever; write what stands in for it, for instance missingEnd: { closeAt: nextStart, cap: 2h }, or maxSpan: 10h',
      ),
    ];
  });
