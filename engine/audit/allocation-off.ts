/** Allocations off the evidence: shares that were declared, against what the same person was seen doing that week. */
import type { Finding } from '../../schemas/audit.ts';
import { type DurationMs, type IsoWeek, durationMs, elapsed } from '../../schemas/brand.ts';
import { PERCENT_WEIGHT, type Shares, WHOLE_WEIGHT } from '../../schemas/shares.ts';
import { compareText } from '../../schemas/text-order.ts';
import { apportion, largestDeviation } from '../allocation.ts';
import { dayOfDate, mondayOfWeek, weekOfDay } from '../calendar/date.ts';
import type { KnownPiece, PersonCase } from './auditor.ts';

const USUAL_POINTS = 15;

type Times = Readonly<Record<string, DurationMs>>;

const addTo = (times: Record<string, DurationMs>, name: string, ms: number): void => {
  times[name] = durationMs((times[name] ?? 0) + ms);
};

const sumOf = (times: Times): number => Object.values(times).reduce((sum, ms) => sum + ms, 0);

/** What a week's allocated records gave each target; records with other targets are another question. */
interface Declared {
  readonly week: IsoWeek;
  readonly targets: readonly string[];
  readonly times: Record<string, DurationMs>;
}

const declaredOf = ({ plan, allocated }: PersonCase): readonly Declared[] => {
  const found = new Map<string, Declared>();
  for (const { fromMs, allocation = [] } of allocated) {
    const week = weekOfDay(plan.zone.dayOf(fromMs));
    const targets = allocation.map(({ target }) => target).sort(compareText);
    const key = JSON.stringify([week, targets]);
    const declared = found.get(key) ?? { week, targets, times: {} };
    found.set(key, declared);
    for (const { target, ms } of allocation) addTo(declared.times, target, ms);
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one);
};

/** The shares that the times are of their sum, in ten-thousandths of a percent; they add up to 100 %. */
const sharesOf = (times: Times): Shares | undefined => {
  const sum = sumOf(times);
  if (sum === 0) return undefined;
  const targets = Object.keys(times);
  const claims = Object.values(times).map((ms) => BigInt(ms) * BigInt(WHOLE_WEIGHT));
  const weights = apportion(claims, BigInt(sum));
  return Object.fromEntries(
    targets.map((target, place) => [target, `${((weights[place] ?? 0) / PERCENT_WEIGHT).toFixed(4)}%`]),
  );
};

/** Only what signals show is evidence. */
const isEvidence = ({ grade }: KnownPiece): boolean => grade === 'observed' || grade === 'inferred';

interface Evidence {
  /** `kind`, or the attribute whose values are the targets. */
  readonly by: string;
  readonly times: Times;
}

/**
 * The time of the week whose kind is one of the targets; where there is none, the time that has one of them as the value
 * of an attribute: of several attributes the one that says it of most time. Other time says nothing about the shares.
 */
const evidenceOf = (pieces: readonly KnownPiece[], targets: readonly string[]): Evidence | undefined => {
  const found = new Map<string, Record<string, DurationMs>>();
  const note = (by: string, value: string | undefined, ms: number): void => {
    if (value === undefined || !targets.includes(value) || ms === 0) return;
    const times = found.get(by) ?? {};
    found.set(by, times);
    addTo(times, value, ms);
  };
  for (const { kind, attributes, fromMs, toMs } of pieces) {
    note('kind', kind, elapsed(fromMs, toMs));
    for (const [name, value] of Object.entries(attributes))
      note(`attribute ${name}`, value, elapsed(fromMs, toMs));
  }
  const ranked = [...found]
    .map(([by, times]): Evidence => ({ by, times }))
    .sort((a, b) => sumOf(b.times) - sumOf(a.times) || compareText(a.by, b.by));
  return ranked.find(({ by }) => by === 'kind') ?? ranked[0];
};

/** `30 / 50 / 20 %`, to one decimal where it is not whole. */
const percents = (times: Times, targets: readonly string[]): string => {
  const sum = sumOf(times);
  const one = (target: string): string => (((times[target] ?? 0) / sum) * 100).toFixed(1).replace(/\.0$/, '');
  return `${targets.map(one).join('/')} %`;
};

const pointsText = (points: number): string => points.toFixed(1).replace(/\.0$/, '');

const offOf = (one: PersonCase, { week, targets, times }: Declared): string | undefined => {
  const pieces = one.pieces.filter((piece) => isEvidence(piece) && weekOfDay(dayOfDate(piece.day)) === week);
  const evidence = evidenceOf(pieces, targets);
  const shares = sharesOf(times);
  const deviation = evidence && shares && largestDeviation(shares, evidence.times);
  const limit = one.plan.ruleSet.audit?.allocationOffOver ?? USUAL_POINTS;
  if (!evidence || !deviation || deviation.points <= limit) return undefined;
  const named = Object.keys(times);
  return `${named.join('/')} declared ${percents(times, named)}, observed ${percents(evidence.times, named)} by ${evidence.by}: ${deviation.target} is ${pointsText(deviation.points)} points off`;
};

/** One finding a week and set of targets, at the week's beginning. */
export const allocationOff = (one: PersonCase): readonly Finding[] =>
  declaredOf(one).flatMap((declared) => {
    const detail = offOf(one, declared);
    if (detail === undefined) return [];
    const atMs = one.plan.zone.startOfDay(mondayOfWeek(declared.week));
    return [{ code: 'allocation-off' as const, actor: one.actor, atMs, detail }];
  });
