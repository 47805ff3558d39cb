/**
 * A cluster in memory behind the port, as badly behaved as the client: an offset that is out of range is answered by a
 * silent reset, a partition is read on while its group changes, and a handler that fails ends the consumer.
 */
import { setImmediate } from 'node:timers/promises';
import {
  type Committed,
  type Consuming,
  type Grip,
  type KafkaClient,
  type Message,
  type Outgoing,
  type Partition,
  TooLarge,
  keyOf,
} from '../../../adapters/carriers/kafka/port.ts';

interface Log extends Partition {
  startOffset: number;
  readonly messages: Message[];
  endOffset: number;
}

interface Member {
  readonly consuming: Consuming;
  assigned: readonly Partition[];
  /** Where each partition is read on; none while it is not begun. */
  readonly positions: Map<string, number>;
  isOver: boolean;
  readonly crash: (error: unknown) => void;
  readonly crashed: Promise<never>;
  running: Promise<void>;
}

export interface MemoryCluster {
  createTopic(topic: string, partitions?: number): void;
  produce(topic: string, partition: number, messages: readonly Partial<Message>[]): void;
  compact(topic: string): void;
  /** Offsets that no message has: marks of transactions, or what was compacted away. */
  skip(topic: string, partition: number, offsets: number): void;
  deleteBefore(topic: string, partition: number, offset: number): void;
  /** Another topic of the same name. */
  remake(topic: string): void;
  committed(topic: string, partition: number): number | undefined;
  sent(topic: string): readonly Outgoing[];
  /** Commits, and other requests for the group, fail so often. */
  failCommits(times: number): void;
  failSends(times: number): void;
  /** Consumers fetch nothing any more, and do not say so. */
  hang(isHung: boolean): void;
  heartbeats(): number;
  /** A client of the group. */
  open(): Promise<KafkaClient>;
}

const PER_BATCH = 1_000;

interface State {
  readonly logs: Map<string, Log>;
  readonly offsets: Map<string, Committed>;
  readonly outgoing: Map<string, Outgoing[]>;
  readonly members: Member[];
  readonly compacted: Set<string>;
  failingCommits: number;
  failingSends: number;
  isHung: boolean;
  heartbeats: number;
}

const logOf = ({ logs }: State, at: Partition): Log => {
  const log = logs.get(keyOf(at));
  if (!log) throw new Error(`there is no ${keyOf(at)}`);
  return log;
};

const logsOf = ({ logs }: State, topics: readonly string[]): readonly Log[] =>
  [...logs.values()].filter(({ topic }) => topics.includes(topic));

const assign = (state: State): void => {
  const { members } = state;
  for (const [index, member] of members.entries()) {
    const all = logsOf(state, member.consuming.topics);
    const own = all.filter((_, at) => at % members.length === index);
    member.assigned = own.map(({ topic, partition }) => ({ topic, partition }));
    member.positions.clear();
    member.consuming.onAssigned(member.assigned);
  }
};

const leave = (state: State, member: Member): void => {
  member.isOver = true;
  const at = state.members.indexOf(member);
  if (at === -1) return;
  state.members.splice(at, 1);
  assign(state);
};

const gripOf = (state: State, member: Member, at: Partition): Grip => {
  const holds = (): boolean => !member.isOver && member.positions.has(keyOf(at));
  return {
    holds,
    heartbeat: async () => void (state.heartbeats += 1),
    commit: async (nextOffset, note) => {
      if (holds()) member.positions.set(keyOf(at), nextOffset);
      state.failingCommits -= 1;
      if (state.failingCommits >= 0) throw new Error('the coordinator is away');
      state.offsets.set(keyOf(at), { ...at, nextOffset, note });
    },
  };
};

/** The silent reset, which forgets where the group was. */
const resetWhereOut = (state: State, member: Member, at: Partition, position: number): number => {
  const { startOffset, endOffset } = logOf(state, at);
  if (position >= startOffset && position <= endOffset) return position;
  state.offsets.delete(keyOf(at));
  member.positions.set(keyOf(at), startOffset);
  return startOffset;
};

/** One batch of one partition, if there is any. */
const fetchOne = async (state: State, member: Member, at: Partition): Promise<void> => {
  const position = member.positions.get(keyOf(at));
  if (position === undefined) return;
  const from = resetWhereOut(state, member, at, position);
  const { messages, endOffset } = logOf(state, at);
  const batch = messages.filter(({ offset }) => offset >= from).slice(0, PER_BATCH);
  if (batch.length > 0)
    return member.consuming.onBatch({ ...at, messages: batch, endOffset }, gripOf(state, member, at));
  member.positions.set(keyOf(at), endOffset);
  if (from < endOffset) member.consuming.onPassed(at, endOffset);
};

const run = async (state: State, member: Member): Promise<void> => {
  try {
    while (!member.isOver) {
      for (const at of state.isHung ? [] : member.assigned)
        if (!member.isOver) await fetchOne(state, member, at);
      await setImmediate();
    }
  } catch (error) {
    leave(state, member);
    member.crash(error);
  }
};

const join = (state: State, consuming: Consuming): Member => {
  const { promise: crashed, reject: crash } = Promise.withResolvers<never>();
  crashed.catch(() => undefined);
  const running = Promise.resolve();
  const member = { consuming, assigned: [], positions: new Map(), isOver: false, crash, crashed, running };
  state.members.push(member);
  assign(state);
  member.running = run(state, member);
  return member;
};

const append = (log: Log, messages: readonly Partial<Message>[]): void => {
  for (const message of messages) {
    const { endOffset: offset } = log;
    log.messages.push({ timestampMs: 0, key: null, value: null, headers: {}, ...message, offset });
    log.endOffset += 1;
  }
};

const MOST_BYTES = 1_048_588;

const send = (state: State, topic: string, messages: readonly Outgoing[]): void => {
  const bytes = messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
  if (bytes > MOST_BYTES) throw new TooLarge('more than the topic takes');
  state.failingSends -= 1;
  if (state.failingSends >= 0) throw new Error('the topic is away');
  state.outgoing.set(topic, [...(state.outgoing.get(topic) ?? []), ...messages]);
  const log = state.logs.get(keyOf({ topic, partition: 0 }));
  if (log) append(log, messages);
};

const open = (state: State): KafkaClient => {
  let member: Member | undefined;
  const close = async (): Promise<void> => {
    if (!member) return;
    member.isOver = true;
    await member.running;
    leave(state, member);
  };
  return {
    consume: async (consuming) => {
      const joined = join(state, consuming);
      member = joined;
      return {
        crashed: joined.crashed,
        begin: (at, offset) => void joined.positions.set(keyOf(at), offset),
        pause: (at) => void joined.positions.delete(keyOf(at)),
        stop: close,
      };
    },
    committed: async (topics) =>
      logsOf(state, topics).map(
        ({ topic, partition }) =>
          state.offsets.get(keyOf({ topic, partition })) ?? {
            topic,
            partition,
            nextOffset: undefined,
            note: '',
          },
      ),
    extents: async (topics) => logsOf(state, topics).map(({ messages: _, ...extent }) => extent),
    isCompacted: async (topic) => state.compacted.has(topic),
    send: async (topic, messages) => send(state, topic, messages),
    close,
  };
};

const createTopic = ({ logs }: State, topic: string, partitions: number): void => {
  for (let partition = 0; partition < partitions; partition += 1)
    logs.set(keyOf({ topic, partition }), { topic, partition, startOffset: 0, messages: [], endOffset: 0 });
};

const deleteBefore = (log: Log, offset: number): void => {
  log.startOffset = offset;
  log.messages.splice(0, log.messages.filter((one) => one.offset < offset).length);
};

export const memoryCluster = (): MemoryCluster => {
  const state: State = {
    logs: new Map(),
    offsets: new Map(),
    outgoing: new Map(),
    members: [],
    compacted: new Set(),
    failingCommits: 0,
    failingSends: 0,
    isHung: false,
    heartbeats: 0,
  };
  return {
    createTopic: (topic, partitions = 1) => createTopic(state, topic, partitions),
    compact: (topic) => void state.compacted.add(topic),
    produce: (topic, partition, messages) => append(logOf(state, { topic, partition }), messages),
    skip: (topic, partition, count) => void (logOf(state, { topic, partition }).endOffset += count),
    deleteBefore: (topic, partition, offset) => deleteBefore(logOf(state, { topic, partition }), offset),
    remake: (topic) => createTopic(state, topic, logsOf(state, [topic]).length),
    committed: (topic, partition) => state.offsets.get(keyOf({ topic, partition }))?.nextOffset,
    sent: (topic) => state.outgoing.get(topic) ?? [],
    failCommits: (times) => void (state.failingCommits = times),
    failSends: (times) => void (state.failingSends = times),
    hang: (isHung) => void (state.isHung = isHung),
    heartbeats: () => state.heartbeats,
    open: async () => open(state),
  };
};
