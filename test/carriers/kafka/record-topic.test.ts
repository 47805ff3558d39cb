/** The topic of time records: how messages become messages, and requests that brokers take. */
import { describe, expect, it } from 'vitest';
import type { KafkaClient, Outgoing } from '../../../adapters/carriers/kafka/port.ts';
import { openOutlet } from '../../../adapters/carriers/kafka/record-topic.ts';
import { recordId } from '../../../schemas/brand.ts';
import { memoryCluster } from '../../support/kafka/memory-cluster.ts';

const TOPIC = 'tickmark.time-records';
const message = (key: string, value: string | null) => ({ key: recordId(key), value });

const room = async () => {
  const cluster = memoryCluster();
  cluster.createTopic(TOPIC);
  const client = await cluster.open();
  const requests: (readonly Outgoing[])[] = [];
  const warnings: unknown[] = [];
  const watched: KafkaClient = {
    ...client,
    send: (topic, messages) => {
      requests.push(messages);
      return client.send(topic, messages);
    },
  };
  const open = () => openOutlet(watched, TOPIC, { warn: (told: unknown) => void warnings.push(told) });
  return { cluster, requests, warnings, open };
};

describe('the topic of time records', () => {
  it('gets a message as a CloudEvent that is all in the value, and a removal as a tombstone', async () => {
    const { cluster, open } = await room();
    const outlet = await open();
    expect(await outlet.send([message('é', '{"id":1}'), message('b', null)])).toEqual(new Set());
    expect(cluster.sent(TOPIC)).toEqual([
      {
        key: Buffer.from('é'),
        value: Buffer.from('{"id":1}'),
        headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
      },
      { key: Buffer.from('b'), value: null, headers: {} },
    ]);
  });

  it('gets many in requests of a quarter of a megabyte, in their order', async () => {
    const { cluster, requests, open } = await room();
    const messages = Array.from({ length: 10 }, (_, at) => message(`r${at}`, 'x'.repeat(100_000)));
    await (await open()).send(messages);
    expect(requests.map((messages) => messages.length)).toEqual([2, 2, 2, 2, 2]);
    expect(cluster.sent(TOPIC).map(({ key }) => String(key))).toEqual(messages.map(({ key }) => key));
  });

  it('says what no broker takes, and sends the rest', async () => {
    const { cluster, open } = await room();
    const messages = [message('a', 'x'), message('huge', 'x'.repeat(1_200_000)), message('b', 'x')];
    expect(await (await open()).send(messages)).toEqual(new Set(['huge']));
    expect(cluster.sent(TOPIC).map(({ key }) => String(key))).toEqual(['a', 'b']);
  });

  it('tells how much was ever sent there, and whether any of it is still there', async () => {
    const { cluster, open } = await room();
    const outlet = await open();
    expect(await outlet.extent()).toEqual({ end: 0, isEmpty: true });
    cluster.produce(TOPIC, 0, [{ value: Buffer.from('x') }, { value: Buffer.from('y') }]);
    expect(await outlet.extent()).toEqual({ end: 2, isEmpty: false });
    cluster.deleteBefore(TOPIC, 0, 2);
    expect(await outlet.extent()).toEqual({ end: 2, isEmpty: true });
  });

  it('has a key for each record, also where an id is no text that UTF-8 could say', async () => {
    const { cluster, open } = await room();
    await (await open()).send([message('call-\ud800', null), message('call-\ud801', null)]);
    const keys = cluster.sent(TOPIC).map(({ key }) => String(key));
    expect(keys).toEqual(['"call-\\ud800"', '"call-\\ud801"']);
  });

  it('that is not compacted is warned of', async () => {
    const { cluster, warnings, open } = await room();
    await open();
    expect(warnings).toEqual([{ topic: TOPIC }]);
    cluster.compact(TOPIC);
    await open();
    expect(warnings).toHaveLength(1);
  });
});
