/** The webhooks of all sources: opened together, or not at all. */
import { InputError } from '../../input-error.ts';
import { type Environment, secretFaults, secretsOf } from '../../source-secrets.ts';
import type { OpenSource, Sources } from '../../sources.ts';
import { SCHEMES } from './proofs/index.ts';
import { type Webhook, openWebhook } from './webhook.ts';

/** By the names of their sources. */
export type Webhooks = ReadonlyMap<string, Webhook>;

/** What keeps the webhook of a source from being opened, a sentence each. */
export const webhookFaults = ({ webhook }: OpenSource, environment: Environment): readonly string[] => {
  if (!webhook) return [];
  return secretFaults(webhook, environment, SCHEMES[webhook.proof].secretFault ?? (() => undefined));
};

/** Throws InputError where a secret is missing: a door without one would let everybody in, or nobody. */
export const openWebhooks = (sources: Sources, environment: Environment): Webhooks => {
  const faults = [...sources.values()].flatMap((source) =>
    webhookFaults(source, environment).map((fault) => `${source.name}: ${fault}`),
  );
  if (faults.length > 0)
    throw new InputError(
      'the secrets of the webhooks come from the environment, and not all can be used:',
      faults,
    );
  const webhooks = [...sources.values()].flatMap(({ name, dialect, webhook }) => {
    if (!webhook) return [];
    const secrets = secretsOf(webhook, environment);
    return [openWebhook({ ...webhook, source: name, dialect, scheme: SCHEMES[webhook.proof], secrets })];
  });
  return new Map(webhooks.map((webhook) => [webhook.source, webhook]));
};
