/** pause-in-start: a pause that holds whenever the clock could run. */
import type { Rule } from '../../schemas/rule.ts';
import { implies } from './certainty.ts';
import { actText, alsoActs, beginningsOf, clausesOf, conditionText } from './clauses.ts';
import { type Check, type Complaint, error } from './finding.ts';

const whileItRuns = (rule: Rule, index: number): readonly Complaint[] =>
  clausesOf(rule, index, 'pause').flatMap(({ act, path }) =>
    rule.runWhile !== undefined && act.kind === 'level' && implies(rule.runWhile, act.while)
      ? [
          error(
            path,
            `the clock is paused for ever: it runs while ${conditionText(rule.runWhile)}, and that is a pause too; take what they share out of pause`,
          ),
        ]
      : [],
  );

/** A pause of the same instant holds a new record back, and where a start is what resumes, the next start pauses again. */
const fromTheStart = (rule: Rule, index: number): readonly Complaint[] => {
  if (rule.runWhile !== undefined || rule.resume !== undefined) return [];
  const pauses = clausesOf(rule, index, 'pause');
  const starts = beginningsOf(rule, index);
  const held = starts.every(({ act }) =>
    pauses.some((pause) => pause.act.kind === act.kind && alsoActs(act, pause.act)),
  );
  const [first] = starts;
  if (!held || !first) return [];
  return [
    error(
      first.path,
      `the record begins paused and stays so: ${actText(first.act)} is a pause too; take it out of pause, or write what ends the pause as resume`,
    ),
  ];
};

export const pauseInStart: Check = ({ rules }) =>
  rules.flatMap(({ rule, index }) => [...whileItRuns(rule, index), ...fromTheStart(rule, index)]);
