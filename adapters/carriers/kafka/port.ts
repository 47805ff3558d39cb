/**
 * The port to Kafka: what the carrier asks of a client. kafkajs is behind it, in a folder of its own, and is replaced
 * there. A client is good for one run: when anything about it fails, it is closed and a new one is made.
 */

export interface Partition {
  readonly topic: string;
  readonly partition: number;
}

type HeaderValue = Buffer | string;

export interface Message {
  readonly offset: number;
  /** When it was produced or appended, as the topic says it; milliseconds. */
  readonly timestampMs: number;
  readonly key: Buffer | null;
  /** Null: a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, HeaderValue | readonly HeaderValue[] | undefined>>;
}

export interface Batch extends Partition {
  /** In the order of their offsets, which may have gaps: compacted topics and transactions leave some. At least one. */
  readonly messages: readonly Message[];
  /** Where the partition ended when this was fetched. */
  readonly endOffset: number;
}

/** What is in the partition: `[startOffset, endOffset)`. */
export interface Extent extends Partition {
  readonly startOffset: number;
  readonly endOffset: number;
}

/** Where the group goes on reading, and what it noted there. */
export interface Committed extends Partition {
  /** Undefined where the group has not read yet. */
  readonly nextOffset: number | undefined;
  readonly note: string;
}

/** A batch in hand. */
export interface Grip {
  /** Whether the partition is still this consumer's, and the batch still what comes next of it. */
  holds(): boolean;
  /** Says that this consumer lives. Rejects when the group no longer counts on it. */
  heartbeat(): Promise<void>;
  /** Everything before `nextOffset` is done, for the group and for what is fetched next. */
  commit(nextOffset: number, note: string): Promise<void>;
}

export interface Consuming {
  readonly topics: readonly string[];
  /** These partitions, and no others, are this consumer's now. None of them is read before it is begun. */
  onAssigned(partitions: readonly Partition[]): void;
  /** One batch at a time. What is not committed of it is fetched again. */
  onBatch(batch: Batch, grip: Grip): Promise<void>;
  /** Nothing before `nextOffset` was for us: marks of transactions. */
  onPassed(partition: Partition, nextOffset: number): void;
}

export interface Consumer {
  /** Rejects when it has. It does not start itself again. */
  readonly crashed: Promise<never>;
  /** Reads the partition from this offset on. */
  begin(partition: Partition, offset: number): void;
  pause(partition: Partition): void;
  /** Leaves the group after the batch in hand. */
  stop(): Promise<void>;
}

export type Outgoing = Pick<Message, 'key' | 'value' | 'headers'>;

/** No broker takes it. Of several messages that are sent together, one may be to blame, or all of them. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

export interface KafkaClient {
  consume(consuming: Consuming): Promise<Consumer>;
  committed(topics: readonly string[]): Promise<readonly Committed[]>;
  extents(topics: readonly string[]): Promise<readonly Extent[]>;
  /** Rejects where there is none. Undefined where we may not look. */
  isCompacted(topic: string): Promise<boolean | undefined>;
  /** Resolves when every replica in sync has them. Rejects with TooLarge. */
  send(topic: string, messages: readonly Outgoing[]): Promise<void>;
  close(): Promise<void>;
}

export const keyOf = ({ topic, partition }: Partition): string => `${topic}/${partition}`;
