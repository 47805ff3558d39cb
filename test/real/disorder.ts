/** Disorder with a seed: every signal three times, each time received later, all of them shuffled. */
import type { Arrival } from '../../adapters/intake.ts';
import { shift } from '../../schemas/brand.ts';

const TIMES = 3;
const SECOND_MS = 1000;

/** mulberry32: 32 bits of state, numbers in [0, 1). Source: Tommy Ettinger, public domain. */
const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Fisher and Yates. */
const shuffled = <Item>(items: readonly Item[], seed: number): readonly Item[] => {
  const random = randomOf(seed);
  const pool = [...items];
  const drawn: Item[] = [];
  while (pool.length > 0) {
    const at = Math.floor(random() * pool.length);
    const [item, last] = [pool[at], pool.pop()];
    if (item === undefined || last === undefined) throw new Error('drew beyond the pool');
    drawn.push(item);
    if (at < pool.length) pool[at] = last;
  }
  return drawn;
};

const receivedLater = (arrival: Arrival, copy: number): Arrival => ({
  ...arrival,
  signal: { ...arrival.signal, receivedAt: shift(arrival.signal.receivedAt, copy * SECOND_MS) },
});

export const inDisorder = (arrivals: readonly Arrival[], seed: number): readonly Arrival[] =>
  shuffled(
    Array.from({ length: TIMES }, (_, copy) =>
      arrivals.map((arrival) => receivedLater(arrival, copy)),
    ).flat(),
    seed,
  );
