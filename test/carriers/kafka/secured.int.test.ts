/** TLS and SASL before a real Apache Kafka: the settings reach a broker that lets nobody else in. */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kafkajsOpener } from '../../../adapters/carriers/kafka/kafkajs/index.ts';
import type { KafkaClient } from '../../../adapters/carriers/kafka/port.ts';
import { KafkaSettings } from '../../../schemas/kafka.ts';
import { temporaryFolder } from '../../contracts/temporary-folder.ts';
import { type Broker, startBroker } from '../../support/kafka/broker.ts';
import { type Certificate, makeCertificate } from '../../support/kafka/certificate.ts';
import { recordingLogger } from './corridor.ts';

const folders = temporaryFolder();
const PASSWORD = 'sehr-geheim';
let certificate: Certificate | string = 'it was not made';
let broker: Broker | string = 'it was not started';
beforeAll(async () => {
  const folder = folders.fresh('tls');
  mkdirSync(folder);
  certificate = makeCertificate(folder);
  if (typeof certificate === 'string') return;
  const { keystore } = certificate;
  broker = await startBroker({ secured: { keystore, user: 'tickmark', password: PASSWORD } });
});
afterAll(async () => {
  if (typeof broker !== 'string') await broker.stop();
  folders.remove();
});

const { logger, told } = recordingLogger();

const open = ({ address }: Broker, { ca }: Certificate, password: string): Promise<KafkaClient> => {
  const sasl = { mechanism: 'plain', username: 'tickmark', password: { env: 'KAFKA_PASSWORD' } };
  const settings = KafkaSettings.parse({ brokers: [address], tls: { ca }, sasl });
  return kafkajsOpener(settings, { KAFKA_PASSWORD: password }, logger)();
};

it('lets us in with the password of the environment, and nobody with another', async ({ skip }) => {
  if (typeof certificate === 'string') return skip(certificate);
  if (typeof broker === 'string') return skip(broker);
  const client = await open(broker, certificate, PASSWORD);
  await client.send('secured', [{ key: null, value: Buffer.from('x'), headers: {} }]);
  expect(await client.extents(['secured'])).toEqual([
    { topic: 'secured', partition: 0, startOffset: 0, endOffset: 1 },
  ]);
  await client.close();
  await expect(open(broker, certificate, 'falsch')).rejects.toThrow(/authentication failed/i);
  expect(JSON.stringify(told)).not.toContain(PASSWORD);
});
