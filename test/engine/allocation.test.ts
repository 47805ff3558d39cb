/** Allocation: shares as they are written, one time divided by them, and what the evidence says of them. */
import { describe, expect, it } from 'vitest';
import { allocate, largestDeviation } from '../../engine/allocation.ts';
import { durationMs } from '../../schemas/brand.ts';
import { Shares, sharesProblem, weightsOf } from '../../schemas/shares.ts';

const SECOND = durationMs(1_000);
const MINUTE = durationMs(60_000);
const R19 = Shares.parse({ research: '30%', negotiation: '50%', followup: '20%' });

/** `research 2, negotiation 4`: in units. */
const allocated = (total: number, shares: Shares, unitMs = SECOND): string =>
  allocate(durationMs(total * unitMs), shares, unitMs)
    .map(({ target, ms }) => `${target} ${ms / unitMs}`)
    .join(', ');

describe('30/50/20 (R19)', () => {
  it('of 2,820 s is 846 + 1,410 + 564', () => {
    expect(allocated(2_820, R19)).toBe('research 846, negotiation 1410, followup 564');
  });

  it('of 7 s is 2 + 4 + 1', () => {
    // 2.1, 3.5, 1.4: 2 + 3 + 1, and the one that is left goes to .5
    expect(allocated(7, R19)).toBe('research 2, negotiation 4, followup 1');
  });

  it('of nothing is nothing', () => {
    expect(allocated(0, R19)).toBe('research 0, negotiation 0, followup 0');
  });
});

describe('what is less than a unit', () => {
  it('goes to the next of the largest remainders, and to one target only', () => {
    // 7.5 s: 2.25, 3.75, 1.5; 2 + 3 + 1, and 1.5 s are left: 1 s to .75, and 0.5 s to .5
    expect(allocated(7.5, R19)).toBe('research 2, negotiation 4, followup 1.5');
  });

  it('is all there is when the whole is less than a unit', () => {
    // 40 s in minutes: 12, 20 and 8 s are claimed, no whole minute is there, and 20 is the largest.
    expect(allocate(durationMs(40_000), R19, MINUTE).map(({ ms }) => ms)).toEqual([0, 40_000, 0]);
  });

  it('is kept to the millisecond', () => {
    // 47 min and 1 ms by halves in minutes: 23.5 each (and half a ms); 23 + 23, then 1 min to the first, 1 ms to the second.
    const halves = Shares.parse({ a: 50, b: 50 });
    expect(allocate(durationMs(47 * MINUTE + 1), halves, MINUTE).map(({ ms }) => ms)).toEqual([
      24 * MINUTE,
      23 * MINUTE + 1,
    ]);
  });
});

describe('equal remainders', () => {
  it('are served in the order of declaration', () => {
    const thirds = { zoe: '33.3333%', adam: '33.3334%', mia: '33.3333%' };
    // 10: 3.33333, 3.33334, 3.33333: the tenth goes to adam. 11: the eleventh to zoe, who comes before mia.
    expect(allocated(10, Shares.parse(thirds))).toBe('zoe 3, adam 4, mia 3');
    expect(allocated(11, Shares.parse(thirds))).toBe('zoe 4, adam 4, mia 3');
    expect(allocated(1, Shares.parse({ b: '50%', a: '50%' }))).toBe('b 1, a 0');
  });
});

describe('a long time', () => {
  it('is divided without losing a millisecond to the size of its numbers', () => {
    // 999,999,999,999 ms x 333,333 is 333,332,999,999,666,667, of which a double knows only the first sixteen digits.
    const shares = Shares.parse({ a: '33.3333%', b: '66.6667%' });
    // a: 333,332,999,999.666667; b: 666,666,999,999.333333; the millisecond that is left goes to a.
    expect(allocate(durationMs(999_999_999_999), shares, durationMs(1)).map(({ ms }) => ms)).toEqual([
      333_333_000_000, 666_666_999_999,
    ]);
  });

  it.each([
    ['a negative time', -1, 1_000],
    ['half a millisecond', 0.5, 1_000],
    ['a unit of nothing', 1_000, 0],
    ['a unit below nothing', 1_000, -1],
  ])('is not %s', (_, totalMs, unitMs) => {
    expect(() => allocate(durationMs(totalMs), R19, durationMs(unitMs))).toThrow(RangeError);
  });

  it('is not divided by shares that are not the whole', () => {
    expect(() => allocate(SECOND, { a: '50%' }, SECOND)).toThrow('add up to 50 %');
  });
});

describe('shares', () => {
  it('are percent with up to four decimals, or a number of percent', () => {
    const shares = Shares.parse({ a: '33.3%', b: 33.3333, c: '3.3667%', d: 30, e: '0%' });
    expect(weightsOf(shares)).toEqual([
      { target: 'a', weight: 333_000 },
      { target: 'b', weight: 333_333 },
      { target: 'c', weight: 33_667 },
      { target: 'd', weight: 300_000 },
      { target: 'e', weight: 0 },
    ]);
  });

  const WRONG = ['30', '100.0001%', '-5%', '30 %', '33.33333%', '.5%', '5.%', '1e1%', '١%', ''];

  it.each([...WRONG, 33.33333, -1, 101, 1e-7, Infinity, NaN])('are not written %j', (share) => {
    const { error } = Shares.safeParse({ a: share, b: '50%' });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['a']);
    expect(() => weightsOf({ a: share })).toThrow('not a share');
  });

  it.each([
    [{ a: '33.3%', b: '33.3%', c: '33.3%' }, 'add up to 99.9 % and must be 100 %: add 0.1 % to one of them'],
    [{ a: '70%', b: 35 }, 'add up to 105 % and must be 100 %: take 5 % from them'],
    [{ a: 0 }, 'add up to 0 % and must be 100 %: add 100 % to one of them'],
    [{}, 'name no target: write at least one'],
  ])('are 100 % together: %j', (shares, problem) => {
    expect(sharesProblem(shares)).toContain(problem);
    expect(Shares.safeParse(shares).error?.issues.map(({ message }) => message)).toEqual([
      sharesProblem(shares),
    ]);
  });

  it('that are 100 % have no problem', () => {
    expect(sharesProblem(R19)).toBeUndefined();
    // In doubles 33.3 + 33.3 + 33.4 is 99.99999999999999 or 100 as the order has it.
    expect(sharesProblem({ a: 33.3, b: 33.3, c: 33.4 })).toBeUndefined();
    expect(sharesProblem({ a: 33.4, b: 33.3, c: 33.3 })).toBeUndefined();
  });
});

const observed = (hours: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(hours).map(([target, h]) => [target, durationMs(h * 3_600_000)]));

describe('declared shares against evidence', () => {
  it('of 12/71/17 are 21 points out at the most (R21)', () => {
    // 30 - 12 = 18, 71 - 50 = 21, 20 - 17 = 3
    expect(largestDeviation(R19, observed({ research: 12, negotiation: 71, followup: 17 }))).toEqual({
      target: 'negotiation',
      points: 21,
    });
  });

  it('know a target that was not worked on, and work that nobody declared', () => {
    expect(largestDeviation(R19, observed({ research: 50, followup: 50 }))).toEqual({
      target: 'negotiation',
      points: 50,
    });
    // 30, 50 and 20 % of 50 % are missing 15, 25 and 10 points; meetings have 50 that nobody declared.
    expect(
      largestDeviation(R19, observed({ meetings: 100, research: 30, negotiation: 50, followup: 20 })),
    ).toEqual({ target: 'meetings', points: 50 });
  });

  it('that are equally far out are named in the order of declaration, then by name', () => {
    expect(largestDeviation(Shares.parse({ b: 50, a: 50 }), observed({ a: 60, b: 40 }))).toEqual({
      target: 'b',
      points: 10,
    });
    // x, y and z are 10, 15 and 15 points short; m and l have 20 each that nobody declared.
    const thin = Shares.parse({ x: 50, y: 30, z: 20 });
    expect(largestDeviation(thin, observed({ x: 40, y: 15, z: 5, m: 20, l: 20 }))).toEqual({
      target: 'l',
      points: 20,
    });
  });

  it('are over a limit exactly when the unrounded deviation is', () => {
    const halves = Shares.parse({ a: 50, b: 50 });
    // 65 of 100 is 15 points; one millisecond more is 15.00000...4, which must not read 15.
    expect(largestDeviation(halves, { a: durationMs(6_500_000), b: durationMs(3_500_000) })?.points).toBe(15);
    expect(largestDeviation(halves, { a: durationMs(6_500_001), b: durationMs(3_500_000) })?.points).toBe(
      15.0001,
    );
  });

  it('have nothing to deviate from without evidence', () => {
    expect(largestDeviation(R19, {})).toBeUndefined();
    expect(largestDeviation(R19, observed({ research: 0 }))).toBeUndefined();
  });
});
