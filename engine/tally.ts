/** tally: what the pieces of one person and one day add up to. */
import {
  type DurationMs,
  type InstantMs,
  NO_TIME,
  durationMs,
  elapsed,
  instantMs,
} from '../schemas/brand.ts';
import { GRADES, type Piece } from '../schemas/record.ts';
import type { Tally } from '../schemas/report.ts';
import { lengthOf } from './interval/length.ts';
import { union } from './interval/union.ts';
import type { CompiledRule } from './plan.ts';
import { round } from './rounding.ts';
import { noGrades } from './grades.ts';

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

const empty = (): Mutable<Tally> => ({
  records: 0,
  overlapping: 0,
  sumMs: NO_TIME,
  unionMs: NO_TIME,
  roundedMs: NO_TIME,
  gradesMs: noGrades(),
  methodsMs: { auto: NO_TIME, manual: NO_TIME },
});

export const NOTHING: Tally = empty();

/** The rules of a plan by name, as far as tallying needs them. */
export type RuleLookup = ReadonlyMap<string, Pick<CompiledRule, 'rounding'>>;

/** Rounding of scope `day` applies to what one rule gives a person on one day. */
const roundedOf = (pieces: readonly Piece[], rules: RuleLookup): DurationMs => {
  let sum = 0;
  for (const [name, own] of Map.groupBy(pieces, ({ rule }) => rule)) {
    const raw = lengthOf(own);
    const rounding = rules.get(name)?.rounding;
    sum +=
      rounding?.scope === 'day'
        ? round(raw, rounding)
        : own.reduce((rounded, { roundingMs }) => rounded + roundingMs, raw as number);
  }
  return durationMs(sum);
};

/** What runs on from yesterday comes before what begins at midnight, so the order of the pieces given is no matter. */
const byBeginning = (a: Piece, b: Piece): number =>
  a.fromMs - b.fromMs || Number(a.first) - Number(b.first) || a.toMs - b.toMs;

const overlappingOf = (ordered: readonly Piece[]): number => {
  let count = 0;
  let latestMs: InstantMs = instantMs(-Infinity);
  for (const { fromMs, toMs, first } of ordered) {
    if (fromMs === toMs) continue;
    if (first && fromMs < latestMs) count += 1;
    if (toMs > latestMs) latestMs = toMs;
  }
  return count;
};

/** `pieces` of one person and one day, in any order. */
export const tally = (pieces: readonly Piece[], rules: RuleLookup): Tally => {
  const ordered = [...pieces].sort(byBeginning);
  const sum = empty();
  const grades = noGrades();
  const methods = { auto: NO_TIME, manual: NO_TIME };
  for (const { fromMs, toMs, first, grade, method } of ordered) {
    const lengthMs = elapsed(fromMs, toMs);
    if (first) sum.records += 1;
    sum.sumMs = durationMs(sum.sumMs + lengthMs);
    grades[grade] = durationMs(grades[grade] + lengthMs);
    methods[method] = durationMs(methods[method] + lengthMs);
  }
  return {
    ...sum,
    overlapping: overlappingOf(ordered),
    unionMs: lengthOf(union(ordered)),
    roundedMs: roundedOf(ordered, rules),
    gradesMs: grades,
    methodsMs: methods,
  };
};

/** Tallies of different days, or of different people, added up. */
export const addTallies = (tallies: Iterable<Tally>): Tally => {
  const sum = empty();
  const grades = noGrades();
  const methods = { auto: NO_TIME, manual: NO_TIME };
  for (const one of tallies) {
    sum.records += one.records;
    sum.overlapping += one.overlapping;
    sum.sumMs = durationMs(sum.sumMs + one.sumMs);
    sum.unionMs = durationMs(sum.unionMs + one.unionMs);
    sum.roundedMs = durationMs(sum.roundedMs + one.roundedMs);
    for (const grade of GRADES) grades[grade] = durationMs(grades[grade] + one.gradesMs[grade]);
    methods.auto = durationMs(methods.auto + one.methodsMs.auto);
    methods.manual = durationMs(methods.manual + one.methodsMs.manual);
  }
  return { ...sum, gradesMs: grades, methodsMs: methods };
};
