/** tally: what the pieces of one person and one day add up to. */
import {
  type DurationMs,
  type InstantMs,
  NO_TIME,
  durationMs,
  elapsed,
  instantMs,
  minus,
} from '../schemas/brand.ts';
import { GRADES, METHODS, type Method, type Piece } from '../schemas/record.ts';
import type { Tally, TallyChange } from '../schemas/report.ts';
import { lengthOf } from './interval/length.ts';
import { union } from './interval/union.ts';
import { attribute } from './overlap/attribute.ts';
import type { CompiledRule, Plan } from './plan.ts';
import { round } from './rounding.ts';
import { noGrades } from './grades.ts';

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };

const noMethods = (): Record<Method, DurationMs> => ({
  auto: NO_TIME,
  manual: NO_TIME,
  preset: NO_TIME,
  adjustment: NO_TIME,
});

const empty = (): Mutable<Tally> => ({
  records: 0,
  overlapping: 0,
  sumMs: NO_TIME,
  unionMs: NO_TIME,
  roundedMs: NO_TIME,
  attributedMs: NO_TIME,
  gradesMs: noGrades(),
  methodsMs: noMethods(),
});

export const NOTHING: Tally = empty();

/** The rules of a plan by name, as far as tallying needs them. */
export type RuleLookup = ReadonlyMap<string, Pick<CompiledRule, 'rounding'>>;

/** A piece, and how much of it counts beside what else the person did at the time; in full where that is absent. */
export type AttributedPiece = Piece & { readonly attributedMs?: DurationMs };

/** `pieces` of one person, one day and one measure, under the measure's overlap policy. In the order given. */
export const attributed = <Own extends Piece>(
  pieces: readonly Own[],
  { overlaps }: Pick<Plan, 'overlaps'>,
): readonly (Own & { readonly attributedMs: DurationMs })[] => {
  const policy = overlaps.get(pieces[0]?.measure ?? '');
  const given = policy && attribute(pieces, policy);
  return pieces.map((piece, place) => ({
    ...piece,
    attributedMs: given?.[place] ?? elapsed(piece.fromMs, piece.toMs),
  }));
};

/** Rounding of scope `day` applies to what one rule gives a person on one day, for each value that it rounds by. */
const roundedOf = (pieces: readonly Piece[], rules: RuleLookup): DurationMs => {
  let sum = 0;
  for (const [name, ofRule] of Map.groupBy(pieces, ({ rule }) => rule)) {
    const rounding = rules.get(name)?.rounding;
    if (rounding?.scope === 'day')
      for (const own of Map.groupBy(ofRule, ({ group }) => group).values())
        sum += round(lengthOf(own), rounding);
    else sum += ofRule.reduce((rounded, { roundingMs }) => rounded + roundingMs, lengthOf(ofRule) as number);
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
export const tally = (pieces: readonly AttributedPiece[], rules: RuleLookup): Tally => {
  const ordered = [...pieces].sort(byBeginning);
  const sum = empty();
  const grades = noGrades();
  const methods = noMethods();
  for (const { fromMs, toMs, first, grade, method, attributedMs } of ordered) {
    const lengthMs = elapsed(fromMs, toMs);
    if (first) sum.records += 1;
    sum.sumMs = durationMs(sum.sumMs + lengthMs);
    sum.attributedMs = durationMs(sum.attributedMs + (attributedMs ?? lengthMs));
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

const ADDED = ['sumMs', 'unionMs', 'roundedMs', 'attributedMs'] as const;

/** Tallies of different days, or of different people, added up. */
export const addTallies = (tallies: Iterable<Tally>): Tally => {
  const sum = empty();
  const grades = noGrades();
  const methods = noMethods();
  for (const one of tallies) {
    sum.records += one.records;
    sum.overlapping += one.overlapping;
    for (const name of ADDED) sum[name] = durationMs(sum[name] + one[name]);
    for (const grade of GRADES) grades[grade] = durationMs(grades[grade] + one.gradesMs[grade]);
    for (const method of METHODS) methods[method] = durationMs(methods[method] + one.methodsMs[method]);
  }
  return { ...sum, gradesMs: grades, methodsMs: methods };
};

/** By how much `more` is more than `less`, figure by figure. */
export const tallyChange = (more: Tally, less: Tally): TallyChange => {
  const change = { ...empty(), records: more.records - less.records };
  change.overlapping = more.overlapping - less.overlapping;
  for (const name of ADDED) change[name] = minus(more[name], less[name]);
  const grades = noGrades();
  for (const grade of GRADES) grades[grade] = minus(more.gradesMs[grade], less.gradesMs[grade]);
  const methods = noMethods();
  for (const method of METHODS) methods[method] = minus(more.methodsMs[method], less.methodsMs[method]);
  return { ...change, gradesMs: grades, methodsMs: methods };
};

export const isNoChange = (change: TallyChange): boolean =>
  change.records === 0 &&
  change.overlapping === 0 &&
  ADDED.every((name) => change[name] === 0) &&
  GRADES.every((grade) => change.gradesMs[grade] === 0) &&
  METHODS.every((method) => change.methodsMs[method] === 0);
