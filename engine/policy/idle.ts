/** Idle time: inside what runs, no sign of the person for longer than the rule allows. */
import { type InstantMs, earlier, later } from '../../schemas/brand.ts';
import type { Span } from '../../schemas/record.ts';
import { type Person, firstAfter } from '../person.ts';
import type { CompiledRule } from '../plan.ts';
import type { Hole } from './account.ts';

const IDLE = { clause: 'idle' };

/**
 *     span      |=====================================|
 *     signs     x   x  x                       x      x    threshold 3 min
 *     idle             |-----------------------|
 *
 * The whole of it is idle, from the last sign on, not from the expiry of the threshold. The ends of a span that facts
 * gave it are signs too. Before the first and after the last presence signal nothing is known, so nothing is idle.
 */
const holesOf = (
  { fromMs, toMs, closed }: Span,
  seen: readonly InstantMs[],
  thresholdMs: number,
): readonly Hole[] => {
  const [first] = seen;
  const last = seen.at(-1);
  if (first === undefined || last === undefined) return [];
  const holes: Hole[] = [];
  let signMs = fromMs;
  const look = (nextMs: InstantMs): void => {
    const hole = { fromMs: later(signMs, first), toMs: earlier(nextMs, last), because: IDLE };
    if (nextMs - signMs > thresholdMs && hole.fromMs < hole.toMs) holes.push(hole);
    signMs = nextMs;
  };
  for (let place = firstAfter(seen, fromMs); place < seen.length; place += 1) {
    const at = seen[place];
    if (at === undefined || at >= toMs) break;
    look(at);
  }
  if (closed.event !== undefined || last >= toMs) look(toMs);
  return holes;
};

/** The idle time of what runs; `spans` as the facts bound them, before any policy cuts them where nobody gave a sign. */
export const idleIn = (
  spans: readonly Span[],
  { idleMs }: CompiledRule,
  { seen }: Person,
): readonly Hole[] => (idleMs === undefined ? [] : spans.flatMap((span) => holesOf(span, seen, idleMs)));
