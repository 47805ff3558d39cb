/** Fair share: what runs at once divides the time equally, and nobody's time is longer than the clock's. */
import type { DurationMs, InstantMs } from '../../schemas/brand.ts';
import { apportion } from '../allocation.ts';
import type { Attribution, Contender } from './contender.ts';
import { segmentsOf } from './sweep.ts';

const greatestDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestDivisor(b, a % b));
const leastMultiple = (a: bigint, b: bigint): bigint => (a / greatestDivisor(a, b)) * b;

/** Work that is linked by overlaps. An instant that no piece runs through separates, so nothing is carried over it. */
const linked = (contenders: readonly Contender[]): readonly (readonly Contender[])[] => {
  const groups: Contender[][] = [];
  let endMs = -Infinity;
  for (const one of contenders) {
    const group = groups.at(-1);
    if (group && one.fromMs < endMs) group.push(one);
    else groups.push([one]);
    endMs = Math.max(endMs, one.toMs);
  }
  return groups;
};

/**
 * A clock that runs at the n-th part of its speed while n pieces run; what it gains during a piece is the piece's share.
 *
 *     A |=====|
 *     B    |=====|
 *     1/   1  2  1
 *
 * Its readings are exact, in parts of a millisecond that every n divides. Rounded is once, when all is added up:
 * rounding each segment would put a piece wrong by a millisecond for each neighbour that comes or goes, whereas
 * here it is less than one millisecond from its exact share, however many they were.
 */
const sharesOf = (group: readonly Contender[]): readonly DurationMs[] => {
  const segments = segmentsOf(group);
  const partsOfMs = segments.reduce((parts, { running }) => leastMultiple(parts, BigInt(running.length)), 1n);
  const readings = new Map<InstantMs, bigint>();
  let reading = 0n;
  for (const { fromMs, toMs, running } of segments) {
    readings.set(fromMs, reading);
    reading += BigInt(toMs - fromMs) * (partsOfMs / BigInt(running.length));
    readings.set(toMs, reading);
  }
  const readingAt = (at: InstantMs): bigint => readings.get(at) ?? 0n;
  const claims = group.map(({ fromMs, toMs }) => readingAt(toMs) - readingAt(fromMs));
  return apportion(claims, partsOfMs);
};

export const fairShare: Attribution = (contenders) => {
  const given = new Map<Contender, DurationMs>();
  for (const group of linked(contenders))
    for (const [index, shareMs] of sharesOf(group).entries()) {
      const one = group[index];
      if (one) given.set(one, shareMs);
    }
  return given;
};
