/** The sweep: the time of several contenders, cut wherever one begins or ends. */
import { type DurationMs, type InstantMs, NO_TIME, durationMs, elapsed } from '../../schemas/brand.ts';
import { type Contender, byBeginning } from './contender.ts';

export interface Segment {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
  /** All that run from its first to its last instant, what began first before what began last; never none. */
  readonly running: readonly Contender[];
}

/**
 *     A |=========|
 *     B     |=========|        |===|
 *     ->|=A=|=A,B=|=B=|        |=B=|
 *
 * Contenders in order of start.
 */
export const segmentsOf = (contenders: readonly Contender[]): readonly Segment[] => {
  const instants = [...new Set(contenders.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))];
  instants.sort((a, b) => a - b);
  const segments: Segment[] = [];
  let running: readonly Contender[] = [];
  let next = 0;
  for (const [index, fromMs] of instants.entries()) {
    const toMs = instants[index + 1];
    if (toMs === undefined) break;
    const first = next;
    while (contenders[next]?.fromMs === fromMs) next += 1;
    running = [...running.filter((one) => one.toMs > fromMs), ...contenders.slice(first, next)];
    running = running.toSorted(byBeginning);
    if (running.length > 0) segments.push({ fromMs, toMs, running });
  }
  return segments;
};

/** Gives every segment in full to each of those that `choose` picks from all that run in it. */
export const giveInFull = (
  contenders: readonly Contender[],
  choose: (running: readonly Contender[]) => readonly Contender[],
): ReadonlyMap<Contender, DurationMs> => {
  const given = new Map<Contender, DurationMs>();
  for (const { fromMs, toMs, running } of segmentsOf(contenders))
    for (const one of choose(running))
      given.set(one, durationMs((given.get(one) ?? NO_TIME) + elapsed(fromMs, toMs)));
  return given;
};
