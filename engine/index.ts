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
export { type Zone, localToInstants, zoneOf } from './calendar/zone.ts';
export { type Compilation, type RuleProblem, compile } from './compile.ts';
export { type Cycle } from './cycle.ts';
export { byFactOrder, derive } from './derive.ts';
export { piecesOf } from './pieces.ts';
export { type CompiledRule, type Plan, ENGINE_VERSION } from './plan.ts';
export { type NextStart, type Surroundings, needsNextStart, rankInTie, settle } from './settle.ts';
export { NOTHING, addTallies, tally } from './tally.ts';
