/** The secrets of the doors, looked up in the environment. What is wrong with one is told by its name, never by its text. */
import type { KafkaSettings } from '../schemas/kafka.ts';
import type { WebhookDoor } from './sources.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What keeps a text from being a secret, beside its length. */
export type SecretFault = (secret: string) => string | undefined;

const FEWEST_CHARACTERS = 8;

const faultOf = (name: string, secret: string | undefined, faultIn: SecretFault): readonly string[] => {
  if (secret === undefined || secret === '') return [`${name} is not set`];
  if (secret.length < FEWEST_CHARACTERS) return [`${name} is shorter than ${FEWEST_CHARACTERS} characters`];
  if (secret.trim() !== secret) return [`${name} begins or ends with a blank or a line break`];
  const fault = faultIn(secret);
  return fault === undefined ? [] : [`${name} ${fault}`];
};

/** One sentence for each secret that cannot be used; nothing when all can. */
export const secretFaults = (
  { secretNames }: Pick<WebhookDoor, 'secretNames'>,
  environment: Environment,
  faultIn: SecretFault,
): readonly string[] => secretNames.flatMap((name) => faultOf(name, environment[name], faultIn));

/** Of a door without faults. */
export const secretsOf = (
  { secretNames }: Pick<WebhookDoor, 'secretNames'>,
  environment: Environment,
): readonly string[] => secretNames.flatMap((name) => environment[name] ?? []);

/** The same of the cluster that topics are on. */
export const clusterFaults = (
  cluster: KafkaSettings | undefined,
  environment: Environment,
): readonly string[] => {
  const name = cluster?.sasl?.password.env;
  return name === undefined || environment[name] ? [] : [`${name} is not set`];
};
