/** Interruption tolerance: a short gap is counted and marked, a long one makes two records. */
import type { DurationMs } from '../schemas/brand.ts';
import { elapsed } from '../schemas/brand.ts';
import type { Because } from '../schemas/record.ts';
import type { Stretch, TimeLine } from './stretch.ts';
import { lengthOfStretch } from './stretch.ts';

const KEPT: Because = { clause: 'interruption.keepUpTo' };

/**
 *     tolerance 120 s:   |=====|-90 s-|=====|   ->  |=====|= kept =|=====|    one time line
 *                        |=====|-121 s-|=====|  ->  |=====|        |=====|    two
 *
 * A pause that nothing follows stays what it is.
 */
const atPauses = (line: TimeLine, keepUpToMs: DurationMs): readonly TimeLine[] => {
  const lines: TimeLine[] = [];
  let current: Stretch[] = [];
  for (const [index, stretch] of line.stretches.entries()) {
    const next = line.stretches[index + 1] ?? line.tail;
    if (stretch.state === 'running' || next?.state !== 'running') current.push(stretch);
    else if (lengthOfStretch(stretch) <= keepUpToMs && next.actor === stretch.actor)
      current.push({ ...stretch, state: 'running', opened: KEPT, closed: KEPT, grade: 'inferred' });
    else {
      lines.push({ stretches: current, tail: undefined });
      current = [];
    }
  }
  return [...lines, { stretches: current, tail: line.tail }];
};

/** Joins a time line to the one before it when the gap between them is short and the person is the same. */
const join = (before: TimeLine, after: TimeLine, keepUpToMs: DurationMs): TimeLine | undefined => {
  const last = before.stretches.at(-1);
  const first = after.stretches[0] ?? after.tail;
  if (!last || !first || before.tail || last.actor !== first.actor) return undefined;
  if (elapsed(last.toMs, first.fromMs) > keepUpToMs) return undefined;
  const { actor } = last;
  const gap: readonly Stretch[] =
    last.toMs === first.fromMs
      ? []
      : [
          {
            state: 'running',
            actor,
            fromMs: last.toMs,
            toMs: first.fromMs,
            opened: KEPT,
            closed: KEPT,
            grade: 'inferred',
          },
        ];
  return { stretches: [...before.stretches, ...gap, ...after.stretches], tail: after.tail };
};

/** Applies the tolerance to all time lines of one subject, in order of time. */
export const tolerate = (
  lines: readonly TimeLine[],
  keepUpToMs: DurationMs | undefined,
): readonly TimeLine[] => {
  if (keepUpToMs === undefined) return lines;
  const joined: TimeLine[] = [];
  for (const line of lines.flatMap((whole) => atPauses(whole, keepUpToMs))) {
    const before = joined.at(-1);
    const both = before && join(before, line, keepUpToMs);
    if (both) joined[joined.length - 1] = both;
    else joined.push(line);
  }
  return joined;
};
