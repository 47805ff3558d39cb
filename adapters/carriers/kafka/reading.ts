/** What is known of a partition that is being read: how far, and what was lost before the next message. */
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Arrival } from '../../intake.ts';
import { type Lost, cameBack, wentDown } from './outage.ts';
import { type Loss, placeOf } from './place.ts';
import { type Batch, type Extent, type Partition, keyOf } from './port.ts';

export interface Reading {
  readonly at: Partition;
  readonly source: string;
  nextOffset: number;
  /** The time of the last message that was read. */
  readMs: number | undefined;
  /** What was lost and told: an outage whose end comes with the next message. */
  lost: Lost | undefined;
}

/** Throws for a partition that the cluster does not tell of. */
export const toldOf = <Told extends Partition>(told: readonly Told[], at: Partition): Told => {
  const one = told.find(({ topic, partition }) => topic === at.topic && partition === at.partition);
  if (!one) throw new Error(`the cluster tells nothing of ${keyOf(at)}`);
  return one;
};

/** The broker deletes between two batches, too, and the client then goes on without a word. */
export const lossBefore = async (
  { messages }: Batch,
  { at, nextOffset }: Reading,
  extents: () => Promise<readonly Extent[]>,
): Promise<Loss | undefined> => {
  const first = messages[0]?.offset ?? nextOffset;
  if (first === nextOffset) return undefined;
  if (first < nextOffset) return { because: 'remade', fromOffset: nextOffset, toOffset: first };
  return placeOf({ nextOffset }, toldOf(await extents(), at)).loss;
};

/** What must be told of a loss before the first message after it counts as read. */
export const factsOf = (
  reading: Reading,
  loss: Loss | undefined,
  { messages }: Batch,
  now: InstantMs,
): readonly Arrival[] => {
  const { at, source, lost, readMs = 0 } = reading;
  const firstMs = Math.max(messages[0]?.timestampMs ?? 0, readMs);
  const found: Lost | undefined = loss && { ...loss, at, source };
  return [
    ...(lost ? [cameBack(lost, firstMs, now)] : []),
    ...(found ? [wentDown(found, reading.readMs, now), cameBack(found, firstMs, now)] : []),
  ];
};
