/** Cap: of what runs at once at most so many count in full, those that began first. */
import type { Attribution } from './contender.ts';
import { giveInFull } from './sweep.ts';

/**
 *     A |========|
 *     B    |========|          atMost: 2
 *     C       |..|=====|       C counts from where A has ended
 */
export const cap: Attribution = (contenders, { atMost }) => {
  if (atMost === undefined) throw new Error('a cap without atMost has passed its schema');
  return giveInFull(contenders, (running) => running.slice(0, atMost));
};
