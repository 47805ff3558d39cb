/** Luck from a seed: the same numbers in every run. */

/** Marsaglia's xorshift, 32 bits: numbers in [0, 1). */
export const luck = (seed: number): (() => number) => {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
};
