/** How the cluster is reached: what the settings may say, where the secrets are, and what is never told. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { accessOf } from '../../../adapters/carriers/kafka/kafkajs/access.ts';
import { KafkaSettings } from '../../../schemas/kafka.ts';
import { temporaryFolder } from '../../contracts/temporary-folder.ts';
import { recordingLogger } from './corridor.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const brokers = ['kafka-1:9092', 'kafka-2:9092'];
const sasl = { mechanism: 'scram-sha-512', username: 'tickmark', password: { env: 'KAFKA_PASSWORD' } };
const access = (said: object, environment = {}) =>
  accessOf(KafkaSettings.parse({ brokers, ...said }), environment, recordingLogger().logger);

describe('the settings', () => {
  it('need nothing but the brokers', () => {
    expect(KafkaSettings.parse({ brokers })).toEqual({
      brokers,
      clientId: 'tickmark',
      groupId: 'tickmark',
      tls: false,
    });
    expect(access({})).toMatchObject({ brokers, clientId: 'tickmark', ssl: false });
    expect(access({})).not.toHaveProperty('sasl');
  });

  it.each([
    ['a broker without its port', { brokers: ['kafka-1'] }],
    ['a broker with a password', { brokers: ['me:secret@kafka-1:9092'] }],
    ['no broker', { brokers: [] }],
    ['a password in the file', { sasl: { ...sasl, password: 'secret' } }],
    ['a mechanism that nobody speaks', { sasl: { ...sasl, mechanism: 'oauth' } }],
    ['a topic that Kafka would refuse', { deadLetterTopic: 'dead letters' }],
    ['a key that nobody reads', { group: 'tickmark' }],
  ])('refuse %s', (_what, said) => {
    expect(KafkaSettings.safeParse({ brokers, ...said }).success).toBe(false);
  });
});

describe('the password', () => {
  it('comes from the environment', () => {
    expect(access({ sasl, tls: true }, { KAFKA_PASSWORD: 'geheim' })).toMatchObject({
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'tickmark', password: 'geheim' },
    });
  });

  it.each([{}, { KAFKA_PASSWORD: '' }])('is missed by its name', (environment) => {
    expect(() => access({ sasl }, environment)).toThrow('the environment variable KAFKA_PASSWORD is not set');
  });

  it('is in no line of the log, whatever the client says with it', () => {
    const { logger, told } = recordingLogger();
    const { logCreator } = accessOf(
      KafkaSettings.parse({ brokers, sasl }),
      { KAFKA_PASSWORD: 'geheim' },
      logger,
    );
    const log = {
      timestamp: '',
      message: 'connecting',
      broker: 'kafka-1:9092',
      sasl: { password: 'geheim' },
    };
    logCreator?.(1)({ namespace: 'Connection', level: 1, label: 'ERROR', log });
    expect(told).toEqual([
      {
        level: 'debug',
        message: 'connecting',
        fields: { broker: 'kafka-1:9092', from: 'kafkajs Connection' },
      },
    ]);
  });
});

describe('the certificates', () => {
  it('are read from their files', () => {
    const ca = join(folders.fresh('tls'), '../ca.pem');
    writeFileSync(ca, 'PEM');
    expect(access({ tls: { ca } })).toMatchObject({ ssl: { ca: 'PEM' } });
  });

  it('are missed by their path', () => {
    expect(() => access({ tls: { ca: '/nowhere/ca.pem' } })).toThrow(
      'ca: /nowhere/ca.pem cannot be read (ENOENT)',
    );
  });
});
