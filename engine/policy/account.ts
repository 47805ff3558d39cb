/** An account: what of a record counts, and what does not and why. Policies move time from the one side to the other. */
import type { Because, Span, Subtraction, SubtractionReason } from '../../schemas/record.ts';
import { type Interval, byStart } from '../interval/interval.ts';
import { subtract } from '../interval/subtract.ts';
import { union } from '../interval/union.ts';
import type { CompiledRule } from '../plan.ts';

/** Whether the facts at the ends of what is taken out are named; see FLAGS. */
export type Naming = Pick<CompiledRule, 'namesOuterEnds'>;

export interface Account {
  readonly spans: readonly Span[];
  readonly subtracted: readonly Subtraction[];
}

/** Time that is not to count, and why. */
export interface Hole extends Interval {
  readonly because: Because;
  /** Why it ends where it ends, where that is another fact. */
  readonly until?: Because;
  readonly code?: string;
}

/** Of holes that overlap the first in the list has the time. */
const disjoint = (holes: readonly Hole[]): readonly Hole[] => {
  const real = holes.filter(({ fromMs, toMs }) => fromMs < toMs);
  const isOrdered = real.every(
    ({ fromMs }, place) => place === 0 || (real[place - 1]?.toMs ?? fromMs) <= fromMs,
  );
  if (isOrdered) return real;
  const taken: Hole[] = [];
  for (const hole of real)
    for (const { fromMs, toMs } of subtract(hole, union([...taken].sort(byStart))))
      if (fromMs < toMs) taken.push({ ...hole, fromMs, toMs });
  return taken.sort(byStart);
};

interface Carved {
  readonly spans: Span[];
  readonly moved: Subtraction[];
}

/** The part of a span from the end of one hole to the beginning of the next. */
const keep = (carved: Carved, span: Span, from: Hole | undefined, to: Hole | undefined): void => {
  const fromMs = from ? from.toMs : span.fromMs;
  const toMs = to ? to.fromMs : span.toMs;
  if (fromMs >= toMs) return;
  carved.spans.push({
    ...span,
    fromMs,
    toMs,
    opened: from ? (from.until ?? from.because) : span.opened,
    closed: to ? to.because : span.closed,
  });
};

/**
 *     span   |== start ========= stop ==|
 *     hole         |- because ----------------|
 *     ->     |=====|- because --- stop -|           opened, closed; the hole's because is by
 */
const move = (
  carved: Carved,
  span: Span,
  hole: Hole,
  reason: SubtractionReason,
  { namesOuterEnds }: Naming,
): void => {
  const { because, until = because, code } = hole;
  const fromMs = hole.fromMs < span.fromMs ? span.fromMs : hole.fromMs;
  const toMs = hole.toMs > span.toMs ? span.toMs : hole.toMs;
  carved.moved.push({
    reason,
    fromMs,
    toMs,
    opened: namesOuterEnds && fromMs === span.fromMs ? span.opened : because,
    closed: namesOuterEnds && toMs === span.toMs ? span.closed : hole.toMs > span.toMs ? because : until,
    ...(code === undefined ? {} : { code }),
    ...(namesOuterEnds ? { by: because } : {}),
  });
};

/**
 *     spans   |===========|  |=====|
 *     hole          |----------|
 *     ->      |=====|-----|  |-|===|
 *
 * Moves what of the spans lies in the holes to the subtractions; nothing gets lost, nothing counts twice. A point goes
 * where it lies inside a hole.
 */
export const moveOut = (
  account: Account,
  holes: readonly Hole[],
  reason: SubtractionReason,
  naming: Naming,
): Account => {
  const apart = disjoint(holes);
  if (apart.length === 0 || account.spans.length === 0) return account;
  const carved: Carved = { spans: [], moved: [] };
  let first = 0;
  for (const span of account.spans.toSorted(byStart)) {
    while ((apart[first]?.toMs ?? Infinity) <= span.fromMs) first += 1;
    let before: Hole | undefined;
    let place = first;
    for (let hole = apart[place]; hole && hole.fromMs < span.toMs; hole = apart[(place += 1)]) {
      keep(carved, span, before, hole);
      if (span.fromMs < span.toMs) move(carved, span, hole, reason, naming);
      before = hole;
    }
    if (before) keep(carved, span, before, undefined);
    else carved.spans.push(span);
  }
  if (carved.moved.length === 0 && carved.spans.length === account.spans.length) return account;
  return { spans: carved.spans, subtracted: [...account.subtracted, ...carved.moved].sort(byStart) };
};

/** Moves everything that counts. */
export const moveAll = (
  account: Account,
  reason: SubtractionReason,
  because: Because,
  naming: Naming,
): Account =>
  moveOut(
    account,
    account.spans.map(({ fromMs, toMs }) => ({ fromMs, toMs, because })),
    reason,
    naming,
  );
