/** Kafka: where the cluster is, and how this program proves who it is. The part `kafka` of `sources.yaml`. */
import { z } from 'zod';
import { Secret } from './secret.ts';

const Broker = z
  .string()
  .regex(/^[^\s:/@]+:\d{1,5}$/, 'a broker is written host:port, for instance kafka-1.example.org:9092');

/** As Kafka itself allows them. */
const TopicName = z
  .string()
  .regex(
    /^[A-Za-z0-9._-]{1,249}$/,
    'the name of a topic has letters, digits, dots, dashes and underscores, at most 249',
  );

export const Tls = z.union([
  z.boolean(),
  z.strictObject({
    ca: z.string().min(1).optional().describe('file with the certificates that are trusted, in PEM'),
    certificate: z.string().min(1).optional().describe('file with our own certificate, in PEM'),
    key: z.string().min(1).optional().describe('file with the key to it, in PEM'),
  }),
]);
export type Tls = Readonly<z.infer<typeof Tls>>;

export const Sasl = z.strictObject({
  mechanism: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'])
    .describe('plain shows the password to whoever can listen: only with tls'),
  username: z.string().min(1),
  password: Secret,
});
export type Sasl = Readonly<z.infer<typeof Sasl>>;

export const KafkaSettings = z.strictObject({
  brokers: z.array(Broker).min(1).describe('some of them are enough: they name the others'),
  clientId: z.string().min(1).default('tickmark').describe('the name in the logs of the brokers'),
  groupId: z
    .string()
    .min(1)
    .default('tickmark')
    .describe('processes of one group share the partitions; another group reads everything again'),
  tls: Tls.default(false).describe('true: with the certificates that the system trusts'),
  sasl: Sasl.optional(),
  timeRecordTopic: TopicName.optional().describe(
    'where finished and corrected time records are published: a compacted topic, for instance tickmark.time-records',
  ),
  deadLetterTopic: TopicName.optional().describe('where messages go that could not be understood, as copies'),
});
export type KafkaSettings = Readonly<z.infer<typeof KafkaSettings>>;
