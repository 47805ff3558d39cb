/** resume-without-pause: a resume where nothing ever pauses. */
import { whenFalseOf } from '../language/defaults.ts';
import { type Check, error } from './finding.ts';

export const resumeWithoutPause: Check = ({ rules }) =>
  rules.flatMap(({ rule, index }) => {
    const pauses = rule.pause !== undefined || (rule.runWhile !== undefined && whenFalseOf(rule) === 'pause');
    if (rule.resume === undefined || pauses) return [];
    return [
      error(
        ['rules', index, 'resume'],
        'nothing pauses this clock, so there is nothing to resume; write what pauses it as pause, or leave resume out',
      ),
    ];
  });
