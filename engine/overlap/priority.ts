/** Priority: the strongest kind of work has the time, and of equals what began first. */
import type { Attribution, Contender } from './contender.ts';
import { giveInFull } from './sweep.ts';

/**
 *     chat |===========|
 *     call     |===|         order: [call, chat]
 *     ->   |chat|call|chat|
 */
export const priority: Attribution = (contenders, { order = [] }) => {
  const ranks = new Map(order.map((kind, rank) => [kind, rank]));
  const rankOf = ({ kind }: Contender): number => ranks.get(kind) ?? order.length;
  return giveInFull(contenders, (running) => [
    // What began first stands first, and only a stronger one displaces it.
    running.reduce((strongest, one) => (rankOf(one) < rankOf(strongest) ? one : strongest)),
  ]);
};
