/** Count all: whatever runs counts in full, and two things at once count twice. */
import { elapsed } from '../../schemas/brand.ts';
import type { Attribution } from './contender.ts';

export const countAll: Attribution = (contenders) =>
  new Map(contenders.map((one) => [one, elapsed(one.fromMs, one.toMs)]));
