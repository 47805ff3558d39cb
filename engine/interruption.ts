/** Interruption tolerance: a short gap is counted and marked, a long one makes two records. */
import type { DurationMs } from '../schemas/brand.ts';
import { elapsed } from '../schemas/brand.ts';
import type { Because } from '../schemas/record.ts';
import type { OpenEnd, Stretch, TimeLine } from './stretch.ts';

const KEPT: Because = { clause: 'interruption.keepUpTo' };

const keptGap = (before: Stretch, after: Stretch | OpenEnd): readonly Stretch[] =>
  before.toMs === after.fromMs
    ? []
    : [
        {
          state: 'running',
          actor: before.actor,
          fromMs: before.toMs,
          toMs: after.fromMs,
          opened: KEPT,
          closed: KEPT,
          grade: 'inferred',
        },
      ];

const isRunning = ({ state }: Stretch | OpenEnd): boolean => state === 'running';

/** A line from its first work on: what is paused before anything has run interrupts nothing. */
const fromFirstWork = ({ stretches, tail }: TimeLine): TimeLine | undefined => {
  const first = stretches.findIndex(isRunning);
  if (first >= 0) return { stretches: stretches.slice(first), tail };
  return tail && isRunning(tail) ? { stretches: [], tail } : undefined;
};

/** The line that is being put together. */
interface Joining {
  readonly done: TimeLine[];
  work: Stretch[];
  /** Paused since the last work, before any stop. */
  pauses: Stretch[];
  /** Its stop has come; what follows begins a line of its own, unless the gap is short. */
  stopped: boolean;
  /** An end in it was told to lie before its start. */
  negative: boolean;
}

const finish = (joining: Joining, tail?: OpenEnd): void => {
  const stretches = [...joining.work, ...joining.pauses];
  const { negative } = joining;
  if (stretches.length > 0 || tail) joining.done.push({ stretches, tail, negative });
  Object.assign(joining, { work: [], pauses: [], stopped: false, negative: false });
};

/** Decides about everything between the last work and the next, however it is made up of pauses and stops. */
const reach = (joining: Joining, next: Stretch | OpenEnd, keepUpToMs: DurationMs): void => {
  const last = joining.work.findLast(isRunning);
  if (!last) return;
  if (last.actor !== next.actor) {
    if (joining.stopped) return finish(joining);
    joining.work.push(...joining.pauses);
    joining.pauses = [];
    return;
  }
  if (elapsed(last.toMs, next.fromMs) > keepUpToMs) {
    if (!joining.stopped) joining.pauses = [];
    return finish(joining);
  }
  joining.work.push(...keptGap(last, next));
  Object.assign(joining, { pauses: [], stopped: false });
};

/**
 *     tolerance 120 s:   |=====|-90 s-|=====|   ->  |=====|= kept =|=====|    one time line
 *                        |=====|-121 s-|=====|  ->  |=====|        |=====|    two
 *
 * Applies the tolerance to all time lines of one subject, in order of time. A pause that no work follows stays one.
 */
export const tolerate = (
  lines: readonly TimeLine[],
  keepUpToMs: DurationMs | undefined,
): readonly TimeLine[] => {
  if (keepUpToMs === undefined) return lines;
  const joining: Joining = { done: [], work: [], pauses: [], stopped: false, negative: false };
  for (const whole of lines) {
    const line = fromFirstWork(whole);
    if (!line) {
      finish(joining);
      joining.done.push(whole);
      continue;
    }
    for (const stretch of line.stretches) {
      if (!isRunning(stretch)) joining.pauses.push(stretch);
      else {
        reach(joining, stretch, keepUpToMs);
        joining.work.push(stretch);
      }
    }
    if (whole.negative === true) joining.negative = true;
    if (line.tail && isRunning(line.tail)) reach(joining, line.tail, keepUpToMs);
    if (line.tail) finish(joining, line.tail);
    else joining.stopped = true;
  }
  finish(joining);
  return joining.done;
};
