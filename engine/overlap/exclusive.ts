/** Exclusive: one thing at a time has the time, what began last or what began first. */
import type { Attribution } from './contender.ts';
import { giveInFull } from './sweep.ts';

/**
 *              A |=====|            A |=====|
 *              B    |=====|         B    |=====|
 *     latest:    |A |B====|  first:   |A====|B |
 *
 * When what began last ends, the time goes back to what began last of the rest.
 */
export const exclusive: Attribution = (contenders, { keep = 'latest' }) =>
  giveInFull(contenders, (running) => (keep === 'latest' ? running.slice(-1) : running.slice(0, 1)));
