/** A cycle: one person's share of one time line, before anything outside its subject is known. */
import type { ActorId, SubjectId } from '../schemas/brand.ts';
import type { FindingCode } from '../schemas/audit.ts';
import type { Attributes } from '../schemas/event.ts';
import type { Span, Subtraction } from '../schemas/record.ts';
import type { CompiledRule } from './plan.ts';
import type { OpenEnd, Stretch, TimeLine } from './stretch.ts';
import type { Words } from './words.ts';

export interface Cycle {
  readonly subject: SubjectId;
  readonly rule: CompiledRule;
  /** From 1, in order of time, for each subject and rule. */
  readonly number: number;
  readonly actor: ActorId;
  readonly spans: readonly Span[];
  readonly subtracted: readonly Subtraction[];
  readonly tail: OpenEnd | undefined;
  readonly attributes: Attributes;
  readonly facts: number;
  readonly words: Words;
  /** The sources that told of the subject. */
  readonly sources: readonly string[];
  readonly flags: readonly FindingCode[];
}

/** The gap in one person's share while somebody else had the clock. */
const handedOver = (before: Stretch, after: Stretch | OpenEnd): readonly Subtraction[] =>
  before.toMs < after.fromMs
    ? [
        {
          reason: 'handed-over',
          fromMs: before.toMs,
          toMs: after.fromMs,
          opened: before.closed,
          closed: after.opened,
        },
      ]
    : [];

const spanOf = ({ fromMs, toMs, opened, closed, grade }: Stretch): Span => ({
  fromMs,
  toMs,
  opened,
  closed,
  grade,
});

const subtractionOf = ({ state, fromMs, toMs, opened, closed, code }: Stretch): Subtraction => ({
  reason: state === 'closed' ? 'closed' : 'paused',
  fromMs,
  toMs,
  opened,
  closed,
  ...(code === undefined ? {} : { code }),
});

/**
 *     time line     |== A ==|= B =|- B paused -|== A ==|
 *     A's cycle     |== A ==|.... handed over ..|== A ==|
 *     B's cycle             |= B =|- paused -|
 */
const shareOf = (actor: ActorId, line: TimeLine): Pick<Cycle, 'spans' | 'subtracted' | 'tail'> => {
  const own = line.stretches.filter((stretch) => stretch.actor === actor);
  const tail = line.tail?.actor === actor ? line.tail : undefined;
  const gaps = own.flatMap((stretch, index) => {
    const next = own[index + 1] ?? tail;
    return next ? handedOver(stretch, next) : [];
  });
  const pauses = own.filter(({ state }) => state !== 'running').map(subtractionOf);
  return {
    spans: own.filter(({ state }) => state === 'running').map(spanOf),
    subtracted: [...pauses, ...gaps].sort((a, b) => a.fromMs - b.fromMs),
    tail,
  };
};

const NO_FLAGS: readonly FindingCode[] = [];
const NEGATIVE: readonly FindingCode[] = ['negative-span'];

/** Shares a time line out to everybody who had the clock, in order of their first stretch. */
export const shareOut = (
  line: TimeLine,
  common: Omit<Cycle, 'actor' | 'spans' | 'subtracted' | 'tail' | 'flags'>,
): readonly Cycle[] => {
  const actors = new Set([...line.stretches, ...(line.tail ? [line.tail] : [])].map(({ actor }) => actor));
  const flags = line.negative === true ? NEGATIVE : NO_FLAGS;
  return [...actors].map((actor) => ({ ...common, actor, ...shareOf(actor, line), flags }));
};
