/** The topics of sources.yaml: whose they are, on which cluster, and what is wrong with a file, told with its place. */
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { arrivalsIn, topicsOf } from '../../../adapters/carriers/kafka/topics.ts';
import { InputError } from '../../../adapters/input-error.ts';
import { DOORS } from '../../../adapters/main.ts';
import { clusterFaults } from '../../../adapters/source-secrets.ts';
import { temporaryFolder } from '../../contracts/temporary-folder.ts';
import { RECEIVED, recordingLogger } from './corridor.ts';
import { taskOf } from './task.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const CLUSTER =
  "kafka: { brokers: ['kafka:9092'], sasl: { mechanism: plain, username: me, password: { env: PASS } } }";

const sourcesIn = (text: string) => {
  const file = folders.fresh('sources.yaml');
  writeFileSync(file, text);
  return DOORS.readSources(file);
};

/** What is said of it, without the name of the file. */
const complaintsAbout = async (text: string): Promise<readonly string[]> => {
  const failed = await sourcesIn(text).catch((error: unknown) => error);
  if (!(failed instanceof InputError)) throw new Error('it was taken');
  return failed.details.map((detail) => detail.replace(/^.*sources\.yaml:/, ''));
};

const open = async (text: string, environment: Readonly<Record<string, string>>) =>
  DOORS.openKafka(await sourcesIn(text), environment, recordingLogger().logger);

describe('a file of sources', () => {
  it('says whose each topic is, and what its messages are', async () => {
    const sources = await sourcesIn(`${CLUSTER}
sources:
  crm: { dialect: tickmark, kafka: { topics: [crm.calls, crm.tasks] } }
  forge: { dialect: github, kafka: { topics: [forge] } }
  files: { dialect: tickmark }
`);
    const topics = topicsOf(sources);
    expect([...topics].map(([name, { source, dialect }]) => [name, source, dialect.name])).toEqual([
      ['crm.calls', 'crm', 'tickmark'],
      ['crm.tasks', 'crm', 'tickmark'],
      ['forge', 'forge', 'github'],
    ]);
  });

  it('lets a message be a batch: each of its events is a signal of its own', async () => {
    const topics = topicsOf(
      await sourcesIn(`${CLUSTER}\nsources: { crm: { dialect: tickmark, kafka: { topics: [t] } } }\n`),
    );
    const value = Buffer.from(`[${taskOf(1)},${taskOf(2)}]`);
    const message = { offset: 6, timestampMs: 0, key: null, value, headers: {} };
    const arrivals = arrivalsIn(topics, { topic: 't', partition: 0 }, message, RECEIVED);
    expect(arrivals.map(({ signal: { raw, source, line } }) => [raw, source, line])).toEqual([
      [taskOf(1), 'crm', 7],
      [taskOf(2), 'crm', 7],
    ]);
  });

  it.each([
    [
      'topics and no cluster',
      'sources: { crm: { dialect: tickmark, kafka: { topics: [t] } } }\n',
      ['1:45: topics are on a cluster: say which at the top, with "kafka: { brokers: [host:port] }"'],
    ],
    [
      'a topic of two sources',
      `${CLUSTER}\nsources:\n  a: { dialect: tickmark, kafka: { topics: [t] } }\n  b: { dialect: tickmark, kafka: { topics: [u, t] } }\n`,
      ['4:48: the topic t is of a already: a topic has one source'],
    ],
    [
      'one topic for dead letters and time records',
      'kafka: { brokers: [a:1], deadLetterTopic: d, timeRecordTopic: d }\nsources: {}\n',
      ['1:63: the topic d is of the dead letters already: time records have a topic of their own'],
    ],
    [
      'a topic that is read and written',
      'kafka: { brokers: [a:1], deadLetterTopic: d, timeRecordTopic: r }\nsources:\n  a: { dialect: tickmark, kafka: { topics: [r, d] } }\n',
      [
        '3:45: the topic r is of the time records already: a topic has one source',
        '3:48: the topic d is of the dead letters already: a topic has one source',
      ],
    ],
  ])('is refused with %s', async (_what, text, expected) => {
    expect(await complaintsAbout(text)).toEqual(expected);
  });
});

describe('the consumer', () => {
  const withTopic = `${CLUSTER}\nsources: { crm: { dialect: tickmark, kafka: { topics: [t] } } }\n`;

  it('is there where a source has topics', async () => {
    expect(await open(withTopic, { PASS: 'geheim' })).toBeTypeOf('function');
    expect(await open('sources: { crm: { dialect: tickmark } }\n', {})).toBeUndefined();
  });

  it('has its missing password among what `sources check` tells', async () => {
    const [source] = (await sourcesIn(withTopic)).values();
    if (!source) throw new Error('no source');
    expect(clusterFaults(source.kafka?.cluster, {})).toEqual(['PASS is not set']);
    expect(clusterFaults(source.kafka?.cluster, { PASS: '' })).toEqual(['PASS is not set']);
    expect(clusterFaults(source.kafka?.cluster, { PASS: 'geheim' })).toEqual([]);
    expect(clusterFaults(undefined, {})).toEqual([]);
  });

  it('is refused without its password', async () => {
    await expect(open(withTopic, {})).rejects.toThrow('the environment variable PASS is not set');
  });
});
