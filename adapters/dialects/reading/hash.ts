/** A pure 64-bit hash for short ids: not for secrets, and the same on every machine for ever (ids are made of it). */

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
const avalanche = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
};

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

/** 16 hex digits of two 32-bit lanes over UTF-16 code units. 100,000 ids collide with a probability of about 3e-10. */
export const shortHash = (text: string): string => {
  let low = 0x9e3779b9 ^ text.length;
  let high = 0x243f6a88;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(rotate(low ^ Math.imul(unit, 0xcc9e2d51), 13), 5) + high;
    high = Math.imul(rotate(high ^ Math.imul(unit, 0x1b873593), 17), 9) + low;
  }
  const first = avalanche(low + Math.imul(high, 0x85ebca6b));
  return hex(avalanche(high ^ first)) + hex(first);
};
