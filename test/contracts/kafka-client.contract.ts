/** The contract of the port to Kafka: what the carrier relies on, whichever client and whichever cluster is behind it. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Batch,
  type Consumer,
  type Grip,
  type KafkaClient,
  type Partition,
  TooLarge,
} from '../../adapters/carriers/kafka/port.ts';

export interface Sent {
  readonly key: string;
  readonly value: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ClusterForContract {
  /** A topic of so many partitions in which there is nothing yet; its name. */
  topic(partitions: number): Promise<string>;
  /** Of one partition. */
  compactedTopic(): Promise<string>;
  produce(topic: string, partition: number, messages: readonly Sent[]): Promise<void>;
  /** Clients of one group, which nobody else is in. */
  group(): () => Promise<KafkaClient>;
}

const numbered = (from: number, to: number): readonly Sent[] =>
  Array.from({ length: to - from }, (_, index) => ({ key: 'k', value: String(from + index) }));

/** Until a server has done what it was told; the time limit of the test is the limit. */
const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await setImmediate();
};

interface Heard {
  readonly values: string[];
  readonly batches: Batch[];
  assigned: readonly Partition[];
  consumer: Consumer | undefined;
}

/** Hears everything it is given and commits it. `beginsAt`: undefined, nothing is begun. */
const listen = async (client: KafkaClient, topic: string, beginsAt: number | undefined): Promise<Heard> => {
  const heard: Heard = { values: [], batches: [], assigned: [], consumer: undefined };
  const ready = Promise.withResolvers<Consumer>();
  const begin = async (partitions: readonly Partition[]): Promise<void> => {
    const consumer = await ready.promise;
    if (beginsAt !== undefined) for (const at of partitions) consumer.begin(at, beginsAt);
  };
  heard.consumer = await client.consume({
    topics: [topic],
    onAssigned: (partitions) => {
      heard.assigned = partitions;
      void begin(partitions);
    },
    onBatch: async (batch: Batch, grip: Grip) => {
      heard.batches.push(batch);
      heard.values.push(...batch.messages.map(({ value }) => value?.toString() ?? 'null'));
      await grip.commit((batch.messages.at(-1)?.offset ?? -1) + 1, `note ${heard.values.length}`);
    },
    onPassed: () => undefined,
  });
  ready.resolve(heard.consumer);
  return heard;
};

export const kafkaClientContract = (name: string, cluster: () => ClusterForContract): void => {
  describe(`a client of Kafka: ${name}`, () => {
    const clients: KafkaClient[] = [];
    afterEach(async () => {
      await Promise.all(clients.splice(0).map((client) => client.close()));
    });
    const opened = async (open: () => Promise<KafkaClient>): Promise<KafkaClient> => {
      const client = await open();
      clients.push(client);
      return client;
    };

    it('tells what is in each partition', async () => {
      const topic = await cluster().topic(2);
      await cluster().produce(topic, 1, numbered(0, 3));
      const client = await opened(cluster().group());
      const extents = await client.extents([topic]);
      expect(extents.toSorted((a, b) => a.partition - b.partition)).toEqual([
        { topic, partition: 0, startOffset: 0, endOffset: 0 },
        { topic, partition: 1, startOffset: 0, endOffset: 3 },
      ]);
    });

    it('reads a partition from where it is begun, and tells the group where it is', async () => {
      const topic = await cluster().topic(1);
      await cluster().produce(topic, 0, numbered(0, 5));
      const client = await opened(cluster().group());
      const heard = await listen(client, topic, 2);
      await until(() => heard.values.length === 3);
      expect(heard.values).toEqual(['2', '3', '4']);
      expect(heard.batches[0]).toMatchObject({ topic, partition: 0, endOffset: 5 });
      const committed = { topic, partition: 0, nextOffset: 5, note: 'note 3' };
      await until(async () => (await client.committed([topic]))[0]?.nextOffset === 5);
      expect(await client.committed([topic])).toEqual([committed]);
    });

    it('knows of no place where its group has not been', async () => {
      const topic = await cluster().topic(1);
      const client = await opened(cluster().group());
      expect(await client.committed([topic])).toEqual([
        { topic, partition: 0, nextOffset: undefined, note: '' },
      ]);
    });

    it('reads nothing that is not begun, and nothing while it is paused', async () => {
      const topic = await cluster().topic(1);
      await cluster().produce(topic, 0, numbered(0, 2));
      const client = await opened(cluster().group());
      const heard = await listen(client, topic, undefined);
      await until(() => heard.assigned.length === 1);
      const [at] = heard.assigned;
      if (!at) throw new Error('nothing was assigned');
      expect(heard.values).toEqual([]);
      heard.consumer?.begin(at, 0);
      await until(() => heard.values.length === 2);
      heard.consumer?.pause(at);
      await cluster().produce(topic, 0, numbered(2, 4));
      expect(heard.values).toEqual(['0', '1']);
      heard.consumer?.begin(at, 3);
      await until(() => heard.values.length === 3);
      expect(heard.values).toEqual(['0', '1', '3']);
    });

    it('hands over keys, values, headers and tombstones as they came', async () => {
      const topic = await cluster().topic(1);
      await cluster().produce(topic, 0, [
        { key: 'é', value: 'ü', headers: { reason: 'ö' } },
        { key: 'gone', value: null },
      ]);
      const heard = await listen(await opened(cluster().group()), topic, 0);
      await until(() => heard.values.length === 2);
      const [first, second] = heard.batches.flatMap(({ messages }) => messages);
      expect([first?.key?.toString(), first?.value?.toString()]).toEqual(['é', 'ü']);
      expect(String(first?.headers['reason'])).toBe('ö');
      expect(first?.timestampMs).toBeGreaterThanOrEqual(0);
      expect([second?.offset, second?.key?.toString(), second?.value]).toEqual([1, 'gone', null]);
    });

    it('sends what others read', async () => {
      const topic = await cluster().topic(1);
      const client = await opened(cluster().group());
      await client.send(topic, [
        { key: Buffer.from('k'), value: Buffer.from('v'), headers: { trace: 'abc' } },
      ]);
      const heard = await listen(client, topic, 0);
      await until(() => heard.values.length === 1);
      expect(heard.values).toEqual(['v']);
      expect(String(heard.batches[0]?.messages[0]?.headers['trace'])).toBe('abc');
    });

    it('sends nothing that is larger than the topic takes, and says so', async () => {
      const topic = await cluster().topic(1);
      const client = await opened(cluster().group());
      const of = (length: number) => [{ key: null, value: Buffer.alloc(length, 'x'), headers: {} }];
      await expect(client.send(topic, of(2_000_000))).rejects.toBeInstanceOf(TooLarge);
      await expect(client.send(topic, [...of(600_000), ...of(600_000)])).rejects.toBeInstanceOf(TooLarge);
      await client.send(topic, of(600_000));
      expect(await client.extents([topic])).toMatchObject([{ endOffset: 1 }]);
    });

    it('says whether a topic is compacted', async () => {
      const [compacted, other] = [await cluster().compactedTopic(), await cluster().topic(1)];
      const client = await opened(cluster().group());
      expect(await client.isCompacted(other)).toBe(false);
      expect(await client.isCompacted(compacted)).toBe(true);
    });

    it('shares the partitions with the others of its group, each of one at a time', async () => {
      const topic = await cluster().topic(2);
      const open = cluster().group();
      const first = await listen(await opened(open), topic, 0);
      const second = await listen(await opened(open), topic, 0);
      await until(() => first.assigned.length === 1 && second.assigned.length === 1);
      await cluster().produce(topic, 0, numbered(0, 2));
      await cluster().produce(topic, 1, numbered(2, 4));
      await until(() => first.values.length === 2 && second.values.length === 2);
      expect([...first.values, ...second.values].toSorted()).toEqual(['0', '1', '2', '3']);
      await second.consumer?.stop();
      await until(() => first.assigned.length === 2);
    });
  });
};
