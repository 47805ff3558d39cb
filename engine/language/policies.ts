/** The policies of a rule compiled: what happens to measured time before it counts. */
import { durationMs } from '../../schemas/brand.ts';
import type { AnyOf } from '../../schemas/condition.ts';
import { type DurationText, durationOf } from '../../schemas/duration.ts';
import type { Attributes } from '../../schemas/attributes.ts';
import type { CalendarChoice, Rule } from '../../schemas/rule.ts';
import type { RuleSet } from '../../schemas/rule-set.ts';
import { UNTOLD, newDictionary } from '../clock/dictionary.ts';
import type {
  AllocationPolicy,
  CompiledRule,
  ExemptPolicy,
  HoursOf,
  MissingEndPolicy,
  PresetPolicy,
} from '../plan.ts';
import { compileRounding } from '../rounding.ts';
import { type Vocabulary, compileCondition, fieldsOf } from './condition.ts';
import { asList } from './problem.ts';

const DAY_MS = 86_400_000;
const LATE = '24h';
const LONG = '8h';
const SECOND = '1s';

const lengthOf = (text: DurationText | undefined) => (text === undefined ? undefined : durationOf(text));

const missingEndOf = (
  rule: Rule,
  hours: (choice: CalendarChoice) => HoursOf | undefined,
  own?: HoursOf,
): MissingEndPolicy => {
  const closeAt = asList(rule.missingEnd?.closeAt);
  const shift = rule.missingEnd?.shift;
  return {
    nextStart: closeAt.includes('nextStart'),
    lastSignal: closeAt.includes('lastSignal'),
    shift: closeAt.includes('shiftEnd') ? (shift === undefined ? own : hours(shift)) : undefined,
    capMs: lengthOf(rule.missingEnd?.cap),
    flags: rule.missingEnd?.flag === true,
  };
};

/** A condition on what a record is known by and on its person's team. Words of its own: it looks at texts. */
const conditionOnRecord = (condition: AnyOf) => {
  const names = [...new Set(fieldsOf(condition))];
  const dictionary = newDictionary();
  const words: Vocabulary = {
    fieldOf: (name) => names.indexOf(name),
    codesOf: (values) => asList(values).map((value) => dictionary.codeOf(String(value))),
  };
  const test = compileCondition(condition, words);
  return (attributes: Attributes, team: string | undefined): boolean => {
    const values = names.map((name) => (name === 'team' ? (team ?? attributes['team']) : attributes[name]));
    const own = newDictionary(dictionary);
    const codes = values.map((value) => (value === undefined ? UNTOLD : own.codeOf(value)));
    return test(Int32Array.from(codes), own);
  };
};

const exemptOf = ({ exempt }: Rule): ExemptPolicy | undefined =>
  exempt && {
    when: exempt.when && conditionOnRecord(exempt.when),
    granted: asList(exempt.granted),
  };

const presetOf = ({ preset }: Rule): PresetPolicy | undefined =>
  preset && {
    durationMs: durationOf(preset.duration),
    capToObserved: preset.capTo === 'observed',
    needsApproval: preset.approval !== 'none',
  };

const allocationOf = ({ allocate }: Rule): AllocationPolicy | undefined =>
  allocate && { shares: allocate.over, unitMs: durationOf(allocate.unit ?? SECOND) };

const orphansOf = ({ missingStart }: Rule): CompiledRule['orphans'] =>
  missingStart === undefined ? 'first' : missingStart === 'ignore' ? 'ignored' : 'all';

/** What a rule says of time that has been measured. `hours` finds a calendar by name. */
export const compilePolicies = (
  ruleSet: RuleSet,
  rule: Rule,
  own: HoursOf | undefined,
  hours: (choice: CalendarChoice) => HoursOf | undefined,
): Omit<
  CompiledRule,
  'name' | 'kind' | 'measure' | 'namesOuterEnds' | 'selection' | 'source' | 'asksPerson'
> => ({
  skipsUnassigned: rule.unassigned === 'skip',
  orphans: orphansOf(rule),
  missingEnd: missingEndOf(rule, hours, own),
  keepUpToMs: lengthOf(rule.interruption?.keepUpTo),
  minSpanMs: lengthOf(rule.minSpan),
  maxSpanMs: lengthOf(rule.maxSpan),
  idleMs: lengthOf(rule.idle?.threshold),
  hours: own,
  exempt: exemptOf(rule),
  preset: presetOf(rule),
  backfill: rule.backfill && {
    afterMs: durationMs(rule.backfill.withinDays * DAY_MS),
    needsReason: rule.backfill.reason === 'required',
  },
  reported: rule.reported && {
    of: rule.reported.of ?? 'elapsed',
    withinMs: durationOf(rule.reported.within ?? SECOND),
  },
  lateMs: durationOf(ruleSet.audit?.lateAfter ?? LATE),
  longMs: durationOf(ruleSet.audit?.spanOver ?? LONG),
  allocation: allocationOf(rule),
  rounding: compileRounding(rule.round ?? ruleSet.round),
});
