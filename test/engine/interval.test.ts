/** The interval operators: pictures for the reader, and a model that knows only single points for the rest. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersect } from '../../engine/interval/intersect.ts';
import { type Interval, byStart } from '../../engine/interval/interval.ts';
import { lengthOf } from '../../engine/interval/length.ts';
import { splitByDay } from '../../engine/interval/split.ts';
import { subtract } from '../../engine/interval/subtract.ts';
import { union } from '../../engine/interval/union.ts';
import { zoneOf } from '../../engine/index.ts';
import { instantMs } from '../../schemas/brand.ts';
import { RUNS } from '../support/arbitraries.ts';

const interval = (fromMs: number, toMs: number): Interval => ({
  fromMs: instantMs(fromMs),
  toMs: instantMs(toMs),
});

/** `|==|` is `[0, 3)`: an interval from its first bar to its last; a lone `.` is a point. */
const drawn = (picture: string): readonly Interval[] =>
  [...picture.matchAll(/\|=*\||\./g)].map(({ 0: text, index }) => interval(index, index + text.length - 1));

describe('a picture', () => {
  it('is read from bar to bar', () => {
    expect(drawn(' |==|  .')).toEqual([interval(1, 4), interval(7, 7)]);
  });
});

describe('union', () => {
  it.each([
    ['nothing', [''], ''],
    ['one', ['  |==|'], '  |==|'],
    ['two apart', ['|==|', '      |==|'], '|==|  |==|'],
    ['two that overlap', ['|====|', '   |====|'], '|=======|'],
    ['two that touch', ['|==|', '   |==|'], '|=====|'],
    ['one inside the other', ['|=======|', '  |==|'], '|=======|'],
    ['the same twice', ['|==|', '|==|'], '|==|'],
    ['a point', ['.'], ''],
    ['a point in a gap', ['|==|', '     .', '       |==|'], '|==|   |==|'],
  ])('of %s', (_, lines, expected) => {
    expect(union(lines.flatMap(drawn).sort(byStart))).toEqual(drawn(expected));
  });
});

describe('intersection', () => {
  it.each([
    ['of two apart', '|==|', '      |==|', ''],
    ['of two that touch', '|==|', '   |==|', ''],
    ['of two that overlap', '|====|', '   |====|', '   |=|'],
    ['of one with several', '|=========|', ' |=|  |=|   |=|', ' |=|  |=|'],
    ['of several with several', '|====| |====|', '   |======|', '   |=| |==|'],
    ['of one inside the other', '  |==|', '|=======|', '  |==|'],
    ['of a point inside', '  .', '|====|', '  .'],
    ['of a point at the start', '.', '|====|', '.'],
    ['of a point at the end, which is outside', '     .', '|====|', ''],
    ['of a point outside', '.', '  |====|', ''],
  ])('%s', (_, a, b, expected) => {
    expect(intersect(drawn(a), drawn(b))).toEqual(drawn(expected));
  });
});

describe('subtraction', () => {
  it.each([
    ['of nothing', '|=======|', '', '|=======|'],
    ['of the middle', '|=======|', '  |==|', '|=|  |==|'],
    ['of the start', '|=======|', '|==|', '   |====|'],
    ['of the end', '|=======|', '     |==|', '|====|'],
    ['of the whole', ' |=====| ', '|=======|', ''],
    ['of what lies outside', '   |==|', '|=|      |==|', '   |==|'],
    ['of what touches', '   |==|', '|==|  |==|', '   |==|'],
    ['of several', '|=========|', ' |=| |=|', '|| |=| |==|'],
  ])('%s', (_, whole, holes, expected) => {
    const [one] = drawn(whole);
    if (!one) throw new Error('nothing is drawn');
    expect(subtract(one, drawn(holes))).toEqual(drawn(expected));
  });
});

const REACH = 40;
const bounds = fc
  .tuple(fc.nat(REACH), fc.nat(REACH))
  .map(([a, b]) => interval(Math.min(a, b), Math.max(a, b)));
const anyIntervals = fc.array(bounds, { maxLength: 8 });
/** Ordered, disjoint, without points, and never touching. */
const disjoint = anyIntervals.map((list) => union([...list].sort(byStart)));

/** The unit steps `[k, k + 1)` that a list covers: what intervals mean, without any cleverness. */
const steps = (list: readonly Interval[]): readonly number[] =>
  Array.from({ length: REACH }, (_, k) => k).filter((k) =>
    list.some(({ fromMs, toMs }) => fromMs <= k && k + 1 <= toMs),
  );

const isOrdered = (list: readonly Interval[], touching: boolean): boolean =>
  list.every(({ fromMs, toMs }, index) => {
    const before = list[index - 1];
    return fromMs < toMs && (!before || before.toMs < fromMs || (touching && before.toMs === fromMs));
  });

describe('for any intervals', () => {
  it('the union covers what any of them covers, in parts that neither overlap nor touch', () => {
    fc.assert(
      fc.property(anyIntervals, (list) => {
        const merged = union([...list].sort(byStart));
        deepEqual(steps(merged), steps(list));
        equal(isOrdered(merged, false), true);
        equal(lengthOf(merged), steps(list).length);
        ok(lengthOf(merged) <= lengthOf(list));
        deepEqual(union(merged), merged);
      }),
      { numRuns: RUNS },
    );
  });

  it('the intersection covers what both cover, either way round', () => {
    fc.assert(
      fc.property(disjoint, disjoint, (a, b) => {
        const both = intersect(a, b);
        const inB = new Set(steps(b));
        deepEqual(
          steps(both),
          steps(a).filter((k) => inB.has(k)),
        );
        equal(isOrdered(both, true), true);
        deepEqual(intersect(b, a), both);
      }),
      { numRuns: RUNS },
    );
  });

  it('what is subtracted and what is left make the whole', () => {
    fc.assert(
      fc.property(bounds, disjoint, (whole, holes) => {
        const rest = subtract(whole, holes);
        const inHoles = new Set(steps(holes));
        deepEqual(
          steps(rest),
          steps([whole]).filter((k) => !inHoles.has(k)),
        );
        equal(isOrdered(rest, true), true);
        equal(lengthOf(rest) + lengthOf(intersect([whole], holes)), lengthOf([whole]));
      }),
      { numRuns: RUNS },
    );
  });

  it('the days of an interval follow each other without a gap, each on the day that it says', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Pacific/Apia',
      'America/Sao_Paulo',
    );
    const starts = fc.constantFrom(
      Date.UTC(2026, 2, 28),
      Date.UTC(2026, 9, 24),
      Date.UTC(2010, 10, 6),
      Date.UTC(2011, 11, 28),
      Date.UTC(2018, 10, 3),
    );
    const minutes = fc.nat(5 * 24 * 60);
    fc.assert(
      fc.property(zones, starts, minutes, minutes, (name, start, after, length) => {
        const zone = zoneOf(name);
        const whole = interval(start + after * 60_000, start + (after + length) * 60_000);
        const parts = splitByDay(whole, zone);
        equal(parts[0]?.fromMs, whole.fromMs);
        equal(parts.at(-1)?.toMs, whole.toMs);
        for (const [index, { fromMs, toMs, dayNumber }] of parts.entries()) {
          equal(fromMs, parts[index - 1]?.toMs ?? whole.fromMs);
          equal(zone.dayOf(fromMs), dayNumber);
          equal(zone.dayOf(instantMs(Math.max(fromMs, toMs - 1))), dayNumber);
          if (length > 0) ok(toMs > fromMs);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
