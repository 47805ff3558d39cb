/** Laws of sharing: what runs at once, what is divided, and what is compared, to the millisecond. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { type KeyedIntervals, durationAccuracy, overlapAccuracy } from '../../engine/accuracy.ts';
import { allocate, largestDeviation } from '../../engine/allocation.ts';
import type { Interval } from '../../engine/interval/interval.ts';
import { attribute } from '../../engine/overlap/attribute.ts';
import type { OverlapPiece } from '../../engine/overlap/contender.ts';
import { type DurationMs, durationMs, elapsed, instantMs, recordId, total } from '../../schemas/brand.ts';
import { Measure, type OverlapPolicy } from '../../schemas/measure.ts';
import { Shares, WHOLE_WEIGHT, weightsOf } from '../../schemas/shares.ts';
import { RUNS } from '../support/arbitraries.ts';

// Two thousand tries on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 });

// --- what runs at once -----------------------------------------------------------------------------------------

/** Few enough to look at each millisecond alone, and to make ties. */
const REACH = 48;
const KINDS = ['call', 'chat', 'email', 'visit'] as const;

const piece = (record: string, kind: string, fromMs: number, toMs: number): OverlapPiece => ({
  record: recordId(record),
  kind,
  fromMs: instantMs(fromMs),
  toMs: instantMs(toMs),
});

/** A record is one to four pieces that do not overlap; a pause of 0 ms lets two touch, a length of 0 ms is a point. */
const work = fc.record({
  kind: fc.constantFrom(...KINDS),
  startMs: fc.nat(REACH / 2),
  runs: fc.array(fc.tuple(fc.nat(9), fc.constantFrom(0, 0, 1, 5)), { minLength: 1, maxLength: 4 }),
});

/** In no order: each piece has a place by lot. */
const someDay: fc.Arbitrary<readonly OverlapPiece[]> = fc.array(work, { maxLength: 6 }).chain((works) => {
  const pieces = works.flatMap(({ kind, startMs, runs }, index) => {
    let cursorMs = startMs;
    return runs.map(([lengthMs, pauseMs]) => {
      const fromMs = cursorMs;
      const toMs = Math.min(REACH, fromMs + lengthMs);
      cursorMs = Math.min(REACH, toMs + pauseMs);
      return piece(`r${(index * 5) % 7}`, kind, Math.min(fromMs, REACH), toMs);
    });
  });
  return fc.shuffledSubarray(pieces, { minLength: pieces.length });
});

/** The same on the scale of a day, in lengths that leave remainders: 48 steps of 30 min less 1 ms, and a few beyond. */
const longDay = someDay.map((pieces) =>
  pieces.map(({ record, kind, fromMs, toMs }) =>
    piece(record, kind, fromMs * 1_799_999 + (fromMs % 7), toMs * 1_799_999 + (toMs % 7)),
  ),
);

const order = fc.shuffledSubarray([...KINDS], { minLength: 1 });
const TOTAL_IS_UNION: fc.Arbitrary<OverlapPolicy> = fc.oneof(
  fc.constant<OverlapPolicy>({ policy: 'fairShare' }),
  fc.constantFrom<OverlapPolicy>(
    { policy: 'exclusive' },
    { policy: 'exclusive', keep: 'latest' },
    { policy: 'exclusive', keep: 'first' },
  ),
  order.map((kinds): OverlapPolicy => ({ policy: 'priority', order: kinds })),
);
const caps = fc.integer({ min: 1, max: 4 }).map((atMost): OverlapPolicy => ({ policy: 'cap', atMost }));
const unlimited = fc.oneof(TOTAL_IS_UNION, caps, fc.constant<OverlapPolicy>({ policy: 'countAll' }));
const limited = fc
  .oneof(TOTAL_IS_UNION, caps)
  .chain((policy) =>
    fc
      .shuffledSubarray(policy.order ?? [...KINDS], { minLength: 1 })
      .map((among): OverlapPolicy => ({ ...policy, among, ...(policy.order && { order: among }) })),
  );
const policies = fc.oneof(unlimited, limited);

const lengthOf = ({ fromMs, toMs }: Pick<OverlapPiece, 'fromMs' | 'toMs'>): DurationMs =>
  elapsed(fromMs, toMs);

/** How many milliseconds have at least one of the pieces, or at most so many of them at once. */
const covered = (pieces: readonly OverlapPiece[], atMost = 1): number => {
  const instants = [...new Set(pieces.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))].sort((a, b) => a - b);
  return instants.slice(1).reduce((sum, toMs, index) => {
    const fromMs = instants[index] ?? toMs;
    const running = pieces.filter((one) => one.fromMs <= fromMs && one.toMs >= toMs).length;
    return sum + elapsed(fromMs, toMs) * Math.min(atMost, running);
  }, 0);
};

const law = <Given>(given: fc.Arbitrary<Given>, holds: (given: Given) => void): void => {
  fc.assert(fc.property(given, holds), { numRuns: RUNS });
};
const everyDay = (holds: (pieces: readonly OverlapPiece[], policy: OverlapPolicy) => void): void => {
  law(fc.tuple(fc.oneof(someDay, longDay), policies), ([pieces, policy]) => holds(pieces, policy));
};

describe('under any policy', () => {
  it('a piece gets from nothing to its own length, in whole milliseconds', () => {
    everyDay((pieces, policy) => {
      equal(Measure.safeParse({ overlap: policy }).success, true);
      const partsMs = attribute(pieces, policy);
      equal(partsMs.length, pieces.length);
      for (const [index, one] of pieces.entries()) {
        const partMs = partsMs[index] ?? NaN;
        ok(Number.isInteger(partMs));
        ok(0 <= partMs && partMs <= lengthOf(one));
      }
    });
  });

  it('the order in which the pieces are given is no matter', () => {
    const shuffled = someDay.chain((pieces) =>
      fc.tuple(fc.constant(pieces), fc.shuffledSubarray([...pieces], { minLength: pieces.length })),
    );
    law(fc.tuple(shuffled, policies), ([[pieces, others], policy]) => {
      const ofPiece = new Map(pieces.map((one, index) => [one, attribute(pieces, policy)[index]]));
      deepEqual(
        attribute(others, policy),
        others.map((one) => ofPiece.get(one)),
      );
    });
  });

  it('work that runs alone counts in full', () => {
    everyDay((pieces, policy) => {
      const partsMs = attribute(pieces, policy);
      for (const [index, one] of pieces.entries())
        if (!pieces.some((other) => other !== one && other.fromMs < one.toMs && one.fromMs < other.toMs))
          equal(partsMs[index], lengthOf(one));
    });
  });
});

describe('what is attributed adds up', () => {
  it('to the union, and so to no more than the day, when the time is shared or has one owner', () => {
    law(fc.tuple(fc.oneof(someDay, longDay), TOTAL_IS_UNION), ([pieces, policy]) => {
      const sumMs = total(attribute(pieces, policy));
      equal(sumMs, covered(pieces));
      ok(sumMs <= 86_400_000);
    });
  });

  it('to the sum when everything counts', () => {
    law(longDay, (pieces) => deepEqual(attribute(pieces, { policy: 'countAll' }), pieces.map(lengthOf)));
  });

  it('to as many at once as the cap lets count', () => {
    law(fc.tuple(longDay, fc.integer({ min: 1, max: 7 })), ([pieces, atMost]) => {
      equal(total(attribute(pieces, { policy: 'cap', atMost })), covered(pieces, atMost));
    });
  });

  it('to what the policy makes of the kinds that it is limited to, and all of the others', () => {
    law(fc.tuple(someDay, limited), ([pieces, policy]) => {
      const { among: _, ...everywhere } = policy;
      const isAmong = ({ kind }: OverlapPiece): boolean => policy.among?.includes(kind) ?? true;
      const alone = attribute(pieces.filter(isAmong), everywhere);
      let next = 0;
      deepEqual(
        attribute(pieces, policy),
        pieces.map((one) => (isAmong(one) ? alone[next++] : lengthOf(one))),
      );
    });
  });
});

// --- the same, millisecond by millisecond ----------------------------------------------------------------------

/** When the work began that a piece goes on with, looked up and not kept. */
const beganMs = (one: OverlapPiece, pieces: readonly OverlapPiece[]): number => {
  const before = pieces.find(
    (other) => other.record === one.record && other.toMs === one.fromMs && other.fromMs < other.toMs,
  );
  return before ? beganMs(before, pieces) : one.fromMs;
};

const runningAt = (ms: number, pieces: readonly OverlapPiece[]): readonly OverlapPiece[] =>
  pieces
    .filter(({ fromMs, toMs }) => fromMs <= ms && ms < toMs)
    .sort((a, b) => beganMs(a, pieces) - beganMs(b, pieces) || (a.record < b.record ? -1 : 1));

/** Whose a millisecond is, as the policies are described to an analyst. */
const ownersOf = (running: readonly OverlapPiece[], policy: OverlapPolicy): readonly OverlapPiece[] => {
  const { keep, order: ranked, atMost } = policy;
  if (policy.policy === 'cap') return running.slice(0, atMost);
  if (policy.policy === 'exclusive') return keep === 'first' ? running.slice(0, 1) : running.slice(-1);
  if (policy.policy !== 'priority') return running;
  const strongest = ranked?.find((kind) => running.some((one) => one.kind === kind));
  return running.filter(({ kind }) => strongest === undefined || kind === strongest).slice(0, 1);
};

const MILLISECONDS = Array.from({ length: REACH }, (_, ms) => ms);

describe('looked at millisecond by millisecond', () => {
  it('each goes to the one that the policy names', () => {
    const picking = unlimited.filter(({ policy }) => policy !== 'fairShare');
    law(fc.tuple(someDay, picking), ([pieces, policy]) => {
      const owners = MILLISECONDS.map((ms) => ownersOf(runningAt(ms, pieces), policy));
      deepEqual(
        attribute(pieces, policy),
        pieces.map((one) => owners.filter((list) => list.includes(one)).length),
      );
    });
  });

  it('a fair share is less than one from the exact one', () => {
    law(someDay, (pieces) => {
      const sharesMs = attribute(pieces, { policy: 'fairShare' });
      // Six records at most run at once: every part of a millisecond is a number of sixtieths.
      const running = MILLISECONDS.map((ms) => runningAt(ms, pieces));
      for (const [index, one] of pieces.entries()) {
        const sixtieths = running
          .filter((list) => list.includes(one))
          .reduce((sum, list) => sum + 60 / list.length, 0);
        ok(Math.abs((sharesMs[index] ?? NaN) * 60 - sixtieths) < 60);
      }
    });
  });
});

// --- cutting a day ---------------------------------------------------------------------------------------------

const clipped = (pieces: readonly OverlapPiece[], startMs: number, endMs: number): readonly OverlapPiece[] =>
  pieces.map(({ record, kind, fromMs, toMs }) => {
    const clip = (ms: number): number => Math.min(Math.max(ms, startMs), endMs);
    return piece(record, kind, clip(fromMs), clip(toMs));
  });

/** What each piece gets when the two sides of a cut know nothing of each other. */
const apart = (pieces: readonly OverlapPiece[], cutMs: number, policy: OverlapPolicy): readonly number[] => {
  const before = attribute(clipped(pieces, 0, cutMs), policy);
  const after = attribute(clipped(pieces, cutMs, Infinity), policy);
  return before.map((partMs, index) => partMs + (after[index] ?? NaN));
};

const cuts = fc.nat(REACH);

describe('a day that is cut, and its parts attributed apart,', () => {
  it('has the same total to the millisecond', () => {
    law(fc.tuple(someDay, policies, cuts), ([pieces, policy, cutMs]) => {
      equal(
        apart(pieces, cutMs, policy).reduce((sum, partMs) => sum + partMs, 0),
        total(attribute(pieces, policy)),
      );
    });
  });

  it('is the same piece by piece where no work runs on', () => {
    law(fc.tuple(someDay, policies, cuts), ([pieces, policy, cutMs]) => {
      const timed = pieces.filter(({ fromMs, toMs }) => fromMs < toMs);
      const ends = new Set(timed.filter(({ toMs }) => toMs === cutMs).map(({ record }) => record));
      fc.pre(!timed.some(({ fromMs, toMs }) => fromMs < cutMs && cutMs < toMs));
      fc.pre(!timed.some(({ fromMs, record }) => fromMs === cutMs && ends.has(record)));
      deepEqual(apart(pieces, cutMs, policy), attribute(pieces, policy));
    });
  });

  it('changes a fair share by 2 ms at the most, and nothing that counts in full', () => {
    law(fc.tuple(someDay, cuts), ([pieces, cutMs]) => {
      const sharesMs = attribute(pieces, { policy: 'fairShare' });
      for (const [index, shareMs] of apart(pieces, cutMs, { policy: 'fairShare' }).entries())
        ok(Math.abs(shareMs - (sharesMs[index] ?? NaN)) <= 2);
      deepEqual(apart(pieces, cutMs, { policy: 'countAll' }), pieces.map(lengthOf));
    });
  });

  it('is the same piece by piece when its parts are attributed together, except for rounded shares', () => {
    const picking = policies.filter(({ policy }) => policy !== 'fairShare');
    law(fc.tuple(someDay, picking, cuts), ([pieces, policy, cutMs]) => {
      const both = [...clipped(pieces, 0, cutMs), ...clipped(pieces, cutMs, Infinity)];
      const partsMs = attribute(both, policy);
      deepEqual(
        pieces.map((_, index) => (partsMs[index] ?? NaN) + (partsMs[index + pieces.length] ?? NaN)),
        attribute(pieces, policy),
      );
    });
  });
});

// --- allocation ------------------------------------------------------------------------------------------------

/** Shares of one to six targets, in ten-thousandths of a percent, that are 100 % together. */
const someShares: fc.Arbitrary<Shares> = fc
  .array(fc.oneof(fc.nat(WHOLE_WEIGHT), fc.constantFrom(0, 333_333, 500_000)), { maxLength: 5 })
  .map((edges) => {
    const ends = [...edges.sort((a, b) => a - b), WHOLE_WEIGHT];
    const shares = ends.map((end, index) => [`t${9 - index}`, `${(end - (ends[index - 1] ?? 0)) / 10_000}%`]);
    return Shares.parse(Object.fromEntries(shares));
  });
const someTime = fc.oneof(fc.nat(100), fc.nat(86_400_000), fc.nat(1e12)).map(durationMs);
const someUnit = fc.constantFrom(1, 7, 1_000, 60_000, 900_000).map(durationMs);

describe('an allocation', () => {
  it('is the whole, each part less than a unit from its share, and all but one in whole units', () => {
    law(fc.tuple(someTime, someShares, someUnit), ([totalMs, shares, unitMs]) => {
      const parts = allocate(totalMs, shares, unitMs);
      equal(total(parts.map(({ ms }) => ms)), totalMs);
      ok(parts.filter(({ ms }) => ms % unitMs !== 0).length <= 1);
      deepEqual(
        parts.map(({ target }) => target),
        Object.keys(shares),
      );
      for (const [index, { weight }] of weightsOf(shares).entries()) {
        const ms = parts[index]?.ms ?? NaN;
        ok(ms >= 0);
        const apartBy = BigInt(ms) * 1_000_000n - BigInt(totalMs) * BigInt(weight);
        ok(-BigInt(unitMs) * 1_000_000n < apartBy && apartBy < BigInt(unitMs) * 1_000_000n);
      }
    });
  });

  it('gives nothing for a share of nothing, and no more for a smaller share than for a larger', () => {
    law(fc.tuple(someTime, someShares, someUnit), ([totalMs, shares, unitMs]) => {
      const parts = allocate(totalMs, shares, unitMs);
      for (const [index, { weight }] of weightsOf(shares).entries()) {
        const ms = parts[index]?.ms ?? NaN;
        if (weight === 0) equal(ms, 0);
        if (totalMs % unitMs !== 0) continue;
        for (const [other, { weight: larger }] of weightsOf(shares).entries())
          if (weight < larger) ok(ms <= (parts[other]?.ms ?? NaN));
      }
    });
  });

  it('deviates from its own shares by as little as a unit makes', () => {
    law(fc.tuple(someTime, someShares, someUnit), ([totalMs, shares, unitMs]) => {
      const parts = allocate(totalMs, shares, unitMs);
      const observed = Object.fromEntries(parts.map(({ target, ms }) => [target, ms]));
      const points = largestDeviation(shares, observed)?.points ?? 0;
      ok(points <= (100 * unitMs) / Math.max(1, totalMs) + 0.0001);
    });
  });
});

// --- accuracy --------------------------------------------------------------------------------------------------

const interval = fc
  .tuple(fc.nat(REACH), fc.nat(9))
  .map(([fromMs, lengthMs]): Interval => ({ fromMs: instantMs(fromMs), toMs: instantMs(fromMs + lengthMs) }));
const keyed = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.array(interval, { maxLength: 4 })), { maxLength: 3 })
  .map((entries): KeyedIntervals => new Map(entries));

describe('accuracy', () => {
  it('is whole against itself, in both definitions', () => {
    law(keyed, (truth) => {
      for (const { numeratorMs, denominatorMs } of [
        durationAccuracy(truth, truth),
        overlapAccuracy(truth, truth),
      ])
        equal(numeratorMs, denominatorMs);
    });
  });

  it('of overlap is the milliseconds that both have, of those that either has, either way round', () => {
    law(fc.tuple(keyed, keyed), ([truth, recorded]) => {
      const has = (map: KeyedIntervals, key: string, ms: number): boolean =>
        (map.get(key) ?? []).some(({ fromMs, toMs }) => fromMs <= ms && ms < toMs);
      let [both, either] = [0, 0];
      for (const key of ['a', 'b', 'c'])
        for (let ms = 0; ms < REACH + 10; ms += 1) {
          const [one, other] = [has(truth, key, ms), has(recorded, key, ms)];
          if (one && other) both += 1;
          if (one || other) either += 1;
        }
      deepEqual(overlapAccuracy(truth, recorded), { numeratorMs: both, denominatorMs: either });
      deepEqual(overlapAccuracy(recorded, truth), { numeratorMs: both, denominatorMs: either });
    });
  });

  it('of duration accounts for the difference: recorded = truth - missed + over', () => {
    law(fc.tuple(keyed, keyed), ([truth, recorded]) => {
      const { numeratorMs, denominatorMs, missedMs, overMs } = durationAccuracy(truth, recorded);
      const sumOf = (map: KeyedIntervals): number => total([...map.values()].flat().map(lengthOf));
      equal(denominatorMs, sumOf(truth));
      equal(denominatorMs - missedMs + overMs, sumOf(recorded));
      equal(numeratorMs, denominatorMs - missedMs - overMs);
      ok(missedMs >= 0 && overMs >= 0 && missedMs <= denominatorMs);
    });
  });
});
