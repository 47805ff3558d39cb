/** Corrections under a rule that is not there: what was added counts nowhere, what was removed was removed from nothing. */
import type { Finding } from '../../schemas/audit.ts';
import { kindOfSubject } from '../../schemas/event.ts';
import type { SubjectCase } from './auditor.ts';

const WHAT = { add: 'what was added counts nowhere', remove: 'nothing was removed' } as const;

export const ruleGone = ({ plan, subject, facts }: SubjectCase): readonly Finding[] => {
  const rules = plan.rulesByKind.get(kindOfSubject(subject)) ?? [];
  return facts.flatMap((fact) => {
    if (fact.type !== 'TimeCorrected') return [];
    const { actor, rule, effect, fromMs } = fact.data;
    if (rule === undefined || rules.some(({ name }) => name === rule)) return [];
    const detail = `no rule ${rule} here: ${WHAT[effect]}`;
    return [{ code: 'rule-gone' as const, actor, atMs: fromMs, subject, event: fact.id, detail }];
  });
};
