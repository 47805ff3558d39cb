/** What was lost, told as facts about the source: it went down after its last message, and came back with the next. */
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Arrival } from '../../intake.ts';
import type { TopicSource } from './message.ts';
import type { Loss } from './place.ts';
import { type Partition, keyOf } from './port.ts';

/** Tickmark's own language: what the source speaks has no word for what it did not say. */
const DIALECT = 'tickmark';

/** As the schema of these facts allows. */
const MOST_CHARACTERS = 200;

const reasonOf = (at: Partition, { because, fromOffset, toOffset }: Loss): string => {
  const what =
    because === 'expired'
      ? `offsets ${fromOffset} to ${toOffset - 1} were deleted before they were read`
      : `it ends before offset ${fromOffset}, which was to be read: it was made anew, or lost its end`;
  return `Kafka ${keyOf(at)}: ${what}`.slice(0, MOST_CHARACTERS);
};

export interface Lost extends Loss {
  readonly at: Partition;
  readonly source: TopicSource['source'];
}

type Fact = 'SourceWentDown' | 'SourceCameBack';

/** The same loss has the same ids, whichever process finds it, however often. */
const factOf = (type: Fact, lost: Lost, atMs: number, receivedAt: InstantMs): Arrival => {
  const { at, source, fromOffset, toOffset } = lost;
  const event = {
    specversion: '1.0',
    id: `kafka/${keyOf(at)}/${fromOffset}-${toOffset}`,
    source,
    type,
    subject: `source-${source}`,
    // The clocks of producers may run ahead.
    time: new Date(Math.min(atMs, receivedAt)).toISOString(),
    data: { reason: reasonOf(at, lost) },
  };
  const raw = JSON.stringify(event);
  return {
    status: 'signal',
    signal: { source, dialect: DIALECT, receivedAt, origin: keyOf(at), raw },
  };
};

/** `lastReadMs`: the time of the last message that was read. */
export const wentDown = (lost: Lost, lastReadMs: number | undefined, now: InstantMs): Arrival =>
  factOf('SourceWentDown', lost, lastReadMs ?? now, now);

export const cameBack = (lost: Lost, firstMs: number, now: InstantMs): Arrival =>
  factOf('SourceCameBack', lost, firstMs, now);
