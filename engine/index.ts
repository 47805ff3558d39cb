/** THE MIND. Pure: facts and a rule set in, records out. This is its door; other rooms import nothing behind it. */
export { answer, horizonOf } from './answer.ts';
export {
  dateOfDay,
  datesOfWeek,
  dayOfCivil,
  dayOfDate,
  mondayOfWeek,
  weekOfDay,
  weekdayOf,
} from './calendar/date.ts';
export { zoneProblem } from './calendar/problems.ts';
export { type Zone, localToInstants, zoneOf } from './calendar/zone.ts';
export { type Compilation, compile } from './compile.ts';
export { type NamedHours, namedHours } from './language/named-hours.ts';
export { type RuleProblem } from './language/problem.ts';
export { type Exemption, NEXT_STATES, exemptionsOf } from './exemption.ts';
export { byFactOrder } from './fact-order.ts';
export { type Orphan } from './orphan.ts';
export { type Outage, outagesOf, streamOfSource } from './outage.ts';
export { largestDeviation } from './allocation.ts';
export {
  type Accuracy,
  type DurationAccuracy,
  type KeyedIntervals,
  durationAccuracy,
  overlapAccuracy,
} from './accuracy.ts';
export { audit } from './audit/audit.ts';
export { findingsOfSubject } from './audit/subject-findings.ts';
export { type KnownPiece, type PersonCase } from './audit/auditor.ts';
export { type Claim, claimAfter, claimFinding, claimOf, observedOf } from './audit/claim-off.ts';
export { byFindingOrder } from './audit/order.ts';
export { findingsOfPerson } from './audit/person-findings.ts';
export { subjectOf } from './audit/subject-of.ts';
export { type Cycle } from './cycle.ts';
export { type Derivation, derive } from './derive.ts';
export { type LintFinding, lint } from './lint/index.ts';
export { latestWords, replacements } from './latest-word.ts';
export { mergesIn, rootOf } from './merge.ts';
export { type Person, UNKNOWN_PERSON, firstAfter, personOf, streamsOf } from './person.ts';
export { piecesOf } from './pieces.ts';
export { ENGINE_VERSION, FLAGS } from './flags.ts';
export { type CompiledRule, type Plan } from './plan.ts';
export { type NextStart } from './policy/missing-end.ts';
export { needsNextStart, rankInTie } from './settle.ts';
export { settleSubject } from './settle-subject.ts';
export { NOTHING, addTallies, attributed, isNoChange, tally, tallyChange } from './tally.ts';
export { type WhyNot } from './why-not/answer.ts';
export { type WhyNotQuestion, whyNot } from './why-not/why-not.ts';
