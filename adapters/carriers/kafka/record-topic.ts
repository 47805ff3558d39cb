/** The topic of time records: records as messages, in requests that brokers take. */
import type { RecordId } from '../../../schemas/brand.ts';
import type { KafkaSettings } from '../../../schemas/kafka.ts';
import type { Logger } from '../../logger.ts';
import type { Outlet, RecordMessage } from '../../publishing/ports.ts';
import type { OpenOutlet, RecordTopic } from '../../serve/publishing.ts';
import type { Environment } from '../../source-secrets.ts';
import { kafkajsOpener } from './kafkajs/index.ts';
import { type KafkaClient, type Outgoing, TooLarge } from './port.ts';

/** Brokers take 1 MB by default, headers and all; and what is sent again after a failure should not be much. */
const BYTES_AT_ONCE = 256 * 1024;

/** As the binding of CloudEvents to Kafka wants it for an event that is all in the value. */
const HEADERS = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };

/** A lone surrogate has no UTF-8, in which it would be another one's key. */
const keyOf = (id: RecordId): Buffer => Buffer.from(id.isWellFormed() ? id : JSON.stringify(id));

const outgoingOf = ({ key, value }: RecordMessage): Outgoing =>
  value === null
    ? { key: keyOf(key), value, headers: {} }
    : { key: keyOf(key), value: Buffer.from(value), headers: HEADERS };

const bytesOf = ({ key, value }: RecordMessage): number =>
  Buffer.byteLength(key) + Buffer.byteLength(value ?? '');

/** In their order, as many at once as may be. */
const requestsOf = (messages: readonly RecordMessage[]): readonly (readonly RecordMessage[])[] => {
  const requests: RecordMessage[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    bytes += bytesOf(message);
    if (bytes > BYTES_AT_ONCE) {
      requests.push([]);
      bytes = bytesOf(message);
    }
    requests.at(-1)?.push(message);
  }
  return requests;
};

/** Adds to `tooLarge` what no broker takes. */
const sendAll = async (
  client: KafkaClient,
  topic: string,
  messages: readonly RecordMessage[],
  tooLarge: Set<RecordId>,
): Promise<void> => {
  try {
    await client.send(topic, messages.map(outgoingOf));
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const [only] = messages;
    if (messages.length === 1 && only) return void tooLarge.add(only.key);
    for (const message of messages) await sendAll(client, topic, [message], tooLarge);
  }
};

/** Throws where there is no such topic. */
export const openOutlet = async (
  client: KafkaClient,
  topic: string,
  logger: Pick<Logger, 'warn'>,
): Promise<OpenOutlet> => {
  const extent: Outlet['extent'] = async () => {
    const extents = await client.extents([topic]);
    return {
      end: extents.reduce((sum, { endOffset }) => sum + endOffset, 0),
      isEmpty: extents.every(({ startOffset, endOffset }) => startOffset === endOffset),
    };
  };
  await extent();
  if ((await client.isCompacted(topic)) === false)
    logger.warn({ topic }, 'the topic of time records is not compacted: old records will be deleted from it');
  return {
    extent,
    send: async (messages) => {
      const tooLarge = new Set<RecordId>();
      for (const request of requestsOf(messages)) await sendAll(client, topic, request, tooLarge);
      return tooLarge;
    },
    close: () => client.close(),
  };
};

/** Undefined where nothing is to be published. Throws an InputError where a secret is missing. */
export const openRecordTopic = (
  cluster: KafkaSettings | undefined,
  environment: Environment,
  logger: Logger,
): RecordTopic | undefined => {
  const topic = cluster?.timeRecordTopic;
  if (!cluster || topic === undefined) return undefined;
  const openClient = kafkajsOpener(cluster, environment, logger);
  const open = async (): Promise<OpenOutlet> => {
    const client = await openClient();
    try {
      return await openOutlet(client, topic, logger);
    } catch (error) {
      await client.close();
      throw error;
    }
  };
  return { topic, open };
};
