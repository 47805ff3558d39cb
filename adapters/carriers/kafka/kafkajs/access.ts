/** How kafkajs reaches the cluster: brokers, TLS, SASL, time-outs of our own, and a log that tells no secret. */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { type KafkaConfig, type LogEntry, type SASLOptions, logLevel } from 'kafkajs';
import type { KafkaSettings, Sasl, Tls } from '../../../../schemas/kafka.ts';
import { InputError } from '../../../input-error.ts';
import type { Logger } from '../../../logger.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A request that a broker has not answered by then has failed. Longer than a session: whoever joins a group waits until
 * the session of a member that is gone has ended.
 */
const REQUEST_TIMEOUT_MS = 20_000;
const CONNECTION_TIMEOUT_MS = 3_000;

/**
 * About as long as a session: a member that survives a broker's restart goes on at once, while one that comes back under
 * a new name makes the group wait until the session of its former self is over. All of it is said, because kafkajs has
 * other defaults where NODE_ENV is `test`.
 */
export const RETRIES = {
  initialRetryTime: 300,
  maxRetryTime: 2_000,
  retries: 10,
  factor: 0.2,
  multiplier: 2,
} as const;

const readPem = (what: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new InputError(`kafka: tls: ${what}: ${path} cannot be read (${why})`);
  }
};

const tlsOf = (tls: Tls): ConnectionOptions | boolean =>
  typeof tls === 'boolean'
    ? tls
    : {
        ...(tls.ca === undefined ? {} : { ca: readPem('ca', tls.ca) }),
        ...(tls.certificate === undefined ? {} : { cert: readPem('certificate', tls.certificate) }),
        ...(tls.key === undefined ? {} : { key: readPem('key', tls.key) }),
      };

const saslOf = ({ mechanism, username, password }: Sasl, environment: Environment): SASLOptions => {
  const secret = environment[password.env];
  if (secret === undefined || secret === '')
    throw new InputError(
      `kafka: sasl: password: the environment variable ${password.env} is not set: set it, or name another`,
    );
  return { mechanism, username, password: secret };
};

/** What may be told of an entry; whatever else kafkajs adds stays out of the log. */
const TOLD = ['error', 'broker', 'groupId', 'topic', 'partition', 'retryCount', 'retryTime', 'correlationId'];

/**
 * kafkajs calls errors what it mends by itself a moment later, and tells each at several places: they are for whoever
 * looks closely. What does not mend itself ends the run, and is told by the supervisor.
 */
const tellTo =
  (logger: Logger) =>
  ({ namespace, log }: LogEntry): void => {
    const told = Object.entries(log).filter(([key]) => TOLD.includes(key));
    logger.debug({ ...Object.fromEntries(told), from: `kafkajs ${namespace}`.trim() }, log.message);
  };

/** Throws an InputError for a secret that is not there and a file that cannot be read. */
export const accessOf = (
  { brokers, clientId, tls, sasl }: KafkaSettings,
  environment: Environment,
  logger: Logger,
): KafkaConfig => ({
  brokers: [...brokers],
  clientId,
  ssl: tlsOf(tls),
  ...(sasl ? { sasl: saslOf(sasl, environment) } : {}),
  connectionTimeout: CONNECTION_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  retry: RETRIES,
  logLevel: logLevel.WARN,
  logCreator: () => tellTo(logger),
});
