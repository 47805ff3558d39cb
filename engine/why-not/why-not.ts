/** whyNot: for each rule that could time a subject, the first clause that fails; or the records that there are. */
import type { SubjectId } from '../../schemas/brand.ts';
import { type TickmarkEvent, kindOfSubject } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { Rule } from '../../schemas/rule.ts';
import { type ConcreteRule, expand } from '../language/expand.ts';
import { asList } from '../language/problem.ts';
import { latestWords } from '../latest-word.ts';
import type { Plan } from '../plan.ts';
import type { Obstacle, WhyNot } from './answer.ts';
import { clockObstacle } from './clock.ts';
import { distanceOf } from './condition.ts';
import { selectionObstacle } from './selection.ts';
import { settledAnswer } from './settled.ts';
import { movingFacts, stateOf } from './state.ts';
import { bare, cyclesUnder } from './variant.ts';

export interface WhyNotQuestion {
  readonly plan: Plan;
  readonly subject: SubjectId;
  /** All facts of the subject. */
  readonly facts: readonly TickmarkEvent[];
  /** Its records, as they are settled. */
  readonly records: readonly TimeRecord[];
}

const isOf = (subject: SubjectId, { on }: ConcreteRule['rule']): boolean => on === kindOfSubject(subject);

const mergedObstacle = (facts: readonly TickmarkEvent[]): Obstacle | undefined => {
  const merge = facts.findLast(({ type }) => type === 'SubjectMerged');
  if (merge?.type !== 'SubjectMerged') return undefined;
  const { into } = merge.data;
  return {
    clause: 'merged',
    failing: `merged into ${into}`,
    says: `it was merged into ${into}, which has its time`,
    event: merge.id,
  };
};

/** `when` looks at what is known in the end. */
const whenObstacle = (
  { when, onReassign }: Rule,
  { subject, facts }: WhyNotQuestion,
): Obstacle | undefined => {
  if (when === undefined || onReassign === 'restart') return undefined;
  const [first] = distanceOf(when, stateOf(movingFacts(facts))).failing;
  if (!first) return undefined;
  const failing = `${kindOfSubject(subject)}.${first.field} ${first.short}`;
  return { clause: 'when', failing, says: first.says };
};

const partsObstacle = ({ of }: Rule, { records }: WhyNotQuestion): Obstacle => {
  const lacking = asList<string>(of).filter((name) => !records.some(({ rule }) => rule === name));
  return {
    clause: 'of',
    failing: `no record of ${lacking.join(', ')}`,
    says: `it is made of ${asList<string>(of).join(', ')}, and there is no record of ${lacking.join(', ')}`,
  };
};

const obstacleOf = (rule: ConcreteRule['rule'], question: WhyNotQuestion): Obstacle => {
  const { plan, subject, facts } = question;
  if (!isOf(subject, rule))
    return {
      clause: 'on',
      failing: `${kindOfSubject(subject)} ≠ ${rule.on}`,
      says: `the rule times a ${rule.on}, and this is a ${kindOfSubject(subject)}`,
    };
  const early = mergedObstacle(facts) ?? whenObstacle(rule, question);
  if (early) return early;
  if (rule.of !== undefined) return partsObstacle(rule, question);
  const cycles = cyclesUnder(plan, bare(rule), subject, facts) ?? [];
  return cycles.length === 0
    ? clockObstacle(plan, rule, subject, facts, movingFacts(facts))
    : selectionObstacle(plan, rule, subject, movingFacts(facts), cycles);
};

/** In the order of the rule set: the rules of the subject's kind, or the one that is named. */
export const whyNot = (asked: WhyNotQuestion, ruleName?: string): readonly WhyNot[] => {
  const question = { ...asked, facts: latestWords(asked.facts) };
  return expand(question.plan.ruleSet)
    .rules.filter(({ rule }) =>
      ruleName === undefined ? isOf(question.subject, rule) : rule.rule === ruleName,
    )
    .map(
      ({ rule }) =>
        settledAnswer(rule.rule, question.records) ?? {
          rule: rule.rule,
          timed: false,
          ...obstacleOf(rule, question),
        },
    );
};
