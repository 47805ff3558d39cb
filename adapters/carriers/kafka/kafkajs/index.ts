/** The client kafkajs behind the port: one consumer, one admin connection to ask, one producer. */
// Node finds only some of the names that it exports; the others are members of what it exports as a whole.
import kafkajs, { type Admin, type IHeaders, Kafka, Partitioners, type Producer } from 'kafkajs';
import type { KafkaSettings } from '../../../../schemas/kafka.ts';
import type { Logger } from '../../../logger.ts';
import {
  type Committed,
  type Consumer,
  type Extent,
  type KafkaClient,
  type Outgoing,
  TooLarge,
} from '../port.ts';
import { RETRIES, accessOf } from './access.ts';
import { startConsumer } from './consumer.ts';
import { withoutTimerWarning } from './quiet.ts';

/** A few seconds; whoever asks has time-outs and attempts of its own. */
const PATIENCE = { ...RETRIES, retries: 3 } as const;

/** As the broker said it; one that was asked again and again says it as the cause. */
const typeOf = (error: unknown): string | undefined => {
  if (error instanceof kafkajs.KafkaJSProtocolError) return error.type;
  return error instanceof kafkajs.KafkaJSNumberOfRetriesExceeded ? typeOf(error.cause) : undefined;
};

const offsetsOf = async (admin: Admin, topic: string) => {
  try {
    return await admin.fetchTopicOffsets(topic);
  } catch (error) {
    if (typeOf(error) !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
    throw new Error(`there is no topic ${topic}: make it, or correct its name`, { cause: error });
  }
};

const extentsOf = async (admin: Admin, topic: string): Promise<readonly Extent[]> =>
  (await offsetsOf(admin, topic)).map(({ partition, low, high }) => ({
    topic,
    partition,
    startOffset: Number(low),
    endOffset: Number(high),
  }));

/** A negative offset is none: the group has not read yet. */
const committedOf = async (
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<readonly Committed[]> =>
  (await admin.fetchOffsets({ groupId, topics: [...topics] })).flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset, metadata }) => ({
      topic,
      partition,
      nextOffset: Number(offset) < 0 ? undefined : Number(offset),
      note: metadata ?? '',
    })),
  );

const CLEANUP = 'cleanup.policy';

const isCompacted = async (admin: Admin, name: string): Promise<boolean | undefined> => {
  try {
    const topic = { type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: [CLEANUP] };
    const { resources } = await admin.describeConfigs({ resources: [topic], includeSynonyms: false });
    return resources.some(({ configEntries }) =>
      configEntries.some(
        ({ configName, configValue }) => configName === CLEANUP && configValue.includes('compact'),
      ),
    );
  } catch (error) {
    if (typeOf(error)?.endsWith('AUTHORIZATION_FAILED') === true) return undefined;
    throw error;
  }
};

const send = async (producer: Producer, topic: string, messages: readonly Outgoing[]): Promise<void> => {
  await producer.connect();
  const records = messages.map(({ headers, ...rest }) => ({ ...rest, headers: { ...headers } as IHeaders }));
  try {
    await producer.send({ topic, messages: records, acks: -1 });
  } catch (error) {
    throw typeOf(error) === 'MESSAGE_TOO_LARGE'
      ? new TooLarge(`too large for ${topic}`, { cause: error })
      : error;
  }
};

/** Throws an InputError where the settings cannot be used. */
export const kafkajsOpener = (
  settings: KafkaSettings,
  environment: Readonly<Record<string, string | undefined>>,
  logger: Logger,
): (() => Promise<KafkaClient>) => {
  withoutTimerWarning();
  const access = accessOf(settings, environment, logger);
  return async () => {
    const kafka = new Kafka(access);
    const admin = kafka.admin({ retry: PATIENCE });
    const producer = kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: PATIENCE,
    });
    let consumer: Consumer | undefined;
    await admin.connect();
    return {
      consume: async (consuming) => (consumer = await startConsumer(kafka, settings.groupId, consuming)),
      committed: (topics) => committedOf(admin, settings.groupId, topics),
      extents: async (topics) => (await Promise.all(topics.map((topic) => extentsOf(admin, topic)))).flat(),
      isCompacted: (topic) => isCompacted(admin, topic),
      send: (topic, messages) => send(producer, topic, messages),
      close: async () => {
        await Promise.allSettled([consumer?.stop(), producer.disconnect(), admin.disconnect()]);
      },
    };
  };
};
